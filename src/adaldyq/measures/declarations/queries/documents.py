"""An official and a declaration as documents for programs: all that their pages show, codes as they are kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

from adaldyq.measures.declarations.domain.sections import SECTIONS
from adaldyq.measures.declarations.domain.wealth import Totals
from adaldyq.measures.declarations.models import Declaration
from adaldyq.measures.declarations.policies import shown_columns
from adaldyq.measures.declarations.queries.people import FiledYear, HeldPost, Official, OneDeclaration
from adaldyq.measures.declarations.queries.sections import Contents

Line = dict[str, object]


def of_official(found: Official) -> Line:
    """An official with posts, years, declarations in force and what they add up to."""
    return {
        "as_of": found.as_of,
        "person_id": found.id,
        "name": found.name,
        "other_names": found.other_names,
        "posts": [post_of(one) for one in found.posts],
        "years": [year_of(one) for one in found.years],
        "declarations": declarations_of(found.declarations, found.contents),
        "totals": [totals_of(one) for one in found.totals()],
    }


def of_declaration(found: OneDeclaration) -> Line:
    """One declaration, in force or replaced, with its versions."""
    one = found.declaration
    (document,) = declarations_of([one], found.contents)
    return document | {
        "person_id": one.person_id,
        "name": found.name,
        "body_id": one.body_id,
        "body": found.body,
        "in_force": one.is_current,
        "versions": [{"id": each.pk, "version": each.version, "filed_at": each.filed_at} for each in found.versions],
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
        "public_until": one.public_until,
        "kept_until": one.kept_until,
    }


def declarations_of(declarations: Iterable[Declaration], contents: Contents) -> list[Line]:
    """Declarations with the open columns of their rows."""
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
            "sections": contents.opened(one),
        }
        for one in declarations
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


@cache
def row_columns() -> tuple[str, ...]:
    """Columns of a file of rows: the declaration, the section, then every open column of any section."""
    names = [column.name for section in SECTIONS for column in shown_columns(section.name)]
    of_rows = [name for name in dict.fromkeys(names) if name != "declaration_id"]
    return "year", "form", "version", "declaration_id", "section", *of_rows


def rows_of(one: Declaration, contents: Contents) -> Iterator[Line]:
    """A line for each row of a declaration; columns that a section lacks stay empty."""
    of_declaration = {"year": one.year, "form": one.form, "version": one.version}
    empty: Line = dict.fromkeys(row_columns())
    for section, rows in contents.opened(one).items():
        for row in rows:
            yield empty | row | of_declaration | {"section": section}
