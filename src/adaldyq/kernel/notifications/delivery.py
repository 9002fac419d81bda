"""The worker's part: takes waiting messages to their channels, again and again until they are there.

A message is claimed before it is sent and marked after; a worker that dies in between leaves it waiting, and
it goes again with the same id.
"""

from __future__ import annotations

from datetime import datetime, timedelta

import structlog
from django.conf import settings
from django.db.models import F

from adaldyq.kernel.models import NotificationDelivery
from adaldyq.kernel.models.notifications import EMAIL, GIVEN_UP, SENT, WAITING
from adaldyq.kernel.notifications.channels import Letter, Refused, Unreachable, channels, send
from adaldyq.kernel.notifications.messages import said
from adaldyq.kernel.notifications.queries import contact_of, language_of

log = structlog.stdlib.get_logger(__name__)

AT_ONCE = 100
LEASE = timedelta(minutes=2)
FIRST_RETRY = timedelta(seconds=30)
LONGEST_RETRY = timedelta(hours=1)
MOST_DOUBLINGS = 10
TRIED_FOR = timedelta(days=3)


def deliver_messages(*, at: datetime) -> int:
    """Send what waits and whose time has come; return how many were sent.

    A channel that does not answer is left alone until the next look, so that it does not hold up the other.
    """
    waiting = NotificationDelivery.objects.filter(state=WAITING, next_attempt_at__lte=at, channel__in=channels())
    silent: set[str] = set()
    sent = 0
    for delivery in waiting.select_related("notification").order_by("next_attempt_at", "pk")[:AT_ONCE]:
        if delivery.channel in silent or not claimed(delivery, at):
            continue
        try:
            send(delivery.channel, letter_of(delivery))
        except Unreachable as error:
            silent.add(delivery.channel)
            put_off(delivery, at, str(error))
        except Refused as error:
            close(delivery, GIVEN_UP, at, str(error))
        else:
            close(delivery, SENT, at)
            sent += 1
    return sent


def claimed(delivery: NotificationDelivery, at: datetime) -> bool:
    """Whether this worker may send a message, which no other then does until the lease is over."""
    same = NotificationDelivery.objects.filter(pk=delivery.pk, state=WAITING, attempts=delivery.attempts)
    return same.update(attempts=F("attempts") + 1, next_attempt_at=at + LEASE) == 1


def put_off(delivery: NotificationDelivery, at: datetime, error: str) -> None:
    """Try a message again later, each time later; give it up after three days. It stays in the account's list."""
    if at - delivery.notification.created_at > TRIED_FOR:
        close(delivery, GIVEN_UP, at, error)
        return
    wait = min(FIRST_RETRY * 2 ** min(delivery.attempts, MOST_DOUBLINGS), LONGEST_RETRY)
    NotificationDelivery.objects.filter(pk=delivery.pk, state=WAITING).update(
        next_attempt_at=at + wait, error=error[:2000]
    )
    log.warning("a channel does not answer, its messages wait", channel=delivery.channel, attempts=delivery.attempts)


def close(delivery: NotificationDelivery, state: str, at: datetime, error: str = "") -> None:
    """Keep what became of a message."""
    sent_at = at if state == SENT else None
    done = {"state": state, "sent_at": sent_at, "error": error[:2000], "address": ""}
    NotificationDelivery.objects.filter(pk=delivery.pk).update(**done)


def letter_of(delivery: NotificationDelivery) -> Letter:
    """A message in the account's language, with the address of its page.

    Raises:
        Refused: the account has no address for this channel any more.
    """
    told = delivery.notification
    choice = contact_of(told.account_id)
    language = language_of(choice)
    to = delivery.address or (choice.email if delivery.channel == EMAIL else choice.phone)
    if not to:
        raise Refused("no address")
    title, text = said(told.message, told.parameters, language)
    return Letter(delivery.pk, to, title, text, f"{settings.SITE_ADDRESS}/{language}/{told.href}", language)
