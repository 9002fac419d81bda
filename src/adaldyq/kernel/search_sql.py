"""The full-text indexes of the search in each database: how they are made, and how they are asked.

The forms in them are made by `base.search`; the databases neither stem nor fold anything.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Indexed:
    """A table with a full-text index.

    Attributes:
        table: that is indexed.
        columns: of forms, the weightiest first.
        key: the column of whole numbers by which a row is known.
        marks: columns of letters and figures by which a search is narrowed; SQLite, which uses one index at a time, finds them in
            this one.
    """

    table: str
    columns: tuple[str, ...]
    key: str = "id"
    marks: tuple[str, ...] = ()

    @property
    def fts(self) -> str:
        """The table of the index, on SQLite."""
        return f"{self.table}_fts"


ENTRIES = Indexed("kernel_searchentry", ("name_forms", "other_forms"))
WORDS = Indexed("kernel_searchword", ("trigrams",))
WEIGHTS = "AB"


def sqlite_made(indexed: Indexed) -> list[str]:
    """Statements that make the index on SQLite: an FTS5 table over the columns, and triggers that keep it up."""
    table, fts, key, columns = indexed.table, indexed.fts, indexed.key, ", ".join(indexed.columns)
    new, old = (", ".join(f"{row}.{name}" for name in indexed.columns) for row in ("new", "old"))
    put = f"INSERT INTO {fts}(rowid, {columns}) VALUES (new.{key}, {new});"  # noqa: S608  # names from below
    take = f"INSERT INTO {fts}({fts}, rowid, {columns}) VALUES ('delete', old.{key}, {old});"  # noqa: S608  # the same
    return [
        f"CREATE VIRTUAL TABLE {fts} USING fts5({columns}, content='{table}', content_rowid='{key}', tokenize='ascii')",
        f"CREATE TRIGGER {fts}_put AFTER INSERT ON {table} BEGIN {put} END",
        f"CREATE TRIGGER {fts}_take AFTER DELETE ON {table} BEGIN {take} END",
        f"CREATE TRIGGER {fts}_change AFTER UPDATE ON {table} BEGIN {take} {put} END",
        f"INSERT INTO {fts}({fts}) VALUES ('rebuild')",  # noqa: S608  # the same
    ]


def sqlite_marked(indexed: Indexed) -> list[str]:
    """The same for an index that has marks, too: nothing but which row has what, so that rows are neither ranked nor read from it."""
    table, fts, key = indexed.table, indexed.fts, indexed.key
    new, old, row = (said(indexed, source) for source in ("new", "old", table))
    put = f"INSERT INTO {fts}(rowid, said) VALUES (new.{key}, {new});"  # noqa: S608  # names from below
    take = f"INSERT INTO {fts}({fts}, rowid, said) VALUES ('delete', old.{key}, {old});"  # noqa: S608  # the same
    changed = ", ".join((key, *indexed.columns, *indexed.marks))
    return [
        f"CREATE VIRTUAL TABLE {fts} USING fts5(said, content='', columnsize=0, detail=none, tokenize='ascii')",
        f"CREATE TRIGGER {fts}_put AFTER INSERT ON {table} BEGIN {put} END",
        f"CREATE TRIGGER {fts}_take AFTER DELETE ON {table} BEGIN {take} END",
        f"CREATE TRIGGER {fts}_change AFTER UPDATE OF {changed} ON {table} BEGIN {take} {put} END",
        f"INSERT INTO {fts}(rowid, said) SELECT {key}, {row} FROM {table}",  # noqa: S608  # the same
    ]


def said(indexed: Indexed, source: str) -> str:
    """What the index has of a row: its forms, and its marks as words."""
    marks = (f"'{mark(place, '')}' || {source}.{name}" for place, name in enumerate(indexed.marks))
    return " || ' ' || ".join((*(f"{source}.{name}" for name in indexed.columns), *marks))


def mark(place: int, value: str) -> str:
    """A value of a mark as a word, which is none of a text: those are of letters and figures."""
    return f"§{place}{value}"


def sqlite_unmade(indexed: Indexed) -> list[str]:
    """Statements that take the index away on SQLite."""
    triggers = [f"DROP TRIGGER IF EXISTS {indexed.fts}_{name}" for name in ("put", "take", "change")]
    return [*triggers, f"DROP TABLE IF EXISTS {indexed.fts}"]


def sqlite_rewritten(indexed: Indexed) -> str:
    """The statement that writes the index on SQLite anew, without what was taken out."""
    return f"INSERT INTO {indexed.fts}({indexed.fts}) VALUES ('optimize')"  # noqa: S608  # names from above


def postgresql_made(indexed: Indexed) -> list[str]:
    """Statements that make the index on PostgreSQL: a generated `tsvector` and a GIN index on it."""
    parts = [
        f"setweight(to_tsvector('simple', {name}), '{weight}')"
        for name, weight in zip(indexed.columns, WEIGHTS, strict=False)
    ]
    vector = " || ".join(parts)
    return [
        f"ALTER TABLE {indexed.table} ADD COLUMN forms tsvector GENERATED ALWAYS AS ({vector}) STORED",
        f"CREATE INDEX {indexed.table}_forms ON {indexed.table} USING gin (forms)",
    ]


def postgresql_unmade(indexed: Indexed) -> list[str]:
    """Statements that take the index away on PostgreSQL."""
    return [f"ALTER TABLE {indexed.table} DROP COLUMN forms"]


def sqlite_query(asked: Sequence[Sequence[str]], *, beginnings: bool, every: bool) -> str:
    """A query of FTS5: one form of each word, or of any word; the last word may be a beginning."""
    groups = []
    for place, group in enumerate(asked):
        forms = [f'"{form}"' for form in group]
        if beginnings and place == len(asked) - 1:
            forms[0] += "*"
        groups.append(f"({' OR '.join(forms)})")
    return (" AND " if every else " OR ").join(groups)


def postgresql_query(asked: Sequence[Sequence[str]], *, beginnings: bool, every: bool) -> str:
    """The same as a `tsquery`."""
    groups = []
    for place, group in enumerate(asked):
        forms = [f"'{form}'" for form in group]
        if beginnings and place == len(asked) - 1:
            forms[0] += ":*"
        groups.append(f"({' | '.join(forms)})")
    return (" & " if every else " | ").join(groups)


SQLITE_RANKED = """
SELECT e.id FROM {fts} JOIN {table} e ON e.id = {fts}.rowid
WHERE {fts} MATCH %s {narrowed} ORDER BY bm25({fts}, 10.0, 1.0), e.id LIMIT %s OFFSET %s
"""
SQLITE_COUNTED = """
SELECT e.kind, count(*) FROM {fts} JOIN {table} e ON e.id = {fts}.rowid WHERE {fts} MATCH %s GROUP BY e.kind
"""
POSTGRESQL_RANKED = """
SELECT e.id FROM {table} e, to_tsquery('simple', %s) asked
WHERE e.forms @@ asked {narrowed} ORDER BY ts_rank(e.forms, asked) DESC, e.id LIMIT %s OFFSET %s
"""
POSTGRESQL_COUNTED = """
SELECT e.kind, count(*) FROM {table} e WHERE e.forms @@ to_tsquery('simple', %s) GROUP BY e.kind
"""
