"""What follows when the money for a fee is taken back after it was paid: whoever holds the licence is told, and pays again in time.

The bank of a payer may take a payment back for months. The licence stands meanwhile: a person decides. The holder has the
term of an invoice, and whoever the licence is transferred to has what is left of it. The officer who decided, and the heads of
the body after that term, are told that a suspension may be due.
"""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext_noop

from adaldyq.kernel.actor import Actor
from adaldyq.kernel.deadlines.actions import meet_deadline, start_deadline
from adaldyq.kernel.deadlines.days import day_of, pack_due
from adaldyq.kernel.deadlines.queries import of_subject
from adaldyq.kernel.deadlines.terms import Bound, Due
from adaldyq.kernel.models import Account
from adaldyq.kernel.models.deadlines import MISSED, OPEN
from adaldyq.measures.permits.actions.telling import page_of_licence, tell, tell_about, tell_holder
from adaldyq.measures.permits.models import PermitApplication, PermitLicence
from adaldyq.measures.permits.queries.conflicts import officers_of
from adaldyq.measures.permits.queries.licences import OWED, handed_on
from adaldyq.measures.permits.states import STANDING, SUSPENDED

TERM = "bill_payment"
REMINDERS, ESCALATIONS = (3, 1), (1,)


def owe_again(application: PermitApplication, *, by: Actor, at: datetime) -> None:
    """Tell of a fee that is owed again, as part of the act that takes it in; of a licence that stands let its days begin."""
    licence = next(reversed(handed_on(application.pk)), None)
    if licence is None or licence.state not in STANDING:
        tell(application, "permit-fee-owed", at)
        return
    let_owe(licence, pack_due(TERM, day_of(at)), application.decider, by=by, at=at)
    for officer in officers_of_licence(application, at):
        tell_about(licence, officer, "licence-fee-owed-officer", at)


def let_owe(licence: PermitLicence, last: date, officer: Account | None, *, by: Actor, at: datetime) -> None:
    """Let the days begin in which the fee of a licence is paid again, and tell its holder.

    Args:
        last: day by which it is paid.
        officer: who decided about it.
    """
    due = Due(
        OWED,
        gettext_noop("Fee of a licence that was taken back: paid again, or a suspension decided"),
        last,
        reminders=REMINDERS,
        escalations=ESCALATIONS,
        href=page_of_licence(licence),
    )
    start_deadline(subject=licence, due=due, bound=Bound(body=licence.body, account=officer), by=by, at=at)
    tell_holder(licence, "licence-fee-owed", at)


def settle_owed(application: PermitApplication, *, by: Actor, at: datetime) -> None:
    """Note that a fee that was owed again has been paid or waived; of a suspended licence the officer is told."""
    for licence in handed_on(application.pk):
        for one in of_subject(licence).filter(name=OWED, state__in=(*OPEN, MISSED)):
            meet_deadline(deadline=one, by=by, at=at)
            if licence.state == SUSPENDED:
                for officer in officers_of_licence(application, at):
                    tell_about(licence, officer, "licence-fee-settled", at)


def officers_of_licence(application: PermitApplication, at: datetime) -> list[Account]:
    """Who decided about an application, else every licensing officer of the body, as where silence granted it."""
    if application.decider is not None:
        return [application.decider]
    return list(Account.objects.filter(pk__in=officers_of(application.body, day_of(at)), is_active=True).order_by("pk"))
