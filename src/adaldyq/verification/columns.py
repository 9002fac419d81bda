"""Refuses a rule or step that names a column which no table it reads has, before any engine sees it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from sqlglot import exp
from sqlglot.errors import SqlglotError
from sqlglot.optimizer.qualify import qualify
from sqlglot.schema import MappingSchema

from adaldyq.base.tables import Table
from adaldyq.verification.rulefile import Rule, Step, bad
from adaldyq.verification.sqlcheck import check, checked_units, line_in

ANY_TYPE = "varchar"
LINE = re.compile(r"Line: (\d+)")
NAMED = re.compile(r"(?:Unknown|Ambiguous) column: \W*(\w+)|[Cc]olumn \W*(\w+)")


def check_columns_exist(steps: Iterable[Step], rules: Iterable[Rule], contracts: Mapping[str, Table]) -> None:
    """Hold every query to the columns that the published tables and the steps before it have.

    Args:
        steps: in an order in which each comes after those it reads.

    Raises:
        DomainError: `bad-rule-file` with file, line and problem; also for whatever `sqlcheck` refuses.
    """
    known = MappingSchema(dialect="duckdb")
    for table in contracts.values():
        known.add_table(table.name, dict.fromkeys(table.by_name, ANY_TYPE))
    for step in steps:
        known.add_table(step.head.id, dict.fromkeys(columns_of(check(step), known, step, step.first_line), ANY_TYPE))
    for rule in rules:
        columns_of(check(rule), known, rule, rule.first_line)
        columns_of(checked_units(rule), known, rule, rule.line_of("checked"))


def columns_of(query: exp.Query, known: MappingSchema, file: Rule | Step, first_line: int) -> list[str]:
    """Names of the columns that a query returns, once every column that it reads is known to be there."""
    try:
        whole = qualify(query.copy(), dialect="duckdb", schema=known, quote_identifiers=False)
    except SqlglotError as error:
        raise bad(file.file, line_of(str(error), query, first_line), problem_of(str(error))) from None
    return list(whole.named_selects) if isinstance(whole, exp.Query) else []


def column_in(message: str) -> str:
    """The column that a message of sqlglot is about; empty when it is about none."""
    found = NAMED.search(message)
    return next(filter(None, found.groups()), "") if found else ""


def problem_of(message: str) -> str:
    """What is wrong, in our words when it is about a column."""
    name = column_in(message)
    return f"the column “{name}” is in no table that is read there, or in several" if name else message.splitlines()[0]


def line_of(message: str, query: exp.Query, first_line: int) -> int:
    """The line of the file that a message is about, as nearly as it can be told."""
    if found := LINE.search(message):
        return first_line + int(found[1]) - 1
    name = column_in(message)
    named = next((column for column in query.find_all(exp.Column) if column.name == name), query)
    return line_in(named, first_line)
