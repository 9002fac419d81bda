"""The open snapshot: what everybody may have of the published tables, as Parquet and as CSV.

It is made of the same tables as the snapshot that rules read, of their public columns only, and of the rows that the
rooms offer as open. Beside the tables lie `columns.csv` with the meaning of each column, `manifest.json` in the form of
every snapshot (source, moment, licence, hashes of the Parquet files), so that `adaldyq verify --snapshot` and others'
programs read it, and `SHA256SUMS` over all files.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import TextIO

from django.conf import settings

from adaldyq.base.errors import DomainError
from adaldyq.base.tables import Privacy, Table
from adaldyq.base.words import gettext_noop as _
from adaldyq.countries.loader import load
from adaldyq.kernel.open_tables import open_tables
from adaldyq.ui.downloads import line
from adaldyq.verification.contracts import contracts
from adaldyq.verification.country import one_moment
from adaldyq.verification.snapshots import MANIFEST, Origin, Snapshot, SnapshotWriter, hash_of, read_snapshot, writing

FOLDER, OPEN_LOCK = "open", "open.lock"
COLUMNS, SUMS = "columns.csv", "SHA256SUMS"
LICENCE = "CC-BY-4.0"
ROWS_TOGETHER = 50_000
HEAD = ("table", "column", "type", "unit", "required", "meaning")

Told = Callable[[str, int], None]
"""Told the name of a table, and how many rows of it were written."""


def write_open_snapshot(place: Path, *, at: datetime, licence: str = LICENCE, told: Told | None = None) -> Snapshot:
    """Write the open snapshot of the country into a folder; one that stood there is replaced when all went well.

    Args:
        licence: under which it may be used, an SPDX identifier or an address.

    Raises:
        DomainError: `folder-holds-other-files`, `disk-full`.
    """
    refuse_others(place)
    known = open_contracts()
    pack = load(settings.COUNTRY)
    origin = Origin(
        dataset="",
        title=pack.names.get("en", pack.code),
        source=_("open records of base registries and measures"),
        licence=licence,
        country=pack.code,
    )
    with one_moment(), writing(place, known) as writer, ExitStack() as opened:
        tables = OpenWriter(writer, known, opened)
        for offered in open_tables():
            for name, rows in offered.rows():
                tables.add(name, rows)
        for name, count in tables.finish().items():
            if told:
                told(name, count)
        opened.close()
        (writer.folder / COLUMNS).write_text("".join(meanings(known)), encoding="utf-8")
        writer.finish(origin, [], at)
        (writer.folder / SUMS).write_text("".join(sums(writer.folder)), encoding="ascii")
    return read_snapshot(place, contracts())


def taken_at(place: Path) -> datetime:
    """When the open snapshot in a folder was taken; long ago where there is none that this version reads."""
    try:
        return read_snapshot(place, contracts()).manifest.made_at
    except DomainError:
        return datetime.min.replace(tzinfo=UTC)


def open_contracts() -> Mapping[str, Table]:
    """The tables that are offered, with their public columns and those that are given redacted.

    Raises:
        ValueError: the key of an offered table is not public.
    """
    known = contracts()
    redacted = {name: offered.redacted.get(name, ()) for offered in open_tables() for name in offered.tables}
    found = {}
    for name, also in sorted(redacted.items()):
        table = known[name]
        columns = tuple(one for one in table.columns if one.privacy is Privacy.PUBLIC or one.name in also)
        found[name] = Table(name, table.meaning, columns, table.key)
    return found


class OpenWriter:
    """Writes rows to a Parquet and a CSV file of each table, some at a time."""

    def __init__(self, writer: SnapshotWriter, known: Mapping[str, Table], opened: ExitStack) -> None:
        self.writer, self.known = writer, known
        self.waiting: dict[str, list[dict[str, object]]] = {name: [] for name in known}
        self.counts = dict.fromkeys(known, 0)
        self.csv: dict[str, TextIO] = {}
        for name, table in known.items():
            writer.open_table(name)
            file = opened.enter_context((writer.folder / f"{name}.csv").open("w", encoding="utf-8", newline=""))
            file.write(line(table.by_name))
            self.csv[name] = file

    def add(self, name: str, rows: Iterable[Mapping[str, object]]) -> None:
        """Keep the public columns of some rows, and write them when there are enough. Text left empty is null."""
        columns = self.known[name].columns
        self.waiting[name] += [
            {one.name: None if row[one.name] == "" and not one.required else row[one.name] for one in columns}
            for row in rows
        ]
        if len(self.waiting[name]) >= ROWS_TOGETHER:
            self.write(name)

    def write(self, name: str) -> None:
        """Write what waits for one table."""
        rows, self.waiting[name] = self.waiting[name], []
        self.writer.write(name, rows)
        self.csv[name].writelines(line(row.values()) for row in rows)
        self.counts[name] += len(rows)

    def finish(self) -> Mapping[str, int]:
        """Write what still waits, and tell how many rows each table has."""
        for name in self.waiting:
            self.write(name)
        return self.counts


def meanings(known: Mapping[str, Table]) -> Iterator[str]:
    """What each column means, a line each."""
    yield line(HEAD)
    for name, table in known.items():
        for one in table.columns:
            yield line((name, one.name, one.type, one.unit, one.required, one.meaning))


def sums(folder: Path) -> Iterator[str]:
    """SHA-256 of each file, as `sha256sum` writes them."""
    for file in sorted(folder.iterdir()):
        yield f"{hash_of(file)}  {file.name}\n"


def refuse_others(place: Path) -> None:
    """Refuse a folder that holds more than an open snapshot, since it is replaced as a whole.

    Raises:
        DomainError: `folder-holds-other-files`, naming one of them.
    """
    there = {one.name for one in place.iterdir()} if place.is_dir() else set()
    others = sorted(there - (files_in(place) if SUMS in there else set()))
    if others:
        raise DomainError("folder-holds-other-files", file=str(place), value=others[0])


def files_in(place: Path) -> set[str]:
    """Names of the files of an open snapshot, as its own list says; none where there is no snapshot."""
    try:
        said = (place / SUMS).read_text(encoding="ascii").splitlines()
        json.loads((place / MANIFEST).read_bytes())
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return set()
    return {SUMS, *(one.partition("  ")[2] for one in said)}
