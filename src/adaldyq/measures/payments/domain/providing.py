"""What we and providers of payments say to each other, whichever provider it is. Amounts are in least units."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, datetime

from adaldyq.base.errors import DomainError

LONGEST, MOST = 120, 2**63


@dataclass(frozen=True, slots=True)
class Said:
    """What a provider told, as its adapter read it.

    Attributes:
        event_key: what the provider calls the event; without one, a digest of what makes it one.
        kind: one of `models.KINDS`.
        attempt_key: our id of the attempt, which the provider was given as merchant reference.
        amount: in least units of the currency; None where the provider tells none.
        said_at: when it happened by the provider's clock.
        refund_key: our id of the refund, of an event about one.
        payment: what the provider calls the payment, where it tells; it must be the attempt's.
    """

    event_key: str
    kind: str
    attempt_key: str
    amount: int | None = None
    currency: str = ""
    said_at: datetime | None = None
    refund_key: str = ""
    payment: str = ""


def check_said(said: Said) -> None:
    """Refuse what cannot be kept as it was said, whatever a provider signed.

    Raises:
        DomainError: `webhook-unreadable`.
    """
    names = (said.event_key, said.attempt_key, said.refund_key, said.payment)
    texts = all(len(one) <= LONGEST and is_plain(one) for one in names)
    currency = len(said.currency) <= len("KZT") and is_plain(said.currency)
    amount = said.amount is None or abs(said.amount) < MOST
    if not (texts and currency and amount and (said.said_at is None or is_instant(said.said_at))):
        raise DomainError("webhook-unreadable")


def is_plain(text: str) -> bool:
    """Whether every database keeps a text: it has no NUL and no half of a letter."""
    return "\0" not in text and not any("\ud800" <= letter <= "\udfff" for letter in text)


def is_instant(at: datetime) -> bool:
    """Whether it is known when that was, and it can be shown anywhere on Earth."""
    return at.tzinfo is not None and MINYEAR < at.year < MAXYEAR


@dataclass(frozen=True, slots=True)
class Heard:
    """An event that a provider told when it was asked, with the bytes that say so."""

    raw: bytes
    said: Said


@dataclass(frozen=True, slots=True)
class Wanted:
    """A payment that a provider is to take.

    Attributes:
        key: our id of the attempt; the same key never makes two payments.
        reference: creditor reference (ISO 11649) that the statement is to show.
        purpose: what is paid, for the payer to read.
        method: how the payer wants to pay.
        return_address: where the payer comes back to.
        webhook_address: where the provider tells what happens.
        language: in which the payer is spoken to.
    """

    key: str
    reference: str
    purpose: str
    amount: int
    currency: str
    method: str
    return_address: str
    webhook_address: str
    language: str


@dataclass(frozen=True, slots=True)
class Begun:
    """A payment that a provider has taken.

    Attributes:
        reference: what the provider calls it.
        page: on which the payer goes on.
        expires_at: when the provider lets it go; None when it does not say.
    """

    reference: str
    page: str
    expires_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class BackWanted:
    """Money that a provider is to give back.

    Attributes:
        key: our id of the refund; the same key never gives back twice.
        payment: what the provider calls the payment.
        attempt_key: our id of the attempt.
    """

    key: str
    payment: str
    attempt_key: str
    amount: int
    currency: str
