"""Words in the register of licences, looked up in an index, however many licences there are and however many match.

Few licences that match are gathered by the index and then put in order. Of a word that very many have, as the name of a legal form,
the licences are gone through in their order instead, until a page is full.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db import connection
from django.db.models import QuerySet

from adaldyq.base.search import SHORTEST_PREFIX
from adaldyq.kernel import search_sql as sql
from adaldyq.measures.permits.models import PermitLicence
from adaldyq.measures.permits.models.licences import INDEXED

MANY: Mapping[str, int] = {"postgresql": 5_000, "sqlite": 10_000_000}
"""From how many on licences are gone through in order. SQLite gathers the beginnings of words anew for each licence that it goes
through, which takes longer than gathering all licences once."""

TABLE, FTS, KEY = INDEXED.table, INDEXED.fts, INDEXED.key
SQLITE_COUNTED = f"SELECT count(*) FROM (SELECT 1 FROM {FTS} WHERE {FTS} MATCH %s LIMIT %s)"  # noqa: S608  # our names
SQLITE_FEW = f"{TABLE}.{KEY} IN (SELECT rowid FROM {FTS} WHERE {FTS} MATCH %s)"  # noqa: S608  # the same
SQLITE_MANY = f"EXISTS (SELECT 1 FROM {FTS} WHERE {FTS} MATCH %s AND {FTS}.rowid = {TABLE}.{KEY})"  # noqa: S608  # the same
POSTGRESQL_HAS = "forms @@ to_tsquery('simple', %s)"
POSTGRESQL_COUNTED = f"SELECT count(*) FROM (SELECT 1 FROM {TABLE} WHERE {POSTGRESQL_HAS} LIMIT %s) counted"  # noqa: S608  # the same
POSTGRESQL_FEW = f"{TABLE}.{KEY} = ANY(ARRAY(SELECT {KEY} FROM {TABLE} WHERE {POSTGRESQL_HAS}))"  # noqa: S608  # the same
POSTGRESQL_MANY = f"{TABLE}.{POSTGRESQL_HAS}"


def with_words(
    among: QuerySet[PermitLicence], asked: Sequence[Sequence[str]], *, whole: bool
) -> QuerySet[PermitLicence]:
    """Those licences that have a form of each word; the last word may be a beginning.

    Args:
        asked: forms of each word, as `base.search.asked` gives them.
        whole: whether all that match are wanted, and not the first of them in some order.
    """
    if not asked:
        return among
    on_postgresql = connection.vendor == "postgresql"
    write = sql.postgresql_query if on_postgresql else sql.sqlite_query
    given = write(asked, beginnings=len(asked[-1][0]) >= SHORTEST_PREFIX, every=True)
    if not whole and are_many(given):
        has = POSTGRESQL_MANY if on_postgresql else SQLITE_MANY
    else:
        has = POSTGRESQL_FEW if on_postgresql else SQLITE_FEW
    return among.extra(where=[has], params=[given])  # noqa: S610  # constants of ours; what was asked is a parameter


def are_many(given: str) -> bool:
    """Whether so many licences match that gathering them all would take long."""
    most = MANY[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(POSTGRESQL_COUNTED if connection.vendor == "postgresql" else SQLITE_COUNTED, [given, most])
        [(found,)] = cursor.fetchall()
    return bool(found == most)
