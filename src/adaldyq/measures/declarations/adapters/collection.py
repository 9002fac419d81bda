"""What every adapter gives: a collection of declarations that another register holds, in our tables.

A collection is read once, row by row, so that one of any size fits into memory. Nothing of the source
goes silently: what has no place in the tables is counted as a loss, what cannot be read is a reject, and
what looks like a typing or reading error is imported and marked by a `source_note` row.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext

from adaldyq.base.ids import BITS, encode

Row = dict[str, object]
TableRow = tuple[str, Row]

EXAMPLE_LENGTH = 120
DIGEST_BITS = 256
SECTION_TEXT, OTHER_TEXT = 500, 300
PARTS_OF_A_NAME = dict.fromkeys(("family_name", "given_name", "patronymic"), 100)
SECTION, DECLARATION = "declared_", "declaration"
NOTES = "source_note"
PLACE = "place"
CUT = "text-cut"


class Problem:
    """What is wrong with a source and what would be right, a sentence in the language in force when it is shown.

    Attributes:
        text: the English sentence, marked for the catalogues.
        facts: values for its places.
    """

    def __init__(self, text: str, **facts: object) -> None:
        self.text, self.facts = text, facts

    def __str__(self) -> str:
        """The sentence, translated."""
        return gettext(self.text) % self.facts


@dataclass(frozen=True, slots=True)
class Loss:
    """Something of the source that has no place in the tables.

    Attributes:
        what: the source's own path of the field, or what was redacted.
        count: how many values were left out.
        example: one of them, shortened.
    """

    what: str
    count: int
    example: str


@dataclass(frozen=True, slots=True)
class Reject:
    """Something that could not be read, while the rest was.

    Attributes:
        place: file, and the line or record in it.
        field: the source's own path of the field; empty when the whole record is meant.
        problem: what is wrong and what would be right.
        is_damage: whether a whole file is meant, or its end, so that more is missing than can be counted.
    """

    place: str
    field: str
    problem: Problem
    is_damage: bool = False


@dataclass
class Tally:
    """Counts of what a reading left out, and what it could not read."""

    counts: dict[str, int] = field(default_factory=dict)
    examples: dict[str, str] = field(default_factory=dict)
    rejects: list[Reject] = field(default_factory=list)

    def lose(self, what: str, example: object, count: int = 1) -> None:
        """Count values that have no place in the tables."""
        self.counts[what] = self.counts.get(what, 0) + count
        self.examples.setdefault(what, shortened(example))

    def reject(self, place: str, where: str, problem: Problem, *, is_damage: bool = False) -> None:
        """Note something that could not be read."""
        self.rejects.append(Reject(place, where, problem, is_damage))

    def losses(self) -> list[Loss]:
        """What was left out, by its path."""
        return [Loss(what, count, self.examples[what]) for what, count in sorted(self.counts.items())]


Reading = Callable[[Tally], Iterator[TableRow]]


@dataclass
class Collection:
    """Declarations of another register, ready to be written as a dataset.

    Attributes:
        name: of the dataset, when the person importing gives no other.
        title: what it is, a sentence.
        source: institution, address or file it was taken from.
        licence: under which it may be used.
        country: of the register, ISO 3166-1.
        tables: each table it fills, with the columns that the source has.
        reading: makes the rows, counting into the tally it is given.
        losses: what has no place in the tables; complete once `rows` is exhausted.
        rejects: what could not be read; complete once `rows` is exhausted.
    """

    name: str
    title: str
    source: str
    licence: str
    country: str
    tables: Mapping[str, tuple[str, ...]]
    reading: Reading
    losses: list[Loss] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)

    def rows(self) -> Iterator[TableRow]:
        """Rows with the name of their table, in the contract's columns and types.

        Every column of `tables` stands in the row, null where the source says nothing. A text that is longer
        than a register of ours can hold is cut, and a `source_note` row tells so. A declaration comes before its
        sections with its place in the source, which is kept with every note about it.

        Raises:
            DomainError: the file or folder is not a collection of this kind, or cannot be read at all.
            ValueError: the adapter gives a column that it did not announce.
        """
        tally = Tally()
        self.losses, self.rejects = [], tally.rejects
        place = ""
        for table, given in self.reading(tally):
            row = dict(given)
            if table == DECLARATION:
                place = str(row.pop(PLACE, ""))
            if table == NOTES:
                row[PLACE] = place
            if unknown := row.keys() - set(self.tables[table]):
                raise ValueError(f"{self.name}: {table} has no {sorted(unknown)}")
            held, cut = held_text(table, {column: row.get(column) for column in self.tables[table]})
            yield table, held
            for column, letters in cut.items():
                yield NOTES, {**cut_note(self.name, table, held, column, letters), PLACE: place}
        self.losses = tally.losses()


def held_text(table: str, row: Row) -> tuple[Row, dict[str, int]]:
    """A row whose texts are no longer than a column of ours, and the length of those that were."""
    most = SECTION_TEXT if table.startswith(SECTION) else OTHER_TEXT
    held, cut = dict(row), {}
    for column, text in row.items():
        if isinstance(text, str) and len(text) > (limit := PARTS_OF_A_NAME.get(column, most)):
            held[column], cut[column] = text[:limit], len(text)
    return held, cut


def cut_note(dataset: str, table: str, row: Row, column: str, letters: int) -> Row:
    """The row that tells of a text that was cut."""
    is_section = table.startswith(SECTION)
    key = row["row_id" if is_section else "id"]
    return {
        "id": opaque_id(dataset, "note", table, key, CUT, column),
        "declaration_id": key if table == DECLARATION else row.get("declaration_id"),
        "table_name": table,
        "row_id": key,
        "kind": CUT,
        "detail": f"{column}: {letters} characters, the first {len(str(row[column]))} of them kept",
    }


def opaque_id(*parts: object) -> str:
    """The id of a thing of a source: the same for the same parts, and telling nothing of them.

    Args:
        parts: name of the source, kind of thing, and the source's own key of it.
    """
    digest = hashlib.sha256("\x1f".join(map(str, parts)).encode())
    return encode(int.from_bytes(digest.digest()) >> DIGEST_BITS - BITS)


def shortened(value: object) -> str:
    """A value as an example: one line, not too long."""
    text = " ".join(str(value).split())
    return text if len(text) <= EXAMPLE_LENGTH else text[: EXAMPLE_LENGTH - 1] + "…"
