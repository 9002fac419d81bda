"""Reads the rows behind a finding: those that fired, and those of the person's other years beside them."""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path

from adaldyq.base.tables import Column, ColumnType, Table
from adaldyq.verification.contracts import contracts
from adaldyq.verification.engines.duckdb import Engine, opened
from adaldyq.verification.heads import StepColumn
from adaldyq.verification.models import Finding
from adaldyq.verification.queries import kept_snapshot
from adaldyq.verification.rulefile import Rule, steps

Row = Mapping[str, object]

IN_QUESTION = "in_question"
YEAR = Column("year", ColumnType.INTEGER, "Year of the declaration that the row stands in.", title="")
ROWS_BESIDE = 200
NAMES_A_PERSON = ("person_id", "owner_person_id")
NUMBERS = {ColumnType.MONEY, ColumnType.NUMBER}


@dataclass(frozen=True)
class EvidenceTable:
    """Rows of one published table.

    Attributes:
        columns: those in which any row has a value.
        rows: column by column; `in_question` tells whether the rule fired on the row.
    """

    contract: Table
    columns: Sequence[Column]
    rows: Sequence[Row]


@dataclass(frozen=True)
class Compared:
    """A sum or number that the rule worked out and compared.

    Attributes:
        value: none when it was not known.
        currency: of a sum, ISO 4217.
    """

    column: StepColumn
    value: Decimal | None
    currency: str


def compared_in(finding: Finding, rule: Rule) -> list[Compared]:
    """What the rule compared in this case, in the order in which its head says so."""
    known = steps()
    rows: dict[str, list[Row]] = defaultdict(list)
    for row in finding.evidence.filter(table__in=list(rule.head.compared)).order_by("pk"):
        rows[row.table].append(row.values)
    return [
        Compared(known[step].head.columns[name], number(row.get(name)), str(row.get("currency") or ""))
        for step, names in rule.head.compared.items()
        for row in rows[step]
        for name in names
    ]


def number(value: object) -> Decimal | None:
    """A number as it was before JSON wrote it as text; none for what is none."""
    try:
        return None if value is None else Decimal(str(value))
    except InvalidOperation:
        return None


def evidence_of(finding: Finding) -> list[EvidenceTable]:
    """The rows that made the rule fire, as they stood in the snapshot, table by table; the declarations last."""
    grouped: dict[str, list[Row]] = defaultdict(list)
    for row in finding.evidence.order_by("table", "key"):
        grouped[row.table].append(row.values)
    known = contracts()
    years = {str(row.get("id")): row.get("year") for row in grouped.get("declaration", ())}
    return [
        table_of(known[name], sorted((with_year(known[name], row, years) for row in rows), key=oldest_first), None)
        for name, rows in sorted(grouped.items(), key=lambda one: (one[0] == "declaration", one[0]))
        if name in known
    ]


def oldest_first(row: Row) -> int:
    """Order of rows by year; of one year they stay as they were, those without one last."""
    year = row.get("year")
    return year if isinstance(year, int) else sys.maxsize


def with_year(contract: Table, row: Row, years: Mapping[str, object]) -> Row:
    """A row with the year of the declaration that it stands in, where that is known."""
    if "year" in contract.by_name or "declaration_id" not in row:
        return row
    return {"year": years.get(str(row["declaration_id"])), **row}


def years_beside(finding: Finding, data: Path) -> list[EvidenceTable]:
    """All rows of the person in the tables of the evidence, from the snapshot that the last run read.

    Rows of others (a spouse, a company) and rows that the snapshot has no longer stay as they fired.

    Args:
        data: the data folder.

    Raises:
        DomainError: `snapshot-gone` when its files are no longer kept, and others of `snapshots`.
    """
    fired: dict[str, set[str]] = defaultdict(set)
    for table, key in finding.evidence.values_list("table", "key"):
        fired[table].add(key)
    known = contracts()
    snapshot = kept_snapshot(finding.last_run, data)
    found = []
    with opened(known) as engine:
        for offered in snapshot.manifest.tables:
            if offered in {"declaration", *fired}:
                engine.offer_rows(offered, snapshot.scanned(offered))
        engine.offer_nothing_else()
        for one in evidence_of(finding):
            keys = fired[one.contract.name]
            rows = rows_of(engine, one.contract, finding.subject_id)
            whole = keys <= {str(row[one.contract.key]) for row in rows}
            found.append(table_of(one.contract, rows, keys) if whole else one)
    return found


def rows_of(engine: Engine, contract: Table, person: str) -> list[Row]:
    """Rows of a table about a person, the oldest first; none where the table names nobody."""
    if "declaration_id" in contract.by_name:
        source = (
            f'SELECT d.year, t.* FROM "{contract.name}" t JOIN declaration d ON d.id = t.declaration_id'  # noqa: S608  # names from our own contracts
            " WHERE d.person_id = ? AND coalesce(d.is_current, true)"
        )
    elif named := next((name for name in NAMES_A_PERSON if name in contract.by_name), ""):
        source = f'SELECT t.* FROM "{contract.name}" t WHERE t.{named} = ?'  # noqa: S608  # as above
    else:
        return []
    order = next((name for name in ("year", "valid_from") if name in contract.by_name), contract.key)
    first = "year, " if "declaration_id" in contract.by_name else ""
    query = f"{source} ORDER BY {first}{order}, {contract.key} LIMIT {ROWS_BESIDE}"
    return list(engine.connection.sql(query, params=[person]).to_arrow_table().to_pylist())


def table_of(contract: Table, rows: Iterable[Row], fired: set[str] | None) -> EvidenceTable:
    """Rows with their values in the types of their columns, and the columns that any of them states.

    Args:
        fired: keys of the rows that made the rule fire; none when all of them did.
    """
    columns = contract.columns if "year" in contract.by_name else (YEAR, *contract.columns)
    typed_rows = [
        {column.name: typed(column, row.get(column.name)) for column in columns}
        | {IN_QUESTION: fired is None or str(row.get(contract.key)) in fired}
        for row in rows
    ]
    stated = [column for column in columns if any(row[column.name] not in {None, ""} for row in typed_rows)]
    return EvidenceTable(contract, stated, typed_rows)


def typed(column: Column, value: object) -> object:
    """A value as it was before JSON wrote it as text; what does not read stays as it is."""
    if not isinstance(value, str) or not value:
        return value
    try:
        if column.type in NUMBERS:
            return Decimal(value)
        if column.type is ColumnType.DATE:
            return date.fromisoformat(value)
        if column.type is ColumnType.TIMESTAMP:
            return datetime.fromisoformat(value)
    except (InvalidOperation, ValueError):
        return value
    return value
