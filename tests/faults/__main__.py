"""The whole form: `make faults`. Kills, restarts, fills disks and sets clocks; writes docs/reference/faults.md.

python -m tests.faults [--kills N] [--minutes N] [--seed N] [--only NAME …]
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

import django
import psycopg
from psycopg.sql import SQL, Identifier

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
django.setup()

from bench.installed import installed  # noqa: E402  # Django must be set up first
from tests.faults import peak  # noqa: E402  # as above
from tests.faults.attacking import attacked  # noqa: E402  # as above
from tests.faults.installation import WEB, Installation, running, status  # noqa: E402  # as above
from tests.faults.load import Load  # noqa: E402  # as above
from tests.faults.page import FAILED, SlowClients, Whole, write_page  # noqa: E402  # as above
from tests.faults.slow import KINDS, slow_clients, still_open  # noqa: E402  # as above
from tests.faults.trial import Outcome, kill_at_random, tried  # noqa: E402  # as above
from tests.faults.uploads import uploads  # noqa: E402  # as above
from tests.faults.wrongs import (  # noqa: E402  # as above
    DATABASE,
    EARLIER,
    Clock,
    fill_disk,
    new_installation,
    restart_database,
    small_disk,
    step_clock,
)
from tools.with_postgresql import programs, serving  # noqa: E402  # as above

KILLS, MINUTES = 200, 20.0
MEGABYTES = 120
SLOW, OTHERS = 50, 100
SECONDS_AWAY = 4.0
TIMES = 2
Trial = Callable[[Path, argparse.Namespace], Outcome]


class NotPossible(Exception):
    """This machine lacks what a trial needs; the text says what."""


def tell(line: str) -> None:
    sys.stderr.write(f"{datetime.now(UTC):%H:%M:%S} {line}\n")


def told(kills: int, load: Load) -> None:
    """Show how a trial goes on."""
    if kills % 10 == 0:
        tell(f"  {kills} kills, {len(load.acknowledged)} acts acknowledged, {dict(load.answers)}")


def kills_on_sqlite(folder: Path, given: argparse.Namespace) -> Outcome:
    installation = on_sqlite(folder, "sqlite")
    half = (given.kills + 1) // 2
    return tried(installation, lambda load: kill_at_random(installation, load, half, given.seed, told, given.minutes))


def kills_on_postgresql(folder: Path, given: argparse.Namespace) -> Outcome:
    installation = on_postgresql(folder, "killed", given)
    half = given.kills // 2
    return tried(
        installation, lambda load: kill_at_random(installation, load, half, given.seed + 1, told, given.minutes)
    )


def killed_while_filing(folder: Path, given: argparse.Namespace) -> Outcome:
    if programs() is None:
        raise NotPossible("there is no PostgreSQL server program (Debian: apt install postgresql)")
    (folder / "evening").mkdir()
    with installed("PostgreSQL", folder / "evening") as place:
        return peak.killed_while_filing(place, given)


def database_restarted(folder: Path, given: argparse.Namespace) -> Outcome:
    installation = on_postgresql(folder, "restarted", given)

    def restart(load: Load) -> None:
        for _time in range(TIMES):
            restart_database(load, given.server, SECONDS_AWAY)

    return tried(installation, restart)


def on_sqlite(folder: Path, name: str, clock: Clock | None = None) -> Installation:
    """An installation on SQLite; its tables are made once for all."""
    empty = folder / "empty"
    if not empty.exists():
        empty.mkdir()
        new_installation(empty, "data").run("-m", "adaldyq", "migrate")
    installation = new_installation(folder, name, clock=clock)
    shutil.copy(empty / "data" / DATABASE, installation.data)
    installation.prepare()
    return installation


def on_postgresql(folder: Path, name: str, given: argparse.Namespace) -> Installation:
    """An installation on a server that keeps what it acknowledges, and whose tables are made once for all."""
    if programs() is None:
        raise NotPossible("there is no PostgreSQL server program (Debian: apt install postgresql)")
    if given.server is None:
        given.server = given.until_the_end.enter_context(serving())
        new_installation(folder, "postgresql", given.server.url).run("-m", "adaldyq", "migrate")
    place = given.server.url.rpartition("/")[0]
    with psycopg.connect(f"{place}/template1", autocommit=True) as connection:
        connection.execute(SQL("CREATE DATABASE {} TEMPLATE postgres").format(Identifier(name)))
    installation = new_installation(folder, name, f"{place}/{name}")
    installation.prepare()
    return installation


def disk_full(folder: Path, given: argparse.Namespace) -> Outcome:
    try:
        with small_disk(folder / "full", MEGABYTES):
            installation = on_sqlite(folder, "full")

            def fill(load: Load) -> None:
                for _time in range(TIMES):
                    fill_disk(load, SECONDS_AWAY)

            return tried(installation, fill)
    except PermissionError as missing:
        raise NotPossible("a small disk can be mounted by root only") from missing


def clock_back(folder: Path, given: argparse.Namespace) -> Outcome:
    clock = Clock.found(folder / "clock")
    if clock is None:
        raise NotPossible("there is no libfaketime (Debian: apt install faketime)")
    clock.set(EARLIER)  # so that the registrar's role is in force wherever the clock goes
    installation = on_sqlite(folder, "stepped", clock)
    clock.set("+0")
    return tried(installation, lambda load: step_clock(load, clock))


TRIALS: dict[str, Trial] = {
    "kills on SQLite": kills_on_sqlite,
    "kills on PostgreSQL": kills_on_postgresql,
    "pages and PostgreSQL killed while declarations are filed": killed_while_filing,
    "PostgreSQL stopped at once and started, twice": database_restarted,
    "disk full, twice": disk_full,
    "clock set back six times, by up to a day, and forward three times": clock_back,
}


def slow(folder: Path) -> list[SlowClients]:
    """How many of others' requests are answered while slow clients hold theirs open."""
    installation = on_sqlite(folder, "slow")
    installation.parts = (WEB,)
    found = []
    with running(installation):
        for kind, beginning in KINDS.items():
            with slow_clients(installation.port, SLOW, beginning) as clients:
                answers = [status(installation.port) for _request in range(OTHERS)]
                found.append(SlowClients(kind, SLOW, still_open(clients), OTHERS, answers.count(200)))
    return found


def outcome_of(trial: Trial, place: Path, given: argparse.Namespace) -> Outcome | str:
    """What a trial came to, or why it came to nothing."""
    try:
        outcome = trial(place, given)
    except NotPossible as missing:
        tell(f"  not tried: {missing}")
        return f"not tried: {missing}"
    except AssertionError as failure:
        tell(f"  {FAILED}: {failure}")
        return f"{FAILED}: {str(failure).partition(chr(10))[0][:200]}"
    tell(f"  {outcome.acknowledged} acknowledged in {outcome.seconds:.0f} seconds, {outcome.counts}")
    tell(f"  wrong: {outcome.wrong or 'nothing'}")
    return outcome


def main() -> int:
    """Try everything; 1 when anything was found wrong."""
    parser = argparse.ArgumentParser(prog="make faults", description=str(__doc__).partition("\n")[0])
    parser.add_argument("--kills", type=int, default=KILLS)
    parser.add_argument("--seed", type=int, default=int(datetime.now(UTC).timestamp()))
    parser.add_argument("--minutes", type=float, default=MINUTES, help="of killing on each kind of database, at most")
    parser.add_argument("--only", nargs="*", default=[], metavar="NAME")
    given = parser.parse_args()
    signal.signal(
        signal.SIGINT, signal.default_int_handler
    )  # a job in the background ignores it, as would its children
    signal.signal(signal.SIGTERM, lambda *_facts: sys.exit(1))  # so that all that was started is ended
    started, outcomes = time.monotonic(), {}
    with (
        tempfile.TemporaryDirectory(prefix="adaldyq-faults-", ignore_cleanup_errors=True) as place,
        ExitStack() as given.until_the_end,
    ):
        given.server = None
        for name, trial in TRIALS.items():
            if not given.only or any(one in name for one in given.only):
                tell(name)
                outcomes[name] = outcome_of(trial, Path(place), given)
        tell("slow clients, large files, attacks")
        clients = [] if given.only else slow(Path(place))
        sent = uploads(Path(place)) if not given.only or "large files" in given.only else []
        for one in sent:
            tell(f"  {one}")
        attacks = [] if given.only else attacked(Path(place))
    whole = Whole(given.seed, time.monotonic() - started, outcomes, clients, sent, attacks)
    if not given.only:
        write_page(whole)
    return int(not whole.holds)


if __name__ == "__main__":
    sys.exit(main())
