"""What became of an obligation, as a word with a look."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _

from adaldyq.measures.declarations.domain import outcomes
from adaldyq.ui.facts import Look, State

LOOKS: Mapping[str, Look] = {
    outcomes.ON_TIME: "good",
    outcomes.LATE: "attention",
    outcomes.MISSING: "bad",
    outcomes.AWAITED: "open",
    outcomes.AMENDED: "work",
    outcomes.RECEIVED: "work",
    outcomes.RECEIVED_LATE: "attention",
}


def ended_state(ended_as: str) -> State:
    """How an obligation ended, in words."""
    return State(_("Exempted") if ended_as == "exempted" else _("Withdrawn"), "closed")


def outcome_state(outcome: str) -> State | None:
    """An outcome in words; none when the source does not say enough."""
    if not outcome:
        return None
    return State(_(outcomes.WORDS[outcome]), LOOKS[outcome])
