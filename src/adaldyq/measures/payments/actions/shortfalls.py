"""What a payer's bank contests or took of a payment while a refund held it: told in full, and booked once the refund is gone."""

from __future__ import annotations

from datetime import datetime

from adaldyq.base.errors import DomainError
from adaldyq.kernel.actor import Actor
from adaldyq.measures.payments.actions.attempts import settled
from adaldyq.measures.payments.actions.books import post_change, standing
from adaldyq.measures.payments.domain.standing import CONTESTED, clearing
from adaldyq.measures.payments.models import Invoice, PaymentAttempt
from adaldyq.measures.payments.queries.events import taken_as_told
from adaldyq.measures.payments.states import CHARGE_BACK, CHARGED_BACK, DISPUTE, DISPUTED


def book_rest(attempt: str, invoice: Invoice, by: Actor, at: datetime) -> None:
    """Book what the bank took or contests beyond what could be booked when it was told, within the act that ends a refund.

    Args:
        attempt: of which the refund was; it holds no money of it any more.
        invoice: of the attempt, held.
    """
    now = PaymentAttempt.objects.select_for_update().get(pk=attempt)
    booked = now.contested if now.state == DISPUTED else now.charged_back
    rest = min(taken_as_told(now), now.captured - now.refunding) - booked
    if rest <= 0:
        return
    before, account = standing(invoice), clearing(now.provider)
    if now.state == DISPUTED:
        PaymentAttempt.objects.filter(pk=now.pk).update(contested=booked + rest)
        post_change(invoice, before, kind=DISPUTE, at=at, money={account: -rest, CONTESTED: rest}, attempt=now)
        return
    PaymentAttempt.objects.filter(pk=now.pk).update(charged_back=booked + rest)
    invoice.charged_back += rest
    invoice.save(update_fields=["charged_back"])
    post_change(settled(invoice, by=by, at=at), before, kind=CHARGE_BACK, at=at, money={account: -rest}, attempt=now)


def check_not_taken(attempt: PaymentAttempt) -> None:
    """Refuse to let money go back that the payer's bank contests, or took already.

    Raises:
        DomainError: `refund-taken-back`.
    """
    if attempt.state == DISPUTED or (attempt.state == CHARGED_BACK and taken_as_told(attempt) > attempt.charged_back):
        raise DomainError("refund-taken-back", field="words")
