"""Queries that are asked on every page and in every act under load, made into SQL once.

Django makes the text of a query anew each time, which takes several times as long as the database takes to look
something up by its key. What is compiled here is an ordinary query of Django, written with names where values will
stand; PostgreSQL keeps its plan.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connection, transaction
from django.db.models import Model, QuerySet
from django.db.models.query import FlatValuesListIterable, ModelIterable, get_related_populators
from django.db.models.sql import DeleteQuery, UpdateQuery

from adaldyq.kernel.any_of import as_one
from adaldyq.kernel.prepared import as_first, prepared_cursor, vendor

Found = TypeVar("Found")

SAMPLES: Mapping[type, Callable[[int], object]] = {
    str: lambda place: f"\x01{place}\x01",
    list: lambda place: [f"\x01{place}\x01"],
    date: lambda place: date(1001, 1, 1 + place),
    datetime: lambda place: datetime(1001, 2, 1 + place, tzinfo=UTC),
    int: lambda place: 31_001 + place,
}
"""What stands for a value while a query is compiled, by its type and place; nobody ever asks for it."""


@dataclass(frozen=True)
class Statement:
    """SQL, its values, and where among them those stand that are given with each question."""

    sql: str
    values: Sequence[Any]
    places: Sequence[tuple[int, int]]
    compiler: Any

    def with_values(self, given: Sequence[object]) -> list[Any]:
        """The values of one question."""
        found = list(self.values)
        for place, which in self.places:
            value = given[which]
            found[place] = type(self.values[place])(value) if isinstance(value, int) else adapted(value)
        return found


def adapted(value: object) -> object:
    """A value as the database's driver takes it."""
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return as_one(value, vendor())
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return connection.ops.adapt_datefield_value(value) if isinstance(value, date) else value


def statement_of(compiler: Any, samples: Sequence[object]) -> Statement:
    """What a compiler makes of a query that was written with samples.

    Raises:
        ValueError: a sample stands nowhere, so that its value would be ignored.
    """
    sql, values = compiler.as_sql()
    known = {told(adapted(one)): place for place, one in enumerate(samples)}
    places = [(place, known[told(one)]) for place, one in enumerate(values) if told(one) in known]
    if {which for _place, which in places} != set(range(len(samples))):
        raise ValueError(f"not every value stands in {sql}")
    return Statement(sql, values, places, compiler)


def told(value: object) -> str:
    """What tells a sample from the others; a whole number whatever width Django gives it for its column."""
    return str(int(value)) if isinstance(value, int) else repr(value)


def cursor_for(kinds: Sequence[type]) -> Any:
    """A cursor for statements with such values.

    How many rows a list finds depends on the list, and on how large the table has grown: its plan is made each time.
    """
    return connection.cursor() if list in kinds else prepared_cursor()


def rows_of(kinds: Sequence[type], sql: str, values: Sequence[object]) -> list[Sequence[Any]]:
    """All rows that a statement finds."""
    with cursor_for(kinds) as cursor:
        cursor.execute(sql, values)
        found: list[Sequence[Any]] = cursor.fetchall()
    return found


class Compiled(Generic[Found]):
    """A query that is asked again and again, each time with other values."""

    def __init__(self, make: Callable[..., QuerySet[Any, Found]], *kinds: type) -> None:
        """Remember how the query is written.

        Args:
            make: writes it with its values; a list of texts stands in a condition `any_of`.
            kinds: of the values: `str`, `int`, `date`, `datetime` or `list`.
        """
        self.make, self.kinds = make, kinds
        self.kept: dict[str, tuple[Reader, Statement]] = {}

    def __call__(self, *given: object) -> list[Found]:
        """What the query finds with these values."""
        reader, statement = self.compiled()
        return list(reader.read(as_first(partial(rows_of, self.kinds, statement.sql, statement.with_values(given)))))

    def first(self, *given: object) -> Found | None:
        """The first that is found; none when there is none."""
        return next(iter(self(*given)), None)

    def compiled(self) -> tuple[Reader, Statement]:
        """The query for the kind of database that is asked, and what reads its rows."""
        kept = self.kept.get(vendor())
        if kept is None:
            samples = [SAMPLES[kind](place) for place, kind in enumerate(self.kinds)]
            queryset = self.make(*samples)
            statement = statement_of(queryset.query.get_compiler(DEFAULT_DB_ALIAS), samples)
            kept = self.kept[vendor()] = reader_of(queryset, statement.compiler), statement
        return kept


@dataclass(frozen=True)
class Reader:
    """Makes of rows what a query hands out.

    Attributes:
        converters: what makes a column's value of what the driver gives, by its place, with the column.
        flat: whether the query hands out values of one column.
        model: of the records that it hands out; none when it hands out values.
        names: of the model's columns.
        first: where they begin in a row.
        beside: what makes the records that the query selects beside them.
    """

    converters: Sequence[tuple[int, Sequence[Callable[..., Any]], Any]]
    flat: bool = False
    model: type[Model] | None = None
    names: Sequence[str] = ()
    first: int = 0
    beside: Sequence[Any] = ()

    def read(self, rows: Iterable[Sequence[Any]]) -> Iterator[Any]:
        """What the query hands out."""
        for given in rows:
            row = self.converted(given) if self.converters else given
            if self.model is None:
                yield row[0] if self.flat else tuple(row)
                continue
            record = self.model.from_db(DEFAULT_DB_ALIAS, self.names, row[self.first : self.first + len(self.names)])
            for one in self.beside:
                one.populate(row, record)
            yield record

    def converted(self, given: Sequence[Any]) -> Sequence[Any]:
        """A row with the values of its columns."""
        row = list(given)
        for place, steps, column in self.converters:
            for step in steps:
                row[place] = step(row[place], column, connection)
        return row


def reader_of(queryset: QuerySet[Any, Any], compiler: Any) -> Reader:
    """What reads the rows of a query that was compiled."""
    selected = [one[0] for one in compiler.select[: compiler.col_count]]
    found = compiler.get_converters(selected).items()
    converters = [(place, steps, column) for place, (steps, column) in found]
    kind: Any = queryset._iterable_class  # noqa: SLF001  # says what a query hands out
    if kind is not ModelIterable:
        return Reader(converters, flat=kind is FlatValuesListIterable)
    about = compiler.klass_info
    first, last = about["select_fields"][0], about["select_fields"][-1] + 1
    names = [one.target.attname for one in selected[first:last]]
    beside = get_related_populators(about, compiler.select, DEFAULT_DB_ALIAS)  # type: ignore[call-arg]  # the stubs are of a later Django
    return Reader(converters, model=about["model"], names=names, first=first, beside=beside)


class CompiledUpdate:
    """An update or a removal that is made again and again, each time with other values."""

    def __init__(self, make: Callable[..., tuple[QuerySet[Any], Mapping[str, object] | None]], *kinds: type) -> None:
        """Remember how it is written.

        Args:
            make: gives what is updated and with what; without that, it is removed, and no row may point to it.
            kinds: as of `Compiled`.
        """
        self.make, self.kinds = make, kinds
        self.kept: dict[str, Statement] = {}

    def __call__(self, *given: object) -> int:
        """Do it, and return how many rows it were."""
        statement = self.compiled()
        with transaction.mark_for_rollback_on_error(DEFAULT_DB_ALIAS), cursor_for(self.kinds) as cursor:
            cursor.execute(statement.sql, statement.with_values(given))
            return int(cursor.rowcount)

    def compiled(self) -> Statement:
        """The statement for the kind of database that is written."""
        kept = self.kept.get(vendor())
        if kept is None:
            samples = [SAMPLES[kind](place) for place, kind in enumerate(self.kinds)]
            rows, changes = self.make(*samples)
            query: Any = rows.query.chain(DeleteQuery if changes is None else UpdateQuery)
            if changes is not None:
                query.add_update_values(changes)
                query.clear_select_clause()
            kept = statement_of(query.get_compiler(DEFAULT_DB_ALIAS), samples)
            self.kept[vendor()] = kept
        return kept
