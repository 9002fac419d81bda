"""What lenders and the depository of securities report of those who declare, as Arrow tables."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa

from adaldyq.demo.belongings import CURRENCIES
from adaldyq.demo.chunk import TABLES, Chunk
from adaldyq.demo.columns import Bools, Ints, coded, dates, fixed_text, money, number, same, whole, year_of
from adaldyq.demo.lists import BANKS, ISINS, ISSUERS, SOURCE
from adaldyq.demo.money import CLAIM_KINDS, PAYABLE, PRIVATE_LOAN
from adaldyq.demo.nation import AS_OF
from adaldyq.demo.next_year import NEXT, REPORTED
from adaldyq.demo.rows import Rows

COUNTRY = "KZ"


def of_lenders(claims: Rows) -> Bools:
    """Which debts are owed to a bank."""
    licensed = (claims["other_person"] < 0) & (claims["company"] < 0) & (claims["kind"] != PRIVATE_LOAN)
    theirs: Bools = licensed & (claims["direction"] == PAYABLE)
    return theirs


def ids(chunk: Chunk, table: str, places: Ints) -> pa.Array[Any]:
    """Ids of rows of a table of this chunk; null for negative places."""
    return chunk.ids.column(TABLES.index(table), chunk.number, places)


def reported(years: Ints) -> dict[str, pa.Array[Any]]:
    """The year of a report, where it comes from and as of when."""
    as_of = np.where(years == NEXT, REPORTED, AS_OF)
    return {"year": whole(years), "source": same(SOURCE, len(years)), "as_of": dates(as_of)}


def loan_table(chunk: Chunk) -> pa.Table:
    """What is owed to banks by those who must declare."""
    claims = chunk.books.claims
    place = np.flatnonzero(claims["in_register"])
    rows = claims.where(place)
    return pa.table(
        {
            "id": ids(chunk, "loan_balance", place),
            "person_id": ids(chunk, "person", rows["person"]),
            "lender": coded(rows["bank"], [name for name, _ in BANKS]),
            "contract_number": fixed_text(contract_letters(chunk, rows)),
            "kind": coded(rows["kind"], CLAIM_KINDS),
            "since_date": dates(rows["since"]),
            "balance": money(rows["amount"]),
            "currency": same(CURRENCIES[0], len(rows)),
            **reported(rows["year"]),
        }
    )


def contract_letters(chunk: Chunk, rows: Rows) -> np.ndarray:
    """Numbers of contracts, the same in every year: by whom, of which kind, since which year."""
    century = 100
    key = (rows["person"] * len(CLAIM_KINDS) + rows["kind"]) * century + year_of(rows["since"]) % century
    return chunk.ids.letters(TABLES.index("loan_balance"), chunk.number, key)


def security_table(chunk: Chunk) -> pa.Table:
    """Securities of those who must declare."""
    place = np.flatnonzero(chunk.securities["in_register"])
    rows = chunk.securities.where(place)
    return pa.table(
        {
            "id": ids(chunk, "security_holding", place),
            "person_id": ids(chunk, "person", rows["person"]),
            "issuer": coded(rows["issuer"], [name for name, _ in ISSUERS]),
            "kind": coded(rows["issuer"], [kind for _, kind in ISSUERS]),
            "security_number": coded(rows["issuer"], ISINS),
            "quantity": number(rows["quantity"] * 100),
            "market_value": money(rows["value"]),
            "currency": same(CURRENCIES[0], len(rows)),
            "country": same(COUNTRY, len(rows)),
            **reported(rows["year"]),
        }
    )
