"""Words for states, outcomes and channels."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from adaldyq.base.calendar import Term, TermUnit
from adaldyq.measures.reports.models.channels import CHANNEL_WORDS, ON_ARRIVAL, SEALED
from adaldyq.measures.reports.models.identities import REASONS
from adaldyq.measures.reports.models.reports import (
    NO_BREACH,
    NOT_COMPETENT,
    NOT_SUBSTANTIATED,
    SUBSTANTIATED,
)
from adaldyq.measures.reports.states import ACKNOWLEDGED, ACTIVE, CLOSED, ERASED, RECEIVED, RETIRED
from adaldyq.ui.facts import State

__all__ = ["CHANNEL_WORDS", "REASONS"]  # pages know the words of the models by the reads that give them

WITHOUT_SCRIPT, WITH_SCRIPT = ON_ARRIVAL, SEALED
"""How a report came that no script sealed, and one that a script did."""

STATES: Mapping[str, State] = {
    RECEIVED: State(_("received"), "open"),
    ACKNOWLEDGED: State(_("being looked into"), "work"),
    CLOSED: State(_("closed"), "closed"),
    ERASED: State(_("erased"), "closed"),
}
OUTCOME_WORDS: Mapping[str, object] = {
    SUBSTANTIATED: _("It was as reported; steps were taken."),
    NOT_SUBSTANTIATED: _("It could not be shown."),
    NO_BREACH: _("What happened breaks no rule."),
    NOT_COMPETENT: _("It is for another institution; the answer says for which."),
}
KEY_STATES: Mapping[str, State] = {
    ACTIVE: State(_("in use"), "good"),
    RETIRED: State(_("retired"), "closed"),
}


def term_words(term: Term) -> str:
    """A term as people read it."""
    match term.unit:
        case TermUnit.WORKING_DAYS:
            said = ngettext("%(count)s working day", "%(count)s working days", term.length)
        case TermUnit.DAYS:
            said = ngettext("%(count)s day", "%(count)s days", term.length)
        case TermUnit.MONTHS:
            said = ngettext("%(count)s month", "%(count)s months", term.length)
        case TermUnit.YEARS:
            said = ngettext("%(count)s year", "%(count)s years", term.length)
    return said % {"count": term.length}
