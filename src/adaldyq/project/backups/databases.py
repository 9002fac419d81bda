"""The database of a backup: copied at one moment while the site runs, and put in place whole or not at all.

SQLite copies itself in one read transaction (`VACUUM INTO`), which also leaves behind what was deleted. PostgreSQL
is asked with `pg_dump` at the snapshot in which the facts of the manifest are read.
"""

from __future__ import annotations

import gzip
import shutil
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from adaldyq.base.errors import DomainError
from adaldyq.project.backups import postgresql
from adaldyq.project.backups.manifest import POSTGRESQL, SQLITE, Tree

Told = Callable[[int, int], None]
Rows = Sequence[Sequence[object]]
Query = Callable[[str], Rows]

COPY = "database.sqlite3"
STEPS = 100_000  # of SQLite's machine between two looks at how far it is
SECONDS_TO_WAIT = 2.0
FULL = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_IOERR_WRITE}
MIGRATIONS = "SELECT app, name FROM django_migrations ORDER BY id"
NEWEST = "SELECT size, root FROM ledger_storedcheckpoint ORDER BY size DESC LIMIT 1"
WAITING = "SELECT count(*) FROM ledger_leaf WHERE position IS NULL"


@dataclass(frozen=True, slots=True)
class Facts:
    """What a database says about itself at the moment of the backup."""

    migrations: dict[str, list[str]]
    tree: Tree | None
    waiting: int


def engine() -> str:
    """The kind of this installation's database."""
    return POSTGRESQL if connection.vendor == "postgresql" else SQLITE


def sqlite_file() -> Path:
    """The file of the SQLite database."""
    return Path(str(settings.DATABASES["default"]["NAME"]))


def is_prepared() -> bool:
    """Whether the database has tables of ours."""
    if engine() == SQLITE and not sqlite_file().exists():
        return False
    return "django_migrations" in connection.introspection.table_names()


def has_tables() -> bool:
    """Whether the database has any table."""
    if engine() == SQLITE and not sqlite_file().exists():
        return False
    return bool(connection.introspection.table_names())


def copy(target: Path, told: Told) -> Facts:
    """Write a copy of the database as it is at one moment, in the form that a backup holds.

    Raises:
        DomainError: `disk-full`, `pg-program-missing`, `pg-program-failed`.
    """
    return copy_postgresql(target, told) if engine() == POSTGRESQL else copy_sqlite(target, told)


def copy_sqlite(target: Path, told: Told) -> Facts:
    """Copy a SQLite database while others write, and compress the copy."""
    source, plain = sqlite_file(), target.with_name(COPY)
    total = source.stat().st_size

    def look() -> None:
        with suppress(FileNotFoundError):
            told(min(plain.stat().st_size, total - 1), total)

    try:
        with closing(sqlite3.connect(source.as_uri() + "?mode=ro", uri=True, timeout=30)) as database:
            database.set_progress_handler(look, STEPS)
            database.execute("VACUUM INTO ?", [str(plain)])
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode in FULL:
            raise DomainError("disk-full", file=str(plain)) from None
        raise
    with closing(sqlite3.connect(plain)) as database:
        found = facts(lambda query: database.execute(query).fetchall())
    with plain.open("rb") as content, gzip.GzipFile(target, "wb", compresslevel=1, mtime=0) as out:
        shutil.copyfileobj(content, out, 1 << 20)
    plain.unlink()
    told(total, total)
    return found


def copy_postgresql(target: Path, told: Told) -> Facts:
    """Dump a PostgreSQL database at a snapshot of which the facts are read as well."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")

        def query(text: str) -> Rows:
            cursor.execute(text)
            rows: Rows = cursor.fetchall()
            return rows

        [[snapshot, total]] = query("SELECT pg_export_snapshot(), pg_database_size(current_database())")
        found = facts(query)
        postgresql.dump(str(snapshot), target, lambda done: told(min(done, int(str(total)) - 1), int(str(total))))
    told(int(str(total)), int(str(total)))
    return found


def facts(query: Query) -> Facts:
    """Read what the manifest says of a database."""
    migrations: dict[str, list[str]] = {}
    for app, name in query(MIGRATIONS):
        migrations.setdefault(str(app), []).append(str(name))
    newest, [[waiting]] = query(NEWEST), query(WAITING)
    tree = Tree(int(str(newest[0][0])), bytes(newest[0][1]).hex()) if newest else None  # type: ignore[call-overload]  # a BLOB
    return Facts(migrations, tree, int(str(waiting)))


@contextmanager
def put(part: Path, *, replaced: str) -> Iterator[None]:
    """Put the database of a backup in place; what was there is back when the body fails.

    Args:
        part: of the backup.
        replaced: name under which what was there is kept; empty when nothing was.

    Raises:
        DomainError: `restore-in-use`, `pg-program-missing`, `pg-program-failed`.
    """
    with put_postgresql(part, replaced) if engine() == POSTGRESQL else put_sqlite(part, replaced):
        yield


@contextmanager
def put_sqlite(part: Path, replaced: str) -> Iterator[None]:
    """Unpack the file beside its place, and move it there."""
    place = sqlite_file()
    new, old = place.with_name(f"{place.name}.restoring"), place.with_name(f"{place.name}.{replaced}")
    new.unlink(missing_ok=True)
    try:
        with gzip.open(part) as content, new.open("wb") as out:
            shutil.copyfileobj(content, out, 1 << 20)
        set_aside(place, old if replaced else None)
        new.replace(place)
    finally:
        new.unlink(missing_ok=True)
    try:
        yield
    except BaseException:
        connection.close()
        place.unlink(missing_ok=True)
        clear_journals(place)
        if replaced:
            old.replace(place)
        raise


def set_aside(place: Path, old: Path | None) -> None:
    """Move a database that nobody uses out of the way; without a place for it, an empty one is removed.

    Raises:
        DomainError: `restore-in-use`.
    """
    connection.close()
    if not place.exists():
        clear_journals(place)
        return
    with closing(sqlite3.connect(place, timeout=SECONDS_TO_WAIT)) as database:
        try:
            database.execute("PRAGMA journal_mode=DELETE")  # needs the file for itself, and ends its journal
        except sqlite3.OperationalError:
            raise DomainError("restore-in-use") from None
    if old:
        place.replace(old)
    else:
        place.unlink()
    clear_journals(place)


def clear_journals(place: Path) -> None:
    """Remove journals of a database that is no longer there: SQLite would play them into the next one."""
    for ending in ("-wal", "-shm", "-journal"):
        place.with_name(place.name + ending).unlink(missing_ok=True)


@contextmanager
def put_postgresql(part: Path, replaced: str) -> Iterator[None]:
    """Restore into the schema; what was in it lies in another until all is done, and stays there."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            " AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
        )
        if cursor.fetchone()[0]:
            raise DomainError("restore-in-use")
        cursor.execute("SELECT current_schema()")
        [schema] = cursor.fetchone()
    name, aside = connection.ops.quote_name(schema), connection.ops.quote_name(replaced)
    undo = [f"DROP SCHEMA {name} CASCADE", f"CREATE SCHEMA {name}"]
    if replaced:
        say(f"ALTER SCHEMA {name} RENAME TO {aside}", f"CREATE SCHEMA {name}")
        undo[1] = f"ALTER SCHEMA {aside} RENAME TO {name}"
    try:
        postgresql.restore(part)
        yield
    except BaseException:
        if replaced or has_tables():
            say(*undo)
        raise


def say(*statements: str) -> None:
    """Let PostgreSQL do all of some statements, or none."""
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
