"""How accounts are known, on each page and when they sign in."""

from __future__ import annotations

from allauth.account.auth_backends import AuthenticationBackend

from adaldyq.kernel.compiled import Compiled
from adaldyq.kernel.models import Account

BY_KEY = Compiled(lambda key: Account.objects.filter(pk=key, is_active=True), str)


class AccountBackend(AuthenticationBackend):  # type: ignore[misc]  # allauth ships no types that mypy reads
    """As allauth does it; who has a session is looked up by a statement that is made once."""

    def get_user(self, user_id: str) -> Account | None:
        """The account of a session, while it may sign in."""
        return BY_KEY.first(user_id)
