"""The stage on which stories are played: whom they may happen to, and the few things that they change."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from adaldyq.demo.belongings import BALANCE, CASH, GIFT, KZT, adult_on
from adaldyq.demo.chance import stream
from adaldyq.demo.chunk import Chunk
from adaldyq.demo.columns import NONE, Bools, day
from adaldyq.demo.duties import married_on
from adaldyq.demo.holdings import ALWAYS, APARTMENT, CENTS, LAND, NEVER, PURCHASE, ROUND, VEHICLE
from adaldyq.demo.lists import YEARS
from adaldyq.demo.money import CLAIM, FIRST, INCOME, LAST, OTHER_INCOME, PAYABLE
from adaldyq.demo.registers import account_numbers
from adaldyq.demo.rows import Rows
from adaldyq.demo.truth import Clue, Kind
from adaldyq.demo.work import WHOLE

FIRST_FREE_ACCOUNT = 1 << 24
"""Numbers of planted accounts begin beyond those of everybody's usual ones."""


class NobodyLeftError(Exception):
    """Nobody of the chunk fits the story any more."""


@dataclass(frozen=True, slots=True)
class Told:
    """What came of a story: what it gives to rules, and one plain sentence."""

    clues: Sequence[Clue]
    story: str


@dataclass(frozen=True, slots=True)
class Story:
    """A kind of story.

    Attributes:
        scheme: its name.
        kind: what it is.
        often: how many there are among ten thousand people.
        play: changes the world and tells what is true.
        hidden: whether nothing in the registers shows it.
    """

    scheme: str
    kind: Kind
    often: int
    play: Callable[[Stage], Told]
    hidden: bool = False


class Stage:
    """A chunk that stories may change, each with people of its own."""

    def __init__(self, chunk: Chunk, obligations: Rows) -> None:
        self.chunk = chunk
        self.chance = stream(chunk.seed, chunk.number, "stories")
        people = chunk.people
        self.must = np.zeros((len(people), len(YEARS)), bool)
        self.must[obligations["person"], obligations["year"] - FIRST] = True
        self.official = np.zeros(len(people), bool)
        self.official[obligations["person"][obligations["public"] > 0]] = True
        self.order = self.chance.permutation(len(people))
        self.busy = np.zeros(len(people), bool)
        self.next_object = int(chunk.land["object"].max(initial=0)) + len(people)
        self.next_vehicle = int(chunk.vehicles["object"].max(initial=0)) + 1
        self.next_account = FIRST_FREE_ACCOUNT

    # Who

    def take(self, since: int = 2022, mask: Bools | None = None) -> int:
        """Somebody who must declare in each year from `since` on, and to whom nothing happens yet.

        Raises:
            NobodyLeftError: nobody fits.
        """
        fits = self.must[:, since - FIRST :].all(axis=1) & ~self.busy
        if mask is not None:
            fits &= mask
        found = self.order[fits[self.order]]
        if len(found) == 0:
            raise NobodyLeftError
        person = int(found[0])
        for one in (person, int(self.chunk.people["spouse"][person])):
            if one >= 0:
                self.busy[one] = self.chunk.spared[one] = True
        return person

    def outsider(self) -> int:
        """Somebody who declares nothing and holds no part in a story, such as a buyer or a nominee."""
        people = self.chunk.people
        fits = ~self.must.any(axis=1) & ~self.busy & (people["death"] == NONE) & (people["birth"] < day(1998))
        found = np.flatnonzero(fits)
        if len(found) == 0:
            raise NobodyLeftError
        return int(self.chance.choice(found))

    def married(self, year: int = LAST) -> Bools:
        """Who has a spouse in force from before the declared years to the end of a year."""
        return married_on(self.chunk.people, np.arange(len(self.chunk.people)), day(year, 12, 31))

    def with_relative(self) -> Bools:
        """Who has a living parent."""
        people = self.chunk.people
        father = people["father"]
        living: Bools = (father >= 0) & (people["death"][father] == NONE)
        return living

    def relative(self, person: int) -> int:
        """A living parent."""
        return int(self.chunk.people["father"][person])

    def member(self, person: int, year: int) -> int:
        """Somebody of a person's household at the end of a year: the person, the spouse or a minor child."""
        people, end = self.chunk.people, day(year, 12, 31)
        members = [person]
        if self.married(year)[person]:
            members.append(int(people["spouse"][person]))
        children = np.flatnonzero((people["father"] == person) | (people["mother"] == person))
        last = day(LAST, 12, 31)
        members += [
            int(one) for one in children if people["birth"][one] < end and not adult_on(people["birth"][one], last)
        ]
        return int(self.chance.choice(members))

    def year(self, since: int = 2023) -> int:
        """A declared year from `since` on."""
        return int(self.chance.integers(since, LAST + 1))

    def date(self, year: int) -> int:
        """A day of a year, neither its first nor its last."""
        return day(year, int(self.chance.integers(2, 12)), int(self.chance.integers(1, 28)))

    # What it gives to rules

    def declarants(self, person: int, year: int) -> list[int]:
        """Who declares the household of a person for a year: the person, and the spouse in force who must declare."""
        found = [person] if self.must[person, year - FIRST] else []
        spouse = int(self.chunk.people["spouse"][person])
        if spouse >= 0 and self.married(year)[person] and self.must[spouse, year - FIRST]:
            found.append(spouse)
        return found

    def of_thing(self, rule: str, person: int, thing: str, years: Iterable[int]) -> list[Clue]:
        """A thing that all who declare the household may be asked about, once."""
        asked = {one for year in years for one in self.declarants(person, year)}
        return [Clue(rule, one, thing) for one in sorted(asked)]

    def of_years(self, rule: str, person: int, years: Iterable[int], thing: str = "{year}") -> list[Clue]:
        """Something that all who declare the household may be asked about each year."""
        return [Clue(rule, one, thing.format(year=year)) for year in years for one in self.declarants(person, year)]

    # What it changes

    def units(self, year: int, low: int, high: int) -> int:
        """A sum of so many units of the index, in cents, rounded to ten thousand tenge."""
        amount = self.chunk.index[year - FIRST] * self.chance.uniform(low, high) * CENTS
        return int(amount) // ROUND * ROUND + ROUND

    def land(self, person: int, since: int, worth: int, **changes: int) -> int:
        """Give a person a right to real estate worth so much; returns its place."""
        self.next_object += 1
        facts = LAND | {
            "person": person,
            "object": self.next_object,
            "kind": APARTMENT,
            "region": int(self.chunk.people["region"][person]),
            "street": int(self.chance.integers(0, 16)),
            "house": int(self.chance.integers(1, 180)),
            "flat": int(self.chance.integers(1, 90)),
            "area": int(self.chance.integers(400, 1500)) * 10,
            "basis": PURCHASE,
            "valid_from": since,
            "price": worth,
            "market": worth + worth // 50,
        }
        return self.chunk.land.add(**(facts | changes))

    def vehicle(self, person: int, since: int, worth: int, **changes: int) -> int:
        """Give a person a dear car; returns its place."""
        self.next_vehicle += 1
        facts = VEHICLE | {
            "person": person,
            "object": self.next_vehicle,
            "make": int(self.chance.choice((6, 7, 8))),
            "built": 2019,
            "valid_from": since,
            "price": worth,
            "market": worth + worth // 50,
        }
        return self.chunk.vehicles.add(**(facts | changes))

    def income(self, person: int, year: int, amount: int, **changes: int) -> None:
        """Pay a person something."""
        facts = INCOME | {"person": person, "year": year, "kind": OTHER_INCOME, "amount": amount, "tax": amount // 10}
        self.chunk.books.incomes.add(**(facts | changes))

    def account(self, person: int, years: Iterable[int], balance: int, **changes: int) -> str:
        """Let a person have one more account with so much on it; returns its number."""
        self.next_account += 1
        place = -1
        for year in years:
            varied = int(balance * self.chance.uniform(0.96, 1.04))
            facts = BALANCE | {
                "person": person,
                "year": year,
                "bank": 2,
                "number": self.next_account,
                "balance": varied,
            }
            place = self.chunk.balances.add(**(facts | changes))
        row = self.chunk.balances.where(np.array([place]))
        return str(account_numbers(self.chunk, row, row["number"])[0])

    def spend(self, person: int, year: int, amount: int) -> None:
        """Take a sum from a person's accounts and cash, from a year's end on."""
        for place, one in enumerate(YEARS):
            held = self.chunk.books.held[person, place]
            if one < year or held <= 0:
                continue
            left = max(held - amount, 0) / held
            for rows, name in ((self.chunk.balances, "balance"), (self.chunk.cash, "amount")):
                mine = (rows["person"] == person) & (rows["year"] == one)
                rows[name][mine] = (rows[name][mine] * left).astype(np.int64)
        self.chunk.books.held[person, year - FIRST :] -= amount

    def no_cash(self, *people: int) -> None:
        """Take all cash from people, so that a story can say what they hold."""
        keep = ~np.isin(self.chunk.cash["person"], [one for one in people if one >= 0])
        self.chunk.cash = self.chunk.cash.where(keep)

    def cash(self, person: int, year: int, amount: int, currency: int = KZT, stated: int = 100) -> None:
        """Let a person hold cash at the end of a year."""
        self.chunk.cash.add(
            **(CASH | {"person": person, "year": year, "amount": amount, "currency": currency, "stated": stated})
        )

    def loan(self, person: int, since: int, years: Iterable[int], amount: int, **changes: int) -> None:
        """Let a person owe so much at the end of some years."""
        for year in years:
            facts = CLAIM | {"person": person, "direction": PAYABLE, "since": since, "amount": amount, "year": year}
            self.chunk.books.claims.add(**(facts | changes))

    def gift(self, person: int, year: int, value: int, **changes: int) -> None:
        """Give a person something."""
        facts = GIFT | {"person": person, "year": year, "received": self.date(year), "value": value}
        self.chunk.gifts.add(**(facts | changes))

    def company(self, person: int) -> int:
        """A company with which neither a person nor the spouse has anything to do."""
        chunk = self.chunk
        mine = [person, int(chunk.people["spouse"][person])]
        tied = chunk.owners["company"][np.isin(chunk.owners["person"], mine)]
        lasting = (chunk.companies["closed"] == NONE) & ~np.isin(chunk.companies["head"], mine)
        free = np.setdiff1d(np.flatnonzero(lasting), tied)
        if len(free) == 0:
            raise NobodyLeftError
        return int(self.chance.choice(free))

    def owned_land(self, person: int) -> int:
        """A piece of real estate that a person alone has had since before the declared years."""
        land = self.chunk.land
        found = np.flatnonzero(
            (land["person"] == person)
            & (land["share"] == WHOLE)
            & (land["valid_to"] == NONE)
            & (land["valid_from"] < day(FIRST))
            & (land["in_register"] == 1)
        )
        return int(found[0]) if len(found) else self.land(person, day(2016, 5, 17), self.units(FIRST, 3000, 9000))

    def pass_on(self, place: int, to: int, when: int, price: int, **changes: int) -> None:
        """End a right to real estate and give it to somebody else."""
        land = self.chunk.land
        facts = {name: int(values[place]) for name, values in land.columns.items()}
        land["valid_to"][place] = when - 1
        after = {"person": to, "previous": facts["person"], "valid_from": when, "valid_to": NONE, "price": price}
        land.add(**(facts | after | {"declared_from": ALWAYS, "declared_to": NEVER} | changes))


def since(year: int) -> range:
    """The declared years from one on."""
    return range(year, LAST + 1)
