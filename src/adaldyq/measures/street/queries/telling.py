"""What the form offers: months, regions with what is below them, the largest sum."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from adaldyq.base.calendar import months_later
from adaldyq.kernel import naming
from adaldyq.kernel.models import Territory
from adaldyq.measures.street.queries.counting import is_gone

MONTHS_BACK = 24
"""Who tells later remembers little, and numbers of years past would never rest."""


def months(day: date) -> list[date]:
    """First days of the months that may be told of on a day, the newest first; none of a year that is let go already."""
    first = day.replace(day=1)
    listed = (months_later(first, -back) for back in range(MONTHS_BACK))
    return [one for one in listed if not is_gone(one.year, day)]


def largest_sum(day: date) -> Decimal:
    """The largest sum that is taken for true, in the country's currency."""
    return naming.pack().threshold_amount("street_sum", day).amount


def places() -> list[tuple[str, str]]:
    """Codes and names of the regions, each followed by the territories in it that the register has."""
    below: dict[str, list[str]] = {}
    for territory, region in naming.region_by_territory().items():
        if territory != region:
            below.setdefault(region, []).append(territory)
    found = []
    for region, name in naming.regions():
        named = sorted((naming.place_name(one), one) for one in below.get(region, ()))
        found += [(region, name), *((code, f"{name}: {spoken}") for spoken, code in named)]
    return found


def territory(code: str) -> Territory | None:
    """The territory of a code."""
    return Territory.objects.filter(pk=code).first()
