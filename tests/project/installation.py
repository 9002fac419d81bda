"""`adaldyq run` as a terminal starts it, and what lives of it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests import databases
from tests.project.conftest import environment

SECONDS_TO_START, SECONDS_TO_END = 180, 180
# A shell has what it starts in the background ignore Ctrl-C, tests among them, and their children inherit that.
TERMINAL = ("env", "--default-signal=INT,HUP")
NOHUP = ("env", "--default-signal=INT", "--ignore-signal=HUP")


@dataclass
class Start:
    """How `adaldyq run` is started.

    Attributes:
        data: its data folder.
        port: where it serves.
        words: what else its command line says.
        by: the command that starts it.
        more: what else its environment says.
    """

    data: Path
    port: int
    words: tuple[str, ...] = ()
    by: tuple[str, ...] = TERMINAL
    more: Mapping[str, str] = field(default_factory=dict)

    @contextmanager
    def begun(self) -> Iterator[subprocess.Popen[str]]:
        """The command, in a session of its own; whatever lives of it in the end is killed."""
        process = subprocess.Popen(
            [*self.by, sys.executable, "-m", "adaldyq", "run", "--port", str(self.port), *self.words],
            env=environment(self.data, **self.more),
            cwd=self.data,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            pipesize=1_000_000,  # nobody reads it before the end, and a busy machine has much to say until the page opens
            start_new_session=True,
        )
        try:
            yield process
        finally:
            if processes_of(process.pid):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            if process.stdout:
                process.stdout.close()

    @contextmanager
    def early(self) -> Iterator[subprocess.Popen[str]]:
        """The command at its start; that of another test, which would look for the same ports, waits meanwhile."""
        with databases.alone(databases.PLACE / "run"), self.begun() as process:
            yield process

    @contextmanager
    def opened(self) -> Iterator[subprocess.Popen[str]]:
        """The command once its pages open; that of another test waits until then."""
        with ExitStack() as others:
            others.enter_context(databases.alone(databases.PLACE / "run"))
            with self.begun() as process:
                wait_for_page(process, self.port)
                others.close()
                yield process


def wait_for_page(process: subprocess.Popen[str], port: int) -> str:
    """The first page, as soon as it opens."""
    until = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < until:
        assert process.poll() is None, process.stdout.read() if process.stdout else ""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/en/", timeout=20) as answer:
                return str(answer.read().decode())
        except OSError:
            time.sleep(0.2)
    os.killpg(process.pid, signal.SIGKILL)
    said = process.stdout.read() if process.stdout else ""
    raise AssertionError(f"the page did not open; the command had said: {said}")


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


def wait_until_none_lives(session: int) -> None:
    """Wait until no process of a terminal's session lives."""
    until = time.monotonic() + SECONDS_TO_END
    while processes_of(session) and time.monotonic() < until:
        time.sleep(0.1)
    assert processes_of(session) == []


def ignores(process: int, number: signal.Signals) -> bool:
    """Whether a process has the system throw a signal away."""
    [mask] = [line for line in Path(f"/proc/{process}/status").read_text().splitlines() if line.startswith("SigIgn:")]
    return bool(int(mask.split()[1], 16) >> (number - 1) & 1)
