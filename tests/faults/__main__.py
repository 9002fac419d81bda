"""The whole form: `make faults`. Kills, restarts, fills disks and sets clocks; writes docs/reference/faults.md.

python -m tests.faults [--kills N] [--seed N] [--only NAME …]
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
django.setup()

from tests.faults.installation import WEB, Installation, running, status  # noqa: E402  # Django must be set up first
from tests.faults.load import Load  # noqa: E402  # as above
from tests.faults.page import SlowClients, write_page  # noqa: E402  # as above
from tests.faults.slow import KINDS, slow_clients, still_open  # noqa: E402  # as above
from tests.faults.trial import Outcome, kill_at_random, tried  # noqa: E402  # as above
from tests.faults.wrongs import (  # noqa: E402  # as above
    EARLIER,
    Clock,
    fill_disk,
    new_installation,
    restart_database,
    small_disk,
    step_clock,
)
from tools.with_postgresql import programs, serving  # noqa: E402  # as above

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
    installation = new_installation(folder, "sqlite")
    installation.prepare()
    half = (given.kills + 1) // 2
    return tried(installation, lambda load: kill_at_random(installation, load, half, given.seed, told))


def kills_on_postgresql(folder: Path, given: argparse.Namespace) -> Outcome:
    with on_postgresql(folder, "postgresql") as (installation, _restart):
        half = given.kills // 2
        return tried(installation, lambda load: kill_at_random(installation, load, half, given.seed + 1, told))


def database_restarted(folder: Path, given: argparse.Namespace) -> Outcome:
    with on_postgresql(folder, "restarted") as (installation, restart):
        return tried(installation, restart)


@contextmanager
def on_postgresql(folder: Path, name: str) -> Iterator[tuple[Installation, Callable[[Load], None]]]:
    """An installation on a server that keeps what it acknowledges, and a way to restart that server."""
    if programs() is None:
        raise NotPossible("there is no PostgreSQL server program (Debian: apt install postgresql)")
    with serving() as server:
        installation = new_installation(folder, name, server.url)
        installation.prepare()

        def restart(load: Load) -> None:
            for _time in range(TIMES):
                restart_database(load, server, SECONDS_AWAY)

        yield installation, restart


def disk_full(folder: Path, given: argparse.Namespace) -> Outcome:
    try:
        with small_disk(folder / "full", MEGABYTES):
            installation = new_installation(folder, "full")
            installation.prepare()

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
    installation = new_installation(folder, "stepped", clock=clock)
    clock.set(EARLIER)  # so that the registrar's role is in force wherever the clock goes
    installation.prepare()
    clock.set("+0")
    return tried(installation, lambda load: step_clock(load, clock))


TRIALS: dict[str, Trial] = {
    "kills on SQLite": kills_on_sqlite,
    "kills on PostgreSQL": kills_on_postgresql,
    "PostgreSQL stopped at once and started, twice": database_restarted,
    "disk full, twice": disk_full,
    "clock set back by 20 minutes, forward, back by 3 hours": clock_back,
}


def slow(folder: Path) -> list[SlowClients]:
    """How many of others' requests are answered while slow clients hold theirs open."""
    installation = new_installation(folder, "slow")
    installation.parts = (WEB,)
    installation.prepare()
    found = []
    with running(installation):
        for kind, beginning in KINDS.items():
            with slow_clients(installation.port, SLOW, beginning) as clients:
                answers = [status(installation.port) for _request in range(OTHERS)]
                found.append(SlowClients(kind, SLOW, still_open(clients), OTHERS, answers.count(200)))
    return found


def main() -> int:
    """Try everything; 1 when anything was found wrong."""
    parser = argparse.ArgumentParser(prog="make faults", description=str(__doc__).partition("\n")[0])
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=int(datetime.now(UTC).timestamp()))
    parser.add_argument("--only", nargs="*", default=[], metavar="NAME")
    given = parser.parse_args()
    outcomes: dict[str, Outcome | str] = {}
    with tempfile.TemporaryDirectory(prefix="adaldyq-faults-", ignore_cleanup_errors=True) as place:
        for name, trial in TRIALS.items():
            if given.only and not any(one in name for one in given.only):
                continue
            tell(name)
            try:
                outcome = trial(Path(place), given)
            except NotPossible as missing:
                tell(f"  not tried: {missing}")
                outcomes[name] = f"not tried: {missing}"
                continue
            outcomes[name] = outcome
            tell(f"  {outcome.acknowledged} acknowledged, {outcome.unacknowledged} done unacknowledged")
            tell(f"  wrong: {outcome.wrong or 'nothing'}")
        clients = slow(Path(place))
    if not given.only:
        write_page(outcomes, clients, given.seed)
    wrong = any(not isinstance(one, str) and one.wrong for one in outcomes.values())
    return int(wrong or any(one.open != one.clients or one.answered != one.others for one in clients))


if __name__ == "__main__":
    sys.exit(main())
