"""Writes the sample country straight to Parquet, whatever its size, in bounded memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from adaldyq.base.tables import Table
from adaldyq.countries.tables import exchange_rates, index_values
from adaldyq.demo.truth import SCHEMA
from adaldyq.demo.world import Country
from adaldyq.verification.contracts import contracts
from adaldyq.verification.snapshots import Origin, SnapshotWriter, refuse_other_files, release, writing

Progress = Callable[[str, int, int], None]
"""Told what is being done, how much of it is done, and out of how much."""

TRUTH = "truth.parquet"
ROWS_TOGETHER = 200_000
ORIGIN = Origin(
    dataset="",
    title="Sample country: invented people, bodies and companies",
    source="Sample country",
    licence="CC0-1.0",
    country="KZ",
)


def write_country(place: Path, country: Country, *, at: datetime, progress: Progress) -> None:
    """Write the sample country as a snapshot at `place`, with its truth beside the tables as `truth.parquet`.

    Memory does not grow with the number of people: a chunk is made, put beside the rows that wait, and what
    is enough for a row group is written.

    Args:
        place: folder of the snapshot; a snapshot that stood there is replaced when all went well.
        country: what is written.
        at: the instant that the manifest states.
        progress: told `people` done and in all.

    Raises:
        DomainError: `disk-full`, or `folder-holds-other-files`.
    """
    refuse_other_files(place)
    known = contracts()
    with writing(place, known) as writer, truth_beside(writer) as truth:
        waiting = Waiting(writer, known)
        done = 0
        for part in country.parts():
            for name, table in (*part.tables.items(), *part.beside.items()):
                waiting.add(name, table)
            truth.write_table(pa.concat_tables([part.truth, part.truth_beside]))
            done += part.people
            progress("people", done, country.people)
        waiting.write_all()
        for name, rows in (("exchange_rate", exchange_rates), ("index_value", index_values)):
            writer.write(name, [dict(row) for row in rows(country.nation.pack)])
        for name in sorted(set(known) - waiting.begun - {"exchange_rate", "index_value"}):
            writer.open_table(name)
        truth.close()
        writer.finish(ORIGIN, [], at)


@contextmanager
def truth_beside(writer: SnapshotWriter) -> Iterator[pq.ParquetWriter]:
    """The file of the truth beside the tables of a snapshot; the body closes it when all is written."""
    truth = pq.ParquetWriter(writer.folder / TRUTH, SCHEMA, compression="zstd")
    try:
        yield truth
    finally:
        release(truth)


class Waiting:
    """Rows that wait until there are enough of them for a row group of a file."""

    def __init__(self, writer: SnapshotWriter, known: Mapping[str, Table]) -> None:
        self.writer = writer
        self.known = known
        self.rows: dict[str, list[pa.Table]] = {}
        self.begun: set[str] = set()

    def add(self, name: str, table: pa.Table) -> None:
        """Keep the published columns of some rows, and write them when there are enough."""
        self.begun.add(name)
        kept = self.rows.setdefault(name, [])
        kept.append(table.select([column.name for column in self.known[name].columns]))
        if sum(one.num_rows for one in kept) >= ROWS_TOGETHER:
            self.write(name)

    def write(self, name: str) -> None:
        """Write what waits for one table."""
        if kept := self.rows.pop(name, []):
            self.writer.write(name, pa.concat_tables(kept).combine_chunks())

    def write_all(self) -> None:
        """Write whatever still waits."""
        for name in list(self.rows):
            self.write(name)
