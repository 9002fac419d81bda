"""What may be decided about a permit under review, and what it then says."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from adaldyq.base.errors import DomainError
from adaldyq.countries.permits import PermitKind
from adaldyq.measures.permits.domain.burden import NOTHING, days_of, money_of
from adaldyq.measures.permits.domain.terms import LONGEST_NAME, LONGEST_REFERENCE, Burden, Terms

KEEP, SIMPLIFY, MOVE, ABOLISH, EXCLUDE = "keep", "simplify", "move", "abolish", "exclude"
OUTCOMES = (KEEP, SIMPLIFY, MOVE, ABOLISH, EXCLUDE)
ENDING = (ABOLISH, EXCLUDE)
LONGEST_WORDS = 4000


@dataclass(frozen=True, slots=True)
class Reference:
    """An act: its name, number and day."""

    title: str
    number: str
    day: date


@dataclass(frozen=True, slots=True)
class Lighter:
    """What a permit asks for after it was simplified or moved to notification.

    Attributes:
        days: working days in which the body decides.
        fee: in the pack's unit of fees.
        hours: of one application; `costs`: what else is paid for it.
    """

    days: int
    fee: Decimal
    hours: Decimal
    costs: Decimal


@dataclass(frozen=True, slots=True)
class Decision:
    """What the reviewing body decides.

    Attributes:
        since: day from which it holds.
        lighter: of what is simplified or moved to notification.
    """

    outcome: str
    act: Reference
    reasons: str
    since: date
    lighter: Lighter | None = None


def check_reference(act: Reference, today: date) -> None:
    """Refuse an act that cannot be looked up.

    Raises:
        DomainError: `permit-act-missing` without name or number, `permit-act-ahead` when its day has not come.
    """
    for field, value, most in (("act_title", act.title, LONGEST_NAME), ("act_number", act.number, LONGEST_REFERENCE)):
        if not value.strip() or len(value) > most:
            raise DomainError("permit-act-missing", field=field)
    if act.day > today:
        raise DomainError("permit-act-ahead", field="act_date")


def check_words(words: str, field: str) -> str:
    """Words that give a reason.

    Raises:
        DomainError: `reason-missing`, `text-too-long`.
    """
    if not words.strip():
        raise DomainError("reason-missing", field=field)
    if len(words) > LONGEST_WORDS:
        raise DomainError("text-too-long", field=field, length=len(words), limit=LONGEST_WORDS)
    return words.strip()


def check_outcome(outcome: str, *, lawful: bool | None, needed: bool | None) -> None:
    """Refuse an outcome that what was found does not permit.

    Raises:
        DomainError: `declared-not-offered`; `permit-unlawful` when what no law asks for would stay; `permit-needless` when
            what is not needed would stay as it is; `permit-not-assessed` when it would stay without all three answers.
    """
    if outcome not in OUTCOMES:
        raise DomainError("declared-not-offered", field="outcome", value=outcome)
    if outcome in ENDING:
        return
    if lawful is False:
        raise DomainError("permit-unlawful", field="outcome")
    if needed is False and outcome != MOVE:
        raise DomainError("permit-needless", field="outcome")
    if lawful is None or needed is None:
        raise DomainError("permit-not-assessed", field="outcome")


def terms_after(before: Terms, outcome: str, lighter: Lighter | None, applications: int) -> Terms:
    """What a permit says once it is simplified or moved to notification.

    Raises:
        DomainError: `permit-lighter-missing`; `permit-not-lighter` when something weighs more than before, or nothing less.
    """
    if lighter is None:
        raise DomainError("permit-lighter-missing", field="days_after")
    old = before.burden or Burden(lighter.hours, lighter.costs, applications)
    pairs = (
        ("days_after", lighter.days, before.days),
        ("fee_after", lighter.fee, before.fee),
        ("hours_after", lighter.hours, old.hours),
        ("costs_after", lighter.costs, old.costs),
    )
    for field, after, was in pairs:
        if after > was:
            raise DomainError("permit-not-lighter", field=field, was=f"{Decimal(was).normalize():f}")
    if outcome == SIMPLIFY and all(after == was for _field, after, was in pairs):
        raise DomainError("permit-not-lighter", field="days_after", was=before.days)
    moved = {"kind": PermitKind.NOTIFICATION, "silence_is_consent": True} if outcome == MOVE else {}
    burden = Burden(lighter.hours, lighter.costs, applications)
    return replace(before, days=lighter.days, fee=lighter.fee, burden=burden, **moved)  # type: ignore[arg-type]  # names of its fields


def saved(before: Burden, days: int, after: Terms | None, hour: Decimal) -> tuple[Decimal, int]:
    """Money and working days of waiting that a decision saves in a year.

    Args:
        after: what the permit says then; None when nobody needs it any more.
        hour: price of an hour of work.
    """
    rest = (after.burden or NOTHING) if after else NOTHING
    money = money_of(before, hour) - money_of(rest, hour)
    return money, days_of(days, before) - days_of(after.days if after else 0, rest)
