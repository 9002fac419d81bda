"""Words for states, outcomes and channels."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from adaldyq.base.calendar import Term, TermUnit
from adaldyq.measures.reports.models.channels import (
    CHANNEL_WORDS,
    MAIL,
    MESSENGER,
    OFFLINE,
    ON_ARRIVAL,
    PHONE,
    SEALED,
    SMS,
)
from adaldyq.measures.reports.models.identities import REASONS
from adaldyq.measures.reports.models.protection import (
    COMPENSATED,
    REASON_SHOWN,
    STOPPED,
    TO_COURT,
    UNDONE,
    WITHDRAWN,
)
from adaldyq.measures.reports.models.reports import (
    NO_BREACH,
    NOT_A_REPORT,
    NOT_COMPETENT,
    NOT_SUBSTANTIATED,
    SUBSTANTIATED,
)
from adaldyq.measures.reports.states import (
    ACKNOWLEDGED,
    ACTIVE,
    ANSWERED,
    ASKED,
    CLOSED,
    DECLINED,
    ENDED,
    ERASED,
    GRANTED,
    LAPSED,
    ON_FILE,
    OPENED,
    PAID,
    PENDING,
    PRESUMED,
    PROPOSED,
    RECEIVED,
    REFUSED,
    RETIRED,
    RETURNED,
    SET_ASIDE,
    TAKEN,
    WAITING,
)
from adaldyq.ui.facts import State

__all__ = [
    "CHANNEL_WORDS",
    "REASONS",
    "SUBSTANTIATED",
]  # pages know the words of the models by the reads that give them

WITHOUT_SCRIPT, WITH_SCRIPT, BY_PHONE = ON_ARRIVAL, SEALED, PHONE
"""How a report came that no script sealed, one that a script did, and one that an operator of the telephone typed."""
BY_SMS, BY_MESSENGER, BY_MAIL, AS_FILE = SMS, MESSENGER, MAIL, OFFLINE

STATES: Mapping[str, State] = {
    RECEIVED: State(_("received"), "open"),
    SET_ASIDE: State(_("set aside as no report"), "attention"),
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
END_WORDS: Mapping[str, object] = {
    **OUTCOME_WORDS,
    NOT_A_REPORT: _("Two officers found that it is no report of corruption."),
}
"""How a report may have ended; an officer alone closes it with one of the outcomes."""
KEY_STATES: Mapping[str, State] = {
    ACTIVE: State(_("in use"), "good"),
    RETIRED: State(_("retired"), "closed"),
}
PROTECTION_STATES: Mapping[str, State] = {
    OPENED: State(_("opened, not taken up yet"), "open"),
    TAKEN: State(_("taken up"), "work"),
    ASKED: State(_("the employer is to show another reason"), "work"),
    PRESUMED: State(_("no other reason was shown in time"), "attention"),
    ANSWERED: State(_("the employer has answered"), "work"),
    CLOSED: State(_("closed"), "closed"),
}
PROTECTION_OUTCOMES: Mapping[str, object] = {
    UNDONE: _("What was done to the reporter was undone."),
    STOPPED: _("It was stopped."),
    COMPENSATED: _("The reporter was compensated."),
    TO_COURT: _("It went to court, with support."),
    REASON_SHOWN: _("The employer showed another reason."),
    WITHDRAWN: _("The reporter withdrew."),
}
CASE_STATES: Mapping[str, State] = {
    WAITING: State(_("waits for the register of cases"), "open"),
    ON_FILE: State(_("a case is open"), "work"),
    ENDED: State(_("judgment or decision in force"), "good"),
    DECLINED: State(_("no case was opened"), "closed"),
}
REWARD_STATES: Mapping[str, State] = {
    PROPOSED: State(_("proposed"), "open"),
    RETURNED: State(_("to be proposed anew"), "work"),
    GRANTED: State(_("granted, to be paid"), "good"),
    REFUSED: State(_("refused"), "closed"),
    PAID: State(_("paid"), "closed"),
    LAPSED: State(_("not fetched in time"), "closed"),
}
RELIEF_STATES: Mapping[str, State] = {
    PENDING: State(_("to be decided"), "open"),
    GRANTED: State(_("granted"), "good"),
    REFUSED: State(_("refused"), "closed"),
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
