"""Runs a command with `DATABASE_URL` naming a PostgreSQL server of its own, which ends with the command.

Usage: with_postgresql.py COMMAND [ARGUMENT …]; `--there` only tells by the exit code whether it could.
"""

from __future__ import annotations

import atexit
import errno
import os
import pwd
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

DEBIAN = Path("/usr/lib/postgresql")
MEMORY_ONLY = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
taken = ExitStack()
atexit.register(taken.close)


def programs() -> Path | None:
    """Folder of the server programs, the newest when there are several."""
    if on_path := shutil.which("pg_ctl"):
        return Path(on_path).parent
    found = sorted(DEBIAN.glob("*/bin/pg_ctl"), key=lambda file: int(file.parts[-3]))
    return found[-1].parent if found else None


def as_server(folder: Path) -> dict[str, int]:
    """The account that may run the server, which refuses to run as root."""
    if os.geteuid() != 0:
        return {}
    account = pwd.getpwnam("postgres")
    os.chown(folder, account.pw_uid, account.pw_gid)
    return {"user": account.pw_uid, "group": account.pw_gid}


def free_port() -> int:
    """A port that nobody listens on, and that no other process gets from here while this one lives.

    It is below those that the system gives out by itself: between being chosen and being listened on, one of those
    may become the near end of somebody's connection.
    """
    for port in random.sample(range(20_000, 32_000), 1_000):
        mine = socket.socket(socket.AF_UNIX)
        try:
            with socket.socket() as probe:
                probe.bind(("127.0.0.1", port))
            mine.bind(f"\0adaldyq-port-{port}")  # a name without a file, which ends with this process
        except OSError:
            mine.close()
        else:
            taken.enter_context(mine)
            return port
    raise OSError(errno.EADDRINUSE, "no port is free")


class Server:
    """A PostgreSQL server in a folder of its own, on a port of its own.

    Attributes:
        url: its address, as DATABASE_URL has it.
    """

    def __init__(self, folder: Path, options: Sequence[str] = ()) -> None:
        """Make its files.

        Args:
            folder: an empty one, which it takes as its own.
            options: settings, `name=value`.
        """
        found = programs()
        if found is None:
            raise FileNotFoundError("pg_ctl")
        self.folder, self.port = folder, free_port()
        self.url = f"postgres://adaldyq@127.0.0.1:{self.port}/postgres"
        own = [f"listen_addresses=127.0.0.1 -c unix_socket_directories={folder} -p {self.port}"]
        self.options = " ".join(f"-c {one}" for one in [*options, *own])
        self.quiet = {"stdout": subprocess.DEVNULL, "cwd": folder, **as_server(folder)}
        self.control = [found / "pg_ctl", "-D", folder / "data", "-w"]
        initialise = [found / "initdb", "-D", folder / "data", "-U", "adaldyq", "-A", "trust", "-E", "UTF8"]
        self.call(*initialise, "--locale=C.UTF-8")

    def call(self, *command: object) -> None:
        """Run one of its programs."""
        subprocess.run([*map(str, command)], check=True, **self.quiet)  # type: ignore[call-overload]  # mixed keywords

    def start(self) -> None:
        """Start it, and wait until it takes connections."""
        self.call(*self.control, "-o", self.options, "-l", self.folder / "log", "start")

    def stop(self) -> None:
        """Stop it at once, as a crash would."""
        self.call(*self.control, "-m", "immediate", "stop")


@contextmanager
def serving(options: Sequence[str] = ()) -> Iterator[Server]:
    """A server that ends with the body, which may have stopped it itself."""
    with tempfile.TemporaryDirectory(prefix="adaldyq-postgresql-", ignore_cleanup_errors=True) as place:
        server = Server(Path(place), options)
        server.start()
        try:
            yield server
        finally:
            if (server.folder / "data" / "postmaster.pid").exists():
                server.stop()


def run(command: list[str]) -> int:
    """Start a server, run the command, end the server, also when the command is to end early."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with serving(MEMORY_ONLY) as server:
        return subprocess.run(command, env=os.environ | {"DATABASE_URL": server.url}, check=False).returncode


def main() -> int:
    """Do what the command line says."""
    bin_folder = programs()
    if sys.argv[1:] == ["--there"]:
        return 0 if bin_folder else 1
    if bin_folder is None or not sys.argv[1:]:
        print(__doc__, file=sys.stderr)
        return 2
    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
