"""Waits until nothing waits in an installation, and prints what still does: lines, deadlines, the witness's signature.

One process looks all the time: to start one for each look would keep a core busy.
"""

from __future__ import annotations

import json
import os
import sys
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "adaldyq.project.settings")
django.setup()

from adaldyq.kernel.models import Deadline  # noqa: E402  # Django must be set up first
from adaldyq.kernel.models.deadlines import RUNNING  # noqa: E402  # as above
from adaldyq.ledger.models import StoredCosignature  # noqa: E402  # as above
from adaldyq.ledger.queries import waiting_lines  # noqa: E402  # as above
from adaldyq.ledger.store import newest_checkpoint  # noqa: E402  # as above

SECONDS_BETWEEN = 0.5
NOTHING = {"lines": 0, "deadlines": 0, "cosigned": True}


def what_waits() -> dict[str, int | bool]:
    """Lines that are not signed, deadlines that run, and whether a witness signed the newest checkpoint."""
    newest = newest_checkpoint()
    return {
        "lines": waiting_lines(),
        "deadlines": Deadline.objects.filter(state=RUNNING).count(),
        "cosigned": bool(newest and StoredCosignature.objects.filter(checkpoint=newest).exists()),
    }


def main(seconds: float) -> None:
    """Look until nothing waits, or nothing has changed for so many seconds, and print what was seen last."""
    seen = what_waits()
    until = time.monotonic() + seconds
    while seen != NOTHING and time.monotonic() < until:
        time.sleep(SECONDS_BETWEEN)
        before, seen = seen, what_waits()
        if seen != before:
            until = time.monotonic() + seconds
    json.dump(seen, sys.stdout)


main(float(sys.argv[1]))
