"""The worker: one loop in the background that delivers events and sequences the ledger."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable
from datetime import datetime

from django.db import DatabaseError, close_old_connections

from adaldyq.base.errors import DomainError
from adaldyq.kernel.events import deliver_waiting
from adaldyq.ledger.sequencer import sequence

log = logging.getLogger(__name__)

SECONDS_BETWEEN_LOOKS = 1.0


def work(*, stop: threading.Event, clock: Callable[[], datetime], parent: int | None = None) -> None:
    """Deliver events and give ledger lines their places until told to stop.

    A database that is away for a while does not end the worker, nor does a ledger that must not be signed: its
    lines wait.

    Args:
        parent: process whose end ends the worker too.
    """
    while not stop.wait(SECONDS_BETWEEN_LOOKS):
        if parent is not None and os.getppid() != parent:
            return
        try:
            close_old_connections()
            deliver_waiting(at=clock())
            sequence(at=clock())
        except DomainError as refusal:
            log.error("the ledger is not signed, its lines wait: %s", refusal)  # noqa: TRY400  # the reason is the refusal, not where it was raised
        except DatabaseError:
            log.exception("the worker could not read the database; it tries again")
