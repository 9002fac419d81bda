"""What people have beside property and pay: accounts, cash, valuables, securities, gifts, expenses, positions."""

from __future__ import annotations

import numpy as np

from adaldyq.demo.chance import days_between, happens
from adaldyq.demo.columns import NONE, Ints, day, year_of
from adaldyq.demo.families import YEAR
from adaldyq.demo.holdings import CENTS, INHERITANCE
from adaldyq.demo.lists import CRYPTO, EXPENSES, ISSUERS, OUTSIDE, PAY, VALUABLES, YEARS
from adaldyq.demo.money import FIRST, Books
from adaldyq.demo.rows import Rows, joined
from adaldyq.demo.work import IDLE, OFFICIAL

CURRENCIES = ("KZT", "USD", "EUR", "CHF", "AED", "GBP")
KZT, USD = 0, 1
BALANCE = {
    **dict.fromkeys(("person", "year", "bank", "number", "currency", "balance"), 0),
    "foreign": -1,
    "in_register": 1,
    "declared": 100,
    "declared_number": -1,
}
"""Balance of one account at a year's end; `declared` in hundredths of it, `declared_number` when it differs."""
CASH = {**dict.fromkeys(("person", "year", "amount", "currency"), 0), "stated": 100}
"""Cash at a year's end; `stated`: hundredths of the right sum after conversion."""
GIFT = {**dict.fromkeys(("person", "year", "kind", "received", "value"), 0), "giver": -1, "company": -1}
GIFT_KINDS = ("money", "thing", "travel", "other")
MONEY_GIFT, THING_GIFT, TRAVEL_GIFT, OTHER_GIFT = range(4)
HALF_YEAR = 182
ONE_PERCENT = 100
SHARES = {"valuable": 0.03, "security": 0.04, "crypto": 0.012, "expense": 0.05, "position": 0.05, "gift": 0.01}
THOUSAND = 1000 * CENTS
DOLLAR_CASH = 0.1


def balances_of(books: Books, people: Rows, rates: np.ndarray, chance: np.random.Generator) -> Rows:
    """Accounts of everybody who has money: one in tenge, for some another in dollars.

    Args:
        rates: tenge for one unit, currencies by declared years.
    """
    tables = []
    held = books.held * (1 - books.cash_share)
    banks = chance.integers(0, 5, (len(people), 2))
    for which, (part, currency) in enumerate(((1 - books.dollar_share, KZT), (books.dollar_share, USD))):
        for place, year in enumerate(YEARS):
            balance = (held[:, place] * part / rates[currency, place]).astype(np.int64)
            person = np.flatnonzero(balance > 0)
            tables.append(
                Rows.of(
                    BALANCE,
                    len(person),
                    person=person,
                    year=year,
                    bank=banks[person, which],
                    number=person * 2 + which,
                    currency=currency,
                    balance=balance[person],
                )
            )
    return joined(tables)


def cash_of(books: Books, rates: np.ndarray, chance: np.random.Generator) -> Rows:
    """Cash in hand, counted to the thousand; some of it in dollars."""
    tables = []
    dollars = happens(chance, len(books.held), DOLLAR_CASH)
    for place, year in enumerate(YEARS):
        sums = books.held[:, place] * books.cash_share[:, place]
        for currency, chosen in ((KZT, ~dollars), (USD, dollars)):
            unit = THOUSAND if currency == KZT else 100 * CENTS
            amount = (sums / rates[currency, place]).astype(np.int64) // unit * unit
            person = np.flatnonzero(chosen & (amount > 0))
            tables.append(
                Rows.of(CASH, len(person), person=person, year=year, amount=amount[person], currency=currency)
            )
    return joined(tables)


def grown_people(people: Rows, part: float, chance: np.random.Generator) -> Ints:
    """A part of the grown and living people."""
    grown = (people["birth"] < day(1998)) & (people["death"] == NONE) & (people["job"] != IDLE)
    return np.flatnonzero(grown & happens(chance, len(people), part))


def every_year(person: Ints, **values: Ints) -> list[Rows]:
    """The same facts about each person in each declared year."""
    return [Rows({"person": person, "year": np.full(len(person), year), **values}) for year in YEARS]


def valuables_of(people: Rows, chance: np.random.Generator) -> Rows:
    """Jewellery, art and collections, appraised anew each year."""
    person = grown_people(people, SHARES["valuable"], chance)
    count = len(person)
    kind, first = chance.integers(0, len(VALUABLES), count), chance.uniform(300_000, 3_500_000, count)
    acquired = days_between(chance, np.full(count, day(2009)), np.full(count, day(2019, 12)))
    tables = every_year(person, kind=kind, acquired=acquired)
    for one in tables:
        one["value"] = (first * chance.uniform(0.96, 1.04, count)).astype(np.int64) // 1000 * THOUSAND
    return joined(tables)


def securities_of(people: Rows, chance: np.random.Generator) -> Rows:
    """Shares, bonds and funds, held through all years."""
    person = grown_people(people, SHARES["security"], chance)
    count = len(person)
    quantity = chance.integers(10, 900, count)
    issuer, price = chance.integers(0, len(ISSUERS), count), chance.uniform(900, 5000, count)
    return joined(
        every_year(person, issuer=issuer, quantity=quantity, value=(quantity * price).astype(np.int64) * CENTS)
    )


def crypto_of(people: Rows, chance: np.random.Generator) -> Rows:
    """Crypto-assets of a few."""
    person = grown_people(people, SHARES["crypto"], chance)
    count = len(person)
    asset = chance.integers(0, len(CRYPTO), count)
    quantity = (np.array([amount for _, amount in CRYPTO])[asset] * 100 * chance.uniform(0.5, 4, count)).astype(
        np.int64
    ) + 1
    value = (chance.uniform(200_000, 2_000_000, count)).astype(np.int64) * CENTS
    return joined(every_year(person, asset=asset, platform=asset % 2, quantity=quantity, value=value))


def expenses_of(people: Rows, chance: np.random.Generator) -> Rows:
    """Large expenses of single years."""
    tables = []
    for place, year in enumerate(YEARS):
        person = grown_people(people, SHARES["expense"], chance)
        amount = (chance.uniform(250_000, 1_400_000, len(person)) * PAY[place]).astype(np.int64) // 1000 * THOUSAND
        kind = chance.integers(0, len(EXPENSES), len(person))
        tables.append(Rows({"person": person, "year": np.full(len(person), year), "kind": kind, "amount": amount}))
    return joined(tables)


def positions_of(people: Rows, chance: np.random.Generator) -> Rows:
    """Outside positions: teaching and the like."""
    person = grown_people(people, SHARES["position"], chance)
    return joined(
        every_year(person, kind=chance.integers(0, len(OUTSIDE), len(person)), paid=chance.integers(0, 2, len(person)))
    )


def trusts_of(people: Rows, owners: Rows, companies: Rows) -> Rows:
    """Company shares that officials handed to a manager while in office."""
    held = owners.where(
        (owners["person"] >= 0) & (people["job"][owners["person"]] == OFFICIAL) & (owners["share"] >= ONE_PERCENT)
    )
    since = np.maximum(people["since"][held["person"]], held["valid_from"])
    manager = companies["head"][held["company"]]
    return joined(every_year(held["person"], company=held["company"], manager=manager, since=since))


def gifts_of(people: Rows, chance: np.random.Generator) -> Rows:
    """Small gifts from parents."""
    tables = [Rows.of(GIFT, 0)]
    for year in YEARS:
        person = grown_people(people, SHARES["gift"], chance)
        person = person[people["father"][person] >= 0]
        person = person[people["death"][people["father"][person]] == NONE]
        received = days_between(chance, np.full(len(person), day(year, 1, 5)), np.full(len(person), day(year, 12, 20)))
        value = chance.integers(2, 9, len(person)) * 5 * THOUSAND
        giver = people["father"][person]
        tables.append(
            Rows.of(
                GIFT,
                len(person),
                person=person,
                year=year,
                kind=MONEY_GIFT,
                received=received,
                value=value,
                giver=giver,
            )
        )
    return joined(tables)


def inherit(people: Rows, land: Rows) -> tuple[Rows, Rows]:
    """Pass the real estate of the dead to their eldest living child, half a year later.

    Returns:
        The rights of the heirs, and the inheritances as they declare them.
    """
    death = people["death"][land["person"]]
    left = np.flatnonzero((death != NONE) & ((land["valid_to"] == NONE) | (land["valid_to"] > death)))
    heirs = np.full(len(people), -1)
    for parent in ("father", "mother"):
        child = np.flatnonzero((people[parent] >= 0) & (people["death"] == NONE))
        eldest = child[np.argsort(-people["birth"][child], kind="stable")]
        heirs[people[parent][eldest]] = eldest
    left = left[heirs[land["person"][left]] >= 0]
    dead = land["person"][left]
    when = people["death"][dead] + HALF_YEAR
    passed = land.where(left)
    land["valid_to"][left] = people["death"][dead]
    passed["previous"], passed["person"], passed["valid_from"] = dead, heirs[dead], when
    passed["basis"], passed["price"] = np.full(len(left), INHERITANCE), np.full(len(left), NONE)
    told = passed.where((year_of(when) >= FIRST) & (when < day(2025)))
    gifts = Rows.of(
        GIFT,
        len(told),
        person=told["person"],
        year=year_of(told["valid_from"]),
        kind=OTHER_GIFT,
        received=told["valid_from"],
        value=told["market"],
        giver=told["previous"],
    )
    return passed, gifts


def adult_on(birth: Ints, when: Ints | int) -> np.ndarray:
    """Who is eighteen or older on a day."""
    return birth + int(18 * YEAR) <= when
