"""The fine of whoever did not file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from adaldyq.base.money import Money
from adaldyq.countries.pack import CountryPack

FINE, PAYMENT = "non_filing_fine", "bill_payment"
"""What packs call the fine, and the term in which an invoice is paid."""


@dataclass(frozen=True, slots=True)
class Fine:
    """A fine and the law that says how much it is."""

    amount: Money
    law: str


def fine_on(pack: CountryPack, day: date) -> Fine:
    """The fine of a day, in the pack's currency.

    Raises:
        DomainError: `no-such-value` when the pack states no fine, or no index, that early.
    """
    found = pack.threshold(FINE, day)
    return Fine(pack.worth(found.amount, found.unit, day), found.source)
