"""The sample country: `Country(seed, people)` yields its tables, one chunk of people after another.

A whole chunk has ten thousand people and is the same whatever the total; the last one has the rest.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import pyarrow as pa

from adaldyq.base.errors import DomainError
from adaldyq.countries.loader import load
from adaldyq.demo.belongings import CURRENCIES, KZT
from adaldyq.demo.beside import tables_beside
from adaldyq.demo.chance import stream
from adaldyq.demo.chunk import Chunk, make_chunk
from adaldyq.demo.columns import NONE, Bools, Ids, coded, dates, flags, instants, same, whole
from adaldyq.demo.duties import (
    FORMS,
    REASONS,
    WAS_MISSING,
    brought_in,
    declarations_of,
    file_all,
    local_day,
    obligations_of,
)
from adaldyq.demo.identifiers import MOST_CHUNKS, PACK
from adaldyq.demo.lists import POSTS
from adaldyq.demo.names import NameLists
from adaldyq.demo.nation import Nation
from adaldyq.demo.next_year import with_next_year
from adaldyq.demo.plots import planting
from adaldyq.demo.registers import COUNTRY, ids, register_tables
from adaldyq.demo.reported import of_lenders
from adaldyq.demo.rows import Rows
from adaldyq.demo.sections import person_names, section_tables
from adaldyq.demo.truth import Truth

PEOPLE_IN_CHUNK = 10_000
MOST_PEOPLE = MOST_CHUNKS * PEOPLE_IN_CHUNK
LARGEST_SEED = 1 << 63


@dataclass(frozen=True)
class Part:
    """A part of the country: its published tables, parents before what points to them, and what is true of it.

    `beside` and `truth_beside` are only for files: rows of forms that the country's own register does not have.
    """

    tables: dict[str, pa.Table]
    truth: pa.Table
    people: int
    beside: dict[str, pa.Table] = field(default_factory=dict)
    truth_beside: pa.Table = field(default_factory=Truth.nothing)


@dataclass(frozen=True)
class Country:
    """A reproducible country.

    Attributes:
        seed: from 0; the same gives the same country.
        people: how many live in it, up to `MOST_PEOPLE`.
        everyone: whether all adults declare in the last phase, not only those whom the law reached.

    Raises:
        DomainError: `too-many-people` or `seed-out-of-range`.
    """

    seed: int
    people: int
    everyone: bool = False

    def __post_init__(self) -> None:
        if not 0 < self.people <= MOST_PEOPLE:
            raise DomainError("too-many-people", field="people", value=self.people, most=MOST_PEOPLE)
        if not 0 <= self.seed < LARGEST_SEED:
            raise DomainError("seed-out-of-range", field="seed", value=self.seed, most=LARGEST_SEED - 1)

    @cached_property
    def nation(self) -> Nation:
        """What all chunks share."""
        return Nation(load(PACK), Ids.of_seed(self.seed))

    @cached_property
    def names(self) -> NameLists:
        """The lists that names are combined from."""
        return NameLists.read(self.nation.pack.folder)

    @property
    def sizes(self) -> list[int]:
        """People of each chunk."""
        whole_chunks, rest = divmod(self.people, PEOPLE_IN_CHUNK)
        return [PEOPLE_IN_CHUNK] * whole_chunks + [rest] * (rest > 0)

    def parts(self) -> Iterator[Part]:
        """The shared part, then one for each chunk; only one is held at a time."""
        yield Part(dict(self.nation.tables), Truth.nothing(), 0)
        for number, size in enumerate(self.sizes):
            yield self.part(number, size)

    def part(self, number: int, size: int) -> Part:
        """One chunk: its course, what is planted in it, what was declared."""
        chunk = make_chunk(self.nation, self.names, self.seed, number, size)
        truth, truth_beside = Truth(chunk), Truth(chunk, beside=True)
        planting.plant(chunk, truth, truth_beside, self.obligations(chunk))
        obligations = self.obligations(chunk)
        met = file_all(obligations, chunk.spared, stream(self.seed, number, "filing"))
        planting.tell_filing(truth, met)
        declarations = declarations_of(met, chunk.amendments, stream(self.seed, number, "amendments"))
        report(chunk, obligations)
        tables = dict(register_tables(with_next_year(chunk)))
        tables["obligation"] = obligation_table(chunk, met)
        tables["declaration"] = declaration_table(chunk, met, declarations)
        tables.update(section_tables(chunk, declarations))
        beside = tables_beside(chunk, declarations, met["due"][declarations["obligation"]], tables)
        return Part(tables, truth.table(), size, beside, truth_beside.table())

    def obligations(self, chunk: Chunk) -> Rows:
        """Who of a chunk must declare what."""
        others = np.arange(len(chunk.people)) if self.everyone else holders(chunk)
        return obligations_of(chunk.people, others, self.nation.pack.filing_deadlines)


def holders(chunk: Chunk) -> np.ndarray:
    """People who must declare because of crypto-assets or accounts abroad."""
    abroad = chunk.balances.where((chunk.balances["foreign"] >= 0) & (chunk.balances["year"] >= brought_in("other")))
    return np.unique(np.r_[chunk.crypto["person"], abroad["person"]])


def report(chunk: Chunk, obligations: Rows) -> None:
    """Let banks, lenders and the depository report only of those who declare for the year, and of their spouses."""
    span = 10_000
    mine = obligations["person"] * span + obligations["year"]
    spouse = chunk.people["spouse"][obligations["person"]]
    theirs = (spouse * span + obligations["year"])[spouse >= 0]

    def asked(rows: Rows) -> Bools:
        return np.isin(rows["person"] * span + rows["year"], np.r_[mine, theirs])

    claims, securities = chunk.books.claims, chunk.securities
    chunk.balances["in_register"] = chunk.balances["in_register"] * asked(chunk.balances)
    claims["in_register"] = (asked(claims) & of_lenders(claims)).astype(np.int64)
    securities["in_register"] = asked(securities).astype(np.int64)


def obligation_table(chunk: Chunk, rows: Rows) -> pa.Table:
    """Who must file what."""
    return pa.table(
        {
            "id": ids(chunk, "obligation", np.arange(len(rows))),
            "person_id": ids(chunk, "person", rows["person"]),
            "year": whole(rows["year"]),
            "form": coded(rows["form"], FORMS),
            "reason": coded(rows["reason"], REASONS),
            "due_date": dates(rows["due"]),
            "body_id": chunk.nation.body_ids(rows["body"]),
            "is_public": flags(rows["public"] > 0),
            "filed_date": dates(np.where(rows["how"] == WAS_MISSING, NONE, rows["filed_on"])),
        }
    )


def declaration_table(chunk: Chunk, met: Rows, rows: Rows) -> pa.Table:
    """What was filed, with the titles of the post in all languages beside the published columns."""
    told = met.where(rows["obligation"])
    kind = np.where(told["body"] >= 0, chunk.people["kind_of_post"][rows["person"]], -1)
    return pa.table(
        {
            "id": ids(chunk, "declaration", np.arange(len(rows))),
            "person_id": ids(chunk, "person", rows["person"]),
            "form": coded(rows["form"], FORMS),
            "year": whole(rows["year"]),
            "version": whole(rows["version"]),
            "is_current": flags(rows["current"] > 0),
            "filed_at": instants(rows["filed"]),
            "filed_date": dates(local_day(rows["filed"])),
            "due_date": dates(told["due"]),
            "body_id": chunk.nation.body_ids(told["body"]),
            "post_title": coded(kind, [post.title.kk for post in POSTS]),
            "kind_of_post": pa.array(kind),
            "declarant_name": person_names(chunk, rows["person"]),
            "country": same(COUNTRY, len(rows)),
            "currency": same(CURRENCIES[KZT], len(rows)),
            "is_public": flags(told["public"] > 0),
        }
    )
