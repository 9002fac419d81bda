"""Appends lines to the outbox."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from adaldyq.ledger.leaves import Payload, commit
from adaldyq.ledger.models import Leaf

BATCH = 2000


def append(*, act: str, payloads: Iterable[Payload], at: datetime) -> None:
    """Append one line per payload.

    Raises:
        TransactionManagementError: called outside the act's transaction, where the line and what it
            records could come apart.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("a ledger line belongs to the transaction of its act")
    lines = (commit(act, payload, at) for payload in payloads)
    Leaf.objects.bulk_create(
        (Leaf(act=act, entry=line.entry, salt=line.salt, payload=line.payload, recorded_at=at) for line in lines),
        batch_size=BATCH,
    )
