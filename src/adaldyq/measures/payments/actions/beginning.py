"""Beginning a payment at a provider, and sending refunds there: what has to be asked of a system that is not ours.

Nothing is asked within a transaction. Keys of ours make what is asked again happen once, so that an answer that was
lost, or a worker that was killed in between, does no harm.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import structlog

from adaldyq.base.errors import Conflict, DomainError
from adaldyq.kernel import naming
from adaldyq.kernel.actor import Actor
from adaldyq.measures.payments.actions.attempts import open_attempt, start_attempt
from adaldyq.measures.payments.actions.hearing import BY, note_away, reachable
from adaldyq.measures.payments.actions.refunds import return_refund, send_refund
from adaldyq.measures.payments.adapters.providers.registry import provider_of
from adaldyq.measures.payments.domain.providing import BackWanted, Wanted
from adaldyq.measures.payments.models import Invoice, PaymentAttempt, Refund
from adaldyq.measures.payments.states import APPROVED

SENT_TOGETHER = 20

log = structlog.stdlib.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Way:
    """How a payer wants to pay.

    Attributes:
        provider: its code.
        method: one of those of the provider.
        key: of the form, so that sent twice it is one attempt.
        return_address: where the payer comes back to; `{attempt}` in it becomes the attempt's id.
        webhook_address: where the provider tells what happens.
        language: in which the payer is spoken to.
    """

    provider: str
    method: str
    key: str
    return_address: str
    webhook_address: str
    language: str


def begin_payment(*, invoice: Invoice, way: Way, by: Actor, at: datetime) -> PaymentAttempt:
    """Open an attempt and have the provider take it; the payer goes on at the attempt's page.

    Raises:
        DomainError: `provider-unknown`, `payment-method-unknown`; those of `open_attempt`; `provider-away` or
            `provider-refused`, after which the same key may be tried again.
    """
    provider = provider_of(way.provider)
    if way.method not in provider.methods:
        raise DomainError("payment-method-unknown", field="method", value=way.method)
    attempt = open_attempt(invoice=invoice, provider=way.provider, method=way.method, key=way.key, by=by, at=at)
    if attempt.page:
        return attempt
    wanted = Wanted(
        key=attempt.pk,
        reference=invoice.reference,
        purpose=naming.spoken(invoice.purpose, invoice.number)[:200],
        amount=attempt.amount,
        currency=attempt.currency,
        method=way.method,
        return_address=way.return_address.replace("{attempt}", attempt.pk),
        webhook_address=way.webhook_address,
        language=way.language,
    )
    begun = provider.create_payment(wanted)
    return start_attempt(
        attempt=attempt,
        provider_reference=begun.reference,
        page=begun.page,
        expires_at=begun.expires_at,
        by=by,
        at=at,
    )


def send_refunds(*, at: datetime) -> int:
    """Have providers give back what was approved, and return how many refunds were sent."""
    approved = Refund.objects.filter(state=APPROVED, attempt__provider__in=reachable(at)).select_related("attempt")
    sent = 0
    for refund in approved.order_by("decided_at", "pk")[:SENT_TOGETHER]:
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
