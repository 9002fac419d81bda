"""Reports that lead to a case. An office asks; only the register of cases answers, so that no office counts its own success.

It asks through the port of cases: the request waits until a register of this house takes it, or is written down for one
that is not part of it (`adapters/casefile.py`). Answers come in by the acts below, which no person may take.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from adaldyq.base.errors import DomainError
from adaldyq.base.money import Money
from adaldyq.kernel import naming
from adaldyq.kernel.actor import Actor, require
from adaldyq.kernel.acts import Recorded, act
from adaldyq.kernel.ports import CASE, casefile
from adaldyq.kernel.ports.actions import withdraw
from adaldyq.kernel.states import advance
from adaldyq.measures.reports import policies
from adaldyq.measures.reports.actions.handling import require_officer
from adaldyq.measures.reports.actions.holding import held
from adaldyq.measures.reports.models import CaseReport, CaseRequest, MoneyBack, Report
from adaldyq.measures.reports.models.leaves import HANDLED
from adaldyq.measures.reports.states import ACKNOWLEDGED, CLOSED, ENDED, ON_FILE

ASK, OPEN_CASE, DECLINE, END = (
    "reports.case.ask",
    "reports.case.open",
    "reports.case.decline",
    "reports.case.end",
)
MONEY_BACK = "reports.money.note"
LONGEST_NUMBER = 60


def stepped(request: CaseRequest) -> Recorded:
    """The ledger line of a step: of which request, by how many reports, how it stands, and which case it became."""
    facts: dict[str, object] = {
        "case": request.pk,
        "state": request.state,
        "number": request.case,
        "reports": request.linked.count(),
    }
    return Recorded([facts], {"request": request.pk, "state": request.state})


@act(ASK, records=stepped, told_as=HANDLED)
def ask_case(*, reports: Sequence[Report], by: Actor, at: datetime) -> CaseRequest:
    """Ask that a case be opened because of one or several reports of a unit.

    Raises:
        NotAllowed: `by` may not handle one of them.
        DomainError: `closed-by-you`; `case-without-reports` when there is none, or they are of several units; `case-too-early` for one
            that was not acknowledged; `case-asked-already` for one that has a case or waits for one.
    """
    reports = [held(one) for one in sorted(reports, key=lambda one: one.pk)]  # a colleague may ask at the same time
    for one in reports:
        require_officer(by, ASK, one, at)
    if len({one.unit_id for one in reports}) != 1:
        raise DomainError("case-without-reports")
    if any(one.state not in {ACKNOWLEDGED, CLOSED} for one in reports):
        raise DomainError("case-too-early")
    if CaseReport.objects.filter(report__in=reports).exists():
        raise DomainError("case-asked-already")
    request = CaseRequest.objects.create(unit=reports[0].unit, asked_by_id=by.id, asked_date=naming.pack().day_of(at))
    CaseReport.objects.bulk_create(CaseReport(request=request, report=one) for one in reports)
    casefile.open_from(grounds_of(reports), about=request, by=by, at=at)
    return request


def grounds_of(reports: Sequence[Report]) -> casefile.Grounds:
    """What stands in the open of some reports of a unit; never what was reported."""
    return casefile.Grounds(
        office=reports[0].unit.body_id,
        about=tuple(sorted({one.about_body_id for one in reports if one.about_body_id})),
        topics=tuple(sorted({one.topic for one in reports if one.topic})),
        regions=tuple(sorted({one.territory_id for one in reports if one.territory_id})),
        records=tuple(sorted(one.pk for one in reports)),
    )


def answered_outside(request: CaseRequest, by: Actor, at: datetime) -> None:
    """Take the request back at the port where nobody was told of it: another register has answered."""
    withdraw(port=CASE, about=request, by=by, at=at, untold=True)


@act(OPEN_CASE, records=stepped, told_as=HANDLED)
def open_case(*, request: CaseRequest, case: str, day: date, by: Actor, at: datetime) -> CaseRequest:
    """Take in that the register of cases has opened a case, or put the reports to one that is there.

    Args:
        case: its number there.
        day: on which it was opened.

    Raises:
        NotAllowed: `by` is a person.
        Conflict: the request was answered.
        DomainError: `case-number-missing`; `day-to-come`.
    """
    require(policies.may_answer(by), OPEN_CASE)
    answered_outside(request, by, at)
    if not 0 < len(case.strip()) <= LONGEST_NUMBER:
        raise DomainError("case-number-missing", field="case", most=LONGEST_NUMBER)
    return advance(request, "open", by=by, at=at, case=case.strip(), opened_date=come(day, at))


@act(DECLINE, records=stepped, told_as=HANDLED)
def decline_case(*, request: CaseRequest, by: Actor, at: datetime) -> CaseRequest:
    """Take in that the register of cases opens none; the reports may be asked about anew.

    Raises:
        NotAllowed: `by` is a person.
        Conflict: the request was answered.
    """
    require(policies.may_answer(by), DECLINE)
    answered_outside(request, by, at)
    declined = advance(request, "decline", by=by, at=at)
    declined.linked.all().delete()
    return declined


@act(END, records=stepped, told_as=HANDLED)
def end_case(*, request: CaseRequest, day: date, by: Actor, at: datetime) -> CaseRequest:
    """Take in that a judgment or decision of the case is in force.

    Raises:
        NotAllowed: `by` is a person.
        Conflict: no case is open.
        DomainError: `day-to-come`.
    """
    require(policies.may_answer(by), END)
    return advance(request, "end", by=by, at=at, ended_date=come(day, at))


def noted(made: MoneyBack) -> Recorded:
    """The ledger line of money that came back: by which request, how much, and when."""
    facts: dict[str, object] = {
        "money": made.pk,
        "case": made.request_id,
        "amount": str(made.amount),
        "currency": made.currency,
        "received": made.received_date.isoformat(),
    }
    return Recorded([facts], {"request": made.request_id, "money": made.pk})


@act(MONEY_BACK, records=noted, told_as=HANDLED)
def note_money(*, request: CaseRequest, reference: str, amount: Money, day: date, by: Actor, at: datetime) -> MoneyBack:
    """Take in that money came back by a case.

    Args:
        reference: what the register calls this payment; none is taken in twice.
        amount: in the country's currency.

    Raises:
        NotAllowed: `by` is a person.
        DomainError: `case-not-open`; `money-told-already`; `money-not-positive`; `money-other-currency`; `day-to-come`;
            `case-number-missing` without a reference.
    """
    require(policies.may_answer(by), MONEY_BACK)
    if request.state not in {ON_FILE, ENDED}:
        raise DomainError("case-not-open")
    if amount.currency != naming.pack().currency:
        raise DomainError("money-other-currency", field="currency", value=amount.currency)
    if amount.amount <= 0:
        raise DomainError("money-not-positive", field="amount")
    if not 0 < len(reference.strip()) <= LONGEST_NUMBER:
        raise DomainError("case-number-missing", field="reference", most=LONGEST_NUMBER)
    made, is_new = MoneyBack.objects.get_or_create(
        reference=reference.strip(),
        defaults={
            "request": request,
            "amount": amount.amount,
            "currency": amount.currency,
            "received_date": come(day, at),
        },
    )
    if not is_new:
        raise DomainError("money-told-already", field="reference", value=reference)
    return made


def come(day: date, at: datetime) -> date:
    """A day that has come.

    Raises:
        DomainError: `day-to-come`.
    """
    if day > naming.pack().day_of(at):
        raise DomainError("day-to-come", field="day", value=day.isoformat())
    return day
