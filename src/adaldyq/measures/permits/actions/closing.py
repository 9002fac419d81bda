"""An application is closed when nothing is left to decide: its permit was abolished, or the licence that it renews has ended."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, QuerySet

from adaldyq.kernel.actor import Actor
from adaldyq.kernel.acts import Recorded, act
from adaldyq.kernel.deadlines.actions import cancel_deadline
from adaldyq.kernel.deadlines.days import day_of
from adaldyq.kernel.models import Account
from adaldyq.kernel.ports import INVOICE
from adaldyq.kernel.ports.actions import withdraw
from adaldyq.kernel.states import advance
from adaldyq.measures.permits.actions.steps import ENDED, happen, open_deadlines
from adaldyq.measures.permits.actions.telling import tell, tell_officer
from adaldyq.measures.permits.models import PermitApplication, PermitEntry, PermitLicence
from adaldyq.measures.permits.models.applications import FEE_SETTLED, PAID
from adaldyq.measures.permits.queries.conflicts import officers_of
from adaldyq.measures.permits.queries.fees import SENT_INSTEAD, asked_with
from adaldyq.measures.permits.queries.licences import renewals_of
from adaldyq.measures.permits.states import CLOSE, RETURNED, SETTLED, WITH_A_BODY

CLOSED_BY = "permits.application.close"
ABOLISHED, LICENCE_ENDED, FEE_BACK, FALLEN = "closed_abolished", "closed_licence", "fee_back", "permit_fallen"
SUSPENDED_BESIDE = "closed_suspended"
MESSAGES = {
    ABOLISHED: "permit-closed-abolished",
    LICENCE_ENDED: "permit-closed-licence",
    SUSPENDED_BESIDE: "permit-closed-suspended",
}


def told(application: PermitApplication) -> Recorded:
    """The ledger line: which application was closed."""
    facts: dict[str, object] = {
        "application": application.pk,
        "number": application.number or "",
        "entry": application.entry.number,
        "state": application.state,
    }
    return Recorded([facts], {"permit_application": application.pk, "state": application.state})


@act(CLOSED_BY, records=told, on="application")
def close_application(*, application: PermitApplication, why: str, by: Actor, at: datetime) -> PermitApplication:
    """Close an application and withdraw its invoice, as part of the act after which nothing is left to decide.

    A fee that was paid for what nobody decided is given back: of what was abolished before, or what silence cannot give.

    Args:
        why: `ABOLISHED`, `LICENCE_ENDED` or `SUSPENDED_BESIDE`.

    Raises:
        Conflict: it has ended otherwise.
    """
    paid = why != LICENCE_ENDED and application.fee_state == PAID
    closed = advance(application, CLOSE, by=by, at=at, step="", due_date=None, decided_at=at)
    for one in open_deadlines(closed):
        cancel_deadline(deadline=one, reason=ENDED, by=by, at=at)
    take_back(closed, by=by, at=at, paid=paid)
    happen(closed, why, by, at)
    if paid:
        happen(closed, FEE_BACK, by, at)
    tell(closed, "permit-closed-fee-back" if paid and why == ABOLISHED else MESSAGES[why], at)
    if why == SUSPENDED_BESIDE:
        for officer in officers_with(closed, at):
            tell_officer(closed, officer, "permit-closed-suspended-officer", at)
    return closed


def officers_with(application: PermitApplication, at: datetime) -> list[Account]:
    """Who was drawn for an application, else every licensing officer of its body."""
    drawn = [one for one in (application.verifier, application.decider) if one is not None]
    return drawn or list(Account.objects.filter(pk__in=officers_of(application.body, day_of(at))).order_by("pk"))


def take_back(application: PermitApplication, *, by: Actor, at: datetime, paid: bool = False) -> None:
    """Take back what was asked of payments, as part of the act that ends the application.

    Args:
        paid: also what was paid. Payments then propose that it is given back, and a second person approves.
    """
    if paid or application.fee_state not in FEE_SETTLED:
        withdraw(port=INVOICE, about=asked_with(application), by=by, at=at)


def close_for(entry: PermitEntry, *, by: Actor, at: datetime) -> None:
    """Close what is still to be decided, or waits for its fee, about a permit that nobody needs any more.

    What was returned has ended and stays so, but is sent again no more.
    """
    awaited = Q(state__in=SETTLED, licence__isnull=True)
    close_all(PermitApplication.objects.filter(Q(state__in=WITH_A_BODY) | awaited, entry=entry), ABOLISHED, by, at)
    returned = PermitApplication.objects.filter(~SENT_INSTEAD, entry=entry, state=RETURNED)
    for key in returned.order_by("pk").values_list("pk", flat=True):
        one = PermitApplication.objects.select_for_update().get(pk=key)
        if returned.filter(pk=key).exists():
            let_go(one, by=by, at=at)


def let_go(application: PermitApplication, *, by: Actor, at: datetime) -> None:
    """Say of what was returned that it need not be sent again, as part of the act by which its permit falls.

    Its fee was to be paid for being sent again: an unpaid invoice is withdrawn, and what was paid is given back.
    """
    paid = application.fee_state == PAID
    take_back(application, by=by, at=at, paid=paid)
    happen(application, FALLEN, by, at)
    if paid:
        happen(application, FEE_BACK, by, at)
    tell(application, "permit-returned-fee-back" if paid else "permit-returned-abolished", at)


def close_renewals(licence: PermitLicence, *, by: Actor, at: datetime) -> None:
    """Close applications for the renewal of a licence that has ended otherwise than by its last day."""
    close_all(renewals_of(licence), LICENCE_ENDED, by, at)


def close_all(found: QuerySet[PermitApplication], why: str, by: Actor, at: datetime) -> None:
    """Close each of some applications, held until the transaction ends, but those of which something came meanwhile."""
    for key in found.order_by("pk").values_list("pk", flat=True):
        one = PermitApplication.objects.select_for_update().get(pk=key)
        if found.filter(pk=key).exists():
            close_application(application=one, why=why, by=by, at=at)
