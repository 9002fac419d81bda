"""Sections of a declaration beside the registers and last year, with what differs in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from adaldyq.base.tables import Column as PublishedColumn
from adaldyq.base.tables import ColumnType
from adaldyq.measures.declarations.domain import side_by_side as marks
from adaldyq.measures.declarations.domain.sections import Section
from adaldyq.measures.declarations.domain.side_by_side import Entry, Row
from adaldyq.measures.declarations.queries import words
from adaldyq.measures.declarations.queries.side_by_side import Compared
from adaldyq.measures.declarations.views.sections import KINDS
from adaldyq.ui.facts import State
from adaldyq.ui.formats.values import Kind, show
from adaldyq.ui.tables import Column, Table

NOT_SHOWN = frozenset({"row_id", "declaration_id", "currency"})
NAMED_BY = ("kind", "relation", "object_number", "name", "payer", "company_name", "bank", "counterparty", "giver")
"""Columns that say which thing an entry is, in its title."""


@dataclass(frozen=True)
class Card:
    """One entry: what it is, how it stands, and its columns side by side.

    Attributes:
        table: the columns that differ; all when the entry stands in one place only, or nothing differs.
        alike: the other columns.
    """

    title: str
    states: Sequence[State]
    table: Table
    alike: Table | None


@dataclass(frozen=True)
class ComparedPart:
    """A section: entries in which something differs, and how many agree."""

    name: str
    title: str
    differing: Sequence[Card]
    agreeing: Sequence[Card]


def parts_of(compared: Compared) -> list[ComparedPart]:
    """Sections with anything in them."""
    year = compared.before.year if compared.before else None
    found = []
    for section, entries in compared.sections:
        cards = [(one.stands_out, card_of(section, one, year)) for one in entries]
        if cards:
            differing = [card for stands_out, card in cards if stands_out]
            agreeing = [card for stands_out, card in cards if not stands_out]
            found.append(ComparedPart(section.name, _(section.title), differing, agreeing))
    return found


def card_of(section: Section, one: Entry, year: int | None) -> Card:
    """An entry as a page shows it."""
    title = title_of(section, one)
    before = _("Last year (%(year)s)") % {"year": year} if year else _("Last year")
    columns = [
        Column("title", _("Field")),
        Column("declared", _("Declared")),
        Column("registered", _("Registers")),
        Column("before", before),
        Column("differs", _("Difference")),
    ]
    told = [column for column in section.table.columns if is_told(column, one)]
    differing = [column for column in told if column.name in {*one.unlike, *one.changed}] or told
    rows = [line_of(section, column, one) for column in differing]
    alike = [line_of(section, column, one) for column in told if column not in differing]
    return Card(
        title,
        list(states_of(one)),
        Table(title, columns, rows, hide_caption=True),
        Table(title, columns, alike, hide_caption=True) if alike else None,
    )


def title_of(section: Section, one: Entry) -> str:
    """Which thing an entry is."""
    row = one.any_row
    named = (name for name in NAMED_BY if row.get(name))
    said = (str(words.code_word(section.name, name, row[name])) for name in named)
    return ", ".join(said) or _(section.title)


def states_of(one: Entry) -> Iterator[State]:
    """How an entry stands to the registers and to last year, in words."""
    register: Mapping[str, State] = {
        marks.DIFFERS: State(_("the registers say something else"), "attention"),
        marks.NOT_DECLARED: State(_("in a register, not declared"), "attention"),
        marks.NOT_REGISTERED: State(_("declared, in no register"), "work"),
        marks.AGREES: State(_("as in the registers"), "good"),
    }
    year: Mapping[str, State] = {
        marks.NEW: State(_("not in last year’s declaration"), "open"),
        marks.CHANGED: State(_("changed since last year"), "work"),
        marks.SAME: State(_("as last year"), "plain"),
        marks.GONE: State(_("declared last year, not now"), "closed"),
    }
    if one.register:
        yield register[one.register]
    if one.year:
        yield year[one.year]


def is_told(column: PublishedColumn, one: Entry) -> bool:
    """Whether a column says something in any of the three places."""
    is_key = column.name.endswith("_id") and column.name != "territory_id"
    rows = (one.declared, one.registered, one.before)
    return (
        column.name not in NOT_SHOWN
        and not is_key
        and any(row and row.get(column.name) not in {None, ""} for row in rows)
    )


def line_of(section: Section, column: PublishedColumn, one: Entry) -> dict[str, object]:
    """One column of an entry in the three places, and how they differ."""
    differs = []
    if column.name in one.unlike:
        differs.append(_("unlike the registers"))
    if column.name in one.changed:
        differs.append(_("unlike last year"))
    alone = sum(row is not None for row in (one.declared, one.registered, one.before)) == 1
    agrees = "" if alone else pgettext("difference", "none")  # what stands in one place is held against nothing
    return {
        "title": _(column.title),
        "declared": written(section, column, one.declared),
        "registered": written(section, column, one.registered),
        "before": written(section, column, one.before),
        "differs": ", ".join(differs) or agrees,
    }


def written(section: Section, column: PublishedColumn, row: Row | None) -> str:
    """A value of a row as people read it."""
    if row is None:
        return ""
    value = row.get(column.name)
    if column.type is ColumnType.BOOLEAN and value is not None:
        return _("yes") if value else _("no")
    kind: Kind = "percent" if column.unit == "percent" else KINDS.get(column.type, "text")
    if value is None or value == "":
        return ""
    return show(words.code_word(section.name, column.name, value), kind, str(row.get("currency") or ""))
