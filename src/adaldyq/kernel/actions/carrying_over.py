"""What lies in a territory that ends goes to those that follow it, on the day, and keeps its history."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from django.db import models
from django.db.models import Q

from adaldyq.base.errors import DomainError
from adaldyq.base.ids import new_id
from adaldyq.kernel.actions.facts import replace
from adaldyq.kernel.actions.periods import Provenance
from adaldyq.kernel.models import Body, Company, FormerValue, LandRight, Residence, Territory
from adaldyq.kernel.periods import day_before
from adaldyq.kernel.registry import register_named

WRITTEN_AT_ONCE = 500
Row = TypeVar("Row", bound=models.Model)


@dataclass(frozen=True, slots=True)
class Division:
    """Which of those that follow takes what.

    Attributes:
        named: codes of followers by what names a thing: the code of a territory, the number or id of a body or
            company, the number of a piece of real estate, the code of a dwelling.
        rest: code of the follower that takes everything that is not named; empty when nothing may be left.
    """

    named: Mapping[str, str] = field(default_factory=dict)
    rest: str = ""

    def taker(self, *names: str) -> str:
        """The code of the follower that takes a thing; empty when none does."""
        return next((self.named[one] for one in names if one and one in self.named), self.rest)


LYING: tuple[tuple[str, type[models.Model], str, str, tuple[str, ...]], ...] = (
    ("territory", Territory, "parent", "still-has-territories", ("pk",)),
    ("body", Body, "territory", "still-has-bodies", ("pk", "identifier")),
    ("company", Company, "territory", "still-has-companies", ("pk", "identifier")),
)
"""Registers whose present records lie in a territory, the column that says so, what is said when one is left, and
columns that name a record."""


def carry_over(
    former: Territory, division: Division, since: date, origin: Provenance, *, but: frozenset[str] = frozenset()
) -> None:
    """Let everything that lies in a territory on a day lie in those that follow it.

    What had ended before stays where it was. A residence ends and another begins in the same dwelling; of territories,
    bodies, companies and real estate the former place is kept as a former value.

    Args:
        but: codes of territories that stay where they are, since they are the ones that follow.

    Raises:
        DomainError: `still-has-territories`, `still-has-bodies`, `still-has-companies`, `still-has-land`,
            `still-has-residences` when something goes to nobody, or `places-nothing` when the division names what does
            not lie there.
    """
    used: set[str] = set()
    for register, model, column, code, names in LYING:
        for one in model._default_manager.filter(**{column: former}, closed_date=None).exclude(pk__in=but):
            taker = took(division, tuple(getattr(one, name) for name in names), code, used)
            replace(register_named(register), str(one.pk), {f"{column}_id": taker}, since, origin)
    move_land(former, division, since, origin, used)
    move_residents(former, division, since, origin, used)
    if unknown := set(division.named) - used:
        raise DomainError("places-nothing", field="placed", value=min(unknown))


def took(division: Division, names: tuple[str, ...], code: str, used: set[str]) -> str:
    """Who takes a thing, and that its names were of use.

    Raises:
        DomainError: `code`, when nobody does.
    """
    taker = division.taker(*names)
    if not taker:
        raise DomainError(code, field="rest")
    used.update(name for name in names if name in division.named)
    return taker


def move_land(former: Territory, division: Division, since: date, origin: Provenance, used: set[str]) -> None:
    """Let real estate lie in who follows: rights to it that last on the day or begin later.

    Raises:
        DomainError: `still-has-land`.
    """
    lasting = Q(valid_to__isnull=True) | Q(valid_to__gte=since)
    for rows in batches(LandRight.objects.filter(lasting, territory=former)):
        takers: dict[str, list[str]] = defaultdict(list)
        for one in rows:
            takers[took(division, (one.object_number,), "still-has-land", used)].append(one.pk)
        FormerValue.objects.bulk_create(
            FormerValue(
                register="land_register",
                record_id=one.pk,
                field="territory_id",
                value=former.pk,
                valid_to=day_before(since),
                source=one.source,
                as_of=one.as_of,
            )
            for one in rows
        )
        for taker, keys in takers.items():
            LandRight.objects.filter(pk__in=keys).update(territory_id=taker, **origin.columns)


def move_residents(former: Territory, division: Division, since: date, origin: Provenance, used: set[str]) -> None:
    """End residences on the day before, and begin them in the same dwelling of who follows.

    Raises:
        DomainError: `still-has-residences`, or `begins-before-the-present` when somebody moved there on that day or later.
    """
    lasting = Residence.objects.filter(territory=former, valid_to__isnull=True)
    if late := lasting.filter(valid_from__gte=since).order_by("-valid_from").first():
        raise DomainError("begins-before-the-present", field="since", since=late.valid_from)
    for rows in batches(lasting):
        begun: list[Residence] = []
        for one in rows:
            taker = took(division, (one.dwelling,), "still-has-residences", used)
            begun.append(
                Residence(
                    id=new_id(),
                    person_id=one.person_id,
                    territory_id=taker,
                    dwelling=one.dwelling,
                    valid_from=since,
                    **origin.columns,
                )
            )
        keys = [one.pk for one in rows]
        Residence.objects.filter(pk__in=keys).update(valid_to=day_before(since), **origin.columns)
        Residence.objects.bulk_create(begun, batch_size=WRITTEN_AT_ONCE)


def batches(rows: models.QuerySet[Row]) -> Iterator[list[Row]]:
    """Rows some at a time, until none is left."""
    while batch := list(rows.order_by("pk")[:WRITTEN_AT_ONCE]):
        yield batch
