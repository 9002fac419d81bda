"""`adaldyq run`: everything starts with one command, ends with Ctrl-C, and survives being killed."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import sqlite3
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from adaldyq.demo.sign_ins import LATE, SIGN_INS
from adaldyq.project.cli.identity import PORTS_TRIED
from adaldyq.project.cli.running import log_given
from adaldyq.project.cli.witness import witness_beside
from tests.project.conftest import Shell
from tests.project.installation import (
    NOHUP,
    SECONDS_TO_END,
    SECONDS_TO_START,
    Start,
    ignores,
    processes_of,
    wait_for_page,
    wait_until_none_lives,
)
from tools.with_postgresql import free_port

FEW = ("--people", "300")


@pytest.mark.journey
def test_everything_starts_after_a_start_that_was_killed_while_loading_and_ctrl_c_ends_it(
    data: Path, shell: Shell
) -> None:
    port = free_port()
    start = Start(data, port, FEW)
    with start.early() as process:
        until = time.monotonic() + SECONDS_TO_START
        while not people(data) and time.monotonic() < until:
            time.sleep(0.02)
        os.killpg(process.pid, signal.SIGKILL)
    with start.opened() as process:
        assert "Adaldyq" in wait_for_page(process, port)
        assert wait_for_text(data / "address") == f"http://localhost:{port}\n"
        wait_for_payments(data)
        second = shell("run", "--port", str(free_port()))
        assert second.returncode == 1
        assert "runs on this data folder already" in second.stderr
        os.killpg(process.pid, signal.SIGINT)
        told, _ = process.communicate(timeout=SECONDS_TO_END)
        assert process.returncode == 0, told
        assert processes_of(process.pid) == []
    assert not (data / "address").exists()
    assert f"http://127.0.0.1:{port}/" in told
    assert "analyst" in told
    assert "adaldyq-demo" in told
    assert "Traceback" not in told
    assert people(data) == 300
    with sqlite3.connect(data / "adaldyq.sqlite3") as database:
        (accounts,) = database.execute(
            "SELECT count(*) FROM kernel_account WHERE username NOT LIKE '%declarant%'"
        ).fetchone()
        (fined,) = database.execute("SELECT count(*) FROM declarations_nonfiling WHERE state = 'fined'").fetchone()
        (asked,) = database.execute("SELECT count(*) FROM declarations_review WHERE state = 'asked'").fetchone()
        (findings,) = database.execute("SELECT count(*) FROM verification_finding").fetchone()
    assert accounts == len(SIGN_INS)
    assert findings > 0
    assert asked > 0
    assert fined == 1
    assert LATE in told


def wait_for_payments(data: Path) -> None:
    """Wait until people have paid at the test provider and its webhooks have told so."""
    told = "SELECT count(*) FROM payments_providerevent WHERE kind = 'succeeded' AND state = 'applied'"
    until = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < until:
        with closing(sqlite3.connect(data / "adaldyq.sqlite3")) as database:
            if database.execute(told).fetchone()[0]:
                return
        time.sleep(0.2)
    raise AssertionError("no webhook has come")


def wait_for_text(file: Path) -> str:
    """What stands in a file, once something does."""
    until = time.monotonic() + SECONDS_TO_START
    while not (file.exists() and file.read_text()) and time.monotonic() < until:
        time.sleep(0.05)
    return file.read_text(encoding="utf-8")


@pytest.mark.django_db
def test_two_starts_in_the_same_moment_take_two_ports_for_their_witnesses(tmp_path: Path, settings: Settings) -> None:
    settings.DATA_DIR = tmp_path
    started = [one for one in (witness_beside(set()), witness_beside(set())) if one]
    ports = {one.port for one in started}
    for one in started:
        one.door.close()
    assert len(ports) == 2


def test_in_a_terminal_requests_are_noted_in_a_file(
    tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.DATA_DIR = tmp_path
    monkeypatch.delenv("ADALDYQ_LOG", raising=False)
    monkeypatch.delenv("ADALDYQ_LOG_FILE", raising=False)
    assert log_given() == {}
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    assert log_given() == {"ADALDYQ_LOG_FILE": str(tmp_path / "requests.log")}
    monkeypatch.setenv("ADALDYQ_LOG", "json")
    assert log_given() == {}


def people(data: Path) -> int:
    """How many people are in the database; none before it is prepared."""
    file = data / "adaldyq.sqlite3"
    if not file.exists():
        return 0
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as database:
        try:
            (counted,) = database.execute("SELECT count(*) FROM kernel_person").fetchone()
        except sqlite3.OperationalError:
            return 0
    return int(counted)


@pytest.fixture(scope="module")
def standing(loaded_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with a small sample country, which one start after the other goes on with."""
    return shutil.copytree(loaded_once, tmp_path_factory.mktemp("standing") / "data")


@pytest.mark.journey
@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGHUP])
def test_ctrl_c_or_a_closed_terminal_while_the_server_starts_ends_everything(
    standing: Path, ending: signal.Signals
) -> None:
    with Start(standing, free_port()).early() as process:
        until = time.monotonic() + SECONDS_TO_START
        while len(processes_of(process.pid)) < 2 and time.monotonic() < until:
            time.sleep(0.05)
        os.killpg(process.pid, ending)
        process.communicate(timeout=SECONDS_TO_END)
        assert processes_of(process.pid) == []


def test_nohup_lets_it_outlive_a_terminal_and_nothing_outlives_it_when_it_is_killed(standing: Path) -> None:
    port = free_port()
    with Start(standing, port, by=NOHUP).opened() as process:
        assert ignores(process.pid, signal.SIGHUP)
        assert not ignores(process.pid, signal.SIGINT)
        os.killpg(process.pid, signal.SIGHUP)
        wait_for_page(process, port)
        process.kill()
        wait_until_none_lives(process.pid)


def test_a_port_that_is_taken_is_told_before_anything_is_made(data: Path, shell: Shell) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = shell("run", "--port", str(port))
    assert done.returncode == 1
    assert f"127.0.0.1:{port} is taken" in done.stderr
    said = re.search(rf"`{Path(sys.executable).with_name('adaldyq')} run --port (\d+)`", done.stderr)
    assert said
    assert port < int(said[1]) <= port + PORTS_TRIED
    assert not (data / "adaldyq.sqlite3").exists()
