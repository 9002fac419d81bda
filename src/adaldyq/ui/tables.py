"""Tables of rows: what their columns are, how they are sorted and paged."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, Protocol, cast, runtime_checkable

from django.core.paginator import Paginator
from django.db.models import F, QuerySet
from django.http import HttpRequest, QueryDict
from django.utils.functional import cached_property

from adaldyq.ui.facts import Link, State
from adaldyq.ui.formats.values import UNKNOWN, Kind, show

__all__ = ["Cell", "Column", "Heading", "Link", "RowsPage", "Searched", "State", "Table", "sorted_page"]

RIGHT_ALIGNED = frozenset({"number", "money", "percent"})
PER_PAGE = 25
COLUMNS_OF_A_PHONE = 2
WIDEST_WORD = 40  # characters
LONGEST_BESIDE = 80  # characters of a value that stands beside its label on a phone
FITTING_COLUMNS = 4  # that the narrowest page with tables, a tablet of 48rem, has room for


@dataclass(frozen=True)
class Column:
    """One column.

    Attributes:
        name: key or attribute of a row.
        title: what stands above it.
        kind: how values are written.
        currency: of money: a code, or the name of the row's field that holds one.
        sort: name to order by; empty when the column does not sort.
        link: the address behind a row's value; empty text for none.
        hint: a word under the title, such as a unit.
        value: takes the value from a row when a name is not enough.
        order: takes that by which rows of a list are ordered, where it is no field of theirs.
    """

    name: str
    title: object
    kind: Kind = "text"
    currency: str = ""
    sort: str = ""
    link: Callable[[Any], str] | None = None
    hint: object = ""
    value: Callable[[Any], object] | None = None
    order: Callable[[Any], object] | None = None

    @property
    def right(self) -> bool:
        """Whether values line up on the right."""
        return self.kind in RIGHT_ALIGNED

    def raw(self, row: object) -> object:
        """The value of a row, unwritten."""
        return self.value(row) if self.value else part(row, self.name)

    def currency_of(self, row: object) -> str:
        """The currency of a row's amount."""
        return self.currency if self.currency.isupper() or not self.currency else str(part(row, self.currency) or "")

    def text(self, row: object) -> str:
        """The value of a row as people read it."""
        raw = self.raw(row)
        return str(raw) if isinstance(raw, State | Link) else show(raw, self.kind, self.currency_of(row))


def part(row: object, name: str) -> object:
    """A field of a row, by key or attribute."""
    return row[name] if isinstance(row, Mapping) else getattr(row, name)


@dataclass(frozen=True, slots=True)
class Cell:
    """A value in its place: text or state, address, alignment, and its column's title for the phone's cards."""

    column: Column
    text: str
    state: State | None = None
    href: str = ""

    @property
    def blank(self) -> bool:
        """Whether nothing is stated, so that a card may leave it out."""
        return self.text == UNKNOWN

    @property
    def unbroken(self) -> bool:
        """Whether a word of it, such as an address of the web, is wider than a column may be."""
        return any(len(word) > WIDEST_WORD for word in self.text.split())

    @property
    def wordy(self) -> bool:
        """Whether it is a sentence, which half of a phone's width would break into a dozen lines."""
        return len(self.text) > LONGEST_BESIDE


@runtime_checkable
class Searched(Protocol):
    """Rows of a large register, which is searched, counted and put in order no farther than a page needs."""

    def by(self, sort: str) -> Searched:
        """The same rows by a column, `-` before it for the largest first."""

    def reached(self, most: int) -> int:
        """How many rows there are, counted no farther than `most`."""

    def __getitem__(self, part: slice) -> Sequence[Any]:
        """A part of the rows."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A column's title with the link that sorts by it, and the way it is sorted now."""

    column: Column
    href: str = ""
    direction: str = ""  # ascending, descending, or empty


@dataclass(frozen=True)
class RowsPage:
    """One page of sorted rows, and the addresses of the others.

    Attributes:
        more: whether there are more rows than `total`, which nobody counted.
    """

    rows: Sequence[Any]
    number: int
    pages: int
    total: int
    first: int
    last: int
    sort: str
    query: QueryDict
    more: bool = False

    def address(self, **changed: object) -> str:
        """Address of this list with a parameter changed; the others are kept."""
        query = self.query.copy()
        for name, value in changed.items():
            query[name] = str(value)
        return f"?{query.urlencode()}"

    def page_address(self, number: int) -> str:
        """Address of another page of the list as it is sorted now."""
        return self.address(page=number)

    @property
    def previous_address(self) -> str:
        """Address of the page before; empty on the first."""
        return self.page_address(self.number - 1) if self.number > 1 else ""

    @property
    def next_address(self) -> str:
        """Address of the page after; empty on the last."""
        return self.page_address(self.number + 1) if self.number < self.pages else ""

    @property
    def links(self) -> list[Link | None]:
        """Pages near this one, the first and the last; None where some are left out."""
        shown = sorted({1, self.pages, *range(max(1, self.number - 1), min(self.pages, self.number + 1) + 1)})
        links: list[Link | None] = []
        for before, number in zip([0, *shown], shown, strict=False):
            if number - before > 1:
                links.append(None)
            links.append(Link(number, self.page_address(number), current=number == self.number))
        return links


@dataclass(frozen=True)
class Table:
    """A table as a page shows it.

    Attributes:
        rows: of this page.
        page: sorting and paging; without it the table is short and fixed.
        download: address of the same rows as a file.
        empty: sentence shown when there are no rows.
        hide_caption: whether the caption is for screen readers only, under a heading that says the same.
        sentences: whether its cells hold sentences, for which two columns beside each other lack room on the phone.
    """

    caption: object
    columns: Sequence[Column]
    rows: Sequence[Any]
    page: RowsPage | None = None
    download: str = ""
    empty: object = ""
    hide_caption: bool = False
    sentences: bool = False

    @property
    def headings(self) -> list[Heading]:
        """Titles, with links where the column sorts."""
        return [self.heading(column) for column in self.columns]

    def heading(self, column: Column) -> Heading:
        """Title of a column; its link turns the direction when the table is sorted by it already."""
        if not (self.page and column.sort):
            return Heading(column)
        now = self.page.sort
        direction = {column.sort: "ascending", f"-{column.sort}": "descending"}.get(now, "")
        target = f"-{column.sort}" if direction == "ascending" or (not direction and column.right) else column.sort
        return Heading(column, self.page.address(sort=target, page=1), direction)

    @property
    def cards(self) -> bool:
        """Whether rows become cards on the phone; two columns fit there as they are, but for sentences."""
        return self.sentences or len(self.columns) > COLUMNS_OF_A_PHONE

    @property
    def wide(self) -> bool:
        """Whether a tablet may lack room for the columns, so that the table scrolls within a frame."""
        return len(self.columns) > FITTING_COLUMNS

    @property
    def body(self) -> list[list[Cell]]:
        """Cells, row by row."""
        return [[cell(column, row) for column in self.columns] for row in self.rows]


def cell(column: Column, row: object) -> Cell:
    """The cell of a row in a column."""
    raw = column.raw(row)
    href = raw.href if isinstance(raw, Link) else (column.link(row) if column.link else "")
    text = str(raw.text) if isinstance(raw, Link) else column.text(row)
    return Cell(column, text, raw if isinstance(raw, State) else None, href)


def sorted_page(
    request: HttpRequest,
    rows: QuerySet[Any] | Searched | Sequence[Any],
    columns: Sequence[Column],
    default: str = "",
    per_page: int = PER_PAGE,
    most: int | None = None,
) -> RowsPage:
    """The page of `rows` that the address asks for by `?sort=` and `?page=`.

    A sort that no column offers is ignored, a page beyond the last is the last.

    Args:
        most: rows that are counted and paged through at most; for a register so large that counting it takes long, as one that is
            searched always is.
    """
    offered = {sign + column.sort for column in columns if column.sort for sign in ("", "-")}
    asked = request.GET.get("sort", "")
    sort = asked if asked in offered else default
    order = next((one.order for one in columns if one.sort and one.sort == sort.removeprefix("-")), None)
    listed: Any = rows.by(sort) if isinstance(rows, Searched) else ordered(rows, sort, order)
    paginator = Paginator(listed, per_page) if most is None else ShortPaginator(listed, per_page, most)
    page = paginator.get_page(request.GET.get("page"))
    return RowsPage(
        rows=list(page.object_list),
        number=page.number,
        pages=paginator.num_pages,
        total=paginator.count,
        first=page.start_index(),
        last=page.end_index(),
        sort=sort,
        query=request.GET,
        more=isinstance(paginator, ShortPaginator) and paginator.more,
    )


class ShortPaginator(Paginator):  # type: ignore[type-arg]  # it takes no argument when the program runs
    """Pages of the first rows of a query, which counts no farther than these."""

    def __init__(self, rows: QuerySet[Any] | Searched | Sequence[Any], per_page: int, most: int) -> None:
        """Page through so many rows at most."""
        super().__init__(rows, per_page)  # type: ignore[arg-type]  # what is searched is not gone through
        self.most = most

    @cached_property
    def reached(self) -> int:
        """How many rows there are, or one more than are counted."""
        return reached(self.object_list, self.most + 1)  # type: ignore[arg-type]  # what it was made with

    @cached_property
    def count(self) -> int:
        """How many rows are paged through."""
        return min(self.reached, self.most)

    @property
    def more(self) -> bool:
        """Whether there are more."""
        return self.reached > self.most


def reached(rows: QuerySet[Any] | Searched | Sequence[Any], most: int) -> int:
    """How many rows there are, counted no farther than `most`."""
    if isinstance(rows, Searched):
        return rows.reached(most)
    return rows.order_by()[:most].count() if isinstance(rows, QuerySet) else min(len(rows), most)


def ordered(
    rows: QuerySet[Any] | Sequence[Any], sort: str, order: Callable[[Any], object] | None = None
) -> QuerySet[Any] | Sequence[Any]:
    """Rows by a field, `-` before it for the largest first; unknown values last; ties in a fixed order.

    Args:
        order: takes the value from a row of a list, if not the field.
    """
    name = sort.removeprefix("-")
    if isinstance(rows, QuerySet):
        if not name:
            return rows if rows.ordered else rows.order_by("pk")
        field, last = F(name), True if may_be_unknown(rows, name) else None
        way = field.desc(nulls_last=last) if sort.startswith("-") else field.asc(nulls_last=last)
        # In a grouped query the key would split the groups.
        ties = () if isinstance(rows.query.group_by, tuple) else ("pk",)
        return rows.order_by(way, *ties)
    if not name:
        return rows
    keyed = [(order(row) if order else part(row, name), row) for row in rows]
    known = [pair for pair in keyed if pair[0] is not None]
    known.sort(key=cast("Callable[[tuple[object, object]], Any]", itemgetter(0)), reverse=sort.startswith("-"))
    return [row for _, row in known] + [row for value, row in keyed if value is None]


def may_be_unknown(rows: QuerySet[Any], name: str) -> bool:
    """Whether a value may be missing; where none can, a database reads the order off an ordinary index."""
    field = {one.name: one for one in rows.model._meta.concrete_fields}.get(name)
    return field is None or field.null or name in rows.query.annotations
