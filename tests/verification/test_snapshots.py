"""A snapshot is whole or not there, and tells when it was changed."""

from __future__ import annotations

import errno
import gc
import json
import resource
import secrets
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from adaldyq.base.errors import DomainError
from adaldyq.base.tables import Column, ColumnType, Table
from adaldyq.verification.snapshots import MANIFEST, Origin, Snapshot, hash_of, read_snapshot, writing

AT = datetime(2026, 3, 1, 12, tzinfo=UTC)
ORIGIN = Origin(dataset="sample", title="A sample", source="a test")
CONTRACTS = {
    "thing": Table(
        "thing",
        "A thing.",
        (Column("id", ColumnType.TEXT, "Its id.", required=True), Column("price", ColumnType.MONEY, "Its price.")),
        "id",
    )
}


def made(place: Path, *ids: str) -> Snapshot:
    with writing(place, CONTRACTS) as writer:
        writer.write("thing", [{"id": one} for one in ids])
        writer.finish(ORIGIN, [], AT)
    return read_snapshot(place, CONTRACTS)


def test_what_was_written_is_read(tmp_path: Path) -> None:
    snapshot = made(tmp_path / "s", "a", "b")
    assert list(snapshot.check_files()) == ["thing"]
    assert snapshot.manifest.tables["thing"].rows == 2
    assert pq.read_table(snapshot.file_of("thing"))["id"].to_pylist() == ["a", "b"]


def test_a_table_without_rows_is_there(tmp_path: Path) -> None:
    with writing(tmp_path / "s", CONTRACTS) as writer:
        writer.open_table("thing", ["id"])
        writer.finish(ORIGIN, [], AT)
    snapshot = read_snapshot(tmp_path / "s", CONTRACTS)
    assert snapshot.manifest.tables["thing"].rows == 0
    assert snapshot.manifest.tables["thing"].columns == ["id"]


def test_the_same_rows_give_the_same_hashes(tmp_path: Path) -> None:
    assert made(tmp_path / "one", "a", "b").hash == made(tmp_path / "two", "a", "b").hash


def test_a_new_snapshot_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    first = made(tmp_path / "s", "a")
    second = made(tmp_path / "s", "b")
    assert first.hash != second.hash
    assert [one.name for one in tmp_path.iterdir()] == ["s"]


def test_a_failure_leaves_what_was_there(tmp_path: Path) -> None:
    before = made(tmp_path / "s", "a")
    with pytest.raises(RuntimeError), writing(tmp_path / "s", CONTRACTS) as writer:
        writer.write("thing", [{"id": "b"}])
        raise RuntimeError
    assert read_snapshot(tmp_path / "s", CONTRACTS).hash == before.hash
    assert [one.name for one in tmp_path.iterdir()] == ["s"]


def test_a_full_disk_is_told_and_leaves_what_was_there(tmp_path: Path) -> None:
    before = made(tmp_path / "s", "a")
    with pytest.raises(DomainError, match="disk-full"), writing(tmp_path / "s", CONTRACTS) as writer:
        writer.write("thing", [{"id": "b"}])
        raise OSError(errno.ENOSPC, "No space left on device")
    assert read_snapshot(tmp_path / "s", CONTRACTS).hash == before.hash


def test_a_disk_that_fills_in_the_middle_of_a_file_is_told_without_a_traceback_and_leaves_no_draft(
    tmp_path: Path,
) -> None:
    before = made(tmp_path / "s", "a")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4_000, hard))
    try:
        with pytest.raises(DomainError, match="disk-full"), writing(tmp_path / "s", CONTRACTS) as writer:
            writer.write("thing", [{"id": secrets.token_hex(40)} for _row in range(1_000)])
            writer.finish(ORIGIN, [], AT)
        del writer
        gc.collect()  # what is printed as a file is collected fails the test
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert read_snapshot(tmp_path / "s", CONTRACTS).hash == before.hash
    assert [one.name for one in tmp_path.iterdir()] == ["s"]


@pytest.mark.parametrize("keep_size", [True, False])
def test_a_file_changed_after_its_hash_is_refused(tmp_path: Path, keep_size: bool) -> None:
    snapshot = made(tmp_path / "s", "a")
    file = snapshot.file_of("thing")
    content = file.read_bytes()
    file.write_bytes(content[:-1] + bytes([content[-1] ^ 1]) if keep_size else content + b"x")
    with pytest.raises(DomainError, match="snapshot-changed") as refusal:
        list(snapshot.check_files())
    assert refusal.value.parameters["file"] == str(file)


@pytest.mark.parametrize(
    ("columns", "code", "facts"),
    [
        (
            {"id": pa.string(), "price": pa.string()},
            "snapshot-column-differs",
            ("price", "string", "decimal128(18, 2)"),
        ),
        ({"id": pa.int64(), "price": pa.decimal128(18, 2)}, "snapshot-column-differs", ("id", "int64", "string")),
        ({"id": pa.string()}, "snapshot-column-missing", ("price",)),
    ],
)
def test_a_column_of_another_type_is_refused_though_its_hash_is_right(
    tmp_path: Path, columns: dict[str, pa.DataType], code: str, facts: tuple[str, ...]
) -> None:
    snapshot = made(tmp_path / "s", "a")
    file, manifest = snapshot.file_of("thing"), tmp_path / "s" / "manifest.json"
    pq.write_table(pa.table({name: pa.array([None], kind) for name, kind in columns.items()}), file)
    text = manifest.read_text(encoding="utf-8")
    entry = snapshot.manifest.tables["thing"]
    text = text.replace(entry.sha256, hash_of(file)).replace(
        f'"bytes": {entry.bytes}', f'"bytes": {file.stat().st_size}'
    )
    manifest.write_text(text, encoding="utf-8")
    with pytest.raises(DomainError, match=code) as refusal:
        list(read_snapshot(tmp_path / "s", CONTRACTS).check_files())
    assert refusal.value.parameters["file"] == str(file)
    assert (*map(str, refusal.value.parameters.values()),)[1:] == facts


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    snapshot = made(tmp_path / "s", "a")
    snapshot.file_of("thing").unlink()
    with pytest.raises(DomainError, match="snapshot-file-missing"):
        list(snapshot.check_files())


def test_a_folder_without_a_manifest_is_no_snapshot(tmp_path: Path) -> None:
    with pytest.raises(DomainError, match="no-snapshot"):
        read_snapshot(tmp_path, CONTRACTS)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"format": "x"}, "bad-manifest"),
        ({"surprise": 1}, "bad-manifest"),
        ({"tables": {"other": {"file": "o", "sha256": "", "bytes": 0, "rows": 0, "columns": []}}}, "unknown-table"),
        ({"tables": {"thing": {"file": "o", "sha256": "", "bytes": 0, "rows": 0, "columns": ["x"]}}}, "unknown-table"),
        ({"tables": {"thing": {"file": "../o", "sha256": "", "bytes": 0, "rows": 0, "columns": []}}}, "bad-manifest"),
    ],
)
def test_a_manifest_that_is_not_ours_is_refused(tmp_path: Path, change: dict[str, object], code: str) -> None:
    made(tmp_path / "s", "a")
    file = tmp_path / "s" / MANIFEST
    file.write_text(json.dumps(json.loads(file.read_text(encoding="utf-8")) | change), encoding="utf-8")
    with pytest.raises(DomainError, match=code):
        read_snapshot(tmp_path / "s", CONTRACTS)


def test_a_truncated_manifest_is_refused(tmp_path: Path) -> None:
    made(tmp_path / "s", "a")
    file = tmp_path / "s" / MANIFEST
    file.write_bytes(file.read_bytes()[:40])
    with pytest.raises(DomainError, match="bad-manifest"):
        read_snapshot(tmp_path / "s", CONTRACTS)
