"""Which rows of a new edition stay as in the last one, by what all editions before it told (`domain.editions`)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from django.db.models import Q

from adaldyq.kernel import naming
from adaldyq.measures.reports.domain.editions import WHOLE, Line, Told, mixed, staying
from adaldyq.measures.reports.domain.waiting import LEAST_CURVE, Ended, differ_by_few
from adaldyq.measures.reports.models import ReportCount, ReportEdition
from adaldyq.measures.reports.models.numbers import (
    ALL,
    BODY,
    MONEY,
    RECEIVED,
    RECOVERED,
    REGION,
    REWARDED,
    SET_ASIDE,
    SUMS,
    WAYS,
)
from adaldyq.measures.reports.models.places import region_by_body
from adaldyq.measures.reports.models.telling import CELLS, OF, PARTS, Counts, Larger, counts_of, told, told_beside

COPIED = ("year", "by", "key", *SUMS, *MONEY.values(), "waits")
"""Columns of a row that an edition takes over from the one before."""

Group = tuple[int, str, str]
Rows = Mapping[str, Counts]


@dataclass(frozen=True, slots=True)
class Book:
    """The rows of an edition: of each year, by way of counting and key; of the years together, by year."""

    tables: Mapping[tuple[int, str], Rows]
    least: int

    @property
    def years(self) -> dict[str, Counts]:
        """All reports of each year; those of the fewest first."""
        found = {str(year): rows[""] for (year, way), rows in self.tables.items() if way == ALL}
        return {key: found[key] for key in sorted(found, key=lambda one: (found[one][RECEIVED], one))}

    def groups(self, year: int, way: str) -> dict[str, Counts]:
        """Groups of a year; those of the fewest first."""
        found = self.tables.get((year, way), {})
        return {key: found[key] for key in sorted(found, key=lambda one: (found[one][RECEIVED], one))}

    def told_groups(self, year: int, way: str) -> Told:
        """What this edition tells of groups of a year, with the year itself; nothing when it does not tell of the year."""
        hidden = parts_untold(self.years, self.least).get(str(year))
        if hidden is None:
            return {}
        regions = self.groups(year, REGION) if way == BODY else None
        return lines_within(self.years[str(year)], hidden, self.groups(year, way), self.least, regions)


def book(rows: Iterable[ReportCount], least: int) -> Book:
    """The book of some rows."""
    tables: dict[tuple[int, str], dict[str, Counts]] = defaultdict(dict)
    for one in rows:
        tables[one.year, one.by][one.key] = counts_of(one, str(one.year) if one.by == ALL else one.key)
    return Book(tables, least)


def steady(rows: Sequence[ReportCount], as_of: date) -> list[ReportCount]:
    """The rows that an edition keeps: those counted, or those of the last edition where a change would tell of few."""
    editions = list(ReportEdition.objects.filter(as_of_date__lt=as_of).order_by("as_of_date"))
    if not editions:
        return list(rows)
    least = int(naming.pack().threshold("suppressed_below", as_of).amount)
    now, last = book(rows, least), {(one.year, one.by, one.key): one for one in editions[-1].counts.all()}
    before = book(last.values(), least)
    changed = {year for year, way in now.tables if now.tables[year, way] != before.tables.get((year, way))}
    wanted = Q(by=ALL) | Q(year__in=changed)
    stay = staying_groups(now, [book(one.counts.filter(wanted), least) for one in editions], before, changed)
    again = [ReportCount(**{name: getattr(last[group], name) for name in COPIED}) for group in stay if group in last]
    fresh = [one for one in rows if (one.year, one.by, one.key) not in stay]
    hold_curves([one for one in fresh if one.by == ALL], editions, least)
    return [*fresh, *again]


def hold_curves(years: Sequence[ReportCount], editions: Sequence[ReportEdition], least: int) -> None:
    """Let the curve of a year stay as in the last edition where, beside an earlier one, it would tell of few that were answered."""
    for row in years:
        past = ReportCount.objects.filter(edition__in=editions, by=ALL, year=row.year, received__gte=LEAST_CURVE)
        told_before = list(past.order_by("edition__as_of_date").values_list("waits", flat=True))
        now = [Ended(*wait) for wait in row.waits]
        if any(differ_by_few(now, [Ended(*wait) for wait in waits], least) for waits in told_before):
            row.waits = told_before[-1]


def staying_groups(now: Book, past: Sequence[Book], before: Book, changed: set[int]) -> set[Group]:
    """Groups whose rows stay. A year stays whole when its sum does, or when no way of telling its groups is left."""
    stuck: frozenset[str] = frozenset()
    earlier = each_once([lines_of_years(one.years, one.least) for one in past])
    while True:
        held = staying(
            now.years, before.years, lambda rows: lines_of_years(rows, now.least), earlier, least=now.least, stay=stuck
        )
        years = stuck | set(map(str, changed)) if held is None else held
        hidden = parts_untold(mixed(now.years, before.years, years), now.least)
        found: set[Group] = {(int(year), *group) for year in years for group in groups_in(int(year), now, before)}
        failed = set()
        for year in sorted(changed - set(map(int, years))):
            if (untold := hidden.get(str(year))) is None:
                continue  # it is told with other years only, and none of its groups is
            groups = staying_in(year, untold, now, past, before)
            if groups is None:
                failed.add(str(year))
            else:
                found |= groups
        if not failed:
            return found
        stuck |= failed


def groups_in(year: int, *books: Book) -> set[tuple[str, str]]:
    """All groups of a year that a book has."""
    return {(way, key) for one in books for (of, way), rows in one.tables.items() if of == year for key in rows}


def staying_in(year: int, hidden: frozenset[str], now: Book, past: Sequence[Book], before: Book) -> set[Group] | None:
    """Groups of a year that stay although its sum does not; None when in one way of counting none can be told."""
    stay: set[Group] = set()
    whole, regions = now.years[str(year)], None
    for way in (REGION, *(one for one in WAYS[1:] if one != REGION)):  # bodies are told beside their regions
        held = staying(
            now.groups(year, way),
            before.groups(year, way),
            partial(told_of, whole, hidden, now.least, regions if way == BODY else None),
            each_once([one.told_groups(year, way) for one in past]),
            least=now.least,
        )
        if held is None:
            return None
        if way == REGION:
            regions = mixed(now.groups(year, way), before.groups(year, way), held)
        stay |= {(year, way, key) for key in held}
    return stay


def each_once(earlier: Sequence[Told]) -> list[Told]:
    """What editions told, but what the next one told again; the last one stays at the end."""
    return [one for one, following in zip(earlier, [*earlier[1:], None], strict=True) if one != following]


def lines_of_years(years: Rows, least: int) -> Told:
    """What is told of years."""
    return {one.key: line_of(one, hidden) for one, hidden in told(received(years), least)}


def parts_untold(years: Rows, least: int) -> dict[str, frozenset[str]]:
    """Years that are told, each with the parts of which not even the sum is."""
    return {one.key: hidden for one, hidden in told(received(years), least)}


def received(years: Rows) -> list[Counts]:
    """Years in which reports were received."""
    return [one for one in years.values() if one[RECEIVED]]


def told_of(whole: Counts, hidden: frozenset[str], least: int, regions: Rows | None, groups: Rows) -> Told:
    """As `lines_within`, with the groups last."""
    return lines_within(whole, hidden, groups, least, regions)


def lines_within(whole: Counts, hidden: frozenset[str], groups: Rows, least: int, regions: Rows | None = None) -> Told:
    """What is told of a year and of its groups.

    Args:
        regions: those of the year, where the groups are bodies, which lie in them.
    """
    listed, untold = list(groups.values()), hidden - {SET_ASIDE}
    if regions is None:
        found = told(listed, least, untold)
    else:
        larger = Larger(list(regions.values()), region_by_body(groups.keys()))
        found = told_beside(listed, larger, least, untold)
    return {WHOLE: line_of(whole, hidden), **{one.key: line_of(one, untold) for one, untold in found}}


def line_of(one: Counts, hidden: frozenset[str]) -> Line:
    """What is told of a group, and what follows from it within the line."""
    counts = {name: one[name] for name in names_told(hidden)}
    counts |= {f"of_{part}": sum(one[name] for name in names) for part, names in OF.items() if part not in hidden}
    money = {RECOVERED: one.amount, REWARDED: one.rewards}
    return Line(counts, {name: amount for name, amount in money.items() if name not in hidden})


def names_told(hidden: frozenset[str]) -> Iterator[str]:
    """Names of the counts of all parts that are told."""
    yield RECEIVED
    if SET_ASIDE not in hidden:
        yield SET_ASIDE
    for part, names in CELLS.items():
        if part not in hidden:
            yield from (*names, *PARTS.get(part, ()))
