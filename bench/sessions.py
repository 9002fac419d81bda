"""People who have signed in, for measurements that are not of signing in. Django must be set up before this is imported."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from allauth.account.internal.flows import login
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.models import Session
from django.db import models
from django.utils import timezone

from adaldyq.kernel.models import Account
from adaldyq.kernel.session_store import SessionStore

OF_WHOM = login._AUTHENTICATION_METHODS_USER_SESSION_KEY  # noqa: SLF001  # allauth names it nowhere else
BACKEND = "adaldyq.portal.sign_in.backend.AccountBackend"


def keep(rows: Sequence[models.Model]) -> None:
    """Insert rows of one model."""
    type(rows[0])._default_manager.bulk_create(rows, batch_size=1000)


def sessions(of: Sequence[Account]) -> list[str]:
    """The key of a session for each, good for a day."""
    kept, ends = [], timezone.now() + timedelta(days=1)
    for one in of:
        store = SessionStore()
        facts = {SESSION_KEY: one.pk, BACKEND_SESSION_KEY: BACKEND, HASH_SESSION_KEY: one.get_session_auth_hash()}
        store.update({**facts, OF_WHOM: one.pk})
        key = store._get_new_session_key()  # type: ignore[attr-defined]  # noqa: SLF001  # saved below, all at once
        kept.append(Session(session_key=key, session_data=store.encode(dict(store.items())), expire_date=ends))
    keep(kept)
    return [one.session_key for one in kept]
