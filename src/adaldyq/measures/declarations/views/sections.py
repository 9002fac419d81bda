"""Sections of a declaration as tables, with what differs marked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from adaldyq.base.tables import Column as PublishedColumn
from adaldyq.base.tables import ColumnType
from adaldyq.kernel import naming
from adaldyq.measures.declarations.domain.changes import CHANGED, GONE, NEW
from adaldyq.measures.declarations.domain.sections import BY_NAME
from adaldyq.measures.declarations.policies import shown_columns
from adaldyq.measures.declarations.queries.sections import ShownRow, ShownSection
from adaldyq.ui.facts import State
from adaldyq.ui.formats.values import Kind, percent
from adaldyq.ui.tables import Column, Table

KINDS: Mapping[ColumnType, Kind] = {
    ColumnType.MONEY: "money",
    ColumnType.NUMBER: "number",
    ColumnType.DATE: "day",
    ColumnType.TIMESTAMP: "moment",
}
CHANGE = "change"
JOINED: Mapping[str, Mapping[str, str]] = {
    "real_estate": {"share": "basis", "country": "territory_id"},
    "vehicle": {"share": "basis"},
}
"""Columns that stand in the cell of another, so that the widest sections fit a page."""

LEFT_OUT: Mapping[str, frozenset[str]] = {"family": frozenset({"owner"})}
"""Columns that would say the same as another: a relative is related by the tie that makes them of the family."""


@dataclass(frozen=True)
class Part:
    """A section on a page: its rows, and the titles of the columns that the law keeps closed."""

    name: str
    title: str
    table: Table
    closed: str


@dataclass(frozen=True)
class Parts:
    """The sections that have rows, and the titles of those without."""

    filled: Sequence[Part]
    empty: str


def parts_of(sections: Sequence[ShownSection], currency: str, beside: str) -> Parts:
    """Sections as a page shows them.

    Args:
        sections: with their rows.
        currency: of the declaration.
        beside: title of the column that says what differs; empty when there is nothing to compare with.
    """
    filled = [part_of(one, currency, beside) for one in sections if one.rows]
    return Parts(filled, ", ".join(_(one.title) for one in sections if not one.rows))


def part_of(section: ShownSection, currency: str, beside: str) -> Part:
    """One section with rows."""
    rows = [{**written(section, row), CHANGE: change_of(section.name, row)} for row in section.rows]
    columns = [
        column_of(column, currency)
        for column in section.columns
        if column.name not in {"currency", *LEFT_OUT.get(section.name, ()), *JOINED.get(section.name, {})}
        and any(worth_saying(column.name, row[column.name]) for row in rows)
    ]
    if beside and section.compared:
        columns.append(Column(CHANGE, beside))
    table = Table(_(section.title), columns, rows, hide_caption=True)
    return Part(section.name, _(section.title), table, closed_columns(section.name))


def worth_saying(name: str, value: object) -> bool:
    """Whether a value tells a reader anything; the country of the register goes without saying."""
    own = naming.spoken(naming.pack().names) if name == "country" else ""
    return value not in {None, "", own}


def column_of(column: PublishedColumn, currency: str) -> Column:
    """A published column as a column of a page."""
    kind: Kind = "percent" if column.unit == "percent" else KINDS.get(column.type, "text")
    of_row = currency if column.unit == "declaration.currency" else "currency"
    hint = _("m²") if column.unit == "square metres" else ""
    return Column(column.name, _(column.title), kind=kind, currency=of_row if kind == "money" else "", hint=hint)


def written(section: ShownSection, row: ShownRow) -> dict[str, object]:
    """Values of a row, yes and no as words."""
    yes_or_no = {True: _("yes"), False: _("no")}
    booleans = {column.name for column in section.columns if column.type is ColumnType.BOOLEAN}
    values: dict[str, object] = {
        name: yes_or_no.get(bool(value)) if name in booleans and value is not None else value
        for name, value in row.values.items()
    }
    for extra, main in JOINED.get(section.name, {}).items():
        if worth_saying(extra, said := values[extra]):
            text = percent(said) if isinstance(said, Decimal) else str(said)
            values[main] = ", ".join(filter(None, (str(values[main] or ""), text)))
    return values


def change_of(section: str, row: ShownRow) -> State | str:
    """How a row stands to what it is compared with; a quiet word for what is the same."""
    if row.change == NEW:
        return State(pgettext("declared thing", "new"), "open")
    if row.change == GONE:
        return State(_("no longer there"), "closed")
    if row.change == CHANGED:
        columns = BY_NAME[section].table.by_name
        what = ", ".join(_(columns[name].title) for name in row.changed)
        return State(_("changed: %(what)s") % {"what": what}, "work")
    return _("unchanged")


def closed_columns(section: str) -> str:
    """Titles of the columns of a section that the law keeps closed as a whole."""
    shown = {one.name for one in shown_columns(section)}
    return ", ".join(_(one.title) for one in BY_NAME[section].table.columns if one.name not in shown and one.title)
