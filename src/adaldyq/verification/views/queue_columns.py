"""Columns of the queue of findings, on the page and in the file."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from adaldyq.ui.facts import State
from adaldyq.ui.tables import Column
from adaldyq.verification import labels, queries
from adaldyq.verification.models import Finding
from adaldyq.verification.views.words import KnownRules, finding_state, severity_state


@dataclass(frozen=True)
class Surroundings:
    """What tells a finding apart from the others.

    Attributes:
        latest: ids of the last run of each dataset.
        several: whether more than one dataset was ever verified.
    """

    latest: Collection[str]
    several: bool


def surroundings() -> Surroundings:
    """The runs that there are."""
    latest = queries.last_runs()
    return Surroundings(set(latest), len(latest) > 1)


def page_columns(known: KnownRules, around: Surroundings) -> Sequence[Column]:
    """Columns of the page; the dataset is told only where there are several."""
    dataset = Column("dataset", _("Dataset"), value=lambda one: labels.dataset_title(one.dataset))
    return (
        Column(
            "question",
            _("Question"),
            value=lambda one: known.title(one.rule),
            link=lambda one: reverse("findings-finding", args=[one.pk]),
        ),
        Column("person", _("Person"), value=person),
        Column("object_id", _("About")),
        Column("amount", _("Sum"), kind="money", currency="currency", sort="amount"),
        Column("since", _("Since"), kind="day", sort="since"),
        Column("severity", _("Severity"), value=lambda one: severity_state(one.severity), sort="rank"),
        Column("state", _("State"), value=state_with_name),
        Column("standing", _("New or gone"), value=lambda one: standing_if_not_plain(one, around.latest)),
        *((dataset,) if around.several else ()),
    )


def file_columns(known: KnownRules) -> Sequence[Column]:
    """Columns of the file."""
    return (
        Column("id", _("Id")),
        Column("rule", _("Rule")),
        Column("title", _("Question"), value=lambda one: known.title(one.rule)),
        Column("version", _("Version")),
        Column("kind", _("Kind")),
        Column("severity", _("Severity")),
        Column("dataset", _("Dataset")),
        Column("subject_id", _("Person’s id")),
        Column("subject_label", _("Person")),
        Column("object_id", _("About")),
        Column("amount", _("Sum"), kind="money", currency="currency"),
        Column("since", _("Since"), kind="day"),
        Column("state", _("State")),
        Column("assignee", _("Analyst"), value=lambda one: one.assignee.name if one.assignee else ""),
        Column("first_run", _("First run"), value=lambda one: one.first_run_id),
        Column("last_run", _("Last run"), value=lambda one: one.last_run_id),
        Column("gone_run", _("Gone since run"), value=lambda one: one.gone_run_id or ""),
    )


def person(finding: Finding) -> str:
    """Who the question is to."""
    return finding.subject_label or finding.subject_id


def standing(finding: Finding, latest: Collection[str]) -> State:
    """Whether a finding is new in the last run, still there, or gone."""
    if finding.gone_run_id:
        return State(_("gone"), "closed")
    return State(_("new"), "open") if finding.first_run_id in latest else State(_("still there"), "plain")


def standing_if_not_plain(finding: Finding, latest: Collection[str]) -> State | None:
    """The standing of a finding, left out for the many that are neither new nor gone."""
    shown = standing(finding, latest)
    return None if shown.look == "plain" else shown


def state_with_name(finding: Finding) -> State:
    """The state, with the name of whoever works on it."""
    shown = finding_state(finding)
    if finding.assignee is None or finding.state == finding.LIFE.initial:
        return shown
    return State(f"{shown.word}: {finding.assignee.name or finding.assignee.username}", shown.look)
