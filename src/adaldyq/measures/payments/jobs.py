"""What the worker does for payments all the time, besides events: with providers, and with statements left behind."""

from __future__ import annotations

from datetime import datetime

from adaldyq.measures.payments.actions.hearing import apply_stored, ask_silent
from adaldyq.measures.payments.actions.matching import match_statement
from adaldyq.measures.payments.actions.sending_refunds import send_refunds
from adaldyq.measures.payments.queries.statements import unmatched_statements


def go_round(at: datetime) -> None:
    """A round; what it finds nothing to do for costs a few small queries."""
    while apply_stored(at=at):
        pass
    if ask_silent(at=at):
        apply_stored(at=at)
    send_refunds(at=at)
    for statement in unmatched_statements():
        match_statement(statement=statement, at=at)
