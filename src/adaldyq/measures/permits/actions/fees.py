"""Fees of applications: asked for through the port of payments, and what payments answer."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from adaldyq.base.errors import Conflict
from adaldyq.kernel import naming
from adaldyq.kernel.actor import Actor, require
from adaldyq.kernel.acts import Recorded, act
from adaldyq.kernel.deadlines.days import day_of, pack_due
from adaldyq.kernel.models import PortAnswer
from adaldyq.kernel.ports import fees
from adaldyq.measures.permits.actions.licensing import issue_licence
from adaldyq.measures.permits.actions.locking import held_bearer
from adaldyq.measures.permits.actions.owing import owe_again, settle_owed
from adaldyq.measures.permits.actions.telling import tell
from adaldyq.measures.permits.models import PermitApplication, PermitApplicationEvent
from adaldyq.measures.permits.models.applications import FEE_SETTLED, FREE, ISSUED, PAID, WAITING, WAIVED
from adaldyq.measures.permits.queries.catalogue import fee_of
from adaldyq.measures.permits.queries.licences import licence_of
from adaldyq.measures.permits.states import SETTLED

TAKE = "permits.fee.take"
TERM = "bill_payment"
FROM = {
    "issued": (WAITING,),
    "paid": (WAITING, ISSUED),
    "waived": (WAITING, ISSUED),
    "cancelled": (ISSUED,),
    "owed": (PAID,),
}
INTO = {"issued": ISSUED, "paid": PAID, "waived": WAIVED, "cancelled": WAITING, "owed": ISSUED}
"""An invoice that payments cancelled of themselves is owed still, unless they say that the fee was waived. One whose money
the payer's bank took back is owed again."""


def ask_fee(application: PermitApplication, *, by: Actor, at: datetime) -> None:
    """Ask payments for the invoice of a fee, as part of the act that sends the application; nothing where it is free.

    What was returned and is sent again has its fee already, paid or not: it is taken over.
    """
    if application.previous_id is not None and take_over_fee(application):
        return
    today = day_of(at)
    fee = fee_of(application.version, today)
    state = WAITING if fee.amount else FREE
    kept = {
        "fee": fee.amount,
        "currency": fee.currency,
        "fee_state": state,
        "fee_settled_at": None if fee.amount else at,
    }
    PermitApplication.objects.filter(pk=application.pk).update(**kept)
    application.refresh_from_db()
    if state == FREE:
        return
    purpose = {}
    for language, _name in settings.LANGUAGES:
        with override(language):
            name = naming.spoken(application.entry.names, application.entry.number)
            purpose[language] = _("Fee for an application: %(name)s") % {"name": name}
    head = application.company.head_id if application.company else None
    payer = application.person_id or by.person or head or ""
    due, number = pack_due(TERM, today), application.number or ""
    wanted = fees.Invoice(payer, fee, purpose, due, number, scheduled(application))
    fees.invoice(wanted, about=application, by=by, at=at)


def take_over_fee(application: PermitApplication) -> bool:
    """Take over the fee of what was returned, and its invoice; whether there was one."""
    before = PermitApplication.objects.get(pk=application.previous_id)  # held by whoever sends
    if before.fee_state == FREE:
        return False
    same = ("fee", "currency", "fee_state", "fee_settled_at", "invoice_number")
    PermitApplication.objects.filter(pk=application.pk).update(**{name: getattr(before, name) for name in same})
    application.refresh_from_db()
    return True


def scheduled(application: PermitApplication) -> fees.Scheduled:
    """The fee of an application as its entry of the catalogue says it, for the schedule that payments keep."""
    version = application.version
    return fees.Scheduled(
        code=f"permit-{application.entry.number.lower()}",
        body=application.body_id,
        since=version.valid_from,
        units=str(version.fee or 0),
        names=version.names,
        law=version.law,
        law_number=version.law_number,
        law_date=version.law_date,
        article=version.law_article,
    )


def taken(application: PermitApplication) -> Recorded:
    """The ledger line of what payments answered."""
    facts: dict[str, object] = {
        "application": application.pk,
        "number": application.number or "",
        "fee": application.fee_state,
        "invoice": application.invoice_number,
    }
    return Recorded([facts], {"permit_application": application.pk, "fee": application.fee_state})


@act(TAKE, records=taken)
def take_answer(*, application: PermitApplication, answer: PortAnswer, by: Actor, at: datetime) -> PermitApplication:
    """Take in what payments answered about a fee; a licence that waited for it alone is issued.

    It is about whoever has taken the fee over since, as `bearer_of` says.

    Raises:
        NotAllowed: `by` is a person.
        Conflict: it stands so already, or the answer does not lead on from how it stands.
    """
    require(by.system, TAKE)
    application = held_bearer(application)
    rows = PermitApplication.objects.filter(pk=application.pk, fee_state__in=FROM.get(answer.state, ()))
    if not rows.update(**changes_by(answer, application, at)):
        raise Conflict(TAKE, application.fee_state)
    application.refresh_from_db()
    happened = "fee_owed" if answer.state == "owed" else f"fee_{application.fee_state}"
    PermitApplicationEvent.objects.create(application=application, at=at, happened=happened)
    if answer.state == "owed":
        owe_again(application, by=by, at=at)
    elif application.fee_state in FEE_SETTLED:
        settle_owed(application, by=by, at=at)
        if application.state in SETTLED and licence_of(application.pk) is None:
            issue_licence(application=application, by=by, at=at)
    elif application.fee_state == ISSUED:
        tell(application, "permit-fee", at)
    return application


def changes_by(answer: PortAnswer, application: PermitApplication, at: datetime) -> dict[str, object]:
    """Columns that an answer changes; the sum that the fee schedule gave is the fee."""
    changes: dict[str, object] = {"fee_state": INTO.get(answer.state, application.fee_state)}
    changes["fee_settled_at"] = at if changes["fee_state"] in FEE_SETTLED else None
    if answer.number:
        changes["invoice_number"] = answer.number
    if answer.state == "issued" and answer.amount is not None:
        changes |= {"fee": answer.amount, "currency": answer.currency}
    return changes
