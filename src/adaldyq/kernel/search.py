"""The public search: what everybody may find, put in by the acts that make it public, in their transaction.

A room calls `put` within an act for what the act opened, and `take_out` for what it closed; the portal asks by
`find`. Nothing that is not public may be put in, for the search asks nobody who they are.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.db import connection
from django.utils.translation import get_language

from adaldyq.base.name_keys import kept_keys
from adaldyq.base.search import asked, forms, likeness, tokens, trigrams, words
from adaldyq.kernel import search_sql as sql
from adaldyq.kernel.compiled import Compiled
from adaldyq.kernel.inserting import insert_over
from adaldyq.kernel.models import SearchEntry, SearchWord

BATCH = 500
LONGEST_WORD = 100
SHORTEST_BEGINNING = 3
CANDIDATES = 40
PARTS = re.compile(r"[\w’'-]+")
KNOWN = Compiled(lambda some: SearchWord.objects.filter(word__any_of=some).values_list("word", flat=True), list)
ALIKE = 0.75
"""The least likeness of a word of the index to one that was mistyped."""


@dataclass(frozen=True, slots=True)
class Findable:
    """A public thing.

    Attributes:
        kind: what it is; the portal knows its page by it.
        key: its public id.
        names: what it is called, by language.
        notes: a line that tells it from its namesakes, by language.
        words: other texts by which it is found, such as former names.
        called: names of a person, who is found by every spelling of them that `base.name_keys` knows.
    """

    kind: str
    key: str
    names: Mapping[str, str]
    notes: Mapping[str, str] = field(default_factory=dict)
    words: Sequence[str] = ()
    called: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found.

    Attributes:
        entries: one page of them, the best first.
        counts: how many there are, by kind.
        read_as: the words that were looked for instead of those typed, when nothing was found by these; as names
            of what was found have them.
    """

    entries: list[SearchEntry]
    counts: Mapping[str, int]
    read_as: str = ""


def put(things: Iterable[Findable]) -> None:
    """Make public things findable; what is there already is written anew. Part of the caller's transaction."""
    rows = [
        SearchEntry(
            kind=one.kind,
            key=one.key,
            names=dict(one.names),
            notes=dict(one.notes),
            name_forms=tokens(one.names.values()),
            other_forms=" ".join([tokens([*one.notes.values(), *one.words]), *kept_keys(one.called)]).strip(),
        )
        for one in things
    ]
    for start in range(0, len(rows), BATCH):
        insert_over(rows[start : start + BATCH], ["kind", "key"], ["names", "notes", "name_forms", "other_forms"])
    learn({word for row in rows for word in whole_words(row.names.values())})


def whole_words(names: Iterable[str]) -> set[str]:
    """The words of names, folded and not stemmed."""
    found = (forms(word) for name in names for word in words(name))
    return {given[0] for given in found if given and len(given[0]) <= LONGEST_WORD}


def learn(new_words: set[str]) -> None:
    """Remember words, so that one of them is found when it is mistyped."""
    listed = sorted(new_words)
    for start in range(0, len(listed), BATCH):
        some = listed[start : start + BATCH]
        known = set(KNOWN(some))
        new = [SearchWord(word=word, trigrams=" ".join(trigrams(word))) for word in some if word not in known]
        insert_over(new, ["word"], [])


def take_out(kind: str, keys: Collection[str]) -> None:
    """Make things findable no longer, and forget words that only they had."""
    listed = sorted(keys)
    for start in range(0, len(listed), BATCH):
        rows = SearchEntry.objects.filter(kind=kind, key__in=listed[start : start + BATCH])
        theirs = {word for names in rows.values_list("names", flat=True) for word in whole_words(names.values())}
        rows.delete()
        unused = [word for word in theirs if not count([[word]], beginnings=False)]
        SearchWord.objects.filter(word__in=unused).delete()


def rewrite() -> None:
    """Write the indexes of SQLite anew, which otherwise keep words that were taken out for a while."""
    with connection.cursor() as cursor:
        for indexed in (sql.ENTRIES, sql.WORDS):
            cursor.execute(sql.sqlite_rewritten(indexed))


def find(text: str, *, kind: str = "", first: int = 0, most: int = 20) -> Found:
    """What has every word of a text, in any of its forms; the last word may be a beginning.

    When nothing has, each word that is in no entry is read as the word of the index most like it.

    Args:
        text: as it was typed.
        kind: what alone is wanted; empty for everything.
        first: how many to leave out, for the pages after the first.
        most: entries of a page.
    """
    wanted = asked(text)
    if not wanted:
        return Found([], {})
    counts, read_as = count(wanted), ""
    if not counts and (read := reread(wanted)) != wanted:
        wanted, counts = read, count(read)
        read_as = " ".join(group[0] for group in read) if counts else ""
    keys = ranked(wanted, kind, first, most) if counts else []
    rows = SearchEntry.objects.in_bulk(keys)
    entries = [rows[key] for key in keys if key in rows]
    return Found(entries, counts, as_written(read_as, entries))


def as_written(folded: str, entries: Sequence[SearchEntry]) -> str:
    """Folded words as they stand in the names of what was found, those of the reader's language first."""
    written: dict[str, str] = {}
    for entry in entries if folded else ():
        language = get_language()
        for _tag, name in sorted(entry.names.items(), key=lambda pair: pair[0] != language):
            for one in PARTS.findall(name):
                for whole in whole_words([one]):
                    written.setdefault(whole, one)
    return " ".join(written.get(word, word) for word in folded.split())


def reread(wanted: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Words with those that no entry has replaced by the ones most like them."""
    return [group if count([group]) else tuple(nearest(group[0]) or group) for group in wanted]


def nearest(word: str) -> list[str]:
    """The word of the index most like another; none when none is like it."""
    groups = [[three] for three in trigrams(word)]
    keys = rows_of(statement(sql.WORDS, ""), query(groups, beginnings=False, every=False), CANDIDATES, 0)
    candidates = SearchWord.objects.filter(id__in=keys).values_list("word", flat=True)
    best = max(candidates, key=lambda one: (likeness(one, word), one), default="")
    return [best] if best and likeness(best, word) >= ALIKE else []


def beginning(wanted: Sequence[Sequence[str]]) -> bool:
    """Whether the last word is long enough to be looked for as a beginning."""
    return len(wanted[-1][0]) >= SHORTEST_BEGINNING


def query(wanted: Sequence[Sequence[str]], *, beginnings: bool, every: bool = True) -> str:
    """What is wanted, in the language of the database."""
    write = sql.postgresql_query if connection.vendor == "postgresql" else sql.sqlite_query
    return write(wanted, beginnings=beginnings, every=every)


def statement(indexed: sql.Indexed, narrowed: str) -> str:
    """The statement that ranks, in the language of the database."""
    ranked_by = sql.POSTGRESQL_RANKED if connection.vendor == "postgresql" else sql.SQLITE_RANKED
    return ranked_by.format(table=indexed.table, fts=indexed.fts, narrowed=narrowed)


def ranked(wanted: Sequence[Sequence[str]], kind: str, first: int, most: int) -> list[int]:
    """Ids of the entries of a page, the best first."""
    narrowed = "AND e.kind = %s" if kind else ""
    given = query(wanted, beginnings=beginning(wanted))
    return rows_of(statement(sql.ENTRIES, narrowed), given, *([kind] if kind else []), most, first)


def rows_of(ranking: str, *given: str | int) -> list[int]:
    """Ids that a ranking gives."""
    with connection.cursor() as cursor:
        cursor.execute(ranking, given)
        return [key for (key,) in cursor.fetchall()]


def count(wanted: Sequence[Sequence[str]], *, beginnings: bool | None = None) -> dict[str, int]:
    """How many entries of each kind there are."""
    counted = sql.POSTGRESQL_COUNTED if connection.vendor == "postgresql" else sql.SQLITE_COUNTED
    given = query(wanted, beginnings=beginning(wanted) if beginnings is None else beginnings)
    with connection.cursor() as cursor:
        cursor.execute(counted.format(table=sql.ENTRIES.table, fts=sql.ENTRIES.fts), [given])
        return dict(cursor.fetchall())
