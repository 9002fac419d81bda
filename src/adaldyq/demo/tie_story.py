"""Reports of the sample country that its officer found to be about the same."""

from __future__ import annotations

from datetime import datetime

from adaldyq.kernel import naming
from adaldyq.kernel.actor import Actor
from adaldyq.measures.reports.actions.ties import tie_reports
from adaldyq.measures.reports.queries.queue import visible
from adaldyq.measures.reports.queries.ties import DUPLICATE, KINDS, REASONS, near

LOOKED_AT = 8
"""How many of the newest reports the officer has compared with others."""


def tie_some(by: Actor, at: datetime) -> None:
    """Tie the newest reports each to the one that has most in common with it, now as a duplicate, now as related."""
    day, reasons = naming.pack().day_of(at), list(REASONS)
    tied: set[str] = set()
    for number, report in enumerate(visible(by, day).order_by("-received_date", "pk")[:LOOKED_AT]):
        others = [one.report for one in near(by, report, day) if one.report.pk not in tied]
        if others and report.pk not in tied:
            kind = DUPLICATE if number % 3 == 0 else KINDS[1]
            reason = reasons[number % len(reasons)]
            tie_reports(report=report, other=others[0], kind=kind, reason=reason, by=by, at=at)
            tied |= {report.pk, others[0].pk}
