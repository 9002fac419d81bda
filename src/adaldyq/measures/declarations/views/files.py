"""The declarations of an official as files: one row a line for spreadsheets, a document for programs."""

from __future__ import annotations

from collections.abc import Iterator

from adaldyq.measures.declarations.domain.sections import SECTIONS
from adaldyq.measures.declarations.policies import shown_columns
from adaldyq.measures.declarations.queries import documents
from adaldyq.measures.declarations.queries.people import Official
from adaldyq.measures.declarations.statistics import SOURCE
from adaldyq.ui.tables import Column

Line = dict[str, object]


def columns() -> list[Column]:
    """Columns of the file: the declaration, the section, then every open column of any section."""
    names = [column.name for section in SECTIONS for column in shown_columns(section.name)]
    of_rows = [name for name in dict.fromkeys(names) if name != "declaration_id"]
    return [Column(name, name) for name in ("year", "form", "version", "declaration_id", "section", *of_rows)]


def lines(found: Official) -> Iterator[Line]:
    """A line for each row of each declaration in force; columns that a section lacks stay empty."""
    names = [column.name for column in columns()]
    for one in found.declarations:
        for section, rows in found.contents.opened(one).items():
            for row in rows:
                of_declaration = {"year": one.year, "form": one.form, "version": one.version, "section": section}
                yield dict.fromkeys(names, None) | row | of_declaration


def document(found: Official) -> Line:
    """All that the page shows, codes as they are kept."""
    return {"source": str(SOURCE), **documents.of_official(found)}
