"""The sample country as Parquet is a snapshot like any other, written a chunk at a time."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from adaldyq.demo import parquet, world
from adaldyq.demo.parquet import TRUTH, write_country
from adaldyq.demo.score import read_truth
from adaldyq.demo.world import Country
from adaldyq.verification.contracts import contracts
from adaldyq.verification.snapshots import read_snapshot

AT = datetime(2026, 3, 1, 12, tzinfo=UTC)


def quiet(what: str, done: int, total: int) -> None:
    """Nobody watches."""


def test_the_folder_is_a_whole_snapshot(tmp_path: Path) -> None:
    place = tmp_path / "country"
    write_country(place, Country(4, 600), at=AT, progress=quiet)
    snapshot = read_snapshot(place, contracts())
    assert set(snapshot.check_files()) == set(contracts())
    assert snapshot.manifest.tables["person"].rows == 600
    assert snapshot.manifest.tables["exchange_rate"].rows > 0


def test_the_truth_lies_beside_the_tables_and_is_none_of_them(tmp_path: Path) -> None:
    place = tmp_path / "country"
    write_country(place, Country(4, 600), at=AT, progress=quiet)
    assert "truth" not in read_snapshot(place, contracts()).manifest.tables
    parts = list(Country(4, 600).parts())
    made = sum(part.truth.num_rows + part.truth_beside.num_rows for part in parts)
    assert read_truth(place / TRUTH).num_rows == made


def test_what_is_written_is_what_was_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(world, "PEOPLE_IN_CHUNK", 250)
    place = tmp_path / "country"
    write_country(place, Country(4, 600), at=AT, progress=quiet)
    made = [
        row for part in Country(4, 600).parts() if "person" in part.tables for row in part.tables["person"].to_pylist()
    ]
    assert pq.read_table(place / "person.parquet").to_pylist() == made


def test_no_more_rows_wait_than_make_a_row_group(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(world, "PEOPLE_IN_CHUNK", 100)
    monkeypatch.setattr(parquet, "ROWS_TOGETHER", 250)
    place, waited = tmp_path / "country", []
    add = parquet.Waiting.add

    def watched(self: parquet.Waiting, name: str, table: object) -> None:
        add(self, name, table)  # type: ignore[arg-type]  # passed on as it came
        waited.append(max((sum(one.num_rows for one in kept) for kept in self.rows.values()), default=0))

    monkeypatch.setattr(parquet.Waiting, "add", watched)
    write_country(place, Country(4, 1000), at=AT, progress=quiet)
    assert max(waited) < 250
    assert pq.ParquetFile(place / "person.parquet").num_row_groups == 4


def test_progress_ends_at_the_number_of_people(tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    write_country(tmp_path / "country", Country(4, 300), at=AT, progress=lambda *said: told.append(said))
    assert told[-1] == ("people", 300, 300)


def test_a_stopped_writing_leaves_nothing(tmp_path: Path) -> None:
    def stop(what: str, done: int, total: int) -> None:
        if done:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_country(tmp_path / "country", Country(4, 300), at=AT, progress=stop)
    assert list(tmp_path.iterdir()) == []
