"""Fee schedules as everybody sees them."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from adaldyq.base.money import Money
from adaldyq.countries.facts import AmountUnit
from adaldyq.kernel import naming
from adaldyq.measures.payments.domain.formulas import Formula
from adaldyq.measures.payments.models import FeeSchedule, FeeVersion


def fees() -> QuerySet[FeeSchedule]:
    """All services that cost something, by code."""
    return FeeSchedule.objects.select_related("body").order_by("code")


def schedule(code: str) -> FeeSchedule | None:
    """The schedule of a service."""
    return fees().filter(code=code).first()


def versions(of: FeeSchedule) -> list[FeeVersion]:
    """What a schedule has said, the newest first."""
    return list(of.versions.order_by("-version"))


def fee_on(of: FeeSchedule, day: date) -> FeeVersion | None:
    """What a schedule says on a day; None before its first day and after its last."""
    listed = of.versions.filter(valid_from__lte=day).order_by("-version").select_related("schedule__body")
    found = listed.first()
    return found if found is not None and (found.valid_to is None or day <= found.valid_to) else None


def counted(formula: Formula, quantity: int, day: date) -> tuple[Money, dict[str, str]]:
    """A fee on a day as money, rounded to what can be paid, and how it was counted.

    Raises:
        DomainError: `fee-quantity`, `no-such-value`, `amount-out-of-range`.
    """
    pack, units = naming.pack(), formula.units(quantity)
    how = {"units": format(units.normalize(), "f"), "unit": formula.unit.value}
    if formula.unit is AmountUnit.INDEX:
        how["index"] = str(pack.index_on(day).amount)
    return pack.worth(units, formula.unit, day).payable(), how


def newest(of: FeeSchedule) -> FeeVersion:
    """What a schedule says last."""
    return of.versions.order_by("-version").select_related("schedule__body")[0]


STATED = "stated"
"""Code of the schedule whose sums acts state, such as fines."""
