"""Telling openly how one was met. The log and the ledger say nothing of it: both would tell when somebody told it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction

from adaldyq.base.errors import DomainError
from adaldyq.kernel import naming
from adaldyq.kernel.actor import Actor, require
from adaldyq.kernel.acts import Leaves, Recorded, act
from adaldyq.kernel.models import Territory
from adaldyq.kernel.roles import Role
from adaldyq.kernel.states import advance
from adaldyq.measures.street import policies
from adaldyq.measures.street.models import HAPPENED, HONEST, StreetReport
from adaldyq.measures.street.queries.limits import too_many_beside, words_too_many_beside, words_too_old
from adaldyq.measures.street.queries.telling import largest_sum, months
from adaldyq.measures.street.states import FORGET, PLAIN, WAITING

NOBODY = Actor(id="", roles=frozenset({Role.PUBLIC}))
"""Whoever tells, signed in or not."""
TELL, LAPSE = "street.report.tell", "street.words.lapse"
LONGEST_WORDS = 500


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody tells.

    Attributes:
        page: id of the form it was told on.
        month: first day of the month in which it was.
        amount: what was asked for or paid, in the country's currency.
        worked: whether its browser did the calculation of its page.
    """

    page: str
    happened: str
    service: str
    territory: Territory
    month: date
    body_kind: str = ""
    amount: Decimal | None = None
    words: str = ""
    worked: bool = False


def told(report: StreetReport) -> Recorded:
    """No line in the ledger; the edition that counts it has one."""
    return Recorded([], {"month": report.received_date.strftime("%Y-%m")})


@act(TELL, leaves=Leaves.NONE, records=told, quiet=True)
def tell_openly(*, told: Told, by: Actor, at: datetime) -> StreetReport:
    """Take in what somebody tells openly. The same form sent twice is one report; of a flood some are kept, by lot.

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
            report = StreetReport.objects.create(**columns(told, day))
    except IntegrityError:  # the same form sent twice at once
        return StreetReport.objects.get(page=told.page)
    make_room(report, by, at)
    return report


def columns(told: Told, day: date) -> dict[str, Any]:
    """What is kept of what somebody tells on a day."""
    return {
        "page": told.page,
        "happened": told.happened,
        "service": told.service,
        "body_kind": told.body_kind,
        "territory": told.territory,
        "month": told.month,
        "amount": told.amount,
        "currency": naming.pack().currency if told.amount is not None else "",
        "words": told.words,
        "state": WAITING if told.words else PLAIN,
        "received_date": day,
        "worked": told.worked,
    }


def make_room(report: StreetReport, by: Actor, at: datetime) -> None:
    """Let go of answers and of words of this day that are more than are kept; the new ones may be among them."""
    if report.words:
        for one in words_too_many_beside(report):
            advance(one, FORGET, by=by, at=at, words="")
    gone = too_many_beside(report)
    if gone:
        StreetReport.objects.filter(pk__in=gone).delete()


@dataclass(frozen=True, slots=True)
class Lapsed:
    """How many answers lost words that nobody had read in time."""

    reports: int


def lapsed(done: Lapsed) -> Recorded:
    """The ledger line: how many."""
    return Recorded([{"reports": done.reports}], {"reports": done.reports})


@act(LAPSE, leaves=Leaves.PER_BATCH, records=lapsed)
def forget_old_words(*, by: Actor, at: datetime) -> Lapsed:
    """Forget words that have waited for too long; their answers are counted as those without words.

    Raises:
        NotAllowed: `by` is not the clock.
    """
    require(policies.may_keep(by), LAPSE)
    old = words_too_old(naming.pack().day_of(at))
    for one in old:
        advance(one, FORGET, by=by, at=at, words="")
    return Lapsed(len(old))


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
