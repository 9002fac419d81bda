"""Fee schedules as everybody sees them."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from adaldyq.base.errors import DomainError
from adaldyq.base.money import Money
from adaldyq.countries.facts import AmountUnit
from adaldyq.kernel import naming
from adaldyq.kernel.models import Body
from adaldyq.measures.payments.domain.formulas import Formula, formula_of
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


def bodies() -> list[tuple[str, str]]:
    """Bodies that may take fees, by name."""
    there = set(Body.objects.filter(closed_date=None, level="national").values_list("pk", flat=True))
    return sorted(((key, name) for key, name in naming.body_names().items() if key in there), key=lambda pair: pair[1])


def body(key: str) -> Body | None:
    """A body."""
    return Body.objects.filter(pk=key).first()


def sum_on(version: FeeVersion, day: date) -> Money | None:
    """What one thing costs by a version on a day; None where acts state the sum, or the index has no value."""
    if not version.formula:
        return None
    try:
        return counted(formula_of(version.formula), 1, day)[0]
    except DomainError:
        return None
