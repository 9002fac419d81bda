"""What stands in the declarations of a chunk: every section filled from the registers and from what people have."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from adaldyq.demo.belongings import CURRENCIES, GIFT_KINDS, KZT
from adaldyq.demo.chunk import Chunk, land_letters
from adaldyq.demo.columns import NONE, Ints, coded, dates, fixed_text, flags, money, number, same, whole, year_of
from adaldyq.demo.holdings import APARTMENT, DECLARED_BASES, JOINT, LEASE, NEVER, USE, YEARLY_WEAR
from adaldyq.demo.household import DECLARANT, OWNERS, Household, household_of, last_days
from adaldyq.demo.identifiers import iins
from adaldyq.demo.lists import (
    BANKS,
    CRYPTO,
    CRYPTO_PLATFORMS,
    EXPENSES,
    ISSUERS,
    LAND_KINDS,
    OUTSIDE,
    VALUABLES,
)
from adaldyq.demo.money import CLAIM_KINDS, FIRST, INCOME_KINDS, PAYABLE
from adaldyq.demo.names import full
from adaldyq.demo.registers import (
    COUNTRY,
    MAKES,
    VEHICLE_KINDS,
    account_numbers,
    address_of,
    bank_country,
    bank_of,
    company_names,
    ids,
    name_parts,
    vehicle_numbers,
)
from adaldyq.demo.rows import Rows, joined
from adaldyq.demo.work import BY_NAME, HIDDEN

RELATIONS = ("spouse", "child")
LARGE = 1000
"""Index units from which a purchase is stated with its source of funds."""
SOURCES = ("income", "savings", "loan", "gift", "sale", "other")
ACQUIRED_KINDS = ("real estate", "vehicle", "security", "other")
ABROAD = ("AE", "TR")
COMPANIES_ABROAD = ("Palm Crest FZE", "Ak Deniz Ltd. Şti.")


def section_tables(chunk: Chunk, declarations: Rows) -> Iterator[tuple[str, pa.Table]]:
    """Every section of the declarations of a chunk as an Arrow table."""
    everybody = household_of(chunk, declarations)
    told = everybody.told
    makers = (
        *(("family", family), ("income", income), ("real_estate", real_estate), ("vehicle", vehicle)),
        *(("account", account), ("cash", cash), ("security", security), ("company_interest", company_interest)),
        *(("crypto", crypto), ("claim", claim), ("valuable", valuable), ("gift", gift)),
        *(("acquisition", acquisition), ("expense", expense), ("position", position), ("trust", trust)),
    )
    for name, make in makers:
        members, columns = make(everybody if make is family else told)
        table = f"declared_{name}"
        yield (
            table,
            pa.table(
                {
                    "row_id": ids(chunk, table, np.arange(len(members))),
                    "declaration_id": ids(chunk, "declaration", members["declaration"]),
                    "owner": coded(members["owner"], OWNERS),
                    **columns,
                }
            ),
        )


Columns: TypeAlias = "tuple[Rows, dict[str, pa.Array[Any]]]"


def family(household: Household) -> Columns:
    """Spouses and minor children."""
    rows = household.rows.where(household.rows["owner"] != DECLARANT)
    rows = rows.where(~household.chunk.unnamed[rows["person"]])
    person, people = rows["person"], household.chunk.people
    letters, valid = iins(people["birth"], people["sex"], household.chunk.number)
    return rows, {
        "relation": coded(rows["owner"] - 1, RELATIONS),
        "relative_id": ids(household.chunk, "person", person),
        "name": full(name_parts(household.chunk, 0, person)),
        "birth_date": dates(people["birth"][person]),
        "number": fixed_text(letters[person], valid[person]),
    }


def payer_of(chunk: Chunk, rows: Rows) -> tuple[pa.Array[Any], pa.Array[Any]]:
    """Names and ids of payers: bodies or companies."""
    body = coded(rows["body"], [one.name.kk for one in chunk.nation.bodies])
    body_id, company_id = chunk.nation.body_ids(rows["body"]), ids(chunk, "company", rows["company"])
    return pc.coalesce(body, company_names(chunk, rows["company"])), pc.coalesce(body_id, company_id)


def income(household: Household) -> Columns:
    """Income of the year of declarant and spouse."""
    chunk = household.chunk
    rows, found = household.yearly.of_year(chunk.books.incomes)
    told = found["declared"] > 0
    rows, found = rows.where(told), found.where(told)
    payer, payer_id = payer_of(chunk, found)
    return rows, {
        "kind": coded(found["kind"], INCOME_KINDS),
        "payer": payer,
        "payer_id": payer_id,
        "number": pa.nulls(len(rows), pa.string()),
        "country": same(COUNTRY, len(rows)),
        "amount": money(found["amount"] * found["declared"] // 100),
        "tax_withheld": money(found["tax"] * found["declared"] // 100),
        "currency": same(CURRENCIES[KZT], len(rows)),
    }


def real_estate(household: Household) -> Columns:
    """Real estate of the household: the value is what it was worth when it was acquired, unless appraised anew."""
    chunk = household.chunk
    rows, found = household.held(chunk.land)
    grown = 100 + found["appraised"] * (rows["year"] - FIRST)
    value = np.where(found["price"] == NONE, found["market"], found["price"]) * grown // 100
    rented = np.isin(found["declared_basis"], (LEASE, USE))
    return rows, {
        "kind": coded(found["kind"], LAND_KINDS),
        "object_number": fixed_text(land_letters(found, chunk.number, chunk.nation), found["abroad"] == 0),
        "territory_id": coded(np.where(found["abroad"] > 0, -1, found["region"]), chunk.nation.regions),
        "address": address_of(found),
        "area": number(found["area"]),
        "share": number(found["share"]),
        "basis": coded(found["declared_basis"], DECLARED_BASES),
        "acquired_date": dates(found["valid_from"]),
        "price": money(np.where(rented, NONE, found["price"])),
        "value": money(np.where(rented, NONE, value)),
        "currency": same(CURRENCIES[KZT], len(rows)),
        "country": coded(found["abroad"], [COUNTRY, *ABROAD]),
        "description": coded(np.where(found["kind"] == APARTMENT, 0, -1), ["Тұрғын үй-жай"]),
    }


def vehicle(household: Household) -> Columns:
    """Vehicles of the household, worth less each year; an amended version had forgotten them."""
    chunk = household.chunk
    rows, found = household.held(chunk.vehicles)
    told = rows["full"] > 0
    rows, found = rows.where(told), found.where(told)
    age = np.maximum(rows["year"] - year_of(found["valid_from"]), 0)
    unit = 100_000
    rented = np.isin(found["declared_basis"], (LEASE, USE))
    value = (found["price"] * (1 - YEARLY_WEAR) ** age).astype(np.int64) // unit * unit
    return rows, {
        "kind": coded(found["kind"], VEHICLE_KINDS),
        "object_number": vehicle_numbers(chunk, found),
        "make": coded(found["make"], MAKES),
        "production_year": whole(found["built"]),
        "share": number(np.full(len(rows), 10_000)),
        "basis": coded(found["declared_basis"], DECLARED_BASES),
        "acquired_date": dates(found["valid_from"]),
        "price": money(np.where(rented, NONE, found["price"])),
        "value": money(np.where(rented, NONE, value)),
        "currency": same(CURRENCIES[KZT], len(rows)),
        "country": same(COUNTRY, len(rows)),
    }


def account(household: Household) -> Columns:
    """Accounts of declarant and spouse."""
    chunk = household.chunk
    rows, found = household.of_year(chunk.balances)
    told = found["declared"] > 0
    rows, found = rows.where(told), found.where(told)
    numbers = np.where(found["declared_number"] < 0, found["number"], found["declared_number"])
    return rows, {
        "bank": bank_of(found),
        "account_number": account_numbers(chunk, found, numbers),
        "country": bank_country(found),
        "amount": money(found["balance"] * found["declared"] // 100),
        "currency": coded(found["currency"], CURRENCIES),
    }


def cash(household: Household) -> Columns:
    """Cash of declarant and spouse; what is in another currency also as the declarant converted it."""
    chunk = household.chunk
    rows, found = household.of_year(chunk.cash)
    rate = chunk.rates[found["currency"], found["year"] - FIRST]
    stated = (found["amount"] * rate * found["stated"] / 100).astype(np.int64)
    return rows, {
        "amount": money(found["amount"]),
        "currency": coded(found["currency"], CURRENCIES),
        "stated_amount": money(np.where(found["currency"] == KZT, NONE, stated)),
        "or_at_bank": pa.nulls(len(stated), pa.bool_()),
    }


def security(household: Household) -> Columns:
    """Securities."""
    rows, found = household.of_year(household.chunk.securities)
    return rows, {
        "issuer": coded(found["issuer"], [name for name, _ in ISSUERS]),
        "kind": coded(found["issuer"], [kind for _, kind in ISSUERS]),
        "quantity": number(found["quantity"] * 100),
        "value": money(found["value"]),
        "currency": same(CURRENCIES[KZT], len(rows)),
        "country": same(COUNTRY, len(rows)),
    }


def company_interest(household: Household) -> Columns:
    """Shares in companies, valued at the part of the charter capital."""
    chunk = household.chunk
    rows, found = household.held(chunk.owners)
    told = found["declared"] != HIDDEN
    rows, found = rows.where(told), found.where(told)
    company = found["company"]
    return rows, {
        "company_name": pc.coalesce(coded(found["abroad"] - 1, COMPANIES_ABROAD), company_names(chunk, company)),
        "company_id": ids(
            chunk, "company", np.where((found["declared"] == BY_NAME) | (found["abroad"] > 0), -1, company)
        ),
        "number": pa.nulls(len(rows), pa.string()),
        "beneficial": flags(found["kind"] > 0),
        "share": number(found["share"]),
        "value": money(chunk.companies["capital"][company] * found["share"] // 10_000),
        "currency": same(CURRENCIES[KZT], len(rows)),
        "country": coded(found["abroad"], [COUNTRY, *ABROAD]),
    }


def crypto(household: Household) -> Columns:
    """Crypto-assets."""
    rows, found = household.of_year(household.chunk.crypto)
    return rows, {
        "asset": coded(found["asset"], [name for name, _ in CRYPTO]),
        "platform": coded(found["platform"], CRYPTO_PLATFORMS),
        "quantity": number(found["quantity"]),
        "value": money(found["value"]),
        "currency": same(CURRENCIES[KZT], len(rows)),
    }


def person_names(chunk: Chunk, person: Ints) -> pa.Array[Any]:
    """Names of people as declarations write them; null for negative places."""
    names = full(name_parts(chunk, 0, np.maximum(person, 0)))
    known: pa.Array[Any] = pc.if_else(pa.array(person >= 0), names, pa.scalar(None, pa.string()))
    return known


def claim(household: Household) -> Columns:
    """What is owed to banks, to people and to companies, and what others owe."""
    chunk = household.chunk
    rows, found = household.of_year(chunk.books.claims)
    bank = coded(
        np.where((found["other_person"] < 0) & (found["company"] < 0), found["bank"], -1), [name for name, _ in BANKS]
    )
    names = pc.coalesce(person_names(chunk, found["other_person"]), company_names(chunk, found["company"]), bank)
    return rows, {
        "direction": coded(found["direction"] - PAYABLE, ["payable", "receivable"]),
        "kind": coded(found["kind"], CLAIM_KINDS),
        "counterparty": names,
        "counterparty_id": pc.coalesce(
            ids(chunk, "person", found["other_person"]), ids(chunk, "company", found["company"])
        ),
        "number": pa.nulls(len(rows), pa.string()),
        "since_date": dates(found["since"]),
        "amount": money(found["amount"]),
        "currency": same(CURRENCIES[KZT], len(rows)),
    }


def valuable(household: Household) -> Columns:
    """Valuables."""
    rows, found = household.of_year(household.chunk.valuables)
    return rows, {
        "kind": coded(found["kind"], [kind for kind, _ in VALUABLES]),
        "description": coded(found["kind"], [text for _, text in VALUABLES]),
        "acquired_date": dates(found["acquired"]),
        "value": money(found["value"]),
        "currency": same(CURRENCIES[KZT], len(rows)),
    }


def gift(household: Household) -> Columns:
    """Gifts and inheritances of the year."""
    chunk = household.chunk
    rows, found = household.yearly.of_year(chunk.gifts)
    return rows, {
        "giver": pc.coalesce(person_names(chunk, found["giver"]), company_names(chunk, found["company"])),
        "giver_id": pc.coalesce(ids(chunk, "person", found["giver"]), ids(chunk, "company", found["company"])),
        "number": pa.nulls(len(rows), pa.string()),
        "kind": coded(found["kind"], GIFT_KINDS),
        "received_date": dates(found["received"]),
        "value": money(found["value"]),
        "currency": same(CURRENCIES[KZT], len(rows)),
    }


def acquisition(household: Household) -> Columns:
    """Purchases of the year above a thousand index units, with where the money came from."""
    chunk = household.chunk
    tables = []
    for kind, things in enumerate((chunk.land, chunk.vehicles)):
        rows, found = household.yearly.held(things)
        bought = (
            (year_of(found["valid_from"]) == rows["year"])
            & (found["price"] != NONE)
            & (found["declared_basis"] <= JOINT)
        )
        bought &= found["price"] >= chunk.index[rows["year"] - FIRST] * LARGE * 100
        bought &= (found["declared_to"] == NEVER) & ((rows["full"] > 0) | (kind == 0))
        rows, found = rows.where(bought), found.where(bought)
        label = found["kind"] if kind == 0 else len(LAND_KINDS) + found["make"]
        tables.append(Rows({**rows.columns, "kind": np.full(len(rows), kind), "label": label, **picked(found)}))
    both = joined(tables)
    owing = np.isin(both["person"] * 10_000 + both["year"], loans_begun(chunk))
    return both, {
        "kind": coded(both["kind"], ACQUIRED_KINDS),
        "description": coded(both["label"], [*LAND_KINDS, *MAKES]),
        "acquired_date": dates(both["valid_from"]),
        "price": money(both["price"]),
        "currency": same(CURRENCIES[KZT], len(both)),
        "source_of_funds": coded(np.where(owing, SOURCES.index("loan"), SOURCES.index("savings")), SOURCES),
    }


def picked(found: Rows) -> dict[str, Ints]:
    """The columns of a purchase that are told."""
    return {name: found[name] for name in ("valid_from", "price")}


def loans_begun(chunk: Chunk) -> Ints:
    """Who took a loan in which year, as person times ten thousand plus year."""
    claims = chunk.books.claims
    begun: Ints = (claims["person"] * 10_000 + claims["year"])[year_of(claims["since"]) == claims["year"]]
    return begun


def expense(household: Household) -> Columns:
    """Large expenses."""
    rows, found = household.yearly.of_year(household.chunk.expenses)
    return rows, {
        "kind": coded(found["kind"], [kind for kind, _ in EXPENSES]),
        "description": coded(found["kind"], [text for _, text in EXPENSES]),
        "amount": money(found["amount"]),
        "currency": same(CURRENCIES[KZT], len(rows)),
    }


def position(household: Household) -> Columns:
    """Outside positions."""
    rows, found = household.of_year(household.chunk.positions)
    return rows, {
        "organisation": coded(found["kind"], [name for name, _ in OUTSIDE]),
        "company_id": pa.nulls(len(rows), pa.string()),
        "title": coded(found["kind"], [title for _, title in OUTSIDE]),
        "paid": flags(found["paid"] > 0),
    }


def trust(household: Household) -> Columns:
    """Shares handed to a manager. They are worth nothing here: their value stands with the company interests."""
    chunk = household.chunk
    rows, found = household.of_year(chunk.trusts)
    begun = found["since"] <= last_days(rows["year"])
    rows, found = rows.where(begun), found.where(begun)
    return rows, {
        "manager": person_names(chunk, found["manager"]),
        "description": company_names(chunk, found["company"]),
        "since_date": dates(found["since"]),
        "value": pa.nulls(len(rows), pa.decimal128(18, 2)),
        "currency": same(CURRENCIES[KZT], len(rows)),
    }
