"""Requests are counted over processes, by minute, and old counts do not stay."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime, timedelta
from multiprocessing import get_context
from pathlib import Path

from adaldyq.kernel.api.limits import count

AT = datetime(2026, 3, 2, 9, 0, 10, tzinfo=UTC)


def ask(folder: Path) -> int:
    return [count(folder, "one", limit=100, at=AT).left for _ in range(10)][-1]


def test_all_processes_count_together(tmp_path: Path) -> None:
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        lefts = list(pool.map(ask, [tmp_path] * 4))
    assert min(lefts) == 60


def test_each_client_and_each_minute_has_its_own_count(tmp_path: Path) -> None:
    assert count(tmp_path, "one", limit=1, at=AT).left == 0
    assert count(tmp_path, "one", limit=1, at=AT).left == -1
    assert count(tmp_path, "two", limit=1, at=AT).left == 0
    assert count(tmp_path, "one", limit=1, at=AT + timedelta(minutes=1)).left == 0


def test_counts_of_earlier_minutes_are_removed(tmp_path: Path) -> None:
    for minutes in (0, 1, 5):
        count(tmp_path, "one", limit=1, at=AT + timedelta(minutes=minutes))
    assert len(list(tmp_path.iterdir())) == 1
