"""Money over the declared years: income, tax, spending, purchases, loans, savings on accounts and in cash.

For everybody the books balance: what one has at the end of a year is what one had, plus income after tax,
loans, gifts and sales, less spending, purchases and repayments. So an honest declarant can explain everything.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from adaldyq.demo.chance import happens
from adaldyq.demo.columns import NONE, Bools, Floats, Ints, day, year_of
from adaldyq.demo.holdings import CENTS, FIRST_FUNDED
from adaldyq.demo.lists import PAY, YEARS
from adaldyq.demo.rows import Rows, joined
from adaldyq.demo.work import DIRECT, OWNER, earns_on, payer_bodies

FIRST, LAST, COUNT = YEARS[0], YEARS[-1], len(YEARS)
INCOME_KINDS = ("salary", "pension", "dividend", "interest", "rent", "sale", "business", "gift", "other", "prize")
SALARY, PENSION, DIVIDEND, INTEREST, RENT, SALE, BUSINESS, GIFT_INCOME, OTHER_INCOME, PRIZE = range(10)
TAX = 0.1
BANK_LOAN, MORTGAGE, PRIVATE_LOAN = 0, 1, 2
CLAIM_KINDS = ("bank loan", "mortgage", "private loan", "leasing", "other")
PAYABLE, RECEIVABLE = 0, 1
USABLE, REPAID, LONGEST_LOAN = 0.8, 0.15, 4.0
KEEPS_CASH, HAS_DOLLARS = 0.6, 0.3
BIG_HOLDER = 1000
"""Hundredths of a percent from which an owner is paid dividends."""

INCOME = {
    **dict.fromkeys(("person", "year", "kind", "amount", "tax"), 0),
    **dict.fromkeys(("body", "company"), -1),
    "in_register": 1,
    "declared": 100,
}
"""`declared`: how many hundredths of the sum the person declares."""
CLAIM = {
    **dict.fromkeys(("person", "direction", "kind", "bank", "since", "amount", "year"), 0),
    "other_person": -1,
    "company": -1,
}


@dataclass
class Books:
    """What the world keeps of everybody's money.

    Attributes:
        incomes: rows of income with their payer.
        claims: what is owed at the end of each year.
        held: money at the end of each year, cents, people by years.
        cash_share: part of it that is kept in cash, people by years.
        dollar_share: part of it that lies on an account in dollars.
    """

    incomes: Rows
    claims: Rows
    held: Ints
    cash_share: Floats
    dollar_share: Floats


def incomes_of(people: Rows, monthly: Ints, owners: Rows, chance: np.random.Generator) -> Rows:
    """Pay, pensions, dividends and rent of every declared year."""
    tables = []
    for place, year in enumerate(YEARS):
        end = day(year, 12, 31)
        person = np.flatnonzero(earns_on(people, end) & (monthly > 0))
        months = np.clip((end - people["since"][person]) / 30.4, 1, 12)
        amount = (monthly[person] * PAY[place] * months * chance.uniform(0.97, 1.06, len(person))).astype(
            np.int64
        ) * CENTS
        pension = people["body"][person] != payer_bodies(people)[person]
        kind = np.where(pension, PENSION, SALARY)
        tax = np.where(pension, 0, (amount * TAX).astype(np.int64))
        body = payer_bodies(people)[person]
        company = np.where(body < 0, people["company"][person], -1)
        tables.append(
            Rows.of(
                INCOME,
                len(person),
                person=person,
                year=year,
                kind=kind,
                amount=amount,
                tax=tax,
                body=body,
                company=company,
            )
        )
        tables.append(dividends(people, monthly, owners, place, chance))
    return joined(tables)


def dividends(people: Rows, monthly: Ints, owners: Rows, place: int, chance: np.random.Generator) -> Rows:
    """Dividends that owners of a tenth or more are paid."""
    paid = owners.where((owners["share"] >= BIG_HOLDER) & (owners["kind"] == DIRECT) & (owners["person"] >= 0))
    paid = paid.where(happens(chance, len(paid), 0.6))
    person = paid["person"]
    base = np.where(people["job"][person] == OWNER, monthly[person], 300_000) * PAY[place]
    amount = (base * paid["share"] / 10_000 * chance.uniform(1, 5, len(paid))).astype(np.int64) // 1000 * 1000 * CENTS
    tax = (amount * TAX).astype(np.int64)
    return Rows.of(
        INCOME,
        len(paid),
        person=person,
        year=YEARS[place],
        kind=DIVIDEND,
        amount=amount,
        tax=tax,
        company=paid["company"],
    )


def sale_incomes(sales: Rows) -> Rows:
    """Income from sales of property, reported by the notary."""
    count = len(sales)
    return Rows.of(INCOME, count, person=sales["person"], year=sales["year"], kind=SALE, amount=sales["amount"])


def totals(rows: Rows, column: str, people: int) -> Floats:
    """Sums of a column by person and declared year."""
    inside = rows.where((rows["year"] >= FIRST) & (rows["year"] <= LAST))
    places = inside["person"] * COUNT + inside["year"] - FIRST
    summed: Floats = (
        np.bincount(places, inside[column].astype(np.float64), people * COUNT).astype(np.float64).reshape(people, COUNT)
    )
    return summed


def keep_books(
    people: Rows, incomes: Rows, land: Rows, vehicles: Rows, sales: Rows, chance: np.random.Generator
) -> tuple[Books, Rows, Rows]:
    """Follow everybody's money through the declared years.

    Returns:
        The books, and land and vehicles without the purchases that nobody could have paid.
    """
    count = len(people)
    earned, tax = totals(incomes, "amount", count), totals(incomes, "tax", count)
    sold = totals(sales, "amount", count)
    regular = earned - sold
    saving = chance.uniform(0.08, 0.38, (count, 1)) * np.ones(COUNT)
    held = np.zeros((count, COUNT))
    held[:, 0] = regular[:, 0] * chance.uniform(0.15, 2.2, count)
    owed = np.zeros((count, 2))
    claims = [claim_rows(owed, owed, 0, chance)]
    dropped = [np.zeros(len(rows), bool) for rows in (land, vehicles)]
    started = np.zeros((count, 2))
    for place in range(1, COUNT):
        free = held[:, place - 1] * USABLE
        repaid = owed * REPAID
        owed = owed - repaid
        fresh = np.zeros((count, 2))
        for which, rows in enumerate((land, vehicles)):
            price = spent_on(rows, YEARS[place], count)
            loan = np.maximum(price - free, 0)
            refused = loan > regular[:, place] * (LONGEST_LOAN if which == 0 else 1.0)
            dropped[which] |= bought_in(rows, YEARS[place]) & refused[rows["person"]]
            price, loan = np.where(refused, 0, price), np.where(refused, 0, loan // (1000 * CENTS) * (1000 * CENTS))
            free = np.maximum(free - price, 0)
            fresh[:, 1 - which] = loan
            held[:, place] += loan - price
        kept = (regular[:, place] - tax[:, place]) * saving[:, place]
        held[:, place] += held[:, place - 1] + sold[:, place] + kept - np.minimum(repaid.sum(1), kept)
        held[:, place] = np.maximum(held[:, place], 0)
        started = np.where(fresh > 0, YEARS[place], started)
        owed = owed + fresh
        claims.append(claim_rows(owed, started, place, chance))
    keeps = np.where(happens(chance, count, KEEPS_CASH), chance.uniform(0.02, 0.14, count), 0.0)
    cash = keeps[:, None] * chance.uniform(0.8, 1.2, (count, COUNT))
    dollars = np.where(happens(chance, count, HAS_DOLLARS), chance.uniform(0.1, 0.35, count), 0.0)
    books = Books(incomes, joined(claims), held.astype(np.int64), cash, dollars)
    return books, land.where(~dropped[0]), vehicles.where(~dropped[1])


def bought_in(rows: Rows, year: int) -> Bools:
    """Rights that somebody bought in a year."""
    bought: Bools = (
        (rows["price"] != NONE) & (rows["valid_from"] >= FIRST_FUNDED) & (year_of(rows["valid_from"]) == year)
    )
    return bought


def spent_on(rows: Rows, year: int, people: int) -> Floats:
    """What each person paid for things of a year."""
    bought = rows.where(bought_in(rows, year))
    spent: Floats = np.bincount(bought["person"], bought["price"].astype(np.float64), people).astype(np.float64)
    return spent


def claim_rows(owed: Floats, started: Floats, place: int, chance: np.random.Generator) -> Rows:
    """What people owe to banks at the end of a year."""
    person, kind = np.nonzero(owed > 100_000 * CENTS)
    since = np.array([day(int(year) or 2020, 6, 1) for year in started[person, kind]], np.int64)
    amount = owed[person, kind].astype(np.int64) // (1000 * CENTS) * (1000 * CENTS)
    return Rows.of(
        CLAIM, len(person), person=person, year=YEARS[place], kind=kind, bank=person % 5, since=since, amount=amount
    )
