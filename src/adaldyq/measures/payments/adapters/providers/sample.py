"""The adapter of the test provider, `adaldyq provider`."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from http import HTTPStatus
from typing import Any, ClassVar
from urllib.parse import quote

import requests

from adaldyq.base.errors import DomainError
from adaldyq.measures.payments.adapters.providers.protocol import away, refused
from adaldyq.measures.payments.domain.providing import BackWanted, Begun, Heard, Said, Wanted
from adaldyq.measures.payments.domain.webhooks import HEADER, check_signature

ACCOUNTS = "ADALDYQTEST"
SECONDS = (3.0, 10.0)
"""To connect, and to be answered."""
KINDS: Mapping[str, str] = {
    "payment.started": "started",
    "payment.submitted": "submitted",
    "payment.success": "succeeded",
    "payment.declined": "declined",
    "payment.expired": "expired",
    "payment.cancelled": "cancelled",
    "payment.error": "error",
    "payment.disputed": "dispute_opened",
    "payment.dispute_won": "dispute_won",
    "payment.charged_back": "charged_back",
    "refund.done": "refund_done",
}
PASSING = {HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_EARLY, HTTPStatus.TOO_MANY_REQUESTS}


def whole(amount: object) -> int:
    """An amount in least units, as it was written.

    Raises:
        TypeError: it is no whole number.
    """
    if not isinstance(amount, int) or isinstance(amount, bool):
        raise TypeError(amount)
    return amount


@dataclass(frozen=True, slots=True)
class SampleProvider:
    """The test provider at an address, with the secrets that it shares with us."""

    address: str
    key: str
    secret: str
    code: ClassVar[str] = "test"
    methods: ClassVar[Sequence[str]] = ("card", "transfer", "qr")

    @property
    def origin(self) -> str:
        """Where its pages are."""
        return self.address

    def holds(self, account: str) -> bool:
        """Whether an account is one of its own: it has one for each currency."""
        return account.startswith(ACCOUNTS)

    def create_payment(self, wanted: Wanted) -> Begun:
        """Have a payment taken."""
        facts = {
            "merchant_key": wanted.key,
            "reference": wanted.reference,
            "purpose": wanted.purpose,
            "amount": wanted.amount,
            "currency": wanted.currency,
            "return_url": wanted.return_address,
            "webhook_url": wanted.webhook_address,
            "language": wanted.language,
        }
        answer = self.asked("POST", "payments/", facts, wanted.key)
        by = {"qr": "mobile"}.get(wanted.method, wanted.method)
        return Begun(str(answer["id"]), f"{answer['page']}&by={quote(by)}")

    def events_of(self, payment: str, *, attempt_key: str) -> Sequence[Heard]:
        """All that has happened to a payment."""
        answer = self.asked("GET", f"payments/{quote(payment, safe='')}/")
        try:
            found = [(one, self.said(one)) for one in answer["events"]]
        except (ValueError, TypeError, LookupError, AttributeError):
            raise away(self.code, "no events") from None
        return [Heard(json.dumps(one, sort_keys=True).encode(), said) for one, said in found if said]

    def read_webhook(self, headers: Mapping[str, str], body: bytes, *, at: datetime) -> Said | None:
        """What a webhook tells."""
        lowered = {name.lower(): value for name, value in headers.items()}
        check_signature(self.secret, lowered.get(HEADER.lower(), ""), body, at=at)
        try:
            return self.said(json.loads(body))
        except (ValueError, TypeError, LookupError, AttributeError, RecursionError):
            raise DomainError("webhook-unreadable") from None

    def said(self, one: Mapping[str, Any]) -> Said | None:
        """What an event says; none for a kind that is no concern of ours."""
        kind = KINDS.get(one["kind"])
        if kind is None:
            return None
        of_refund = kind.startswith("refund_")
        return Said(
            event_key=str(one["id"]),
            kind=kind,
            attempt_key=str(one["merchant_key"]),
            amount=whole(one["refunded" if of_refund else "amount"]),
            currency=str(one["currency"]),
            said_at=datetime.fromisoformat(one["at"]),
            refund_key=str(one["key"]) if of_refund else "",
            payment=str(one["payment"]),
        )

    def refund(self, wanted: BackWanted) -> str:
        """Have money given back."""
        path = f"payments/{quote(wanted.payment, safe='')}/refunds/"
        return str(self.asked("POST", path, {"amount": wanted.amount}, wanted.key)["id"])

    def statement(self, day: date, currency: str) -> bytes | None:
        """The statement of a day in camt.053."""
        return self.sent("GET", f"statements/{day}.xml?currency={currency}").content

    def asked(self, method: str, path: str, facts: Mapping[str, object] | None = None, key: str = "") -> dict[str, Any]:
        """Ask for something, and return what JSON is answered."""
        try:
            found: dict[str, Any] = self.sent(method, path, facts, key).json()
        except ValueError:
            raise away(self.code, "no JSON") from None
        return found

    def sent(
        self, method: str, path: str, facts: Mapping[str, object] | None = None, key: str = ""
    ) -> requests.Response:
        """Send a request.

        Raises:
            DomainError: `provider-away`, `provider-refused`.
        """
        headers = {"Authorization": f"Bearer {self.key}", **({"Idempotency-Key": key} if key else {})}
        address = f"{self.address}/api/{path}"
        try:
            answer = requests.request(
                method,
                address,
                data=json.dumps(facts) if facts else None,
                headers=headers,
                timeout=SECONDS,
                allow_redirects=False,
            )
        except requests.RequestException as failed:
            raise away(self.code, type(failed).__name__) from None
        if answer.ok and not answer.is_redirect:
            return answer
        passing = answer.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR or answer.status_code in PASSING
        raise (away if passing else refused)(self.code, f"{answer.status_code} {answer.text}")
