"""The declarations of an official as files: one row a line for spreadsheets, a document for programs."""

from __future__ import annotations

from collections.abc import Iterator

from adaldyq.measures.declarations.domain.sections import SECTIONS
from adaldyq.measures.declarations.domain.wealth import Totals
from adaldyq.measures.declarations.policies import shown_columns
from adaldyq.measures.declarations.queries.people import FiledYear, HeldPost, Official
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
    return {
        "source": str(SOURCE),
        "as_of": found.as_of,
        "person_id": found.id,
        "name": found.name,
        "other_names": found.other_names,
        "posts": [post_of(one) for one in found.posts],
        "years": [year_of(one) for one in found.years],
        "declarations": declarations_of(found),
        "totals": [totals_of(one) for one in found.totals()],
    }


def post_of(one: HeldPost) -> Line:
    """A post held."""
    return {"post": one.post, "body": one.body, "body_id": one.body_id, "since": one.since, "until": one.until}


def year_of(one: FiledYear) -> Line:
    """What was due for a year and what came."""
    return {
        "year": one.year,
        "form": one.form,
        "outcome": one.outcome,
        "due_date": one.due,
        "filed_date": one.filed,
        "declaration_id": one.declaration_id or None,
    }


def declarations_of(found: Official) -> list[Line]:
    """Declarations in force with the open columns of their rows."""
    return [
        {
            "id": one.pk,
            "year": one.year,
            "form": one.form,
            "version": one.version,
            "filed_at": one.filed_at,
            "due_date": one.due_date,
            "declarant_name": one.declarant_name,
            "post": one.post_title,
            "currency": one.currency,
            "sections": found.contents.opened(one),
        }
        for one in found.declarations
    ]


def totals_of(one: Totals) -> Line:
    """What a declaration adds up to."""
    return {
        "year": one.year,
        "currency": one.currency,
        "assets": one.assets,
        "debts": one.debts,
        "net": one.net,
        "income": one.income,
        "converted": sorted(one.converted),
        "left_out_without_rate": dict(one.without_rate),
        "rows_without_sum": one.unstated,
    }
