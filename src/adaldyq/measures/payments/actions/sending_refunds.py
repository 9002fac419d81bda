"""Sending approved refunds to providers.

Nothing is asked within a transaction. A key of ours makes what is asked again happen once, so that an answer that was
lost, or a worker that was killed in between, does no harm.
"""

from __future__ import annotations

from datetime import datetime

import structlog

from adaldyq.base.errors import Conflict, DomainError
from adaldyq.measures.payments.actions.hearing import BY, note_away, reachable
from adaldyq.measures.payments.actions.refunds import return_refund, send_refund
from adaldyq.measures.payments.adapters.providers.registry import provider_of
from adaldyq.measures.payments.domain.providing import BackWanted
from adaldyq.measures.payments.models import Refund
from adaldyq.measures.payments.states import APPROVED

SENT_TOGETHER = 20

log = structlog.stdlib.get_logger(__name__)


def send_refunds(*, at: datetime) -> int:
    """Have providers give back what was approved, and return how many refunds were sent."""
    approved = Refund.objects.filter(state=APPROVED, attempt__provider__in=reachable(at)).select_related("attempt")
    sent = 0
    for refund in approved.order_by("decided_at", "pk")[:SENT_TOGETHER]:
        if not Refund.objects.filter(pk=refund.pk, state=APPROVED).exists():  # stopped since the list was made
            continue
        try:
            sent += send(refund, at)
        except Conflict:  # another worker was first, or the provider told that it is done
            continue
    return sent


def send(refund: Refund, at: datetime) -> bool:
    """Have a provider give back one refund, and say whether it took it; one that it refuses comes back at once.

    Raises:
        Conflict: somebody was first.
    """
    attempt = refund.attempt
    wanted = BackWanted(refund.pk, attempt.provider_reference, attempt.pk, refund.amount, refund.currency)
    try:
        reference = provider_of(attempt.provider).refund(wanted)
    except DomainError as refused:
        log.warning("a refund was not taken", refund=refund.pk, provider=attempt.provider, code=refused.code)
        note_away(attempt.provider, refused, at)
        if refused.code == "provider-refused":
            return_refund(refund=refund, by=BY, at=at)
        return False
    send_refund(refund=refund, reference=reference, by=BY, at=at)
    return True
