"""Parquet files that a key opens: Parquet's own modular encryption, which Arrow and Spark read.

AES-GCM with one key for the footer and all columns of a file (Encryption.md of parquet-format, `AES_GCM_V1`, uniform
encryption): nothing of a file can be read, nor changed unseen, without the key.

DuckDB (1.5 to 2.0) opens such files but fails where a column has more than one page or a filter is pushed into the
scan. So it is given plain copies that have no name: see `readable`.
"""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.dataset as pd
import pyarrow.parquet as pq
from pyarrow.parquet import encryption

ROWS_IN_GROUP = 200_000
KEY_BYTES = 32
OPEN_FILES = Path("/proc/self/fd")
MEMORY = Path("/proc/meminfo")
SHARE_OF_MEMORY = 4


def new_key() -> bytes:
    """A key for the files of one snapshot."""
    return secrets.token_bytes(KEY_BYTES)


def writer_to(file: Path, schema: pa.Schema, key: bytes | None) -> pq.ParquetWriter:
    """A writer of a file that the key opens; of a plain file when there is none."""
    sealed = None if key is None else encryption.create_encryption_properties(key)  # type: ignore[attr-defined]  # newer than its types
    return pq.ParquetWriter(file, schema, compression="zstd", encryption_properties=sealed)


def opening(key: bytes | None) -> Any:
    """What Arrow asks for to open files; none for plain ones."""
    return None if key is None else encryption.create_decryption_properties(key)  # type: ignore[attr-defined]  # newer than its types


def schema_in(file: Path, key: bytes | None) -> pa.Schema:
    """The schema of a file.

    Raises:
        OSError: the key does not open it.
        pyarrow.ArrowInvalid: it is no Parquet file.
    """
    return pq.read_schema(file, decryption_properties=opening(key))


def scanned(file: Path, key: bytes | None) -> pd.Dataset:
    """A file as what an engine reads a few rows of, without a plain copy."""
    options = pd.ParquetFragmentScanOptions(decryption_properties=opening(key))
    return pd.dataset([str(file)], format=pd.ParquetFileFormat(default_fragment_scan_options=options))


@contextmanager
def readable(files: Mapping[str, Path], key: bytes | None, work: Path) -> Iterator[Mapping[str, Path]]:
    """Files that every engine reads: these ones or, when they are sealed, plain copies that no other user can open.

    A copy has no name in any folder, so nothing of it is left when the process ends, however it ends. It is in memory
    when all of them take no more than a quarter of what is free; else on the disk of the work folder.

    Args:
        files: by table.
        work: folder on whose disk they may be; where the system has no unnamed files, they are named in it.
    """
    if key is None:
        yield files
        return
    size = sum(file.stat().st_size for file in files.values())
    with ExitStack() as opened, ThreadPoolExecutor(max_workers=os.cpu_count()) as workers:
        places = {
            name: place_for(name, work, opened, in_memory=size * SHARE_OF_MEMORY <= free_memory()) for name in files
        }
        list(workers.map(lambda name: copy_plain(files[name], key, places[name]), files))
        yield places


def place_for(name: str, work: Path, opened: ExitStack, *, in_memory: bool) -> Path:
    """A new empty file without a name, as the address under which this process reaches it until it is closed."""
    if not OPEN_FILES.is_dir():
        work.mkdir(mode=0o700, parents=True, exist_ok=True)
        return work / f"plain-{name}.parquet"
    if in_memory:
        number = os.memfd_create(name)
    else:
        work.mkdir(mode=0o700, parents=True, exist_ok=True)
        number = os.open(work, os.O_RDWR | os.O_TMPFILE, 0o600)
    opened.callback(os.close, number)
    return OPEN_FILES / str(number)


def copy_plain(file: Path, key: bytes, place: Path) -> None:
    """Copy a sealed file to a plain one, a row group at a time."""
    with (
        pq.ParquetFile(file, decryption_properties=opening(key)) as sealed,
        place.open("wb") as out,
        pq.ParquetWriter(out, sealed.schema_arrow, compression="zstd", compression_level=1) as plain,
    ):
        for group in range(sealed.num_row_groups):
            plain.write_table(sealed.read_row_group(group), row_group_size=ROWS_IN_GROUP)


def free_memory() -> int:
    """Bytes of memory that programs may still take; none where the system does not say."""
    try:
        lines = MEMORY.read_text(encoding="ascii").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("MemAvailable:")), 0)


class RowDigest:
    """SHA-256 over the rows of a table as Arrow's messages: the same for the same rows, whatever key seals them."""

    def __init__(self) -> None:
        self._digest = hashlib.sha256()

    def add(self, rows: pa.Table) -> None:
        """Take in rows that come next."""
        for batch in rows.combine_chunks().to_batches(max_chunksize=ROWS_IN_GROUP):
            self._digest.update(batch.serialize())

    def text(self) -> str:
        """The digest in hexadecimal."""
        return self._digest.hexdigest()
