"""A private file is there whole or not at all, and its owner's only."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from adaldyq.base.private_files import write_private


def test_only_its_owner_reads_it_and_nothing_lies_beside_it(tmp_path: Path) -> None:
    write_private(tmp_path / "key", "secret\n")
    assert (tmp_path / "key").read_text() == "secret\n"
    assert stat.S_IMODE((tmp_path / "key").stat().st_mode) == 0o600
    assert [one.name for one in tmp_path.iterdir()] == ["key"]


@pytest.mark.parametrize(("fresh", "stays"), [(True, "first"), (False, "second")])
def test_a_fresh_file_leaves_the_one_that_was_first(tmp_path: Path, *, fresh: bool, stays: str) -> None:
    write_private(tmp_path / "key", "first", fresh=fresh)
    write_private(tmp_path / "key", "second", fresh=fresh)
    assert (tmp_path / "key").read_text() == stays
    assert [one.name for one in tmp_path.iterdir()] == ["key"]


def test_what_cannot_be_written_leaves_what_was_there(tmp_path: Path) -> None:
    write_private(tmp_path / "key", "first")
    with pytest.raises(UnicodeEncodeError):
        write_private(tmp_path / "key", "\ud800")
    assert (tmp_path / "key").read_text() == "first"
    assert [one.name for one in tmp_path.iterdir()] == ["key"]
