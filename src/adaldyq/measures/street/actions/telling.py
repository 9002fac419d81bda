"""Telling openly how one was met. The log and the ledger say nothing of it: both would tell when somebody told it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import IntegrityError, transaction

from adaldyq.base.errors import DomainError
from adaldyq.kernel import naming
from adaldyq.kernel.actor import Actor, require
from adaldyq.kernel.acts import Leaves, Recorded, act
from adaldyq.kernel.models import Territory
from adaldyq.kernel.roles import Role
from adaldyq.measures.street import policies
from adaldyq.measures.street.models import HAPPENED, HONEST, StreetReport
from adaldyq.measures.street.queries.telling import largest_sum, months
from adaldyq.measures.street.states import PLAIN, WAITING

NOBODY = Actor(id="", roles=frozenset({Role.PUBLIC}))
"""Whoever tells, signed in or not."""
TELL = "street.report.tell"
LONGEST_WORDS = 500


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody tells.

    Attributes:
        page: id of the form it was told on.
        month: first day of the month in which it was.
        amount: what was asked for or paid, in the country's currency.
    """

    page: str
    happened: str
    service: str
    territory: Territory
    month: date
    body_kind: str = ""
    amount: Decimal | None = None
    words: str = ""


def told(report: StreetReport) -> Recorded:
    """No line in the ledger; the edition that counts it has one."""
    return Recorded([], {"month": report.received_date.strftime("%Y-%m")})


@act(TELL, leaves=Leaves.NONE, records=told, quiet=True)
def tell_openly(*, told: Told, by: Actor, at: datetime) -> StreetReport:
    """Take in what somebody tells openly. The same form sent twice is one report.

    Args:
        by: the public, whoever is signed in; nothing of the sender is kept.
        at: the beginning of the day; no time is kept.

    Raises:
        NotAllowed: `by` is somebody.
        DomainError: `declared-not-offered` for an unknown code, `street-month` for a month that is not taken any more,
            `street-sum` for a sum that is none or cannot be, `street-words` for too many words.
    """
    require(policies.may_tell(by), TELL)
    day = naming.pack().day_of(at)
    check(told, day)
    known = StreetReport.objects.filter(page=told.page).first()
    if known is not None:
        return known
    try:
        with transaction.atomic():
            return StreetReport.objects.create(
                page=told.page,
                happened=told.happened,
                service=told.service,
                body_kind=told.body_kind,
                territory=told.territory,
                month=told.month,
                amount=told.amount,
                currency=naming.pack().currency if told.amount is not None else "",
                words=told.words,
                state=WAITING if told.words else PLAIN,
                received_date=day,
            )
    except IntegrityError:  # the same form sent twice at once
        return StreetReport.objects.get(page=told.page)


def check(told: Told, day: date) -> None:
    """Refuse what no page of ours sends.

    Raises:
        DomainError: as `tell_openly`.
    """
    codes = naming.pack().codes
    offered = {"happened": HAPPENED, "service": codes["street_service"], "body_kind": {"": "", **codes["body_kind"]}}
    for field, values in offered.items():
        value: str = getattr(told, field)
        if value not in values:
            raise DomainError("declared-not-offered", field=field, value=value)
    if told.month not in months(day):
        raise DomainError("street-month", field="month")
    most = largest_sum(day)
    if told.amount is not None and (told.happened == HONEST or not 0 < told.amount <= most):
        raise DomainError("street-sum", field="amount", most=most)
    if len(told.words) > LONGEST_WORDS:
        raise DomainError("street-words", field="words", most=LONGEST_WORDS)
