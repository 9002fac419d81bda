"""Receipts of a reporter's own acts: the line of the ledger with what opens it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from adaldyq.ledger import queries as ledger
from adaldyq.measures.reports.adapters.proofs import Proved
from adaldyq.measures.reports.models import Report

RELEASE = "reports.leaf.release"


def proved_acts(report: Report) -> Sequence[Proved]:
    """What the reporter wrote that stands in the ledger, each with its receipt and its envelope, the first one first."""
    found = []
    released = report.leaves.filter(release__isnull=False, message__isnull=False).select_related("message")
    for leaf in released.order_by("message__place"):
        line = ledger.line_about(RELEASE, leaf.pk)
        receipt = ledger.receipt_of(line, own=True) if line else None
        if receipt is not None and leaf.message is not None:
            found.append(Proved(receipt.text(), bytes(leaf.message.sealed)))
    return found


def in_ledger_since(report: Report) -> date | None:
    """Day on which the line of a report came into the ledger; none while it waits."""
    released = report.leaves.filter(what="filed", release__isnull=False).values_list("release_id", flat=True)
    return released.first()
