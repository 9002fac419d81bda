"""What the worker does for payments all the time, besides events: with providers, and with statements left behind."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import structlog
from django.db import InterfaceError, OperationalError

from adaldyq.measures.payments.actions.hearing import apply_stored, ask_silent, is_rush, many_write
from adaldyq.measures.payments.actions.matching import match_statement
from adaldyq.measures.payments.actions.sending_refunds import send_refunds
from adaldyq.measures.payments.queries.statements import unmatched_statements

AWAY = (InterfaceError, OperationalError, OSError)
PAUSE = timedelta(minutes=1)
"""How long a part of the round is left out after a fault of ours."""

log = structlog.stdlib.get_logger(__name__)
left_out: dict[str, datetime] = {}


def go_round(at: datetime) -> None:
    """A round; what it finds nothing to do for costs a few small queries.

    A part that fails is left out for a while, and holds up no other. What passes by itself is let out to the worker.
    """
    for part in (hear, send, match):
        if left_out.get(part.__name__, at) <= at:
            go(part, at)


def go(part: Callable[[datetime], None], at: datetime) -> None:
    """Do a part of the round."""
    try:
        part(at)
    except AWAY:
        raise
    except Exception:  # whatever it is, the other parts go on
        log.exception("a part of the round was not done", part=part.__name__)
        left_out[part.__name__] = at + PAUSE
    else:
        left_out.pop(part.__name__, None)


def hear(at: datetime) -> None:
    """Apply what providers told, and ask those that were silent.

    Where one writes at a time, a rush is taken in before it is applied, and between two batches whatever came gets in.
    """
    if is_rush(at=at):
        return
    while apply_stored(at=at) and many_write():
        pass
    if ask_silent(at=at):
        apply_stored(at=at)


def send(at: datetime) -> None:
    """Send refunds that were approved."""
    send_refunds(at=at)


def match(at: datetime) -> None:
    """Match statements that nobody waited for."""
    for statement in unmatched_statements():
        match_statement(statement=statement, at=at)
