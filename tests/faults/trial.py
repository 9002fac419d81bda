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

CHANCES = {WEB: 0.5, WORKER: 0.7, SEQUENCER: 0.7, WITNESS: 0.1}
"""How likely a part is to be killed when the moment has come."""
SHORTEST, LONGEST = 0.1, 1.5
APART = 0.3

Told = Callable[[int, Load], None]


@dataclass
class Outcome:
    """What a trial came to.

    Attributes:
        repeated: acknowledged requests that were sent once more, with their key.
        wrong: what was found wrong afterwards, by kind; empty when everything holds.
        counts: acts lost, doubled, and committed but not acknowledged; receipts that hold; deadlines, lines and
            checkpoints that were looked at.
    """

    acknowledged: int
    repeated: int
    kills: dict[str, int]
    answers: dict[int, int]
    seconds: float
    wrong: dict[str, list[str]] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)


def nothing(_kills: int, _load: Load) -> None:
    """Tell nobody."""


def kill_at_random(
    installation: Installation, load: Load, kills: int, seed: int, told: Told = nothing, minutes: float = 30
) -> None:
    """Kill parts at moments that the seed chooses, some at once; an audit in the middle remembers what it saw.

    Kills of the witness come on top of those that are asked for. The pages are open at each moment, and a part that was
    killed before has had as long as they to be at work again.

    Args:
        minutes: after which there are no more kills, on a machine that starts programs slowly.
    """
    chance, done, audits = random.Random(seed), 0, 0  # noqa: S311  # when a trial kills is no secret
    began = time.monotonic()
    while done < kills and time.monotonic() < began + 60 * minutes:
        installation.wait_until_open()
        time.sleep(chance.uniform(SHORTEST, LONGEST))
        for part in chosen(installation, chance):
            if done == kills:
                break
            installation.kill(part, chance)
            done += part != WITNESS
            told(done, load)
            time.sleep(chance.uniform(0, APART))
        if not audits and (done >= kills // 2 or time.monotonic() >= began + 30 * minutes):
            audited(installation)
            audits += 1


def chosen(installation: Installation, chance: random.Random) -> list[str]:
    """Parts to kill next, in any order; at least one."""
    ready = [part for part in PARTS if part == WEB or installation.is_at_work(part)]
    picked = [part for part in ready if chance.random() < CHANCES[part]] or [chance.choice(ready)]
    chance.shuffle(picked)
    return picked


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


def tried(installation: Installation, fault: Callable[[Load], None], pause: float = 0) -> Outcome:
    """Let a fault happen to an installation under load, and look at everything afterwards."""
    started = time.monotonic()
    with running(installation):
        with under_load(installation, pause) as load:
            fault(load)
        installation.settle()
        installation.audit()
        found = look(installation, load)
    outcome = Outcome(
        acknowledged=len(load.acknowledged),
        repeated=load.repeated,
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
    """Hold what the load remembers against what the installation holds.

    Where the installation's clock is another than ours, times of both cannot be compared.
    """
    known = {
        "log": installation.prepared.log,
        "witness": installation.prepared.witness,
        "acknowledged": load.acknowledged,
        "unanswered": {} if installation.more else load.unanswered,
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
