"""Sessions in the database, as Django keeps them, looked up by a statement that is made once."""

from __future__ import annotations

from datetime import datetime

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.utils import timezone

from adaldyq.kernel.compiled import Compiled

LIVE = Compiled(lambda key, now: Session.objects.filter(session_key=key, expire_date__gt=now), str, datetime)


class SessionStore(db.SessionStore):
    """A session. Its name is part of the salt with which it is signed."""

    def _get_session_from_db(self) -> Session | None:
        """The session that the key names; it is forgotten when there is none."""
        found = LIVE.first(self.session_key, timezone.now())
        if found is None:
            self._session_key = None
        return found
