"""The worker: one loop in the background that delivers events and sequences the ledger."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from datetime import datetime

import structlog
from django.db import DatabaseError, close_old_connections, connections

from adaldyq.base.errors import DomainError
from adaldyq.kernel.chores import due_chores
from adaldyq.kernel.deadlines.clock import tick
from adaldyq.kernel.events import deliver_waiting
from adaldyq.kernel.heartbeats import CLOCK, EVENTS, WITNESSES, Pulse
from adaldyq.kernel.notifications.delivery import deliver_messages
from adaldyq.ledger.guard import Guard, cosign_guarded, sequence_guarded
from adaldyq.ledger.sequencer import sequence
from adaldyq.ledger.witnessing import Rounds

log = structlog.stdlib.get_logger(__name__)

SECONDS_BETWEEN_LOOKS = 1.0


def work(
    *, stop: threading.Event, clock: Callable[[], datetime], parent: int | None = None, guard: Guard | None = None
) -> None:
    """Deliver events and give ledger lines their places until told to stop.

    A database that is away for a while does not end the worker, nor does a ledger that must not be signed: its
    lines wait.

    Args:
        parent: process whose end ends the worker too.
        guard: keeps an old database from being signed.
    """
    pulse = Pulse(EVENTS)
    while not stop.wait(SECONDS_BETWEEN_LOOKS):
        if parent is not None and os.getppid() != parent:
            return
        try:
            close_old_connections()
            pulse.beat(clock())
            deliver_waiting(at=clock())
            if guard:
                sequence_guarded(guard, at=clock())
            else:
                sequence(at=clock())
        except DomainError as refusal:
            log.error("the ledger is not signed, its lines wait", code=refusal.code)  # noqa: TRY400  # the reason is the refusal, not where it was raised
        except DatabaseError:
            log.exception("the worker could not read the database; it tries again")


def keep_time(*, stop: threading.Event, clock: Callable[[], datetime]) -> None:
    """Let deadlines fall and take messages to their channels until told to stop.

    It is a loop of its own, so that no event whose handling takes long holds up what the law says of a day.
    """
    searched: datetime | None = None
    pulse = Pulse(CLOCK)
    while not stop.wait(SECONDS_BETWEEN_LOOKS):
        try:
            close_old_connections()
            pulse.beat(clock())
            tick(at=clock())
            deliver_messages(at=clock())
            searched = due_chores(at=clock(), searched=searched)
        except DatabaseError:
            log.exception("the clock could not read the database; it tries again")
    connections.close_all()


def be_witnessed(*, stop: threading.Event, guard: Guard, clock: Callable[[], datetime]) -> None:
    """Show the witnesses each new checkpoint until told to stop.

    It is a loop of its own, so that a witness that answers slowly holds up nothing.
    """
    rounds = Rounds(guard.witnesses)
    pulse = Pulse(WITNESSES)
    while guard.witnesses and not stop.wait(SECONDS_BETWEEN_LOOKS):
        try:
            close_old_connections()
            pulse.beat(clock())
            cosign_guarded(guard, rounds)
        except DomainError as refusal:
            log.error("a witness refuses the ledger, which is not signed any more", code=refusal.code)  # noqa: TRY400  # the reason is the refusal, not where it was raised
        except DatabaseError:
            log.exception("the database could not be read for the witnesses; it is tried again")
    connections.close_all()
