"""What the worker does now and then: forgetting what has been kept for its term, clearing what was left behind.

Among it: noting outside the backups what was erased by a process that was killed before it noted it, and emptying
SQLite's journal of what was erased.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from adaldyq.kernel import reads
from adaldyq.kernel.actions.mandate_requests import forget_requests
from adaldyq.kernel.actions.reads import forget_reads
from adaldyq.kernel.actions.sessions import clear_sessions, expired
from adaldyq.kernel.actor import system
from adaldyq.kernel.api.limits import forget_counts
from adaldyq.kernel.deadlines.days import kept_since
from adaldyq.kernel.idempotency import forget_answers
from adaldyq.kernel.nights import begin_hour, begin_night
from adaldyq.kernel.notifications.actions import forget_messages
from adaldyq.kernel.uploads.actions import clear_left_behind, clear_past_term, clear_strays
from adaldyq.kernel.uploads.queries import left_behind
from adaldyq.kernel.uploads.store import has_room
from adaldyq.ledger import erasures, journal

CHORES = system("clock")
MESSAGES = "message"  # what packs call their term of keeping
BETWEEN_WHEN_FULL = timedelta(minutes=1)
BETWEEN_SEARCHES = timedelta(hours=1)  # of the folder of files and of old messages


def due_chores(*, at: datetime, searched: datetime | None) -> datetime | None:
    """Do whatever has something to do, and return when the folder of files was last searched.

    Args:
        searched: when this worker searched it last.
    """
    if reads.expired(at).exists():
        forget_reads(by=CHORES, at=at)
    erasures.note_waiting()
    journal.empty_waiting()
    if left_behind(at).exists():
        clear_left_behind(by=CHORES, at=at)
    begin_night(at=at)
    begin_hour(at=at)
    if searched is not None and at - searched < (BETWEEN_SEARCHES if has_room() else BETWEEN_WHEN_FULL):
        return searched
    clear_strays(at=at)
    clear_past_term(by=CHORES, at=at)
    if expired(at).exists():
        clear_sessions(by=CHORES, at=at)
    forget_answers(at=at)
    forget_counts(at=at)
    forget_requests(at=at)
    forget_messages(before=kept_since(at, MESSAGES))
    return at
