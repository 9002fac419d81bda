"""`adaldyq run`: everything starts with one command, ends with Ctrl-C, and survives being killed."""

from __future__ import annotations

import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from adaldyq.demo.sign_ins import SIGN_INS
from tests.project.conftest import Shell, environment

SECONDS_TO_START, SECONDS_TO_END = 180, 30


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def running(data: Path, port: int) -> Iterator[subprocess.Popen[str]]:
    """The command, in a process group of its own as a terminal would start it."""
    process = subprocess.Popen(
        [sys.executable, "-m", "adaldyq", "run", "--port", str(port), "--people", "300"],
        env=environment(data),
        cwd=data,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        if process.stdout:
            process.stdout.close()


def wait_for_page(process: subprocess.Popen[str], port: int) -> str:
    until = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < until:
        assert process.poll() is None, process.stdout.read() if process.stdout else ""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/en/", timeout=5) as answer:
                return str(answer.read().decode())
        except OSError:
            time.sleep(0.2)
    raise AssertionError("the page did not open")


def processes_of(session: int) -> list[str]:
    """Processes of a terminal's session that still live."""
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[3]) == session and fields[0] != "Z":
            found.append(status.parent.name)
    return found


def test_everything_starts_and_ctrl_c_ends_it(loaded: Path) -> None:
    port = free_port()
    with running(loaded, port) as process:
        assert "Adaldyq" in wait_for_page(process, port)
        os.killpg(process.pid, signal.SIGINT)
        told, _ = process.communicate(timeout=SECONDS_TO_END)
        assert process.returncode == 0, told
        assert processes_of(process.pid) == []
    assert f"http://127.0.0.1:{port}/" in told
    assert "analyst" in told
    assert "adaldyq-demo" in told
    assert "Traceback" not in told


def test_a_supervisor_ends_it_as_ctrl_c_does(loaded: Path) -> None:
    port = free_port()
    with running(loaded, port) as process:
        wait_for_page(process, port)
        process.send_signal(signal.SIGTERM)
        told, _ = process.communicate(timeout=SECONDS_TO_END)
        assert process.returncode == 0, told
        assert processes_of(process.pid) == []


@pytest.mark.parametrize("ending", [signal.SIGHUP, signal.SIGKILL])
def test_nothing_outlives_a_terminal_that_is_closed_or_a_process_that_is_killed(loaded: Path, ending: int) -> None:
    port = free_port()
    with running(loaded, port) as process:
        wait_for_page(process, port)
        os.kill(process.pid, ending)
        until = time.monotonic() + SECONDS_TO_END
        while processes_of(process.pid) and time.monotonic() < until:
            time.sleep(0.2)
        assert processes_of(process.pid) == []


def test_ctrl_c_while_the_server_starts_ends_everything(loaded: Path) -> None:
    port = free_port()
    with running(loaded, port) as process:
        until = time.monotonic() + SECONDS_TO_START
        while len(processes_of(process.pid)) < 2 and time.monotonic() < until:
            time.sleep(0.05)
        os.killpg(process.pid, signal.SIGINT)
        process.communicate(timeout=SECONDS_TO_END)
        assert processes_of(process.pid) == []


def test_a_start_that_was_killed_while_loading_is_taken_up_by_the_next(data: Path) -> None:
    port = free_port()
    with running(data, port) as process:
        until = time.monotonic() + SECONDS_TO_START
        while not people(data) and time.monotonic() < until:
            time.sleep(0.02)
        os.killpg(process.pid, signal.SIGKILL)
    with running(data, port) as process:
        wait_for_page(process, port)
        os.killpg(process.pid, signal.SIGINT)
        process.communicate(timeout=SECONDS_TO_END)
    assert people(data) == 300
    with sqlite3.connect(data / "adaldyq.sqlite3") as database:
        (accounts,) = database.execute("SELECT count(*) FROM kernel_account").fetchone()
        (findings,) = database.execute("SELECT count(*) FROM verification_finding").fetchone()
    assert accounts == len(SIGN_INS)
    assert findings > 0


def people(data: Path) -> int:
    """How many people are in the database; none before it is prepared."""
    file = data / "adaldyq.sqlite3"
    if not file.exists():
        return 0
    with sqlite3.connect(f"file:{file}?mode=ro", uri=True) as database:
        try:
            (counted,) = database.execute("SELECT count(*) FROM kernel_person").fetchone()
        except sqlite3.OperationalError:
            return 0
    return int(counted)


def test_a_port_that_is_taken_is_told_before_anything_is_made(data: Path, shell: Shell) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = shell("run", "--port", str(port))
    assert done.returncode == 1
    assert f"127.0.0.1:{port} is taken" in done.stderr
    assert not (data / "adaldyq.sqlite3").exists()
