"""The end of sessions: what a browser that never came back left behind."""

from __future__ import annotations

from datetime import datetime

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef, QuerySet

from adaldyq.kernel.actor import Actor, require
from adaldyq.kernel.acts import Leaves, Recorded, act

CLEAR = "kernel.sessions.clear"


def expired(at: datetime) -> QuerySet[Session]:
    """Sessions that no browser can go on with."""
    return Session.objects.filter(expire_date__lt=at)


def cleared(rows: int) -> Recorded:
    """The event: how many went. Nobody's rights change by it, so the ledger is told nothing."""
    return Recorded([], {"rows": rows})


@act(CLEAR, leaves=Leaves.NONE, records=cleared)
def clear_sessions(*, by: Actor, at: datetime) -> int:
    """Remove sessions that have expired, and what was noted of where each was begun; return how many.

    Raises:
        NotAllowed: `by` is not the clock.
    """
    require(by.system, CLEAR)
    rows, _each = expired(at).delete()
    alive = Session.objects.filter(session_key=OuterRef("session_key"))
    UserSession.objects.filter(~Exists(alive)).delete()
    return rows
