"""The register of licences, searched: how many match, and which of them stand on a page, without gathering all that match.

Few that match are gathered by an index and put in order. Of many, the licences are gone through in their order until the page is
full. Where that leads too far, since those that match stand together far behind, they are gathered after all.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from math import isqrt

from django.db import connection
from django.db.models import QuerySet

from adaldyq.kernel import search_sql as sql
from adaldyq.measures.permits.models import PermitLicence
from adaldyq.measures.permits.queries.finding_sql import FTS, KEY, TABLE, Statement, Wanted, Words, begins, listed

FEW: Mapping[str, int] = {"postgresql": 500, "sqlite": 5_000}
"""So many are put in order without further ado. The index of SQLite tells their numbers without reading them."""

SORTS = {"number": "", "holder_name": "", "issued_date": "", "valid_until": " NULLS LAST"}
"""Columns to sort by, and where those stand that say nothing."""

SQLITE_ALL = f"{TABLE}.{KEY} IN (SELECT rowid FROM {FTS} WHERE {FTS} MATCH %s)"  # noqa: S608  # our names
POSTGRESQL_ALL = "forms @@ to_tsquery('simple', %s)"


def with_words(among: QuerySet[PermitLicence], words: Words) -> QuerySet[PermitLicence]:
    """All licences that have a form of each word."""
    if not words:
        return among
    on_postgresql = connection.vendor == "postgresql"
    write = sql.postgresql_query if on_postgresql else sql.sqlite_query
    given = write(words, beginnings=begins(words), every=True)
    has = POSTGRESQL_ALL if on_postgresql else SQLITE_ALL
    return among.extra(where=[has], params=[given])  # noqa: S610  # constants of ours; what was asked is a parameter


@dataclass(frozen=True)
class Search:
    """Licences that are looked for, counted and put in order no farther than a page needs.

    Attributes:
        wanted: what they must have.
        sort: column of `SORTS`, `-` before it for the largest first.
        known: serial numbers of some, by how many were looked for; of all where there are fewer.
    """

    wanted: Wanted
    sort: str = "number"
    known: dict[int, list[int]] = field(default_factory=dict)

    def by(self, sort: str) -> Search:
        """The same in another order."""
        return replace(self, sort=sort or self.sort)

    def reached(self, most: int) -> int:
        """How many there are, counted no farther than `most`."""
        return min(most, len(self.some(most)))

    def some(self, most: int) -> list[int]:
        """Serial numbers of so many or more; of all where there are fewer."""
        for bound, found in self.known.items():
            if most <= bound or len(found) < bound:
                return found
        bound = max(most, FEW[connection.vendor] + 1)
        self.known[bound] = self.wanted.some(bound)
        return self.known[bound]

    def __getitem__(self, part: slice) -> list[PermitLicence]:
        """A part of them, in their order."""
        first, last = part.start or 0, part.stop
        few = FEW[connection.vendor]
        some = self.some(few + 1)
        if len(some) <= few:
            keys = self.ids(listed(some), first, last)
        else:
            keys = self.passed(first, last) or self.ids(self.wanted.gathered(self.column), first, last)
        found = PermitLicence.objects.select_related("entry", "body", "origin").defer("words").in_bulk(keys)
        return [found[key] for key in keys if key in found]

    @property
    def column(self) -> str:
        """The column that is sorted by."""
        return self.sort.removeprefix("-")

    @property
    def way(self) -> str:
        """The same with its direction."""
        return f"{self.column} {'DESC' if self.sort.startswith('-') else 'ASC'}{SORTS[self.column]}"

    def ids(self, of: Statement, first: int, last: int) -> list[str]:
        """Ids of a part of what a statement gives."""
        order = self.way if self.column == "number" else f"{self.way}, id"  # a number stands once
        return [key for (key,) in of.rows(f"ORDER BY {order} LIMIT %s OFFSET %s", last - first, first)]

    def passed(self, first: int, last: int) -> list[str]:
        """Ids of a part, found by going through the licences in their order; none where it is not full within reach.

        Of m that match among n, `last` are found within last × n / m, and all are gathered in m steps: at the square root of
        last × n both take as long.
        """
        has = self.wanted.on_row()
        if (narrowed := self.wanted.in_order(self.column)) is not None:
            return self.ids(narrowed, first, last)
        [(serials,)] = Statement(f"SELECT max({KEY}) FROM {TABLE}").rows()  # noqa: S608  # our names
        reach = 2 * isqrt(last * serials) if has.text else last - 1
        edges = Statement(f"SELECT {self.column} FROM {TABLE} ORDER BY {self.way}").rows("LIMIT 1 OFFSET %s", reach)  # noqa: S608  # our names
        if not edges or edges[0][0] is None or self.wanted.is_scarce(reach // 2):
            return []
        within = f"{self.column} {'>=' if self.sort.startswith('-') else '<='} %s"
        where = f"{within} AND {has.text}" if has.text else within
        found = self.ids(Statement(f"SELECT id FROM {TABLE} WHERE {where}", [edges[0][0], *has.given]), first, last)  # noqa: S608  # our names
        return found if len(found) == last - first else []
