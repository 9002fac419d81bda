"""An installation to measure: a data folder, a database, and the processes that `adaldyq run` starts."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg

from bench.processors import taken
from bench.report import ROOT
from tools.with_postgresql import Server, free_port, serving

SECONDS_TO_START, SECONDS_TO_END, SECONDS_TO_SETTLE = 120.0, 30.0, 120.0
PEER = "bench.orm_settings"
THEIRS = ("ADALDYQ_", "DATABASE_URL", "DJANGO_SETTINGS_MODULE")
"""Beginnings of variables by which whoever measures says what is its own, and not the installation's."""


@dataclass
class Installed:
    """A data folder and a database.

    Attributes:
        name: of the kind of database.
        server: of PostgreSQL, if it is that.
        more: variables of the environment.
    """

    name: str
    folder: Path
    server: Server | None = None
    more: Mapping[str, str] = field(default_factory=dict)
    started: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def environment(self) -> dict[str, str]:
        """What its processes are started with."""
        ours = {name: value for name, value in os.environ.items() if not name.startswith(THEIRS)}
        database = {"DATABASE_URL": self.server.url} if self.server else {}
        path = os.pathsep.join((str(ROOT), str(ROOT / "src")))
        return {**ours, **database, "ADALDYQ_DATA_DIR": str(self.folder), "PYTHONPATH": path, **self.more}

    def run(self, *words: str, given: str = "") -> str:
        """Let a program of ours work to its end; what it printed."""
        command = [sys.executable, *words]
        done = subprocess.run(
            command, env=self.environment, check=True, input=given, stdout=subprocess.PIPE, text=True, cwd=self.folder
        )
        return done.stdout

    def prepare(self, *counts: int) -> dict[str, Any]:
        """Make the database and those who file; what clients must know."""
        self.run("-m", "adaldyq", "migrate")
        found: dict[str, Any] = json.loads(self.run("-m", "bench.filing_data", *map(str, counts)))
        return found

    def serve(self, settings: str = "adaldyq.project.settings") -> int:
        """Start a server with two processes; its port."""
        port = free_port()
        self.start("serve", "--port", str(port), settings=settings)
        until = time.monotonic() + SECONDS_TO_START
        while time.monotonic() < until:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    return port
            time.sleep(0.1)
        raise SystemExit((self.folder / "log").read_text()[-2000:])

    def start(self, *words: str, settings: str = "adaldyq.project.settings") -> subprocess.Popen[bytes]:
        """Start a part."""
        with (self.folder / "log").open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "adaldyq", *words],
                env=self.environment | {"DJANGO_SETTINGS_MODULE": settings},
                stdout=log,
                stderr=log,
                cwd=self.folder,
                start_new_session=True,
            )
        self.started.append(process)
        return process

    def let_work_pass(self) -> None:
        """Wait until the worker that was started has done what it does once a night, and whatever else waits for it.

        PostgreSQL then counts its tables, as it does by itself each minute: how foreign keys are checked it otherwise
        decided when the tables were empty, and reads each from its first row to its last.
        """
        self.run("-m", "bench.waiting", str(SECONDS_TO_SETTLE))
        if self.server:
            with psycopg.connect(self.server.url, autocommit=True) as connection:
                connection.execute("ANALYZE")

    def processor(self) -> float:
        """Seconds of the processor that the server, its worker and the database's server have taken."""
        roots = [one.pid for one in self.started]
        if self.server:
            roots.append(int((self.server.folder / "data" / "postmaster.pid").read_text().split()[0]))
        return taken(roots)

    def kill(self) -> None:
        """Kill every process at once, as a power failure does; the database's server as well."""
        for process in self.started:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        self.started.clear()
        if self.server:
            self.server.stop()
            self.server.start()

    def end(self) -> None:
        """End what was started."""
        for process in self.started:
            process.terminate()
        for process in self.started:
            try:
                process.wait(SECONDS_TO_END)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
        self.started.clear()


@contextmanager
def installed(name: str, folder: Path, more: Mapping[str, str] | None = None) -> Iterator[Installed]:
    """An installation on a kind of database, until the body ends. What it acknowledges is on the disk.

    Args:
        more: variables of its environment.
    """
    with ExitStack() as stack:
        server = stack.enter_context(serving()) if name == "PostgreSQL" else None
        made = Installed(name, folder, server, more or {})
        try:
            yield made
        finally:
            made.end()
