"""Snapshots: the published tables of one moment as Parquet files, with a manifest of their hashes.

The country's own registers, imported collections and the sample country all take this form, a folder:

    manifest.json
    declaration.parquet
    declared_account.parquet
    …

Those of the country's own registers are sealed: only a key opens their files (`sealed_parquet`, `snapshot_keys`).
Collections stay plain, since what is in them was published elsewhere under a licence.

A snapshot is written beside its place and moved there whole, so a reader never meets half of one. The
SHA-256 of `manifest.json` names the snapshot; the manifest holds the SHA-256 of every file.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Literal

import pyarrow as pa
import pyarrow.dataset as pd
import pyarrow.parquet as pq
from pydantic import BaseModel, ConfigDict, ValidationError

from adaldyq.base.errors import DomainError
from adaldyq.base.tables import Table
from adaldyq.verification import snapshot_keys
from adaldyq.verification.arrow import schema_of
from adaldyq.verification.sealed_parquet import ROWS_IN_GROUP, RowDigest, new_key, scanned, schema_in, writer_to

MANIFEST = "manifest.json"
FORMAT: Literal[1] = 1
UNIFORM: Literal["AES_GCM_V1"] = "AES_GCM_V1"
"""How files are sealed: Parquet's name for it, one key for the footer and all columns."""
CHUNK = 1 << 20
NO_ROOM = {27, 28, 122}  # file too large, no space left on device, disk quota exceeded


class Part(BaseModel):
    """A part of a manifest: nothing in it may be unknown."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class TableEntry(Part):
    """One table of a snapshot: its file, the columns the source has, how many rows.

    Attributes:
        content: of a sealed file, SHA-256 of its rows: the same for the same rows, while `sha256` differs each time.
    """

    file: str
    sha256: str
    bytes: int
    rows: int
    columns: list[str]
    content: str = ""


class Loss(Part):
    """Something of the source that has no place in the tables: what, how often, an example."""

    what: str
    count: int
    example: str = ""


class Origin(Part):
    """Where the content of a snapshot comes from.

    Attributes:
        dataset: name of an imported collection; empty for the country's own registers.
        title: what it is, a sentence.
        source: institution, address or file it was taken from.
        licence: under which it may be used.
        country: ISO 3166-1.
    """

    dataset: str
    title: str
    source: str
    licence: str = ""
    country: str = ""


class Manifest(Part):
    """What a snapshot says of itself."""

    format: Literal[1]
    made_at: datetime
    origin: Origin
    tables: dict[str, TableEntry]
    losses: list[Loss] = []
    encryption: Literal["", "AES_GCM_V1"] = ""


@dataclass(frozen=True)
class Snapshot:
    """A snapshot on disk, its manifest read; its files not yet checked."""

    folder: Path
    manifest: Manifest
    hash: str
    contracts: Mapping[str, Table]

    @cached_property
    def key(self) -> bytes | None:
        """What opens the files; none when they are plain.

        Raises:
            DomainError: `snapshot-closed`.
        """
        return snapshot_keys.open_in(self.folder) if self.manifest.encryption else None

    def file_of(self, table: str) -> Path:
        """The file of a table."""
        return self.folder / self.manifest.tables[table].file

    def scanned(self, table: str) -> pd.Dataset:
        """The rows of a table for a look at a few of them.

        Raises:
            DomainError: `snapshot-closed`.
        """
        return scanned(self.file_of(table), self.key)

    def check_files(self) -> Iterator[str]:
        """Compare every file with its hash and its contract, and yield the name of each table as it is found whole.

        Raises:
            DomainError: `snapshot-file-missing` or `snapshot-changed`, naming the file; `snapshot-column-missing` or
                `snapshot-column-differs`, naming the column too; `unreadable-table`; `snapshot-closed`.
        """
        with ThreadPoolExecutor(max_workers=os.cpu_count()) as workers:
            yield from workers.map(self.check_file, sorted(self.manifest.tables))

    def check_file(self, table: str) -> str:
        """Compare the file of a table with its hash and its contract; give the name of the table back."""
        entry = self.manifest.tables[table]
        file = self.folder / entry.file
        if not file.is_file():
            raise DomainError("snapshot-file-missing", file=str(file))
        if file.stat().st_size != entry.bytes or hash_of(file) != entry.sha256:
            raise DomainError("snapshot-changed", file=str(file))
        self.check_columns(table, file)
        return table

    def check_columns(self, table: str, file: Path) -> None:
        """Compare the types of a file's columns with those of its contract: an engine would cast them and say nothing."""
        try:
            found = schema_in(file, self.key)
        except (pa.ArrowInvalid, OSError) as error:
            raise DomainError("unreadable-table", table=table, problem=str(error).partition("\n")[0]) from None
        for wanted in schema_of(self.contracts[table], self.manifest.tables[table].columns):
            if wanted.name not in found.names:
                raise DomainError("snapshot-column-missing", file=str(file), column=wanted.name)
            given = found.field(wanted.name).type
            if given != wanted.type:
                facts = {"file": str(file), "column": wanted.name, "found": given, "wanted": wanted.type}
                raise DomainError("snapshot-column-differs", **facts)


def read_snapshot(folder: Path, contracts: Mapping[str, Table]) -> Snapshot:
    """Read the manifest of a snapshot.

    Raises:
        DomainError: `no-snapshot`, `bad-manifest` for what is no manifest of ours, or `unknown-table`.
    """
    file = folder / MANIFEST
    try:
        raw = file.read_bytes()
    except FileNotFoundError:
        raise DomainError("no-snapshot", file=str(folder)) from None
    try:
        manifest = Manifest.model_validate_json(raw)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"])) or "manifest"
        raise DomainError("bad-manifest", file=str(file), problem=f"{place}: {first['msg']}") from None
    for name, entry in manifest.tables.items():
        if name not in contracts or set(entry.columns) - set(contracts[name].by_name):
            raise DomainError("unknown-table", file=str(file), table=name)
        if Path(entry.file).name != entry.file:
            raise DomainError("bad-manifest", file=str(file), problem=f"tables.{name}.file: {entry.file}")
    return Snapshot(folder, manifest, hashlib.sha256(raw).hexdigest(), contracts)


class SnapshotWriter:
    """Writes the tables of one snapshot, a batch of rows at a time."""

    def __init__(self, folder: Path, contracts: Mapping[str, Table], key: bytes | None = None) -> None:
        self.folder = folder
        self.contracts = contracts
        self.key = key
        self._digests: dict[str, RowDigest] = {}
        self._files: dict[str, pq.ParquetWriter] = {}
        self._schemas: dict[str, pa.Schema] = {}
        self._rows: dict[str, int] = {}

    def open_table(self, table: str, columns: Iterable[str] | None = None) -> None:
        """Begin a table, so that it is there even when no row comes.

        Args:
            table: name of the published table.
            columns: those the source has; all of them when not said. A rule that needs another one says
                that it could not judge, rather than take an unknown value for an empty one.
        """
        schema = self._schemas[table] = schema_of(self.contracts[table], columns)
        self._files[table] = writer_to(self.folder / f"{table}.parquet", schema, self.key)
        self._digests[table] = RowDigest()
        self._rows[table] = 0

    def write(self, table: str, rows: pa.Table | pa.RecordBatch | list[dict[str, object]]) -> None:
        """Add rows to a table, begun with all columns when it was not begun before.

        Raises:
            pyarrow.ArrowInvalid: a value does not fit its column.
        """
        if table not in self._files:
            self.open_table(table)
        schema = self._schemas[table]
        batch = pa.Table.from_pylist(rows, schema=schema) if isinstance(rows, list) else rows
        if isinstance(batch, pa.RecordBatch):
            batch = pa.Table.from_batches([batch])
        batch = batch.select(schema.names).cast(schema)
        self._files[table].write_table(batch, row_group_size=ROWS_IN_GROUP)
        if self.key:
            self._digests[table].add(batch)
        self._rows[table] += batch.num_rows

    def finish(self, origin: Origin, losses: list[Loss], at: datetime) -> None:
        """Close the files and write the manifest, and beside it the key when there is one."""
        tables = {}
        for name, writer in sorted(self._files.items()):
            writer.close()
            file = self.folder / f"{name}.parquet"
            tables[name] = TableEntry(
                file=file.name,
                sha256=hash_of(file),
                bytes=file.stat().st_size,
                rows=self._rows[name],
                columns=list(self._schemas[name].names),
                content=self._digests[name].text() if self.key else "",
            )
        manifest = Manifest(
            format=FORMAT,
            made_at=at.astimezone(UTC),
            origin=origin,
            tables=tables,
            losses=losses,
            encryption=UNIFORM if self.key else "",
        )
        if self.key:
            snapshot_keys.seal(self.key, self.folder)
        text = json.dumps(manifest.model_dump(mode="json"), ensure_ascii=False, indent=1, sort_keys=True)
        (self.folder / MANIFEST).write_text(text + "\n", encoding="utf-8")

    def abandon(self) -> None:
        """Close the files without a manifest."""
        for writer in self._files.values():
            release(writer)


def release(writer: pq.ParquetWriter) -> None:
    """Close a file that nobody will read, also one whose end a full disk does not take."""
    with suppress(OSError):
        writer.close()
    writer.is_open = False  # or it would try once more when it is collected, and print a traceback


@contextmanager
def writing(place: Path, contracts: Mapping[str, Table], *, sealed: bool = False) -> Iterator[SnapshotWriter]:
    """Write a snapshot whose folder becomes `place` when all went well, and leaves no trace when not.

    The body must call `finish`. What stood at `place` is replaced.

    Args:
        sealed: whether only a key opens the files.

    Raises:
        DomainError: `disk-full` when the disk has no room.
    """
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = place.with_name(f".{place.name}.{os.getpid()}")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(mode=0o700)
    writer = SnapshotWriter(draft, contracts, new_key() if sealed else None)
    try:
        yield writer
        publish(draft, place)
    except OSError as error:
        if error.errno in NO_ROOM:
            raise DomainError("disk-full", file=str(place.parent)) from None
        raise
    finally:
        writer.abandon()
        shutil.rmtree(draft, ignore_errors=True)


def refuse_other_files(place: Path) -> None:
    """Refuse a folder that somebody named when more stands in it than a snapshot, since it is replaced as a whole.

    Raises:
        DomainError: `folder-holds-other-files`, naming one of them.
    """
    there = sorted(one.name for one in place.iterdir()) if place.is_dir() else []
    ours = {MANIFEST} | {name for name in there if name.endswith(".parquet") and MANIFEST in there}
    others = [name for name in there if name not in ours]
    if others:
        raise DomainError("folder-holds-other-files", file=str(place), value=others[0])


def publish(draft: Path, place: Path) -> None:
    """Put a finished folder in its place; the one that stood there goes."""
    former = place.with_name(f".{place.name}.former")
    shutil.rmtree(former, ignore_errors=True)
    if place.exists():
        place.rename(former)
    draft.rename(place)
    shutil.rmtree(former, ignore_errors=True)


def hash_of(file: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    digest = hashlib.sha256()
    with file.open("rb") as stream:
        while chunk := stream.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()
