"""The declarations of an official as files: one row a line for spreadsheets, a document for programs."""

from __future__ import annotations

from collections.abc import Iterator

from adaldyq.measures.declarations.queries import documents
from adaldyq.measures.declarations.queries.documents import Line
from adaldyq.measures.declarations.queries.people import Official
from adaldyq.measures.declarations.statistics import SOURCE
from adaldyq.ui.tables import Column


def columns() -> list[Column]:
    """Columns of the file."""
    return [Column(name, name) for name in documents.row_columns()]


def lines(found: Official) -> Iterator[Line]:
    """A line for each row of each declaration in force."""
    for one in found.declarations:
        yield from documents.rows_of(one, found.contents)


def document(found: Official) -> Line:
    """All that the page shows, codes as they are kept."""
    return {"source": str(SOURCE), **documents.of_official(found)}
