"""What officials declare as distributions: how they are counted, and what pages read of what was counted.

Counting reads every open declaration, so it is done by night and kept; pages read the few rows that came of it.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal

from adaldyq.base.money import CENT
from adaldyq.kernel import naming
from adaldyq.kernel.models import Body
from adaldyq.measures.declarations.domain.distributions import (
    BODY,
    CASH,
    EVERYBODY,
    INCOME,
    KIND,
    REGION,
    WEALTH,
    quartiles,
)
from adaldyq.measures.declarations.domain.wealth import Totals
from adaldyq.measures.declarations.models import Declaration, Distribution
from adaldyq.measures.declarations.policies import CURRENT
from adaldyq.measures.declarations.queries.sections import Contents
from adaldyq.measures.declarations.queries.whole import following

Values = dict[tuple[str, str, str], "array[int]"]
"""Sums in hundredths by what is summed, what it is counted by, and the group."""


def counted(at: datetime, today: date) -> list[Distribution]:
    """The distributions of all years, counted from the register now; one number for each sum is held in memory."""
    least = least_told(today)
    years: dict[int, Values] = defaultdict(lambda: defaultdict(lambda: array("q")))
    groups = Groups()
    for one, totals in leading():
        if totals.without_rate:
            continue  # a sum that is not whole would lie too low
        for name, value in sums_of(totals):
            for by, key in groups.of(one.body_id or ""):
                years[one.year][name, by, key].append(int(value / CENT))
    return [
        distribution(year, group, values, least, at)
        for year, by_group in years.items()
        for group, values in by_group.items()
    ]


def least_told(today: date) -> int:
    """The least number of officials that a distribution tells of, by the country pack."""
    return int(naming.pack().threshold("suppressed_below", today).amount)


def leading() -> Iterator[tuple[Declaration, Totals]]:
    """The open declaration that stands for each official and year, with what it adds up to in the country's currency."""
    found, last, currency = Declaration.objects.filter(CURRENT), "", naming.pack().currency
    while people := following(found, last):
        rows = found.filter(person_id__in=people).order_by("form")  # the yearly form stands after the other
        chosen = {(one.person_id, one.year): one for one in rows}
        contents = Contents(list(chosen.values()))
        for one in chosen.values():
            yield one, contents.totals(one, currency)
        last = people[-1]


def sums_of(totals: Totals) -> Iterator[tuple[str, Decimal]]:
    """The sums of a declaration that are published."""
    if (income := totals.all_income) is not None:
        yield INCOME, income
    yield WEALTH, totals.net
    yield CASH, totals.cash


class Groups:
    """The groups that an official of a body is counted in."""

    def __init__(self) -> None:
        region_of = naming.region_by_territory()
        self._of: dict[str, list[tuple[str, str]]] = {"": [(EVERYBODY, "")]}
        for body, kind, territory in Body.objects.values_list("id", "kind", "territory_id"):
            found = [(EVERYBODY, ""), (KIND, kind), (BODY, body)]
            self._of[body] = [*found, (REGION, region_of[territory])] if territory in region_of else found

    def of(self, body: str) -> list[tuple[str, str]]:
        """By what, and which group."""
        return self._of.get(body, self._of[""])


def distribution(year: int, group: tuple[str, str, str], values: array[int], least: int, at: datetime) -> Distribution:
    """One row: how many officials, and quartiles when they are not too few to tell."""
    name, by, key = group
    row = Distribution(year=year, name=name, by=by, key=key, currency=naming.pack().currency, counted_at=at)
    if len(values) >= least:
        found = quartiles(sorted(values))
        row.officials = len(values)
        row.lower, row.median, row.upper = (CENT * one for one in (found.lower, found.median, found.upper))
    return row


def years() -> list[int]:
    """Years of which something was counted, newest first."""
    return list(Distribution.objects.order_by("-year").values_list("year", flat=True).distinct())


def by_year(by: str = EVERYBODY, key: str = "") -> list[Distribution]:
    """The distributions of a group over the years, newest first."""
    return list(Distribution.objects.filter(by=by, key=key).order_by("-year", "name"))


def of_year(year: int, by: str) -> list[Distribution]:
    """The distributions of a year by region, kind of body or body."""
    return list(Distribution.objects.filter(year=year, by=by).order_by("key", "name"))
