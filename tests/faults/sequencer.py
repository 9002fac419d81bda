"""A second sequencer beside the worker's, which looks for lines without a pause, so that kills find it at work."""

from __future__ import annotations

import os
import sys
import threading

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "adaldyq.project.settings")
django.setup()

from django.db import Error, close_old_connections  # noqa: E402  # Django must be set up first
from django.utils import timezone  # noqa: E402  # as above

from adaldyq.base.errors import DomainError  # noqa: E402  # as above
from adaldyq.ledger.guard import Guard, cosign_guarded, sequence_guarded  # noqa: E402  # as above
from adaldyq.ledger.witnessing import Rounds  # noqa: E402  # as above

PAUSE = 0.02
pause = threading.Event().wait  # unlike time.sleep, it goes on where libfaketime sets the clock back


def main() -> None:
    guard = Guard.of_settings()
    rounds = Rounds(guard.witnesses)
    while True:
        try:
            close_old_connections()
            sequence_guarded(guard, at=timezone.now())
            cosign_guarded(guard, rounds)
        except (DomainError, Error) as away:
            sys.stderr.write(f"sequencer: {type(away).__name__} {away}\n")
            pause(1)
        pause(PAUSE)


main()
