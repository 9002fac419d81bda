"""Lets all who have a session have shown password and second factor just now, and have looked at a page within the minute.

Both would have to be done again every five minutes, and every minute; the measurement prepares everybody at once.
"""

from __future__ import annotations

import os
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "adaldyq.project.settings")
django.setup()

from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY  # noqa: E402  # after Django's setup
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402  # as above
from django.contrib.sessions.models import Session  # noqa: E402  # as above

from adaldyq.kernel.sessions import BEGAN, SEEN  # noqa: E402  # as above


def renew() -> None:
    """Write it into every session."""
    now, store = time.time(), SessionStore()
    shown = [{"method": way, "at": now, "reauthenticated": True} for way in ("password", "mfa")]
    kept = list(Session.objects.all())
    for one in kept:
        facts = {AUTHENTICATION_METHODS_SESSION_KEY: shown, BEGAN: now, SEEN: now}
        one.session_data = store.encode(store.decode(one.session_data) | facts)
    Session.objects.bulk_update(kept, ["session_data"], batch_size=500)


renew()
