"""Names as evidence the largest of the rows behind the sums that a rule compares.

A rule that compares sums says in a part of its query, `behind`, which rows make them up, and in its head how many of
them evidence has room for. The rest is the same for every such rule, and stands here once.
"""

from __future__ import annotations

import sqlglot
from sqlglot import exp

from adaldyq.verification.rulefile import Rule, bad

PART = "behind"
COLUMNS = ("subject_id", "object_id", "part", "row_name", "amount")
ENDING = """
WITH _found AS (SELECT 1),
_largest AS (
    SELECT subject_id, object_id, row_name
    FROM behind
    QUALIFY row_number() OVER (PARTITION BY subject_id, object_id, part ORDER BY amount DESC, row_name) <= {most}
)
SELECT
    f.subject_id,
    f.object_id,
    f.amount,
    f.currency,
    f.since,
    list_concat(f.evidence, list_sort(array_agg(l.row_name))) AS evidence
FROM _found f
LEFT JOIN _largest l ON l.subject_id = f.subject_id AND l.object_id = f.object_id
GROUP BY f.subject_id, f.object_id, f.amount, f.currency, f.since, f.evidence
"""


def check_part(query: exp.Query, rule: Rule) -> None:
    """Hold a rule that says `largest` to a part of its query that lists the rows, and any other rule to none.

    Raises:
        DomainError: `bad-rule-file` with file, line and problem.
    """
    part = next((cte for cte in query.ctes if cte.alias == PART), None)
    if not rule.head.largest:
        if part:
            raise bad(rule.file, rule.first_line, f"say in the head how many rows of {PART} to name, with largest")
    elif part is None or tuple(part.this.named_selects) != COLUMNS:
        raise bad(
            rule.file, rule.line_of("largest"), f"largest needs a part {PART} in the query with {', '.join(COLUMNS)}"
        )


def with_rows_behind(query: exp.Query, rule: Rule) -> exp.Query:
    """The query of a rule whose evidence also names the largest rows of each `part` that stand behind a finding."""
    if not rule.head.largest:
        return query
    whole = sqlglot.parse_one(ENDING.format(most=rule.head.largest), dialect="duckdb", into=exp.Select)
    found, largest = whole.ctes
    inner = query.copy()
    parts = inner.ctes
    inner.args.pop("with_")
    found.set("this", inner)
    whole.set("with_", exp.With(expressions=[*parts, found, largest]))
    return whole
