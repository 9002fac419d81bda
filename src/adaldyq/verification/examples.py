"""Runs the examples that stand in the rule files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from adaldyq.base.tables import Column, Table
from adaldyq.verification.arrow import TYPES
from adaldyq.verification.engines.duckdb import opened
from adaldyq.verification.heads import Example
from adaldyq.verification.rulefile import Rule, bad, needed_steps


@dataclass(frozen=True)
class Outcome:
    """What an example expected and what came."""

    expected: list[dict[str, str]]
    found: list[dict[str, str]]

    @property
    def holds(self) -> bool:
        """Whether every expected cell came, and no finding more."""
        return len(self.expected) == len(self.found) and all(
            expected.items() <= found.items() for expected, found in zip(self.expected, self.found, strict=True)
        )


def run(rule: Rule, example: Example, contracts: Mapping[str, Table]) -> Outcome:
    """Run a rule over the tables of one of its examples; every other table is there and empty.

    Raises:
        DomainError: `bad-rule-file`: the example cannot be read, or the rule fails on it.
    """
    line = line_of(rule, example)
    try:
        given = {table: arrow_table(text, contracts[table]) for table, text in example.tables.items()}
        expected = sorted(text_rows(example.expect), key=order)
    except KeyError as error:
        raise bad(rule.file, line, f"there is no published table {error}") from None
    except ValueError as error:
        raise bad(rule.file, line, f"the example cannot be read: {error}") from None
    with opened(contracts) as engine:
        for name, contract in contracts.items():
            engine.offer_rows(name, given[name] if name in given else arrow_table("", contract))
        engine.offer_nothing_else()
        for step in needed_steps(rule.head.steps, folder_of(rule)):
            engine.make_step(step)
        answer = engine.answer(rule)
    if answer.error:
        raise bad(rule.file, line, f"the rule fails on this example: {answer.error}")
    return Outcome(expected, [as_text(row) for row in answer.findings.to_pylist()])


def folder_of(rule: Rule) -> Path:
    """The folder of rules that a rule stands in."""
    return rule.file.parent.parent


def line_of(rule: Rule, example: Example) -> int:
    """The line on which an example begins."""
    for part, examples in (("fires_on", rule.head.fires_on), ("silent_on", rule.head.silent_on)):
        for number, one in enumerate(examples):
            if one is example:
                return rule.line_of(part, number)
    return rule.line_of("fires_on")


def arrow_table(text: str, contract: Table) -> pa.Table:
    """A text table in the types of its contract; columns that it leaves out are null."""
    rows = text_rows(text)
    unknown = {name for row in rows for name in row} - set(contract.by_name)
    if unknown:
        raise ValueError(f"{contract.name} has no column {', '.join(sorted(unknown))}")
    return pa.table(
        {column.name: arrow_column([row.get(column.name) for row in rows], column) for column in contract.columns}
    )


def arrow_column(values: list[str | None], column: Column) -> pa.Array[Any]:
    """Cells as a column; an empty cell is null."""
    return pc.cast(pa.array([value or None for value in values], pa.string()), TYPES[column.type])


def text_rows(text: str) -> list[dict[str, str]]:
    """Rows of a text table: names on the first line, cells parted by `|`."""
    lines = [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines() if line.strip()]
    return [dict(zip(lines[0], line, strict=True)) for line in lines[1:]]


def order(row: Mapping[str, str]) -> tuple[str, str]:
    """Findings come ordered by subject and object."""
    return row.get("subject_id", ""), row.get("object_id", "")


def as_text(finding: Mapping[str, object]) -> dict[str, str]:
    """A finding with its cells as an example writes them; evidence is parted by spaces."""
    evidence = finding["evidence"]
    listed = " ".join(map(str, evidence)) if isinstance(evidence, list) else ""
    return {name: "" if value is None else str(value) for name, value in finding.items()} | {"evidence": listed}
