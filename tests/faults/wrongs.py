"""What goes wrong in the trials: processes are killed, the database is restarted, the disk fills, the clock steps back."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.faults.installation import Installation, status
from tests.faults.load import Load
from tools.with_postgresql import Server

OK, AWAY = 200, 503
DATABASE = "adaldyq.sqlite3"
FAKETIME = "libfaketimeMT.so.1"
STEPS = ("-20m", "+0", "-3h", "-160m", "-6h", "-340m", "-24h", "-48h")
"""Offsets from the true time, one after the other. Forward by less than the half hour after which a session ends."""
ACTS_BETWEEN = 40
EARLIER = "-3d"
TOP_UP = (1 << 20, 4096, 1)


def restart_database(load: Load, server: Server, seconds: float) -> None:
    """Stop PostgreSQL as a crash would, and start it again."""
    wait_for(load, 5)
    server.stop()
    time.sleep(seconds)
    assert status(load.installation.port, "/en/registers/") == AWAY
    server.start()
    wait_for(load, 5)


def fill_disk(load: Load, seconds: float) -> None:
    """Fill the disk under the data folder, and free it again."""
    wait_for(load, 5)
    ballast = load.installation.data / "ballast"
    with ballast.open("wb", buffering=0) as file:
        for size in TOP_UP:
            try:
                while True:
                    file.write(bytes(size))
            except OSError:
                continue
    time.sleep(seconds)
    refused = load.answers[AWAY]
    pages = [status(load.installation.port, path) for path in ("/en/registers/", "/ledger/checkpoint", "/api/v1/rules")]
    ballast.unlink()
    assert refused, "no act was refused while the disk was full"
    assert pages == [OK, OK, OK], "what was there could not be read while the disk was full"
    wait_for(load, 5)


def wait_for(load: Load, more: int, seconds: float = 300) -> None:
    """Wait until so many more acts are acknowledged."""
    wanted, until = len(load.acknowledged) + more, time.monotonic() + seconds
    while len(load.acknowledged) < wanted:
        assert time.monotonic() < until, f"no act is acknowledged any more: {load.answers} {load.wrong[:1]}"
        time.sleep(0.05)


@contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[None]:
    """A disk of its own for a folder, in memory.

    Raises:
        PermissionError: this machine does not let us mount one.
    """
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "none", str(folder)]
    if os.geteuid() != 0 or subprocess.run(command, capture_output=True, check=False).returncode:
        raise PermissionError("mount")
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


@dataclass(frozen=True, slots=True)
class Clock:
    """The clock that an installation is shown, and how far it is from the true one."""

    file: Path
    library: str

    @classmethod
    def found(cls, file: Path) -> Clock | None:
        """A clock that can be set; none where libfaketime is not installed."""
        command = shutil.which("faketime")
        libraries = sorted(Path("/usr/lib").glob(f"**/faketime/{FAKETIME}")) if command else []
        return cls(file, str(libraries[0])) if libraries else None

    @property
    def environment(self) -> dict[str, str]:
        return {
            "LD_PRELOAD": self.library,
            "FAKETIME_TIMESTAMP_FILE": str(self.file),
            "FAKETIME_NO_CACHE": "1",
            "FAKETIME_DONT_RESET": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",  # no machine's monotonic clock ever steps
        }

    def set(self, offset: str) -> None:
        """Set it to so far from the true time."""
        new = self.file.with_suffix(".new")
        new.write_text(f"{offset}\n")
        new.replace(self.file)


def step_clock(load: Load, clock: Clock, steps: Sequence[str] = STEPS) -> None:
    """Let the clock step forth and back while acts are done."""
    for step in steps:
        wait_for(load, ACTS_BETWEEN)
        clock.set(step)
    wait_for(load, ACTS_BETWEEN)


def new_installation(folder: Path, name: str, database: str = "", clock: Clock | None = None) -> Installation:
    """An installation in a folder of its own, on SQLite unless a database is named."""
    data = folder / name
    data.mkdir(exist_ok=True)
    return Installation(data, database or f"sqlite:///{data / DATABASE}", more=clock.environment if clock else {})
