"""What an account is told, and how it wants to be told."""

from __future__ import annotations

from django.conf import settings
from django.db.models import Count, QuerySet

from adaldyq.kernel.actor import Actor
from adaldyq.kernel.compiled import Compiled
from adaldyq.kernel.models import Account, ContactChoice, Notification


def notifications_of(by: Actor) -> QuerySet[Notification]:
    """Messages to the viewer, the newest first."""
    if by.system or not by.id:
        return Notification.objects.none()
    return Notification.objects.filter(account_id=by.id).order_by("-created_at", "-pk")


def unread(by: Actor) -> int:
    """How many messages the viewer has not opened."""
    return (UNREAD.first(by.id) or 0) if by.id and not by.system else 0


UNREAD = Compiled(
    lambda account: (
        Notification.objects.filter(account_id=account, read_at=None)
        .values("account_id")
        .annotate(count=Count("pk"))
        .values_list("count", flat=True)
    ),
    str,
)


def contact_of(account: str) -> ContactChoice:
    """How an account wants to be told; what it has not chosen is as it is for everybody."""
    return ContactChoice.objects.filter(account_id=account).first() or ContactChoice(account_id=account)


def language_of(choice: ContactChoice) -> str:
    """The language of an account's messages."""
    return choice.language or settings.LANGUAGE_CODE


def account_of(by: Actor) -> Account:
    """The viewer's own account."""
    return Account.objects.get(pk=by.id)
