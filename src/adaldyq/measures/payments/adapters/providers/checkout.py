"""The adapter of Stripe Checkout, by Stripe's own library; an installation that wants it installs `adaldyq[stripe]`.

Stripe keeps our key of the attempt as reference and in the metadata of the payment. Keys of events are made of the object
and of what happened to it, so that asking finds the same ones as webhooks tell.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, ClassVar

from adaldyq.base.errors import DomainError
from adaldyq.base.money import minor_places
from adaldyq.measures.payments.adapters.providers.protocol import away, refused
from adaldyq.measures.payments.domain.providing import BackWanted, Begun, Heard, Said, Wanted
from adaldyq.measures.payments.domain.webhooks import check_signature

HEADER = "stripe-signature"
ADDRESS, PAGES = "https://api.stripe.com", "https://checkout.stripe.com"
WITHOUT_PARTS = frozenset("BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF VND VUV XAF XOF XPF".split())  # noqa: SIM905  # reads as Stripe lists them
WITH_THREE = frozenset({"BHD", "JOD", "KWD", "OMR", "TND"})
SPOKEN = frozenset({"en", "ru"})
"""Languages of ours that the page of Stripe has; others get that of the browser."""
REFUNDS: Mapping[str, str] = {
    "succeeded": "refund_done",
    "pending": "refund_sent",
    "failed": "refund_failed",
    "canceled": "refund_failed",
}
DISPUTES: Mapping[str, str] = {"won": "dispute_won", "lost": "charged_back"}
OF_DISPUTES = frozenset({"charge.dispute.created", "charge.dispute.funds_withdrawn", "charge.dispute.closed"})
INQUIRY = "warning_"
"""How the states of an inquiry begin: the bank only asks, and no money is withheld unless it becomes a dispute."""
MOST = 100


def scale(currency: str) -> int:
    """By how many places Stripe's units of a currency are smaller than ours."""
    theirs = 0 if currency in WITHOUT_PARTS else 3 if currency in WITH_THREE else 2
    return theirs - minor_places(currency)


def theirs(units: int, currency: str) -> int:
    """Our least units of a currency in Stripe's.

    Raises:
        DomainError: `provider-refused` where Stripe has no such small units.
    """
    places = scale(currency)
    if places >= 0:
        return int(units * 10**places)
    whole, part = divmod(units, 10**-places)
    if part:
        raise refused(StripeProvider.code, f"parts of {currency}")
    return int(whole)


def ours(units: int, currency: str) -> int:
    """Stripe's units of a currency in ours."""
    places = scale(currency)
    return int(units // 10**places if places >= 0 else units * 10**-places)


@contextmanager
def told_apart() -> Iterator[None]:
    """Tell what may pass by itself from what Stripe refuses.

    Raises:
        DomainError: `provider-away`, `provider-refused`.
    """
    import stripe  # noqa: PLC0415  # only an installation that uses it has the library

    try:
        yield
    except (stripe.APIConnectionError, stripe.RateLimitError) as failed:
        raise away(StripeProvider.code, type(failed).__name__) from None
    except stripe.StripeError as failed:
        server = (failed.http_status or 0) >= 500  # noqa: PLR2004  # faults of the server, in HTTP
        raise (away if server else refused)(StripeProvider.code, str(failed.user_message or failed)) from None


@dataclass(frozen=True, slots=True)
class StripeProvider:
    """An account at Stripe.

    Attributes:
        key: its secret key.
        secret: with which it signs webhooks.
        address: of its API, where it is another than Stripe's.
    """

    key: str
    secret: str
    address: str = ADDRESS
    code: ClassVar[str] = "stripe"
    methods: ClassVar[Sequence[str]] = ("card",)

    @property
    def origin(self) -> str:
        """Where its pages are."""
        return PAGES

    @property
    def client(self) -> Any:
        """Stripe's own client."""
        import stripe  # noqa: PLC0415  # as above

        return stripe.StripeClient(self.key, base_addresses={"api": self.address}, max_network_retries=1).v1

    def holds(self, account: str) -> bool:
        """Stripe pays out to an account of ours at a bank, whose statement proves it."""
        return False

    def create_payment(self, wanted: Wanted) -> Begun:
        """Have a payment taken: a session of Checkout."""
        currency, kept = wanted.currency.lower(), {"attempt": wanted.key, "reference": wanted.reference}
        amount = theirs(wanted.amount, wanted.currency)
        price = {"currency": currency, "unit_amount": amount, "product_data": {"name": wanted.purpose}}
        params: dict[str, Any] = {
            "mode": "payment",
            "line_items": [{"quantity": 1, "price_data": price}],
            "client_reference_id": wanted.key,
            "metadata": kept,
            "payment_intent_data": {"metadata": kept, "description": wanted.reference},
            "success_url": wanted.return_address,
            "cancel_url": wanted.return_address,
            "locale": wanted.language if wanted.language in SPOKEN else "auto",
        }
        with told_apart():
            made = self.client.checkout.sessions.create(params, {"idempotency_key": wanted.key})
        return Begun(made.id, made.url, datetime.fromtimestamp(made.expires_at, UTC))

    def events_of(self, payment: str, *, attempt_key: str) -> Sequence[Heard]:
        """All that has happened to a payment: its session, refunds and disputes."""
        with told_apart():
            session = self.client.checkout.sessions.retrieve(payment, {"expand": ["payment_intent"]})
            intent = session.payment_intent
            of = {"payment_intent": intent.id, "limit": MOST} if intent else {}
            refunds = self.client.refunds.list(of).data if intent else []
            disputes = self.client.disputes.list(of).data if intent else []
        found = [(session, self.of_session(session, intent))]
        found += [(one, self.of_refund(one)) for one in refunds]
        for one in disputes:
            if one.status.startswith(INQUIRY):
                continue
            found.append((one, self.of_dispute(one, attempt_key, "dispute_opened")))
            if one.status in DISPUTES:
                found.append((one, self.of_dispute(one, attempt_key, DISPUTES[one.status])))
        return [Heard(str(one).encode(), said) for one, said in found if said]

    def read_webhook(self, headers: Mapping[str, str], body: bytes, *, at: datetime) -> Said | None:
        """What a webhook tells. Of a dispute it does not say which payment of ours it is, so Stripe is asked.

        So it is of a refund: one that was done may fail later, and what a late webhook says of it may be over.

        Raises:
            DomainError: as the protocol has it, and `provider-away` when Stripe cannot be asked; it then sends it again.
        """
        lowered = {name.lower(): value for name, value in headers.items()}
        check_signature(self.secret, lowered.get(HEADER, ""), body, at=at)
        try:
            event = json.loads(body)
            kind, held = str(event["type"]), Held(event["data"]["object"])
            return self.read(kind, held)
        except (ValueError, TypeError, LookupError, AttributeError, RecursionError, ArithmeticError, OSError):
            raise DomainError("webhook-unreadable") from None

    def read(self, kind: str, held: Any) -> Said | None:
        """What an event of a kind says of its object; none for what is of no concern to us."""
        if kind.startswith("checkout.session."):
            return self.of_session(held, None, failed=kind.endswith("async_payment_failed"))
        if kind in {"refund.created", "refund.updated", "refund.failed"}:
            with told_apart():
                return self.of_refund(self.client.refunds.retrieve(held.id))
        if kind in OF_DISPUTES:
            told = DISPUTES.get(held.status, "") if kind.endswith("closed") else "dispute_opened"
            if not told or held.status.startswith(INQUIRY):
                return None
            with told_apart():
                intent = self.client.payment_intents.retrieve(held.payment_intent)
            return self.of_dispute(held, intent.metadata["attempt"], told)
        return None

    def of_session(self, session: Any, intent: Any, *, failed: bool = False) -> Said | None:
        """What became of a session; none while it is open."""
        failed = failed or (intent is not None and intent.status == "requires_payment_method")
        kinds = {"expired": "expired", "complete": "declined" if failed else "submitted"}
        kind = "succeeded" if session.payment_status == "paid" else kinds.get(session.status, "")
        return (
            self.said(session, kind, session.client_reference_id, session.amount_total, session.created)
            if kind
            else None
        )

    def of_refund(self, refund: Any) -> Said | None:
        """What became of a refund that we asked for."""
        kind, kept = REFUNDS.get(refund.status, ""), refund.metadata or {}
        if not kind or "refund" not in kept:
            return None
        return self.said(refund, kind, kept["attempt"], refund.amount, refund.created, kept["refund"])

    def of_dispute(self, dispute: Any, attempt: str, kind: str) -> Said:
        """What became of a dispute."""
        return self.said(dispute, kind, attempt, dispute.amount, dispute.created)

    def said(self, of: Any, kind: str, attempt: str, amount: int, created: int, refund: str = "") -> Said:
        """What an object of Stripe says, in our words."""
        currency = str(of.currency).upper()
        return Said(
            event_key=f"{of.id}:{kind}",
            kind=kind,
            attempt_key=str(attempt),
            amount=ours(amount, currency),
            currency=currency,
            said_at=datetime.fromtimestamp(created, UTC),
            refund_key=refund,
        )

    def refund(self, wanted: BackWanted) -> str:
        """Have money given back."""
        kept = {"refund": wanted.key, "attempt": wanted.attempt_key}
        with told_apart():
            session = self.client.checkout.sessions.retrieve(wanted.payment)
            if not session.payment_intent:
                raise refused(self.code, "nothing was paid")
            amount = theirs(wanted.amount, wanted.currency)
            params = {"payment_intent": session.payment_intent, "amount": amount, "metadata": kept}
            return str(self.client.refunds.create(params, {"idempotency_key": wanted.key}).id)

    def statement(self, day: date, currency: str) -> bytes | None:
        """None: what Stripe pays out stands in the statement of our bank."""
        return None


class Held:
    """An object of Stripe in JSON, whose facts are read as those of its library are."""

    def __init__(self, facts: Mapping[str, Any]) -> None:
        self.facts = facts

    def __getattr__(self, name: str) -> Any:
        """One fact.

        Raises:
            AttributeError: it has none of this name.
        """
        if name not in self.facts:
            raise AttributeError(name)
        return self.facts[name]
