"""Whose things a declaration names: the declarant, the spouse in force and the minor children."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from adaldyq.demo.belongings import adult_on
from adaldyq.demo.chunk import Chunk
from adaldyq.demo.columns import NONE, Ints, day
from adaldyq.demo.duties import INCOME, married_on
from adaldyq.demo.lists import YEARS
from adaldyq.demo.money import FIRST
from adaldyq.demo.rows import Rows, joined, spread

OWNERS = ("declarant", "spouse", "child", "other")
DECLARANT, SPOUSE, CHILD = range(3)


@dataclass(frozen=True)
class Household:
    """Whose things a declaration names: a row for each declaration and member of its household.

    `rows` has `declaration`, `person`, `owner` (place in OWNERS), `year`, `form`, and `full`: 0 for a version that
    was amended later because something was missing in it.
    """

    chunk: Chunk
    rows: Rows

    def held(self, things: Rows) -> tuple[Rows, Rows]:
        """Members beside the things that they hold at the year's end and declare."""
        left, right = spread(self.rows["person"], things["person"])
        member, thing = self.rows.where(left), things.where(right)
        end = last_days(member["year"])
        kept = (thing["valid_from"] <= end) & ((thing["valid_to"] == NONE) | (thing["valid_to"] >= end))
        if "declared_from" in thing:
            kept &= thing["declared_from"] <= member["year"]
        if "declared_to" in thing:
            kept &= member["year"] <= thing["declared_to"]
        return member.where(kept), thing.where(kept)

    @property
    def told(self) -> Household:
        """The households without those of whose things the declarant says nothing."""
        silent = self.chunk.withheld[self.rows["person"]] & (self.rows["owner"] != DECLARANT)
        return Household(self.chunk, self.rows.where(~silent))

    @property
    def yearly(self) -> Household:
        """The households of the yearly form: the first form states what there is, not what came and went."""
        return Household(self.chunk, self.rows.where(self.rows["form"] == INCOME))

    def of_year(self, things: Rows) -> tuple[Rows, Rows]:
        """Members beside what is said of them for the declaration's year."""
        span = len(YEARS)
        inside = things.where((things["year"] >= FIRST) & (things["year"] < FIRST + span))
        left, right = spread(
            self.rows["person"] * span + self.rows["year"] - FIRST, inside["person"] * span + inside["year"] - FIRST
        )
        return self.rows.where(left), inside.where(right)


def last_days(years: Ints) -> Ints:
    """The last day of each year."""
    return np.array([day(year, 12, 31) for year in YEARS])[years - FIRST]


def household_of(chunk: Chunk, declarations: Rows) -> Household:
    """Declarants, their spouses in force and their minor children at the end of the declared year."""
    people, count = chunk.people, len(declarations)
    place, person, year = np.arange(count), declarations["person"], declarations["year"]
    end = last_days(year)
    tables = [member(place, person, DECLARANT)]
    wed = np.flatnonzero(married_on(people, person, end))
    tables.append(member(place[wed], people["spouse"][person[wed]], SPOUSE))
    for parent in ("father", "mother"):
        left, child = spread(person, people[parent])
        minor = (people["birth"][child] <= end[left]) & ~adult_on(people["birth"][child], end[left])
        tables.append(member(left[minor], child[minor], CHILD))
    rows = joined(tables)
    rows["year"] = year[rows["declaration"]]
    rows["form"], rows["full"] = declarations["form"][rows["declaration"]], declarations["current"][rows["declaration"]]
    return Household(chunk, rows)


def member(declaration: Ints, person: Ints, owner: int) -> Rows:
    """Members of households of one kind."""
    return Rows({"declaration": declaration, "person": person, "owner": np.full(len(person), owner)})
