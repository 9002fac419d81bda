"""Giving a licence to another company: one officer of the body that issued it proposes it, and another does it."""

from __future__ import annotations

from datetime import date, datetime

from adaldyq.base.errors import Conflict, DomainError
from adaldyq.kernel.actor import Actor, require
from adaldyq.kernel.acts import act
from adaldyq.kernel.deadlines.days import day_of
from adaldyq.kernel.models import Company
from adaldyq.measures.permits import policies
from adaldyq.measures.permits.actions.closing import close_renewals
from adaldyq.measures.permits.actions.licensing import Order, check_free, note, note_issue, step, told
from adaldyq.measures.permits.actions.locking import held_licence
from adaldyq.measures.permits.actions.owing import let_owe
from adaldyq.measures.permits.actions.telling import tell_holder
from adaldyq.measures.permits.models import PermitLicence
from adaldyq.measures.permits.queries.licences import PROPOSED, owed_by, proposal_of
from adaldyq.measures.permits.states import TRANSFER, VALID

PROPOSE, HAND_OVER = "permits.licence.propose_transfer", "permits.licence.transfer"


@act(PROPOSE, records=told, on="licence")
def propose_transfer(*, licence: PermitLicence, to: Company, order: Order, by: Actor, at: datetime) -> PermitLicence:
    """Propose that a licence goes to another company; the holder is told, and a second officer does it.

    Raises:
        NotAllowed: `by` is no officer of the body that issued it.
        Conflict: it is not valid.
        DomainError: those of `Order.checked` and `check_there`; `permit-conflict`.
    """
    require(policies.issues(by, licence), PROPOSE)
    check_free(licence, by, at, to)
    held = held_licence(licence.pk)
    if held.state != VALID:
        raise Conflict(PROPOSE, held.state)
    check_there(held, to, day_of(at))
    note(held, PROPOSED, order.checked(), by, at, to)
    tell_holder(held, "licence-transfer-proposed", at)
    return held


@act(HAND_OVER, records=told, on="licence")
def transfer_licence(*, licence: PermitLicence, proposal: str, by: Actor, at: datetime) -> PermitLicence:
    """Give a licence to the company that was proposed: it gets one of its own with what is left of the term; return that one.

    A fee that is owed again goes with it.

    Args:
        proposal: the event of the licence's history by which it was proposed, as whoever confirms it saw it.

    Raises:
        NotAllowed: as `propose_transfer`.
        Conflict: it is not valid, or something has happened to it since, such as another proposal.
        DomainError: `permit-transfer-alone` for whoever proposed it; `permit-conflict`; those of `check_there`.
    """
    require(policies.issues(by, licence), HAND_OVER)
    held, today = held_licence(licence.pk), day_of(at)
    newest = proposal_of(held)
    if newest is None or newest.company is None or newest.pk != proposal:
        raise Conflict(HAND_OVER, held.state)
    to, order = newest.company, Order(newest.ground, newest.act_number)
    if policies.is_same(by, newest.account):
        raise DomainError("permit-transfer-alone")
    check_free(held, by, at, to)
    check_there(held, to, today)
    same = ("entry", "version", "body", "kind", "address", "subtypes", "conditions", "deemed", "valid_until")
    made = PermitLicence(
        **{name: getattr(held, name) for name in same},
        company=to,
        holder_name=to.name,
        holder_identifier=to.identifier,
        valid_from=max(today, held.valid_from),
    )
    note_issue(made, by, at)
    owed = owed_by(held)
    done = step(held, TRANSFER, order, by, at, successor=made)
    close_renewals(done, by=by, at=at)
    if owed is not None:
        let_owe(made, owed.due_date, owed.account, by=by, at=at)
    tell_holder(done, "licence-transferred", at)
    tell_holder(made, "licence-received", at)
    return made


def check_there(licence: PermitLicence, to: Company, today: date) -> None:
    """Refuse a company that is closed, or holds a licence already, and a licence of which nothing is left to hand over.

    Raises:
        DomainError: `permit-applicant-gone`; `permit-term-over` when its last day has passed; `permit-successor` when its
            renewal is still to begin.
    """
    if to.closed_date is not None or to.pk == licence.company_id:
        raise DomainError("permit-applicant-gone", field="company")
    if licence.valid_until is not None and today > licence.valid_until:
        raise DomainError("permit-term-over", value=licence.number, day=licence.valid_until)
    if licence.successor is not None:
        raise DomainError("permit-successor", value=licence.number, other=licence.successor.number)
