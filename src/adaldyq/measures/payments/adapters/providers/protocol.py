"""The shape of a provider of payments. A new one is one class; `tests/measures/payments/conformance` says whether it fits.

An adapter only translates: it keeps nothing, decides nothing and writes nothing of ours. All that it raises is a
`DomainError`: `provider-away` for what may be tried again later, `provider-refused` for what may not.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Protocol

from adaldyq.base.errors import DomainError
from adaldyq.measures.payments.domain.providing import BackWanted, Begun, Heard, Said, Wanted


class Provider(Protocol):
    """A provider of payments."""

    @property
    def code(self) -> str:
        """Names it in the registers, in addresses, and in the books (`clearing.CODE`)."""

    @property
    def methods(self) -> Sequence[str]:
        """How one can pay there, of `models.METHODS`."""

    @property
    def origin(self) -> str:
        """Scheme, host and port of its pages, to which forms of ours may lead."""

    def holds(self, account: str) -> bool:
        """Whether an account, by the number that statements give it, is ours at this provider."""

    def create_payment(self, wanted: Wanted) -> Begun:
        """Have a payment taken. The same key again is the same payment, also when the first answer was lost.

        Raises:
            DomainError: `provider-away`, `provider-refused`.
        """

    def events_of(self, payment: str, *, attempt_key: str) -> Sequence[Heard]:
        """All that has happened to a payment so far, with the keys that its webhooks have.

        Args:
            payment: what the provider calls it.

        Raises:
            DomainError: `provider-away`, `provider-refused`.
        """

    def read_webhook(self, headers: Mapping[str, str], body: bytes, *, at: datetime) -> Said | None:
        """What a webhook tells, once its signature holds; none for what is of no concern to us.

        Args:
            headers: by name, whichever case it is written in.
            body: as it came, unchanged.

        Raises:
            DomainError: `webhook-unsigned`, `webhook-signature`, `webhook-stale`, `webhook-unreadable`.
        """

    def refund(self, wanted: BackWanted) -> str:
        """Have money given back, and return what the provider calls that. The same key again gives nothing back again.

        Raises:
            DomainError: `provider-away`, `provider-refused`.
        """

    def statement(self, day: date, currency: str) -> bytes | None:
        """The statement of a day in camt.053 or MT940; none when the provider has none and the bank's is to be used.

        Raises:
            DomainError: `provider-away`, `provider-refused`.
        """


def away(code: str, why: str) -> DomainError:
    """The provider cannot be reached now, or says that it has a fault; what was asked is tried again."""
    return DomainError("provider-away", provider=code, why=why[:200])


def refused(code: str, why: str) -> DomainError:
    """The provider understood and does not do it; trying again does not help."""
    return DomainError("provider-refused", provider=code, why=why[:200])
