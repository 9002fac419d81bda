"""Whether the database can be reached, is prepared, and keeps what it is given."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from adaldyq.kernel import indexing
from adaldyq.kernel.models import Heartbeat
from adaldyq.kernel.steps import known_steps
from adaldyq.project.doctor.outcomes import Conditions, Outcome, bad, bad_when, good, in_production, look

OLDEST_POSTGRESQL = 15
SAFE = {"fsync": "on", "full_page_writes": "on", "server_encoding": "UTF8", "TimeZone": "UTC"}
"""Settings of PostgreSQL without which what was acknowledged can be lost, or is not what was written."""


def reachable(conditions: Conditions) -> Iterator[Outcome]:
    """That it answers."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as error:
        yield bad(
            "database",
            _("The database does not answer: %(error)s.") % {"error": first_line(error)},
            _("Start it, or correct DATABASE_URL."),
        )
    else:
        yield good("database", _("The database answers: %(kind)s.") % {"kind": connection.display_name})


def prepared(conditions: Conditions) -> Iterator[Outcome]:
    """That its tables are those of this version."""
    executor = MigrationExecutor(connection)
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    known = {app for app, _name in executor.loader.disk_migrations}
    newer = [one for one in executor.loader.applied_migrations if one[0] in known and one not in known_steps()]
    if missing:
        yield bad(
            "migrations",
            ngettext(
                "The tables are of an older version: %(count)s step is missing.",
                "The tables are of an older version: %(count)s steps are missing.",
                len(missing),
            )
            % {"count": len(missing)},
            _("Run `adaldyq migrate`."),
        )
    elif newer:
        yield bad(
            "migrations",
            _("The tables are of a newer version of the program than this one."),
            _("Run the newer version again; `adaldyq --version` tells which this is."),
        )
    else:
        yield good("migrations", _("The tables are those of this version."))


def writable(conditions: Conditions) -> Iterator[Outcome]:
    """That it takes what is written; what is written here is taken back."""
    try:
        with transaction.atomic():
            Heartbeat.objects.create(node="doctor", loop="doctor", beat_at=conditions.at)
            transaction.set_rollback(True)
    except DatabaseError as error:
        yield bad(
            "write",
            _("The database takes nothing: %(error)s.") % {"error": first_line(error)},
            _("Free room on its disk, or point DATABASE_URL at the server that writes, not at its replica."),
        )
    else:
        yield good("write", _("The database takes what is written."))


def kept_safe(conditions: Conditions) -> Iterator[Outcome]:
    """That what it acknowledged survives a power cut."""
    yield from postgresql() if connection.vendor == "postgresql" else sqlite()


def sqlite() -> Iterator[Outcome]:
    """SQLite: the journal that lets people read while one writes; one machine only."""
    [mode] = asked("PRAGMA journal_mode")
    if mode == "wal":
        yield good("journal", _("SQLite keeps a write-ahead journal."))
    else:
        yield bad(
            "journal",
            _("SQLite does not keep a write-ahead journal but “%(mode)s”, so readers and writers stop each other.")
            % {"mode": mode},
            _("Put the data folder on a local disk: network file systems cannot keep one."),
        )
    if in_production():
        yield look(
            "server",
            _("SQLite serves one machine and few who write."),
            _("For a country, name a PostgreSQL server in DATABASE_URL: docs/how-to/deploy.md."),
        )


def postgresql() -> Iterator[Outcome]:
    """PostgreSQL: its version, and settings without which it forgets."""
    [number] = asked("SHOW server_version_num")
    version = int(number) // 10_000
    if version < OLDEST_POSTGRESQL:
        yield bad(
            "server",
            _("PostgreSQL %(version)s is too old.") % {"version": version},
            _("Upgrade it to %(oldest)s or newer.") % {"oldest": OLDEST_POSTGRESQL},
        )
    else:
        yield good("server", _("PostgreSQL %(version)s.") % {"version": version})
    wrong = [(name, found) for name, wanted in SAFE.items() for [found] in [asked(f"SHOW {name}")] if found != wanted]
    for name, found in wrong:
        facts = {"name": name, "found": found, "wanted": SAFE[name]}
        yield bad(
            "journal",
            _("PostgreSQL has %(name)s = %(found)s.") % facts,
            _("Set %(name)s = %(wanted)s, otherwise data can be lost or changed.") % facts,
        )
    if not wrong:
        yield good("journal", _("PostgreSQL waits for the disk and counts time in UTC."))
    [commit] = asked("SHOW synchronous_commit")
    if commit == "off":
        yield bad_when(
            in_production(),
            "commit",
            _("PostgreSQL says that acts are kept before they are: synchronous_commit = off."),
            _("Set synchronous_commit = on in postgresql.conf, or for the database."),
        )


def searchable(conditions: Conditions) -> Iterator[Outcome]:
    """That the public search has everything that is public."""
    if lacking := indexing.lacking():
        kinds = ", ".join(str(one.title) for one in lacking)
        yield look(
            "search",
            _("The public search lacks some of: %(kinds)s.") % {"kinds": kinds},
            _("Fill it, while the pages are open: `adaldyq search rebuild`."),
        )
    else:
        yield good("search", _("The public search has everything that is public."))


def asked(question: str) -> tuple[str, ...]:
    """The first row of an answer."""
    with connection.cursor() as cursor:
        cursor.execute(question)
        return tuple(str(one) for one in cursor.fetchone())


def first_line(error: Exception) -> str:
    """The part of an error that a person can read, without a full stop at its end."""
    return next(iter(str(error).strip().splitlines()), type(error).__name__).rstrip(".")
