"""Runs a command with `DATABASE_URL` naming a PostgreSQL server of its own, which ends with the command.

Usage: with_postgresql.py COMMAND [ARGUMENT …]; `--there` only tells by the exit code whether it could.
"""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

DEBIAN = Path("/usr/lib/postgresql")
MEMORY_ONLY = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


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
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def run(command: list[str], bin_folder: Path) -> int:
    """Start a server, run the command, end the server."""
    with tempfile.TemporaryDirectory(prefix="adaldyq-postgresql-", ignore_cleanup_errors=True) as place:
        folder, port = Path(place), free_port()
        account = as_server(folder)
        options = " ".join(f"-c {one}" for one in MEMORY_ONLY)
        options += f" -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder} -p {port}"
        quiet = {"stdout": subprocess.DEVNULL, "cwd": folder, **account}
        initialise = [bin_folder / "initdb", "-D", folder / "data", "-U", "adaldyq", "-A", "trust", "-E", "UTF8"]
        subprocess.run([*initialise, "--locale=C.UTF-8"], check=True, **quiet)  # type: ignore[call-overload]  # mixed keywords
        control = [bin_folder / "pg_ctl", "-D", folder / "data", "-w"]
        start = [*control, "-o", options, "-l", folder / "log", "start"]
        subprocess.run(start, check=True, **quiet)  # type: ignore[call-overload]  # as above
        try:
            environment = os.environ | {"DATABASE_URL": f"postgres://adaldyq@127.0.0.1:{port}/postgres"}
            return subprocess.run(command, env=environment, check=False).returncode
        finally:
            subprocess.run([*control, "-m", "immediate", "stop"], check=True, **quiet)  # type: ignore[call-overload]  # as above


def main() -> int:
    """Do what the command line says."""
    bin_folder = programs()
    if sys.argv[1:] == ["--there"]:
        return 0 if bin_folder else 1
    if bin_folder is None or not sys.argv[1:]:
        print(__doc__, file=sys.stderr)
        return 2
    return run(sys.argv[1:], bin_folder)


if __name__ == "__main__":
    sys.exit(main())
