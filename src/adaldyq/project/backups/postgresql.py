"""PostgreSQL's own programs, by which its databases are backed up."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from django.db import connection
from psycopg.conninfo import make_conninfo

from adaldyq.base.errors import DomainError

DEBIAN = Path("/usr/lib/postgresql")
VERSION = re.compile(r"\b(\d+)(?:\.\d+)?")
NOT_OF_THE_SERVER = {"password", "cursor_factory", "context", "prepare_threshold", "client_encoding"}
SECONDS = 0.5
SET_ASIDE = "replaced_*"
"""Schemas in which a restore left what was there before."""


def programs(name: str) -> Iterator[Path]:
    """Where a program of PostgreSQL may be: on the path, then where Debian puts each version, the newest first."""
    if on_path := shutil.which(name):
        yield Path(on_path)
    folders = [one for one in DEBIAN.glob("*/bin") if one.parts[-2].isdecimal()]
    yield from (one / name for one in sorted(folders, key=lambda one: -int(one.parts[-2])) if (one / name).exists())


def program(name: str) -> Path:
    """The first program that is not older than the server.

    Raises:
        DomainError: `pg-program-missing`.
    """
    connection.ensure_connection()
    wanted = connection.pg_version // 10_000  # type: ignore[attr-defined]  # of PostgreSQL's backend
    for found in programs(name):
        said = subprocess.run([found, "--version"], capture_output=True, text=True, check=False).stdout  # noqa: S603  # found on the operator's own path
        if (version := VERSION.search(said)) and int(version[1]) >= wanted:
            return found
    raise DomainError("pg-program-missing", program=name, version=wanted)


def address() -> tuple[str, dict[str, str]]:
    """Address of the database without its password, and the environment that has it."""
    said = connection.get_connection_params()
    known = {name: value for name, value in said.items() if name not in NOT_OF_THE_SERVER and value is not None}
    password = {"PGPASSWORD": str(said["password"])} if said.get("password") else {}
    return make_conninfo(**known), os.environ | password


def dump(snapshot: str, target: Path, told: Callable[[int], None]) -> None:
    """Write the database as it is in an exported snapshot.

    Raises:
        DomainError: `pg-program-missing`, `pg-program-failed`.
    """
    where, environment = address()
    words = ["--format=custom", "--no-owner", "--no-privileges", f"--exclude-schema={SET_ASIDE}"]
    words += [f"--snapshot={snapshot}", f"--file={target}", f"--dbname={where}"]
    run("pg_dump", words, environment, lambda: told(target.stat().st_size if target.exists() else 0))


def restore(part: Path) -> None:
    """Put a dump into the database, whole or not at all.

    Raises:
        DomainError: `pg-program-missing`, `pg-program-failed`.
    """
    where, environment = address()
    words = ["--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges", f"--dbname={where}", str(part)]
    run("pg_restore", words, environment, lambda: None)


def run(name: str, words: Sequence[str], environment: dict[str, str], meanwhile: Callable[[], None]) -> None:
    """Run a program to its end; it ends with us, however we end.

    Raises:
        DomainError: `pg-program-missing`, `pg-program-failed` with the first thing it said.
    """
    command = [str(program(name)), *words]
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=said)  # noqa: S603  # no word of it comes from a visitor
        try:
            while True:
                try:
                    code = process.wait(SECONDS)
                    break
                except subprocess.TimeoutExpired:
                    meanwhile()
        finally:
            process.kill()
        said.seek(0)
        if code:
            first = said.read().decode(errors="replace").strip().partition("\n")[0]
            raise DomainError("pg-program-failed", program=name, problem=first or str(code))
