"""Lives of the entities of the registries: what may become of a correction request, of a merge and of an erasure."""

from __future__ import annotations

from adaldyq.base.states import Transition, TransitionTable

CORRECTION = TransitionTable(
    "correction",
    "submitted",
    (
        Transition("submitted", "take", "in_review", "registrar", "correction_answer"),
        Transition("in_review", "accept", "accepted", "registrar"),
        Transition("in_review", "refuse", "refused", "registrar", "appeal"),
        Transition("refused", "appeal", "appealed", "", "appeal_answer"),
        Transition("appealed", "uphold", "upheld", "reviewer"),
        Transition("appealed", "overturn", "overturned", "reviewer"),
    ),
)
"""“This is wrong”: asked by the person concerned, answered by a registrar, on appeal by a reviewer."""

MERGE = TransitionTable(
    "merge",
    "proposed",
    (
        Transition("proposed", "confirm", "merged", "registrar"),
        Transition("proposed", "reject", "rejected", "registrar"),
        Transition("merged", "propose_split", "split_proposed", "registrar"),
        Transition("split_proposed", "confirm_split", "split", "registrar"),
        Transition("split_proposed", "reject_split", "merged", "registrar"),
    ),
)
"""Two records that are one person, company or body; each step forward takes two registrars."""

ERASURE = TransitionTable(
    "erasure",
    "proposed",
    (
        Transition("proposed", "confirm", "erased", "registrar"),
        Transition("proposed", "refuse", "refused", "registrar"),
    ),
)
"""A person whose records are to go: asked for by one registrar, and done or refused by another."""
