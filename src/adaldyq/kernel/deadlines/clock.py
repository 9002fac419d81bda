"""The clock: looks at the rows whose time has come and lets follow what the law says.

It depends on no queue. The legal effect and the mark that it happened are one transaction with a conditional
update, so that it happens exactly once however often a worker is killed and however many there are; messages
go at least once under a stable key.
"""

from __future__ import annotations

from datetime import datetime, timedelta

import structlog

from adaldyq.base.errors import Conflict
from adaldyq.kernel.actor import system
from adaldyq.kernel.deadlines.actions import cancel_deadline, fall
from adaldyq.kernel.deadlines.notices import notices_due, send_notice
from adaldyq.kernel.deadlines.queries import to_fall
from adaldyq.kernel.models import Deadline
from adaldyq.kernel.models.deadlines import RUNNING

log = structlog.stdlib.get_logger(__name__)

AT_ONCE = 200
FIRST_RETRY = timedelta(seconds=10)
LONGEST_RETRY = timedelta(hours=1)
CLOCK = system("clock")
OVERTAKEN = "The subject had moved on before the day came."


def tick(*, at: datetime) -> int:
    """Do what is due at an instant, and return how many deadlines fell."""
    for notice in notices_due(at)[:AT_ONCE]:
        send_notice(notice, at)
    return sum(fell(deadline, at) for deadline in to_fall(at)[:AT_ONCE])


def fell(deadline: Deadline, at: datetime) -> bool:
    """Whether a deadline fell by this look. One that cannot be applied is tried again, later each time."""
    try:
        fall(deadline=deadline, by=CLOCK, at=at)
    except Conflict:
        close_overtaken(deadline, at)
        return False
    except Exception as error:  # one deadline that cannot be applied must not stop the others; it is kept and shown
        log.exception("what follows from a deadline could not be applied", attempts=deadline.attempts + 1)
        wait = min(FIRST_RETRY * 2 ** min(deadline.attempts, 20), LONGEST_RETRY)
        Deadline.objects.filter(pk=deadline.pk, state=RUNNING).update(
            attempts=deadline.attempts + 1, error=f"{type(error).__name__}: {error}"[:2000], look_at=at + wait
        )
        return False
    return True


def close_overtaken(deadline: Deadline, at: datetime) -> None:
    """End a deadline whose subject no longer permits what should follow, unless another worker was first."""
    deadline.refresh_from_db()
    if deadline.state != RUNNING:
        return
    try:
        cancel_deadline(deadline=deadline, reason=OVERTAKEN, by=CLOCK, at=at)
    except Conflict:
        log.info("a deadline was closed by another worker")
