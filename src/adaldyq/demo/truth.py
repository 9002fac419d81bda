"""What is really the case in the sample country: the known truth that findings are scored against."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple

import pyarrow as pa

from adaldyq.demo.chunk import Chunk

TEXTS = ("case_id", "scheme", "rule", "subject_id", "object_id", "kind", "story")
TYPES: dict[str, pa.DataType] = {**dict.fromkeys(TEXTS, pa.string()), "hidden": pa.bool_()}
SCHEMA = pa.schema(TYPES)
"""A row: that a case gives a rule something to find about this person and object, or something to pass over.

All rows of one `case_id` tell one story. `hidden` cases leave nothing in the registers that the rule reads.
"""
SUBJECT = "declarations"


class Kind(StrEnum):
    """What a case is."""

    SCHEME = "scheme"
    NEAR_MISS = "near miss"
    LOOK_ALIKE = "look-alike"


class Clue(NamedTuple):
    """What a rule should, or should not, find: rule, person by place, object as the rule names it."""

    rule: str
    person: int
    thing: str


class Truth:
    """Collects the cases of a chunk; those `beside` are of files alone."""

    def __init__(self, chunk: Chunk, *, beside: bool = False) -> None:
        self.chunk = chunk
        self.mark = "b" if beside else ""
        self.rows: list[tuple[str, str, str, str, str, str, str, bool]] = []
        self.cases = 0

    def case(self, scheme: str, kind: Kind, clues: Iterable[Clue], story: str, *, hidden: bool = False) -> None:
        """Tell one case.

        Args:
            scheme: name of the story's kind.
            kind: what it is.
            clues: what it gives to which rule.
            story: one plain sentence.
            hidden: whether nothing in the registers shows it.
        """
        number = f"{self.chunk.number}-{self.mark}{self.cases}"
        self.cases += 1
        for clue in clues:
            subject = self.chunk.id_of("person", clue.person)
            self.rows.append((number, scheme, f"{SUBJECT}.{clue.rule}", subject, clue.thing, kind, story, hidden))

    def table(self) -> pa.Table:
        """All cases as an Arrow table."""
        return pa.Table.from_pylist([dict(zip(SCHEMA.names, row, strict=True)) for row in self.rows], SCHEMA)

    @staticmethod
    def nothing() -> pa.Table:
        """No cases."""
        return SCHEMA.empty_table()
