"""A report that its reporter says is not resolved: it is looked at again, by the office that has it by now."""

from __future__ import annotations

from datetime import datetime

from adaldyq.base.errors import Conflict, DomainError
from adaldyq.kernel import naming
from adaldyq.kernel.actor import Actor, require
from adaldyq.kernel.acts import Leaves, act
from adaldyq.kernel.states import advance
from adaldyq.measures.reports.actions.feedback import came_closed
from adaldyq.measures.reports.actions.filing import FEEDBACK, filed, run_clock
from adaldyq.measures.reports.actions.handing_over import hand_over
from adaldyq.measures.reports.actions.releasing import leave_leaf
from adaldyq.measures.reports.models import Report
from adaldyq.measures.reports.models.leaves import REOPENED
from adaldyq.measures.reports.models.reports import NOT_A_REPORT
from adaldyq.measures.reports.states import CLOSED

REOPEN = "reports.report.reopen"


@act(REOPEN, leaves=Leaves.NONE, records=filed, quiet=True)
def reopen_report(*, report: Report, by: Actor, at: datetime) -> Report:
    """Let the reporter say, once, that it is not resolved: it is looked at again, by another officer.

    An office that got it when it was closed has had no part in it yet: it acknowledges the report as any that comes to
    it, and answers for what comes after, also in the public numbers.

    Raises:
        NotAllowed: `by` is somebody.
        DomainError: `reopened-already`.
        Conflict: it is not closed, or closed as no report.
    """
    require(not by.id and not by.system, REOPEN)
    if report.outcome == NOT_A_REPORT:
        raise Conflict(REOPEN, report.state)
    if report.was_reopened and report.state == CLOSED:
        raise DomainError("reopened-already")
    day = naming.pack().day_of(at)
    changes = {
        "was_reopened": True,
        "reopened_date": day,
        "assigned_to": None,
        "closed_date": None,
        "needs_attention": True,
        "delay_reason": "",
    }
    again = advance(report, "reopen", by=by, at=at, **changes)
    run_clock(again, FEEDBACK, at)
    if came_closed(again):
        again = hand_over(again, "move", to=again.unit, reason=REOPENED, by=by, at=at)
    leave_leaf(again, REOPENED, day)
    return again
