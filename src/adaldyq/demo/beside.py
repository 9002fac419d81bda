"""What the sample country has in files alone: notices and marks that its own forms do not have, questions of analysts.

The database takes declarations in the country's forms, and questions as acts of people; imported collections and runs
over files have these tables, and the rules that read them want trying too.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import numpy as np
import pyarrow as pa

from adaldyq.demo.chunk import Chunk
from adaldyq.demo.columns import dates, instants, year_of
from adaldyq.demo.duties import instant
from adaldyq.demo.registers import COUNTRY, ids
from adaldyq.demo.rows import Rows
from adaldyq.demo.sections import person_names

INQUIRY_TYPES: dict[str, pa.DataType] = {"id": pa.string(), "declaration_id": pa.string(), "asked_date": pa.date32()}
INQUIRY_TYPES |= {"asked_at": pa.timestamp("us", "UTC")}
INQUIRY = pa.schema(INQUIRY_TYPES)
MARK = pa.schema([(name, pa.string()) for name in ("id", "declaration_id", "table_name", "row_id", "detail")])
CHANGE, MOST_DAYS = "change", 10
NOON = 12 * 3600


def tables_beside(
    chunk: Chunk, declarations: Rows, due: np.ndarray, tables: Mapping[str, pa.Table]
) -> dict[str, pa.Table]:
    """Tables, or more rows of tables, that are only written to files.

    Args:
        declarations: as they were filed.
        due: the last day to file of each.
        tables: what the chunk has in the database too.
    """
    versions = {
        key: place
        for place, key in enumerate(
            zip(*(declarations[name].tolist() for name in ("person", "year", "version")), strict=True)
        )
    }
    notices, vehicles = notice_tables(chunk, tables)
    return {
        "review_inquiry": inquiry_table(chunk, versions, due),
        "withheld_value": mark_table(chunk, versions, tables["declared_family"]),
        "declaration": notices,
        "declared_vehicle": vehicles,
    }


def inquiry_table(chunk: Chunk, versions: Mapping[Any, int], due: np.ndarray) -> pa.Table:
    """Questions of analysts about a version of a declaration."""
    found = [(versions[one[:3]], one[3]) for one in chunk.inquiries if one[:3] in versions]
    places = np.array([place for place, _days in found], np.int64)
    days = due[places] + np.array([days for _place, days in found], np.int64)
    keys = ids(chunk, "review_inquiry", np.arange(len(found)))
    return pa.table(
        [keys, ids(chunk, "declaration", places), dates(days), instants(instant(days, np.full(len(days), NOON)))],
        schema=INQUIRY,
    )


def mark_table(chunk: Chunk, versions: Mapping[Any, int], families: pa.Table) -> pa.Table:
    """Marks that the spouse who stands in a declaration gave no information."""
    named = zip(*(families.column(name).to_pylist() for name in ("declaration_id", "relation", "row_id")), strict=True)
    spouses = {declaration: row for declaration, relation, row in named if relation == "spouse"}
    places = np.array([versions[one] for one in chunk.marks if one in versions], np.int64)
    declared = ids(chunk, "declaration", places).to_pylist()
    keys = ids(chunk, "withheld_value", np.arange(len(places))).to_pylist()
    rows = [
        {"id": key, "declaration_id": one, "table_name": "declared_family", "row_id": spouses[one], "detail": "income"}
        for key, one in zip(keys, declared, strict=True)
        if one in spouses
    ]
    return pa.Table.from_pylist(rows, MARK)


def notice_tables(chunk: Chunk, tables: Mapping[str, pa.Table]) -> tuple[pa.Table, pa.Table]:
    """Notices of a purchase, each a declaration of its own form with the car that was bought."""
    count = len(chunk.notices)
    filed, bought = tables["declaration"], tables["declared_vehicle"]
    person, day, days, worth = np.array(chunk.notices, np.int64).reshape(count, 4).T
    keys = ids(chunk, "declaration", np.arange(count) + filed.num_rows).to_pylist()
    rows = ids(chunk, "declared_vehicle", np.arange(count) + bought.num_rows).to_pylist()
    common = {
        "form": CHANGE,
        "version": 1,
        "is_current": False,
        "country": COUNTRY,
        "currency": "KZT",
        "is_public": False,
        "kind_of_post": -1,
    }
    days_of = dates(day).to_pylist()
    told = {
        "id": keys,
        "year": year_of(day + days).tolist(),
        "person_id": ids(chunk, "person", person).to_pylist(),
        "declarant_name": person_names(chunk, person).to_pylist(),
        "filed_at": instants(instant(day + days, np.full(count, NOON))).to_pylist(),
        "filed_date": dates(day + days).to_pylist(),
        "due_date": dates(day + MOST_DAYS).to_pylist(),
    }
    notices = [common | {name: values[place] for name, values in told.items()} for place in range(count)]
    cars = [
        {"row_id": row, "declaration_id": key, "owner": "declarant", "kind": "car", "basis": "ownership"}
        | {"acquired_date": on, "price": cents_of(amount), "currency": "KZT", "country": COUNTRY}
        for row, key, on, amount in zip(rows, keys, days_of, worth.tolist(), strict=True)
    ]
    return pa.Table.from_pylist(notices, filed.schema), pa.Table.from_pylist(cars, bought.schema)


def cents_of(amount: int) -> Decimal:
    """A sum in cents as money."""
    return Decimal(amount) / 100
