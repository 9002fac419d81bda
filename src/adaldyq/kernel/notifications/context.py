"""What every page tells a signed-in visitor about their messages."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from adaldyq.kernel.actor import actor_of
from adaldyq.kernel.notifications.queries import unread


def page(request: HttpRequest) -> dict[str, Any]:
    """The number of unread messages, counted only when a page shows it."""
    return {"unread": SimpleLazyObject(lambda: unread(actor_of(request.user)))}
