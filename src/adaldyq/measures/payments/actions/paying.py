"""Beginning a payment at a provider: the attempt is kept before the provider is asked, and nothing is held while it answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from adaldyq.base.errors import DomainError
from adaldyq.kernel.actor import Actor
from adaldyq.measures.payments.actions.attempts import open_attempt, start_attempt
from adaldyq.measures.payments.adapters.providers.registry import provider_of
from adaldyq.measures.payments.domain.providing import Wanted
from adaldyq.measures.payments.models import Invoice, PaymentAttempt
from adaldyq.measures.payments.states import OPEN_ATTEMPT


@dataclass(frozen=True, slots=True)
class Way:
    """How a payer wants to pay.

    Attributes:
        provider: its code.
        method: one of `models.METHODS`.
        key: by which the same payment begins once.
        return_address: where the payer comes back to.
        webhook_address: where the provider tells what happens.
        language: in which the payer is spoken to.
        purpose: what is paid, for the payer to read at the provider.
    """

    provider: str
    method: str
    key: str
    return_address: str
    webhook_address: str
    language: str
    purpose: str


def begin_payment(*, invoice: Invoice, way: Way, by: Actor, at: datetime) -> PaymentAttempt:
    """Begin a payment, and return the attempt with the provider's page; the same key begins it once.

    When the provider cannot be reached the attempt stays as it is, and the same key tries again.

    Raises:
        DomainError: `provider-unknown`, `provider-away`, `provider-refused`; `payment-method-unknown` when the provider
            has no such way; those of `open_attempt`.
    """
    provider = provider_of(way.provider)
    if way.method not in provider.methods:
        raise DomainError("payment-method-unknown", field="method", value=way.method)
    attempt = open_attempt(invoice=invoice, provider=way.provider, method=way.method, key=way.key, by=by, at=at)
    if attempt.page or attempt.state not in OPEN_ATTEMPT:
        return attempt
    wanted = Wanted(
        key=attempt.pk,
        reference=invoice.reference,
        purpose=way.purpose,
        amount=attempt.amount,
        currency=attempt.currency,
        method=way.method,
        return_address=way.return_address,
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
