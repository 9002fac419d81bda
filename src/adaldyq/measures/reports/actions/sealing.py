"""What must be true of a report that a script sealed, as far as one can see who opens nothing of it."""

from __future__ import annotations

from adaldyq.base.errors import DomainError
from adaldyq.measures.reports.actions.filing import Filing
from adaldyq.sealing import envelopes, receipts

LARGEST_WRAP = 32 * 1024
READERS_OF_LETTER = 2


def check_sealed(filing: Filing, *, readers: int) -> None:
    """Refuse envelopes that no script of ours makes.

    Args:
        readers: how many officers the report goes to; its wrap has as many places as these and dummies fill.

    Raises:
        DomainError: `envelope-damaged`, with the part that is wrong.
    """
    check_wrap(filing.wrapped, readers=readers)
    if envelopes.recipients_of(filing.sealed) != READERS_OF_LETTER:
        raise DomainError("envelope-damaged", field="sealed")
    if not receipts.is_locked(filing.locked_mailbox):
        raise DomainError("envelope-damaged", field="locked")
    if filing.recipient == filing.mailbox:
        raise DomainError("envelope-damaged", field="mailbox")


def check_wrap(wrapped: bytes, *, readers: int) -> None:
    """Refuse a wrap that was cut off, or has another number of places than so many readers have.

    Raises:
        DomainError: `envelope-damaged`.
    """
    places = readers + -readers % envelopes.SLOTS
    whole = len(wrapped) <= LARGEST_WRAP and envelopes.is_whole(wrapped)
    if not whole or envelopes.recipients_of(wrapped) != places:
        raise DomainError("envelope-damaged", field="wrapped")
