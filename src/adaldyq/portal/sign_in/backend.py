"""How accounts are known, on each page and when they sign in."""

from __future__ import annotations

from allauth.account.auth_backends import AuthenticationBackend
from django.utils import timezone

from adaldyq.kernel.compiled import Compiled
from adaldyq.kernel.models import Account
from adaldyq.kernel.models.accounts import HELD, held_from
from adaldyq.kernel.together import Together

BY_KEY = Compiled(lambda key: Account.objects.filter(pk=key, is_active=True), str)
SIGNED_IN = Together(BY_KEY, HELD)


class AccountBackend(AuthenticationBackend):  # type: ignore[misc]  # allauth ships no types that mypy reads
    """As allauth does it; who has a session is looked up by a statement that is made once."""

    def get_user(self, user_id: str) -> Account | None:
        """The account of a session, while it may sign in, with the roles that every page asks for."""
        accounts, grants = SIGNED_IN((user_id,), (user_id, timezone.localdate()))
        for account in accounts:
            vars(account)["held"] = held_from(grants, user_id)  # what is cached there
        return next(iter(accounts), None)
