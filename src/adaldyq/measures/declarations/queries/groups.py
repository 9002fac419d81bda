"""Who has filed of everybody whom the law obliges, by its groups, by region and by way, without a number of too few."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from adaldyq.base.disclosure import have_room, untold_rows
from adaldyq.kernel import naming
from adaldyq.measures.declarations.domain.outcomes import WAY_WORDS
from adaldyq.measures.declarations.models import FrozenCount
from adaldyq.measures.declarations.models.frozen import GROUP, IN_THE_OPEN, REGION_OF_ALL, UNFILED, WAY_OF_ALL
from adaldyq.measures.declarations.queries.distributions import least_told

PERCENT = 100
EVERYBODY = {"group": GROUP, "everybody-region": REGION_OF_ALL, "everybody-way": WAY_OF_ALL}
"""What everybody is counted by, by its name in addresses."""


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
    the same group would follow from a common one.

    Args:
        of: one of `OF_EVERYBODY`, to count by region or by way instead.
    """
    found = FrozenCount.objects.filter(of=of, year=year).order_by("key")
    kept = {one.key: (one.on_time, one.late, one.missing, one.awaited) for one in found}
    closed = {key: numbers for key, numbers in kept.items() if not key.endswith(f":{IN_THE_OPEN}")}
    least = least_told(today)
    untold = untold_rows(closed, least)
    lines = [
        GroupLine(key, name_of(key, of)) if key in untold else told(key, name_of(key, of), *numbers)
        for key, numbers in kept.items()
    ]
    listed = sorted(lines, key=lambda one: (-(one.owed or 0), one.name))
    if kept and (not untold or have_room([closed[key] for key in untold], least)):
        listed.append(told("", _("Everybody"), *(sum(column) for column in zip(*kept.values(), strict=True))))
    return listed


def name_of(key: str, of: str) -> str:
    """What a group, region or way is called, and whether its declarations are public."""
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
