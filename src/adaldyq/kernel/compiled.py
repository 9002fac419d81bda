"""Queries that are asked on every page and in every act under load, made into SQL once.

Django makes the text of a query anew each time, which takes several times as long as the database takes to look
something up by its key. What is compiled here is an ordinary query of Django, written with names where values will
stand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Generic, TypeVar

from django.db import connection, transaction
from django.db.models import QuerySet
from django.db.models.query import ModelIterable, get_related_populators
from django.db.models.sql import DeleteQuery, UpdateQuery

Found = TypeVar("Found")

SAMPLES: Mapping[type, Callable[[int], object]] = {
    str: lambda place: f"\x01{place}\x01",
    date: lambda place: date(1001, 1, 1 + place),
    datetime: lambda place: datetime(1001, 2, 1 + place, tzinfo=UTC),
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
            found[place] = adapted(given[which])
        return found


def adapted(value: object) -> object:
    """A value as the database's driver takes it."""
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return connection.ops.adapt_datefield_value(value) if isinstance(value, date) else value


def statement_of(compiler: Any, samples: Sequence[object]) -> Statement:
    """What a compiler makes of a query that was written with samples.

    Raises:
        ValueError: a sample stands nowhere, so that its value would be ignored.
    """
    sql, values = compiler.as_sql()
    known = {adapted(one): place for place, one in enumerate(samples)}
    places = [(place, known[one]) for place, one in enumerate(values) if isinstance(one, str | date) and one in known]
    if {which for _place, which in places} != set(range(len(samples))):
        raise ValueError(f"not every value stands in {sql}")
    return Statement(sql, values, places, compiler)


class Compiled(Generic[Found]):
    """A query that is asked again and again, each time with other values."""

    def __init__(self, make: Callable[..., QuerySet[Any, Found]], *kinds: type) -> None:
        """Remember how the query is written.

        Args:
            make: writes it with its values; of a list of values there must always be as many.
            kinds: of the values: `str`, `date` or `datetime`.
        """
        self.make, self.kinds = make, kinds
        self.kept: dict[str, tuple[QuerySet[Any, Found], Statement]] = {}

    def __call__(self, *given: object) -> list[Found]:
        """What the query finds with these values."""
        queryset, statement = self.compiled()
        with connection.cursor() as cursor:
            cursor.execute(statement.sql, statement.with_values(given))
            rows = cursor.fetchall()
        return list(read(queryset, statement.compiler, rows))

    def first(self, *given: object) -> Found | None:
        """The first that is found; none when there is none."""
        return next(iter(self(*given)), None)

    def compiled(self) -> tuple[QuerySet[Any, Found], Statement]:
        """The query for the kind of database that is asked."""
        kept = self.kept.get(connection.vendor)
        if kept is None:
            samples = [SAMPLES[kind](place) for place, kind in enumerate(self.kinds)]
            queryset = self.make(*samples)
            kept = queryset, statement_of(queryset.query.get_compiler(connection.alias), samples)
            self.kept[connection.vendor] = kept
        return kept


def read(queryset: QuerySet[Any, Found], compiler: Any, rows: list[Any]) -> Iterator[Any]:
    """Rows as the query hands them out: records, tuples, or values of one column."""
    if queryset._iterable_class is ModelIterable:  # noqa: SLF001  # says what a query hands out
        yield from records(compiler, rows)
        return
    tuples = compiler.results_iter([rows], tuple_expected=True)
    flat = queryset._fields is not None and queryset._iterable_class.__name__ == "FlatValuesListIterable"  # type: ignore[attr-defined]  # noqa: SLF001  # as above
    yield from (one[0] for one in tuples) if flat else tuples


def records(compiler: Any, rows: list[Any]) -> Iterator[Any]:
    """Rows as records, with those that the query selects beside them."""
    about = compiler.klass_info
    model, places = about["model"], about["select_fields"]
    first, last = places[0], places[-1] + 1
    names = [one[0].target.attname for one in compiler.select[first:last]]
    beside = get_related_populators(about, compiler.select, connection.alias)  # type: ignore[call-arg]  # the stubs are of a later Django
    for row in compiler.results_iter([rows]):
        record = model.from_db(connection.alias, names, row[first:last])
        for one in beside:
            one.populate(row, record)
        yield record


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
        with transaction.mark_for_rollback_on_error(connection.alias), connection.cursor() as cursor:
            cursor.execute(statement.sql, statement.with_values(given))
            return int(cursor.rowcount)

    def compiled(self) -> Statement:
        """The statement for the kind of database that is written."""
        kept = self.kept.get(connection.vendor)
        if kept is None:
            samples = [SAMPLES[kind](place) for place, kind in enumerate(self.kinds)]
            rows, changes = self.make(*samples)
            query: Any = rows.query.chain(DeleteQuery if changes is None else UpdateQuery)
            if changes is not None:
                query.add_update_values(changes)
                query.clear_select_clause()
            kept = statement_of(query.get_compiler(connection.alias), samples)
            self.kept[connection.vendor] = kept
        return kept
