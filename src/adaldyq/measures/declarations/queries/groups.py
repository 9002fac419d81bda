"""Who has filed of everybody whom the law obliges, by its groups, by region and by way, without a number of too few."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from adaldyq.base.disclosure import FEW, Row, have_room, is_open, told_together, untold_rows
from adaldyq.kernel import naming
from adaldyq.measures.declarations.domain.outcomes import WAY_WORDS
from adaldyq.measures.declarations.models import FrozenCount
from adaldyq.measures.declarations.models.frozen import (
    GROUP,
    IN_THE_OPEN,
    OF_EVERYBODY,
    REGION_OF_ALL,
    UNFILED,
    WAY_OF_ALL,
)
from adaldyq.measures.declarations.queries.distributions import least_told

PERCENT = 100
EVERYBODY = {"group": GROUP, "everybody-region": REGION_OF_ALL, "everybody-way": WAY_OF_ALL}
"""What everybody is counted by, by its name in addresses."""

FEW_WORDS = {
    GROUP: gettext_noop("Groups of which too few are counted"),
    REGION_OF_ALL: gettext_noop("Regions of which too few are counted"),
    WAY_OF_ALL: gettext_noop("Ways of which too few are counted"),
}


@dataclass(frozen=True, slots=True)
class GroupLine:
    """What became of the obligations of a group; no number where one of them tells of too few.

    Attributes:
        share: filed on time, in percent of what is due or filed.
    """

    key: str
    name: str
    owed: int | None = None
    filed: int | None = None
    on_time: int | None = None
    late: int | None = None
    missing: int | None = None
    awaited: int | None = None
    share: float | None = None


def by_group(year: int, today: date, of: str = GROUP) -> list[GroupLine]:
    """Everybody of a year by group of the law, as it was counted last; the sum of all at the end, if it may be told.

    Obligations that are public are a line of their own: their numbers are told everywhere, so that those of the others in
    the same group would follow from a common one. Lines of the others that count few are told as one, since a line that
    counts fewer than what has to stay possible could not be left out without all others.

    The sum of all is one for groups, regions and ways. Where a number of few would follow from it in any of the three, none
    of them tells it, nor lines that add up to it.

    Args:
        of: one of `OF_EVERYBODY`, to count by region or by way instead.
    """
    least = least_told(today)
    tables = tables_of(year, least)
    table, shut = tables[of], not all(one.tells_total(least) for one in tables.values())
    untold = table.closed.keys() if shut else untold_rows(table.closed, least)
    rows = {**table.closed, **table.opened}
    lines = [
        GroupLine(key, name_of(key, of)) if key in untold else told(key, name_of(key, of), *numbers)
        for key, numbers in rows.items()
    ]
    listed = sorted(lines, key=lambda one: (-(one.owed or 0), one.name))
    if rows and not shut:
        listed.append(told("", _("Everybody"), *(sum(column) for column in zip(*rows.values(), strict=True))))
    return listed


@dataclass(frozen=True, slots=True)
class Table:
    """Everybody of a year by one thing: lines whose declarations are not public, few told together, and those that are."""

    closed: Mapping[str, Row]
    opened: Mapping[str, Row]

    def tells_total(self, least: int) -> bool:
        """Whether no number of few follows from the lines that may be told and the sum of all."""
        untold = untold_rows(self.closed, least)
        return not untold or have_room([self.closed[key] for key in untold], least)


def tables_of(year: int, least: int) -> dict[str, Table]:
    """All tables of everybody of a year, by what they count. They have one sum, which each of them would tell of all."""
    counted: dict[str, dict[str, Row]] = {of: {} for of in OF_EVERYBODY}
    for one in FrozenCount.objects.filter(of__in=OF_EVERYBODY, year=year).order_by("key"):
        counted[one.of][one.key] = (one.on_time, one.late, one.missing, one.awaited)
    tables = {}
    for of, rows in counted.items():
        closed = few_together({key: row for key, row in rows.items() if not in_the_open(key)}, least)
        tables[of] = Table(closed, {key: row for key, row in rows.items() if in_the_open(key)})
    return tables


def few_together(table: Mapping[str, Row], least: int) -> dict[str, Row]:
    """Lines of a table, those that count few in all in one line; as they are where one line would tell of too few."""
    few = told_together({key: sum(row) for key, row in table.items()}, least)
    summed = tuple(sum(column) for column in zip(*(table[key] for key in few), strict=True))
    if not is_open(sum(summed), len(few), least):
        return dict(table)
    return {key: row for key, row in table.items() if key not in few} | {FEW: summed}


def in_the_open(key: str) -> bool:
    """Whether a line counts obligations that are public."""
    return key.endswith(f":{IN_THE_OPEN}")


def name_of(key: str, of: str) -> str:
    """What a group, region or way is called, and whether its declarations are public."""
    if key == FEW:
        return _(FEW_WORDS[of])
    group, _colon, public = key.partition(":")
    match of:
        case "all_region":
            name = dict(naming.regions()).get(group, "")
        case "all_way":
            name = _("Not filed") if group == UNFILED else _(WAY_WORDS.get(group, WAY_WORDS[""]))
        case _:
            name = naming.spoken({phase.group: phase.names for phase in naming.pack().phases}.get(group, {}))
    name = capfirst(name) or _("The source does not say")
    return _("%(group)s: public") % {"group": name} if public else name


def told(key: str, name: str, on_time: int, late: int, missing: int, awaited: int) -> GroupLine:
    """A line with its numbers."""
    filed = on_time + late
    due = filed + missing
    share = round(PERCENT * on_time / due, 1) if due else None
    return GroupLine(key, name, due + awaited, filed, on_time, late, missing, awaited, share)


def counted_at(year: int) -> datetime | None:
    """When the groups of a year were counted last; none when nothing was."""
    return FrozenCount.objects.filter(of=GROUP, year=year).values_list("frozen_at", flat=True).first()
