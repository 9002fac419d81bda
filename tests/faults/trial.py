"""One trial: an installation under load, something that goes wrong with it, and a look at everything afterwards."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.faults.installation import PARTS, SEQUENCER, WEB, WITNESS, WORKER, Installation, running
from tests.faults.load import Load, under_load

WEIGHTS = {WEB: 4, WORKER: 3, SEQUENCER: 3, WITNESS: 1}
SHORTEST, LONGEST = 0.1, 1.5

Told = Callable[[int, Load], None]


@dataclass
class Outcome:
    """What a trial came to.

    Attributes:
        wrong: what was found wrong afterwards, by kind; empty when everything holds.
        counts: lines, checkpoints, deadlines and receipts that were looked at.
    """

    acknowledged: int
    unacknowledged: int
    kills: dict[str, int]
    answers: dict[int, int]
    seconds: float
    wrong: dict[str, list[str]] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)


def nothing(_kills: int, _load: Load) -> None:
    """Tell nobody."""


def kill_at_random(installation: Installation, load: Load, kills: int, seed: int, told: Told = nothing) -> None:
    """Kill parts at moments that the seed chooses; an audit in the middle remembers what it saw."""
    chance = random.Random(seed)  # noqa: S311  # when a trial kills is no secret
    for number in range(kills):
        installation.wait_until_open()
        time.sleep(chance.uniform(SHORTEST, LONGEST))
        [part] = chance.choices(PARTS, [WEIGHTS[part] for part in PARTS])
        installation.kill(part, chance)
        told(number + 1, load)
        if number == kills // 2:
            audited(installation)


def audited(installation: Installation) -> None:
    """Audit the log, once more when a kill came in between."""
    tries = 5
    for number in range(tries):
        try:
            installation.audit()
        except AssertionError:
            if number == tries - 1:
                raise
            time.sleep(1)
            installation.wait_until_open()
        else:
            return


def tried(installation: Installation, fault: Callable[[Load], None]) -> Outcome:
    """Let a fault happen to an installation under load, and look at everything afterwards."""
    started = time.monotonic()
    with running(installation):
        with under_load(installation) as load:
            fault(load)
        installation.settle()
        installation.audit()
        found = look(installation, load)
    outcome = Outcome(
        acknowledged=len(load.acknowledged),
        unacknowledged=len(load.unacknowledged),
        kills=dict(installation.kills),
        answers=dict(load.answers),
        seconds=time.monotonic() - started,
        **found,
    )
    if load.wrong:
        outcome.wrong["answer"] = load.wrong
    ended = [f"{part} ended by itself: {code}" for part, code in installation.ended if (part, code) != (WEB, 1)]
    if ended:
        outcome.wrong["end"] = ended
    return outcome


def look(installation: Installation, load: Load) -> dict[str, Any]:
    """Hold what the load remembers against what the installation holds."""
    known = {
        "log": installation.prepared.log,
        "witness": installation.prepared.witness,
        "acknowledged": load.acknowledged,
        "unacknowledged": sorted(load.unacknowledged),
        "due": load.due,
    }
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults.afterwards"],
        env=installation.environment,
        input=json.dumps(known),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found
