"""What every engine answers, and what it is asked with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa

from adaldyq.base.money import CENT, LIMIT

LARGEST = LIMIT - CENT
"""The largest amount of a finding: what every database that stores findings keeps exactly."""
MOST_ROWS = 40
"""How many rows a finding names as evidence at most; of more, the first stay."""

COLUMNS: tuple[pa.Field[Any], ...] = (
    pa.field("subject_id", pa.string(), nullable=False),
    pa.field("object_id", pa.string(), nullable=False),
    pa.field("amount", pa.decimal128(18, 2)),
    pa.field("currency", pa.string()),
    pa.field("since", pa.date32()),
    pa.field("evidence", pa.list_(pa.string())),
)
FINDINGS = pa.schema(COLUMNS)
"""Findings of one rule, ordered by subject and object. Evidence names rows of tables and steps as `table/key`,
at most `MOST_ROWS` of them.

An amount beyond `LARGEST` is given as `LARGEST`: absurd sums of a source must not stop the rule.
"""


@dataclass(frozen=True)
class Answer:
    """What one rule said about one snapshot.

    Attributes:
        findings: as `FINDINGS`.
        checked: units that could be judged.
        unjudged: units that could not, by reason. Besides the rule's own reasons there are
            `missing-table:NAME` and `missing-column:TABLE.COLUMN`.
        error: why the rule could not run at all; empty when it ran.
        milliseconds: how long it took.
    """

    findings: pa.Table = field(default_factory=FINDINGS.empty_table)
    checked: int = 0
    unjudged: Mapping[str, int] = field(default_factory=dict)
    error: str = ""
    milliseconds: int = 0
