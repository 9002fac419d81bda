"""Makes rows of the published tables with ids that stay the same when the collection is imported again."""

from __future__ import annotations

from dataclasses import dataclass, field

from adaldyq.base.words import gettext_noop as _
from adaldyq.measures.declarations.adapters.amounts import Reading
from adaldyq.measures.declarations.adapters.collection import CUT, Row, TableRow, Tally, opaque_id, shortened

NOTE_COLUMNS = ("id", "declaration_id", "table_name", "row_id", "kind", "detail", "place")
NAME_COLUMNS = ("id", "person_id", "language", "script", "text")
BODY_COLUMNS = ("id", "name", "level", "kind", "territory_id", "source", "as_of")

KINDS = {
    "absurd-amount": _("A sum, or a sum for each square metre or piece, that is beyond everything plausible."),
    "approximate-amount": _("A sum that the declarant gives only roughly; it was not read."),
    "area-absurd": _("An area that is beyond everything plausible for what it is."),
    "currency-mismatch": _("The words name another currency than the row."),
    "decimal-slip": _("A sum that looks ten, a hundred or a thousand times too large or small."),
    "impossible-date": _("A day that does not exist, or on which this cannot have happened."),
    "implausibly-small": _("A sum far below what such a thing can be worth."),
    "negative-amount": _("A sum below zero where something is owned or owed."),
    "several-amounts": _("A range, or several sums in one text; it was not read."),
    "share-over-100": _("A share above a hundred or below zero percent."),
    CUT: _("A text longer than a column of ours; its beginning was kept."),
    "unit-price": _("The value looks like the price of one piece, not of all."),
    "unknown-currency": _("A currency that ISO 4217 does not know; the sum cannot be compared."),
    "unreadable-amount": _("A text in the place of a sum that could not be read."),
}
"""Kinds of `source_note`: what a reader suspects to be a slip of the pen or of the reading program."""

NOTE_OF_DOUBT = {
    "approximate": "approximate-amount",
    "range": "several-amounts",
    "several": "several-amounts",
    "unreadable": "unreadable-amount",
    "out-of-range": "absurd-amount",
}


@dataclass
class Declared:
    """The rows of one declaration as they are made.

    Attributes:
        dataset: name of the collection, part of every id.
        key: the source's own key of the declaration.
        year: that it is about.
        rows: made so far, in order.
        tally: counts what of the declaration has no place.
        taken: notes of each kind so far, so that each has an id of its own.
    """

    dataset: str
    key: str
    year: int = 0
    rows: list[TableRow] = field(default_factory=list)
    tally: Tally = field(default_factory=Tally)
    taken: dict[str, int] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """Id of the declaration."""
        return opaque_id(self.dataset, "declaration", self.key)

    def add(self, section: str, place: object, **values: object) -> Row:
        """Add a row to a section.

        Args:
            section: name of the section, such as `real_estate`.
            place: where it stands in the declaration: part of its id, so it must not change between imports.
            values: its columns.
        """
        row_id = opaque_id(self.dataset, section, self.key, place)
        row: Row = {"row_id": row_id, "declaration_id": self.id, **values}
        self.rows.append((f"declared_{section}", row))
        return row

    def withhold(self, field: str, place: object, section: str = "", row: Row | None = None) -> None:
        """Say that a field of the source stands empty because a member of the family gave no information.

        Args:
            field: the source's own name of it.
            place: of the entry in the declaration: part of the id.
            section: name of the section that the entry became a row of, if it did.
            row: that row.
        """
        value: Row = {
            "id": opaque_id(self.dataset, "withheld", self.key, place, field),
            "declaration_id": self.id,
            "table_name": section or None,
            "row_id": row["row_id"] if row else None,
            "detail": shortened(field),
        }
        self.rows.append(("withheld_value", value))

    def note(self, kind: str, detail: object, section: str = "", row: Row | None = None) -> None:
        """Note that something looks like a slip; about the whole declaration when no row is named."""
        table = f"declared_{section}" if section else "declaration"
        row_id = row["row_id"] if row else self.id
        self.taken[kind] = self.taken.get(kind, 0) + 1
        self.rows.append(
            (
                "source_note",
                {
                    "id": opaque_id(self.dataset, "note", self.key, table, row_id, kind, self.taken[kind]),
                    "declaration_id": self.id,
                    "table_name": table,
                    "row_id": row_id,
                    "kind": kind,
                    "detail": shortened(detail),
                },
            )
        )

    def note_doubt(self, reading: Reading, text: object, section: str, row: Row) -> None:
        """Note why a sum was not read, if it was not, or that it is below zero."""
        if reading.doubt:
            self.note(NOTE_OF_DOUBT[reading.doubt], text, section, row)
        elif reading.amount is not None and reading.amount < 0:
            self.note("negative-amount", text, section, row)


def person_name(dataset: str, person_id: str, language: str, script: str, text: str) -> TableRow:
    """The row of a name."""
    row: Row = {
        "id": opaque_id(dataset, "name", person_id, text),
        "person_id": person_id,
        "language": language,
        "script": script,
        "text": text,
    }
    return "person_name", row
