"""The short form of `make faults`: a few kills. Slow clients and requests that break off are in `test_clients`."""

from __future__ import annotations

import pytest

from tests.faults.installation import WITNESS, Installation
from tests.faults.trial import kill_at_random, tried

pytestmark = pytest.mark.journey

KILLS, SEED = 2, 3
PAUSE = 0.1
"""Other tests want the processors too; `make faults` sends without one."""


def test_whatever_is_killed_no_acknowledged_act_is_lost_and_none_doubled(installation: Installation) -> None:
    outcome = tried(installation, lambda load: kill_at_random(installation, load, KILLS, SEED), PAUSE)
    assert outcome.wrong == {}
    assert outcome.acknowledged > 0
    assert outcome.counts["receipts"] == outcome.acknowledged
    assert sum(count for part, count in outcome.kills.items() if part != WITNESS) == KILLS
    assert "Traceback" not in installation.said()
