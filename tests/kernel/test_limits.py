"""Requests are counted over processes and servers, by minute, and old counts do not stay."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from multiprocessing import get_context
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django.fixtures import Settings

from adaldyq.kernel.api.counted_files import counted_in_file
from adaldyq.kernel.api.limits import count, counted_in_database, forget_counts
from adaldyq.kernel.models import RequestCount

AT = datetime(2026, 3, 2, 9, 0, 10, tzinfo=UTC)


@pytest.fixture(autouse=True)
def folder(settings: Settings, tmp_path: Path) -> Path:
    settings.DATA_DIR = tmp_path
    return tmp_path / "limits"


def test_all_processes_of_a_machine_count_together(tmp_path: Path) -> None:
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        used = list(pool.map(counted_in_file, [tmp_path] * 40, ["one"] * 40, [7] * 40))
    assert sorted(used) == list(range(1, 41))


@pytest.mark.django_db(transaction=True)
def test_all_servers_of_a_database_count_together() -> None:
    if connection.vendor == "sqlite":
        assert [counted_in_database("one", 7) for _ in range(3)] == [1, 2, 3]
        return

    def several(_number: int) -> int:
        try:
            return [counted_in_database("one", 7) for _ in range(10)][-1]
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as threads:
        assert max(threads.map(several, range(4))) == 40


@pytest.mark.django_db
def test_a_request_costs_at_most_one_statement() -> None:
    with CaptureQueriesContext(connection) as asked:
        count("one", limit=9, at=AT)
    assert len(asked) == (1 if connection.vendor == "postgresql" else 0)


@pytest.mark.django_db
def test_each_client_and_each_minute_has_its_own_count() -> None:
    assert count("one", limit=1, at=AT).left == 0
    assert count("one", limit=1, at=AT).left == -1
    assert count("two", limit=1, at=AT).left == 0
    assert count("one", limit=1, at=AT + timedelta(minutes=1)).left == 0


@pytest.mark.django_db
def test_counts_of_earlier_minutes_are_removed(folder: Path) -> None:
    minute = int(AT.timestamp()) // 60
    for minutes in (0, 1, 5):
        counted_in_file(folder, "one", minute + minutes)
        counted_in_database(str(minutes), minute + minutes)
    assert len(list(folder.iterdir())) == 1
    assert forget_counts(at=AT + timedelta(minutes=5)) == 2
    assert RequestCount.objects.get().client == "5"
