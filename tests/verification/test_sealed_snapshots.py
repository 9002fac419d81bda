"""Snapshots of the country's registers open with a key only, and every reader of ours has it."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pyrage
import pytest
from django.conf import settings as now
from pytest_django import Settings

from adaldyq.base.errors import DomainError
from adaldyq.verification import sealed_parquet, snapshot_keys
from adaldyq.verification.engines.duckdb import opened
from adaldyq.verification.runs import forget_plain_snapshots
from adaldyq.verification.sealed_parquet import readable
from adaldyq.verification.snapshots import Snapshot, read_snapshot, writing
from tests.verification.test_snapshots import AT, CONTRACTS, ORIGIN

pytestmark = pytest.mark.usefixtures("data_dir")

SECRET = "KZ869999AC00000777"
PRICES = [Decimal(number) if number % 3 else None for number in range(60_000)]
ROWS: list[dict[str, object]] = [{"id": f"{SECRET}-{number:06}", "price": price} for number, price in enumerate(PRICES)]
"""More than one page of a column, and values that are not known."""


def sealed(place: Path) -> Snapshot:
    with writing(place, CONTRACTS, sealed=True) as writer:
        writer.write("thing", ROWS)
        writer.finish(ORIGIN, [], AT)
    return read_snapshot(place, CONTRACTS)


def test_nothing_of_a_sealed_snapshot_is_read_without_its_key(tmp_path: Path) -> None:
    snapshot = sealed(tmp_path / "s")
    assert list(snapshot.check_files()) == ["thing"]
    for file in (tmp_path / "s").iterdir():
        assert SECRET.encode() not in file.read_bytes()
        assert file.name != snapshot_keys.BESIDE or not file.stat().st_mode & 0o077
    with pytest.raises(OSError, match="ecrypt"):
        pq.read_table(snapshot.file_of("thing"))
    with pytest.raises(duckdb.Error, match="encrypted"), duckdb.connect() as plain:
        plain.execute(f"SELECT * FROM '{snapshot.file_of('thing')}'")
    assert not snapshot_keys.key_file().stat().st_mode & 0o077


@pytest.mark.parametrize("in_memory", [True, False])
def test_engines_read_copies_that_have_no_name_and_end_with_the_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, in_memory: bool
) -> None:
    snapshot, work = sealed(tmp_path / "s"), tmp_path / "work"
    monkeypatch.setattr(sealed_parquet, "free_memory", lambda: 1 << 40 if in_memory else 0)
    files = {"thing": snapshot.file_of("thing")}
    with readable(files, snapshot.key, work) as copies, opened(CONTRACTS, work) as engine:
        engine.offer_files("thing", [copies["thing"]], ["id", "price"])
        engine.offer_nothing_else()
        found = engine.arrow("SELECT count(*) AS n, sum(price) AS total FROM thing WHERE id > 'KZ86' AND price > 1")
        assert not list(work.iterdir())
        copy = copies["thing"]
    known = [price for price in PRICES if price is not None and price > 1]
    assert found.to_pylist() == [{"n": len(known), "total": sum(known)}]
    assert not copy.exists()


def test_a_look_at_a_few_rows_needs_no_plain_copy(tmp_path: Path) -> None:
    snapshot = sealed(tmp_path / "s")
    with opened(CONTRACTS) as engine:
        engine.offer_rows("thing", snapshot.scanned("thing"))
        engine.offer_nothing_else()
        found = engine.connection.sql("SELECT price FROM thing WHERE id = ?", params=[ROWS[7]["id"]]).fetchall()
    assert found == [(Decimal("7.00"),)]


def test_the_same_rows_have_the_same_digest_though_no_file_is_the_same(tmp_path: Path) -> None:
    one, two = (sealed(tmp_path / name).manifest.tables["thing"] for name in ("one", "two"))
    assert one.sha256 != two.sha256
    assert one.content == two.content
    with writing(tmp_path / "three", CONTRACTS, sealed=True) as writer:
        writer.write("thing", ROWS[1:])
        writer.finish(ORIGIN, [], AT)
    assert read_snapshot(tmp_path / "three", CONTRACTS).manifest.tables["thing"].content != one.content


def test_without_the_key_of_the_installation_a_snapshot_is_told_to_be_closed(tmp_path: Path) -> None:
    snapshot = sealed(tmp_path / "s")
    snapshot_keys.key_file().unlink()
    with pytest.raises(DomainError, match="snapshot-closed") as refusal:
        list(snapshot.check_files())
    assert refusal.value.parameters["file"] == str(tmp_path / "s")


def test_another_key_beside_the_manifest_opens_no_file(tmp_path: Path) -> None:
    snapshot, other = sealed(tmp_path / "s"), sealed(tmp_path / "other")
    (other.folder / snapshot_keys.BESIDE).replace(snapshot.folder / snapshot_keys.BESIDE)
    with pytest.raises(DomainError, match="unreadable-table"):
        list(read_snapshot(tmp_path / "s", CONTRACTS).check_files())


def test_a_new_key_takes_the_place_of_the_old_one_and_opens_what_was_there(tmp_path: Path) -> None:
    snapshot, before = sealed(tmp_path / "s"), snapshot_keys.key_file().read_text()
    opened_before = snapshot.key
    assert snapshot_keys.rotate([snapshot.folder]) == 1
    assert snapshot_keys.key_file().read_text() != before
    assert len(snapshot_keys.keys()) == 1
    again = read_snapshot(tmp_path / "s", CONTRACTS)
    assert (again.key, again.hash) == (opened_before, snapshot.hash)


def test_the_environment_may_give_the_key_and_a_new_one_before_it(tmp_path: Path, settings: Settings) -> None:
    old, new = (str(pyrage.x25519.Identity.generate()) for _one in range(2))
    settings.SNAPSHOTS_KEY = old
    snapshot = sealed(tmp_path / "s")
    assert not (Path(now.DATA_DIR) / snapshot_keys.FILE).exists()
    settings.SNAPSHOTS_KEY = f"{new},{old}"
    snapshot_keys.rotate([snapshot.folder])
    settings.SNAPSHOTS_KEY = new
    assert list(read_snapshot(tmp_path / "s", CONTRACTS).check_files()) == ["thing"]


def test_plain_snapshots_of_earlier_versions_go_and_sealed_ones_stay(tmp_path: Path) -> None:
    folder = tmp_path / "snapshots"
    sealed(folder / "b-sealed")
    with writing(folder / "a-plain", CONTRACTS) as writer:
        writer.write("thing", ROWS[:1])
        writer.finish(ORIGIN, [], AT)
    forget_plain_snapshots(folder)
    assert [one.name for one in folder.iterdir()] == ["b-sealed"]
