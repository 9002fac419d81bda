"""An installation as an operator runs it: web, worker, sequencer and witness, each a process that may be killed.

A supervisor starts again what ended, as systemd would.
"""

from __future__ import annotations

import http.client
import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.conftest import shell
from tools.with_postgresql import free_port

ROOT = Path(__file__).resolve().parents[2]
SECONDS_TO_START, SECONDS_TO_END, SECONDS_TO_SETTLE = 300, 60, 300
WEB, WORKER, SEQUENCER, WITNESS = "web", "worker", "sequencer", "witness"
BACKEND = "PostgreSQL"
"""A process of it that works for a connection."""
PARTS = (WITNESS, WEB, WORKER, SEQUENCER)


@dataclass(frozen=True, slots=True)
class Prepared:
    """What `tests.faults.prepare` made.

    Attributes:
        log: public key of the ledger.
        witness: public key of the witness.
        app: secret of the registrar's authenticator app.
        token: secret of an institution's token.
    """

    log: str
    witness: str
    app: str
    token: str


@dataclass
class Installation:
    """A data folder, a database and four processes.

    Attributes:
        more: variables of the environment for single parts.
        started: when each part was last started, by the monotonic clock.
        seconds_to_open: how long the pages took to open when they were last waited for.
        kills: how often each part was killed.
        ended: parts that ended by themselves, with their exit code.
    """

    data: Path
    database: str
    more: Mapping[str, str] = field(default_factory=dict)
    before: Sequence[str] = ()
    port: int = field(default_factory=free_port)
    witness_port: int = field(default_factory=free_port)
    parts: tuple[str, ...] = PARTS
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    started: dict[str, float] = field(default_factory=dict)
    seconds_to_open: float = 0
    kills: Counter[str] = field(default_factory=Counter)
    ended: list[tuple[str, int]] = field(default_factory=list)
    stopping: threading.Event = field(default_factory=threading.Event)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        known = {
            "DATABASE_URL": self.database,
            "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'src'}",
            "ADALDYQ_API_REQUESTS": "1000000",
        }
        return shell(self.data, **known, **self.more)

    @property
    def log_file(self) -> Path:
        """Where all parts write what they have to say."""
        return self.data.parent / f"{self.data.name}.log"

    def prepare(self) -> Prepared:
        """Make the database, the registrar and the keys."""
        told = self.run("-m", "tests.faults.prepare")
        self.prepared = Prepared(**json.loads(told))
        return self.prepared

    def run(self, *words: str, code: int = 0, **more: str) -> str:
        """Let a program of ours work to its end, and give what it printed."""
        done = subprocess.run(
            [sys.executable, *words],
            env=self.environment | more,
            cwd=self.data,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == code, done.stdout + done.stderr
        return done.stdout

    def command(self, part: str) -> list[str]:
        """The command line of a part."""
        ours = [*self.before, sys.executable, "-m"]
        match part:
            case "web":
                return [*ours, "adaldyq", "serve", "--host", "127.0.0.1", "--port", str(self.port)]
            case "worker":
                return [*ours, "adaldyq", "worker"]
            case "sequencer":
                return [*ours, "tests.faults.sequencer"]
        witness = ["adaldyq", "witness", "--port", str(self.witness_port), "--log", self.prepared.log]
        return [*ours, *witness]

    def start(self, part: str) -> None:
        """Start a part."""
        self.started[part] = time.monotonic()
        knows = {"ADALDYQ_WITNESSES": f"http://127.0.0.1:{self.witness_port} {self.prepared.witness}"}
        with self.log_file.open("ab") as log:
            self.processes[part] = subprocess.Popen(
                self.command(part),
                env=self.environment | knows,
                cwd=self.data,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def supervise(self) -> None:
        """Start again what ended, until told to stop."""
        while not self.stopping.wait(0.1):
            for part in self.parts:
                code = self.processes[part].poll()
                if code is not None and not self.stopping.is_set():
                    if code != -signal.SIGKILL:
                        self.ended.append((part, code))
                    self.start(part)

    def kill(self, part: str, chance: random.Random) -> None:
        """Kill a part; of the web, one of its processes."""
        pids = [self.processes[part].pid]
        if part == WEB:
            pids += children_of(pids[0])
        os.kill(chance.choice(pids), signal.SIGKILL)
        self.kills[part] += 1

    def is_at_work(self, part: str) -> bool:
        """Whether a part has run as long as the pages took to open when they were last started."""
        return time.monotonic() - self.started[part] >= self.seconds_to_open

    def wait_until_open(self) -> None:
        """Wait until a page comes."""
        until, waited = time.monotonic() + SECONDS_TO_START, False
        while time.monotonic() < until:
            if status(self.port) == http.client.OK:
                if waited:
                    self.seconds_to_open = time.monotonic() - self.started[WEB]
                return
            waited = True
            time.sleep(0.1)
        raise AssertionError(f"the pages did not open: {self.log_file.read_text()[-2000:]}")

    def settle(self) -> None:
        """Wait until nothing waits: lines, deadlines, and the witness. How long it takes is the machine's affair."""
        told = json.loads(self.run("-m", "tests.faults.waiting", str(SECONDS_TO_SETTLE)))
        assert told == {"lines": 0, "deadlines": 0, "cosigned": True}, f"this still waits: {told} {self.said()[-2000:]}"

    def audit(self) -> str:
        """Audit the whole log from outside, and that it continues what the last audit saw."""
        keys = ["--key", self.prepared.log, "--witness", self.prepared.witness]
        state = str(self.data.parent / f"{self.data.name}-seen.json")
        return self.run("-m", "adaldyq", "ledger", "audit", f"{self.address}/ledger", *keys, "--state", state)

    def said(self) -> str:
        """What all parts wrote."""
        return self.log_file.read_text(encoding="utf-8", errors="replace")


@contextmanager
def running(installation: Installation) -> Iterator[Installation]:
    """The installation with all its parts and their supervisor, until the body ends."""
    supervisor = threading.Thread(target=installation.supervise, daemon=True)
    try:
        for part in installation.parts:
            installation.start(part)
        supervisor.start()
        installation.wait_until_open()
        yield installation
    finally:
        installation.stopping.set()
        if supervisor.ident:
            supervisor.join()
        for process in installation.processes.values():
            process.terminate()
        for process in installation.processes.values():
            end(process)


def end(process: subprocess.Popen[bytes]) -> None:
    """Wait for a process that was asked to end, and end what is left of its session."""
    try:
        process.wait(SECONDS_TO_END)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    for pid in of_session(process.pid):
        os.kill(pid, signal.SIGKILL)


def facts_of(pid: int) -> list[str]:
    """What the kernel says of a process after its name: state, parent, group, session and more; empty when gone."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []


def processes() -> Iterator[tuple[int, list[str]]]:
    """All processes that live, with what the kernel says of them."""
    for folder in Path("/proc").glob("[0-9]*"):
        facts = facts_of(int(folder.name))
        if facts and facts[0] != "Z":
            yield int(folder.name), facts


def children_of(parent: int) -> list[int]:
    """Processes that a process started."""
    return [pid for pid, facts in processes() if int(facts[1]) == parent]


def of_session(session: int) -> list[int]:
    """Processes of a session."""
    return [pid for pid, facts in processes() if int(facts[3]) == session]


def status(port: int, path: str = "/en/about/", seconds: float = 5) -> int:
    """Status with which a page answers; 0 when nothing does."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=seconds)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return 0
    finally:
        connection.close()
