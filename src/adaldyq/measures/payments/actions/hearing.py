"""Hearing what providers tell: by webhook as it comes, and by asking them where a webhook may have been lost.

What comes is stored at once and answered; a round of the worker applies what is stored, many events at a time, so that a
rush of webhooks waits for nothing. Asking finds the same events under the same keys, so nothing counts twice.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

import structlog
from django.db.models import F, Q, QuerySet

from adaldyq.base.errors import DomainError
from adaldyq.kernel.actor import system
from adaldyq.kernel.prepared import vendor
from adaldyq.measures.payments.actions.provider_events import apply_provider_events, record_provider_event
from adaldyq.measures.payments.adapters.providers.registry import provider_of, providers
from adaldyq.measures.payments.models import PaymentAttempt, ProviderEvent, Refund
from adaldyq.measures.payments.states import DISPUTED, OPEN_ATTEMPT, SENT, STORED, SUCCESS

BY = system("payments")
TOGETHER, FEW_TOGETHER, ASKED_TOGETHER = 200, 50, 20
DIGEST = 32
"""How much of a digest tells one message from all others in a log."""
RUSH, JUST_NOW, PATIENCE = 50, timedelta(seconds=1), timedelta(minutes=1)
"""On SQLite: more new events than so many within a second are a rush, which is taken in first; but nothing waits longer than a minute."""
SOON, FRESH = timedelta(minutes=1), timedelta(hours=1)
LATER, OLD = timedelta(minutes=15), timedelta(days=7)
SELDOM = timedelta(days=1)
CONTESTABLE = timedelta(days=180)
"""A fresh attempt is asked about every minute, later every quarter of an hour; a dispute once a day, and so is what was paid as
long as the payer's bank may contest it."""
PAUSE = timedelta(seconds=30)
"""How long a provider that is away is left alone."""

log = structlog.stdlib.get_logger(__name__)
away_until: dict[str, datetime] = {}
apply_again: dict[str, datetime] = {}
look_again: dict[str, datetime] = {}
"""When attempts of a state are looked for next, of which there are very many."""


def take_webhook(*, code: str, headers: Mapping[str, str], body: bytes, at: datetime) -> ProviderEvent | None:
    """Take what a provider sent: check its signature, then store it as it came.

    Returns:
        The event, stored now or before; none for what is of no concern to us.

    Raises:
        DomainError: `provider-unknown`; those of the adapter, such as `webhook-signature`; `provider-event-changed`.
            Each is logged, with a digest of what came.
    """
    try:
        said = provider_of(code).read_webhook(headers, body, at=at)
        if said is None:
            return None
        event, _is_new = record_provider_event(provider=code, raw=body, said=said, told_by="webhook", at=at)
    except DomainError as refused:
        digest = hashlib.sha256(body).hexdigest()[:DIGEST]
        log.warning("a webhook was refused", provider=code[:40], code=refused.code, digest=digest, bytes=len(body))
        raise
    return event


def many_write() -> bool:
    """Whether many write at a time: on SQLite whatever is taken in waits for whatever is applied."""
    return vendor() == "postgresql"


def is_rush(*, at: datetime) -> bool:
    """Whether so much comes just now that applying it would hold up taking it in."""
    stored = ProviderEvent.objects.filter(state=STORED)
    if many_write() or stored.filter(received_at__lt=at - PATIENCE).exists():
        return False
    return stored.filter(received_at__gt=at - JUST_NOW).count() > RUSH


def apply_stored(*, at: datetime) -> int:
    """Apply what is stored and was not applied yet, the oldest first, and return how many events were looked at."""
    stored = ProviderEvent.objects.filter(state=STORED)
    later = [key for key, instant in apply_again.items() if instant > at]
    some = list(
        stored.exclude(pk__in=later).order_by("received_at", "pk")[: TOGETHER if many_write() else FEW_TOGETHER]
    )
    if not some:
        return 0
    try:
        apply_provider_events(events=some, by=BY, at=at)
    except Exception:  # one that cannot be applied must not hold up the others
        log.exception("events could not be applied together; they are applied one by one", events=len(some))
        for one in some:
            apply_alone(one, at)
    return len(some)


def apply_alone(event: ProviderEvent, at: datetime) -> None:
    """Apply one event; one that cannot be is left alone for a while."""
    try:
        apply_provider_events(events=[event], by=BY, at=at)
    except Exception:  # the same
        log.exception("an event could not be applied", told=event.pk)
        apply_again[event.pk] = at + SOON
    else:
        apply_again.pop(event.pk, None)


def ask_about(*, attempt: PaymentAttempt, at: datetime) -> int:
    """Ask the provider what happened to an attempt, store it, and return how many events were new.

    Raises:
        DomainError: `provider-unknown`, `provider-away`, `provider-refused`.
    """
    PaymentAttempt.objects.filter(pk=attempt.pk).update(polled_at=at)
    provider, found = provider_of(attempt.provider), 0
    for heard in provider.events_of(attempt.provider_reference, attempt_key=attempt.pk):
        _event, is_new = record_provider_event(
            provider=attempt.provider, raw=heard.raw, said=heard.said, told_by="poll", at=at
        )
        found += is_new
    return found


def silent(at: datetime) -> Sequence[PaymentAttempt]:
    """Attempts of which a webhook may have been lost, and which have not been asked about for a while.

    Those that were paid come last: of them a bank may contest or take back some, and who tells of that is the provider alone.
    """
    never_or = Q(polled_at=None) | Q(polled_at__lt=at - LATER)
    is_open = Q(state__in=OPEN_ATTEMPT, created_at__lt=at - SOON, created_at__gte=at - OLD)
    fresh = is_open & Q(created_at__gte=at - FRESH) & (Q(polled_at=None) | Q(polled_at__lt=at - SOON))
    gone_back = Refund.objects.filter(state=SENT, sent_at__lt=at - SOON).values("attempt")
    contested = Q(state=DISPUTED) & (Q(polled_at=None) | Q(polled_at__lt=at - SELDOM))
    found = PaymentAttempt.objects.filter(provider__in=reachable(at)).exclude(provider_reference="")
    wanted = fresh | (is_open & never_or) | (Q(pk__in=gone_back) & never_or) | contested
    first = list(found.filter(wanted).order_by("polled_at", "created_at")[:ASKED_TOGETHER])
    return first or paid_before(found, at)


def paid_before(found: QuerySet[PaymentAttempt], at: datetime) -> list[PaymentAttempt]:
    """A few attempts that were paid and not asked about for a day, looked for once a minute: they are very many."""
    if at < look_again.get(SUCCESS, at):
        return []
    look_again[SUCCESS] = at + SOON
    held = found.filter(state=SUCCESS, ended_at__gte=at - CONTESTABLE, ended_at__lt=at - SELDOM)
    paid = held.filter(Q(polled_at=None) | Q(polled_at__lt=at - SELDOM))
    return list(paid.order_by(F("polled_at").asc(nulls_first=True), "created_at")[:ASKED_TOGETHER])


def reachable(at: datetime) -> list[str]:
    """Providers that were not away a moment ago."""
    return [code for code in providers() if away_until.get(code, at) <= at]


def ask_silent(*, at: datetime) -> int:
    """Ask about attempts of which nothing was heard, and return how many events were new."""
    found = 0
    for attempt in silent(at):
        if attempt.provider not in reachable(at):
            continue
        try:
            found += ask_about(attempt=attempt, at=at)
        except DomainError as refused:
            log.warning("a provider could not be asked", provider=attempt.provider, code=refused.code)
            note_away(attempt.provider, refused, at)
    return found


def note_away(provider: str, refused: DomainError, at: datetime) -> None:
    """Leave a provider alone for a while that is away."""
    if refused.code == "provider-away":
        away_until[provider] = at + PAUSE
