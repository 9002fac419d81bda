"""A rule that compares sums says which rows stand behind them, and evidence names the largest."""

from __future__ import annotations

from dataclasses import replace

import pyarrow as pa
import pytest

from adaldyq.base.errors import DomainError
from adaldyq.verification import examples
from adaldyq.verification.catalogue import rules
from adaldyq.verification.contracts import contracts
from adaldyq.verification.engines.duckdb import opened
from adaldyq.verification.rulefile import Rule
from adaldyq.verification.sqlcheck import check

BEHIND = """
behind AS (
    SELECT
        d.person_id AS subject_id,
        CAST(d.year AS VARCHAR) AS object_id,
        c.owner AS part,
        'declared_cash/' || c.row_id AS row_name,
        c.amount
    FROM above d
    JOIN declared_cash c ON c.declaration_id = d.id
)
"""
FOUND = """
SELECT
    person_id AS subject_id,
    CAST(year AS VARCHAR) AS object_id,
    CAST(NULL AS DECIMAL(18, 2)) AS amount,
    CAST(NULL AS VARCHAR) AS currency,
    CAST(NULL AS DATE) AS since,
    ['declaration/' || id] AS evidence
FROM above
"""
ABOVE = "WITH above AS (SELECT id, person_id, year FROM declaration)"
DECLARATIONS = """
    id | person_id | year
    D1 | P1        | 2023
    D2 | P1        | 2024
"""
CASH = """
    row_id | declaration_id | owner     | amount
    C1     | D1             | declarant | 5
    C2     | D1             | declarant | 90
    C3     | D1             | declarant | 7
    C4     | D1             | spouse    | 1
"""


def rule(largest: int, query: str = f"{ABOVE},{BEHIND}{FOUND}") -> Rule:
    """A rule about every declaration, with the cash behind it."""
    one = rules()["declarations.undeclared-vehicle"]
    units = "SELECT id AS unit_id, NULL AS reason FROM declaration"
    reads = {"tables": {"declaration": [], "declared_cash": []}, "optional": {}, "steps": [], "checked": units}
    return replace(one, head=one.head.model_copy(update={**reads, "largest": largest}), query=query)


def rows(name: str, text: str) -> pa.Table:
    return examples.arrow_table(text, contracts()[name])


def test_the_largest_rows_of_each_part_follow_the_evidence_of_the_rule() -> None:
    with opened(contracts()) as engine:
        engine.offer_rows("declaration", rows("declaration", DECLARATIONS))
        engine.offer_rows("declared_cash", rows("declared_cash", CASH))
        engine.offer_nothing_else()
        answer = engine.answer(rule(2))
    assert answer.error == ""
    assert [found["evidence"] for found in answer.findings.to_pylist()] == [
        ["declaration/D1", "declared_cash/C2", "declared_cash/C3", "declared_cash/C4"],
        ["declaration/D2"],
    ]


@pytest.mark.parametrize(
    ("largest", "query", "problem"),
    [
        (0, f"{ABOVE},{BEHIND}{FOUND}", "say in the head how many rows of behind to name"),
        (9, f"{ABOVE}{FOUND}", "largest needs a part behind in the query"),
        (9, f"{ABOVE}, behind AS (SELECT id FROM above){FOUND}", "with subject_id, object_id, part, row_name, amount"),
    ],
)
def test_rows_and_their_number_go_together(largest: int, query: str, problem: str) -> None:
    with pytest.raises(DomainError) as refused:
        check(rule(largest, query))
    assert problem in str(refused.value.parameters["problem"])
