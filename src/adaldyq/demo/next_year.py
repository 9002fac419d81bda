"""What payers, banks, lenders and the depository report of the year after the last one that the country has filed.

Whoever declares it finds it filled in. It goes on from the last filed year as the registers have that: pay grows, debts
are paid back, and what happens once does not come again. Nothing is planted in it.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from adaldyq.demo.chance import stream
from adaldyq.demo.chunk import Chunk
from adaldyq.demo.columns import NONE, day
from adaldyq.demo.lists import YEARS
from adaldyq.demo.money import DIVIDEND, INTEREST, PENSION, REPAID, SALARY
from adaldyq.demo.rows import Rows, joined

LAST, NEXT = YEARS[-1], YEARS[-1] + 1
REPORTED = day(NEXT + 1, 2, 1)
"""The day by which all of them have reported."""
COMES_AGAIN = (SALARY, PENSION, DIVIDEND, INTEREST)
TENGE = 100


def with_next_year(chunk: Chunk) -> Chunk:
    """The chunk with what is reported of the year to be declared, behind the rows of each register."""
    chance = stream(chunk.seed, chunk.number, "next year")
    books = chunk.books
    paid = np.isin(books.incomes["kind"], COMES_AGAIN)
    incomes = going_on(chunk, books.incomes, paid, {"amount": (1.02, 1.12), "tax": (1.0, 1.0)}, chance)
    new = np.flatnonzero(incomes["year"] == NEXT)
    old_tax = incomes["tax"][new]
    incomes["tax"][new] = np.where(old_tax > 0, incomes["amount"][new] // 10, 0)
    return replace(
        chunk,
        balances=going_on(chunk, chunk.balances, True, {"balance": (0.85, 1.25)}, chance),
        securities=going_on(chunk, chunk.securities, True, {"value": (0.95, 1.1)}, chance),
        books=replace(
            books,
            incomes=incomes,
            claims=going_on(chunk, books.claims, True, {"amount": (1 - REPAID, 1 - REPAID)}, chance),
        ),
    )


def going_on(
    chunk: Chunk,
    rows: Rows,
    chosen: np.ndarray | bool,
    factors: dict[str, tuple[float, float]],
    chance: np.random.Generator,
) -> Rows:
    """A table with the rows of the last year once more for the next, of those who live then.

    Args:
        chunk: whose people they are.
        rows: of a register; `in_register` tells which it has.
        chosen: which of them come again.
        factors: by column between what its sums are multiplied; sums are rounded to whole tenge.
        chance: decides the factors.
    """
    death = chunk.people["death"][rows["person"]]
    again = rows.where((rows["year"] == LAST) & (rows["in_register"] > 0) & (death == NONE) & chosen)
    again["year"] = np.full(len(again), NEXT)
    for column, (low, high) in factors.items():
        again[column] = (again[column] * chance.uniform(low, high, len(again))).astype(np.int64) // TENGE * TENGE
    return joined([rows, again])
