"""The worker: loops in the background that deliver events, keep time, and keep the ledger."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from datetime import datetime
from functools import partial

import structlog
from django.db import Error, close_old_connections, connections
from django.db.models import Q
from django.utils.module_loading import import_string

from adaldyq.base.errors import DomainError
from adaldyq.kernel import events
from adaldyq.kernel.chores import due_chores
from adaldyq.kernel.deadlines.clock import tick
from adaldyq.kernel.events import deliver_waiting
from adaldyq.kernel.heartbeats import CLOCK, EVENTS, LEDGER, WITNESSES, Pulse
from adaldyq.kernel.measure import rounds
from adaldyq.kernel.nights import NIGHT
from adaldyq.kernel.notifications.delivery import deliver_messages
from adaldyq.kernel.ports.telling import take_up
from adaldyq.ledger.guard import Guard, cosign_guarded, sequence_guarded
from adaldyq.ledger.witnessing import Rounds

log = structlog.stdlib.get_logger(__name__)

SECONDS_BETWEEN_LOOKS = 1.0
SECONDS_TO_END = 10.0
STARTED = "kernel.worker.start"
OF_NIGHTS = Q(event__name=NIGHT)
AWAY = (Error, OSError)
"""What passes by itself: a database that is restarted, a connection that broke, a disk that is full."""


def run(*, stop: threading.Event, clock: Callable[[], datetime], guard: Guard, parent: int | None = None) -> None:
    """Be a worker until told to stop: each loop goes in a thread of its own, and none waits for another.

    A loop that ends by a fault ends the worker, for a worker that does half of its work looks alive. Whoever started
    it starts it anew; nothing is lost, because each loop's work is whole or not at all.

    Args:
        guard: keeps an old database from being signed.
        parent: process whose end ends the worker too.

    Raises:
        Exception: what ended a loop.
    """
    faults: list[Exception] = []
    loops = (
        partial(keep_time, stop=stop, clock=clock),
        partial(keep_nights, stop=stop, clock=clock),
        partial(keep_ledger, stop=stop, clock=clock, guard=guard),
        partial(be_witnessed, stop=stop, clock=clock, guard=guard),
        partial(keep_rounds, stop=stop, clock=clock),
    )
    threads = [threading.Thread(target=go_round, args=(loop, stop, faults), daemon=True) for loop in loops]
    for thread in threads:
        thread.start()
    go_round(partial(work, stop=stop, clock=clock, parent=parent), stop, faults)
    stop.set()
    for thread in threads:
        thread.join(SECONDS_TO_END)
    if faults:
        raise faults[0]


def go_round(loop: Callable[[], None], stop: threading.Event, faults: list[Exception]) -> None:
    """Run a loop to its end; a fault that it did not expect is kept, and ends the others."""
    try:
        loop()
    except Exception as fault:  # noqa: BLE001  # whatever it is, it must not leave a worker that does half of its work; it is raised
        faults.append(fault)
        stop.set()


def work(*, stop: threading.Event, clock: Callable[[], datetime], parent: int | None = None) -> None:
    """Deliver events until told to stop, but those of nights. A database that is away for a while does not end it.

    As it starts it takes up what waits at ports, for an app that fills one comes with a start, and lets the rooms know:
    a new version may have come with it.

    Args:
        parent: process whose end ends the worker too.
    """
    pulse, taken_up = Pulse(EVENTS), False
    while not stop.wait(SECONDS_BETWEEN_LOOKS):
        if parent is not None and os.getppid() != parent:
            return
        try:
            close_old_connections()
            pulse.beat(clock())
            if not taken_up:
                take_up(at=clock())
                events.append(name=STARTED, payload={}, at=clock())
                taken_up = True
            deliver_waiting(at=clock(), of=~OF_NIGHTS)
        except AWAY:
            log.exception("the worker could not read the database; it tries again")


def keep_nights(*, stop: threading.Event, clock: Callable[[], datetime]) -> None:
    """Do what is done by night until told to stop.

    It is a loop of its own, since it goes through everybody, for minutes in a large country, and no event of the
    day may wait for it. What it does it does in many acts, so that those of others come in between.
    """
    while not stop.wait(SECONDS_BETWEEN_LOOKS):
        try:
            close_old_connections()
            deliver_waiting(at=clock(), of=OF_NIGHTS)
        except AWAY:
            log.exception("the night could not be done; it is tried again")
    connections.close_all()


def keep_ledger(*, stop: threading.Event, clock: Callable[[], datetime], guard: Guard) -> None:
    """Give ledger lines their places until told to stop; of several workers one does so at a time.

    It is a loop of its own, so that no line waits for an event whose handling takes long. A ledger that must not be
    signed does not end it: its lines wait.
    """
    pulse = Pulse(LEDGER)
    while not stop.wait(SECONDS_BETWEEN_LOOKS):
        try:
            close_old_connections()
            pulse.beat(clock())
            sequence_guarded(guard, at=clock(), stopped=stop.is_set)
        except DomainError as refusal:
            log.error("the ledger is not signed, its lines wait", code=refusal.code)  # noqa: TRY400  # the reason is the refusal, not where it was raised
        except AWAY:
            log.exception("the ledger could not be read or written; it is tried again")
    connections.close_all()


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
        except AWAY:
            log.exception("the clock could not read the database; it tries again")
    connections.close_all()


def keep_rounds(*, stop: threading.Event, clock: Callable[[], datetime]) -> None:
    """Let measures go their rounds until told to stop.

    It is a loop of its own, since a round may wait for a system that is not ours.
    """
    going = [import_string(name) for name in rounds()]
    while going and not stop.wait(SECONDS_BETWEEN_LOOKS):
        for go in going:
            try:
                close_old_connections()
                go(clock())
            except AWAY:
                log.exception("a round could not be gone; it is tried again")
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
        except AWAY:
            log.exception("the database could not be read for the witnesses; it is tried again")
    connections.close_all()
