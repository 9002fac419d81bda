"""What the books must say of an invoice: a function of how it stands, so that they can be checked against it at any time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

RECEIVABLE, REVENUE, WAIVED, UNALLOCATED = "receivable", "revenue", "waived", "unallocated"
REFUNDS, CONTESTED, BANK, COSTS, CLEARING = "refunds_payable", "contested", "bank", "provider_costs", "clearing"
TWICE = "refunded_twice"
ACCOUNTS: Mapping[str, str] = {
    RECEIVABLE: "asset",
    BANK: "asset",
    CONTESTED: "asset",
    CLEARING: "asset",
    TWICE: "asset",
    UNALLOCATED: "liability",
    REFUNDS: "liability",
    REVENUE: "income",
    WAIVED: "expense",
    COSTS: "expense",
}
"""Kinds of the accounts; each provider has a clearing account of its own, such as `clearing.test`."""

LEFT_LATE, LEFT_TWICE, NOT_LEFT, REPAID = "refund_late", "refund_twice", "refund_not_left", "refund_repaid"
"""What happened, by which entries of the books say that a refund which had failed left after all: first, or beside another; that it had
not; and that its payer gave it back."""
LEFT_BY = ("refund", LEFT_LATE, LEFT_TWICE)
"""Entries of the books by which a refund leaves the provider or the bank."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How an invoice stands, in least units of its currency.

    Attributes:
        claimed: whether it is claimed: neither cancelled nor expired.
        gross: what the fee is, less what was given back of it.
        waived: what was waived of it.
        held: what has come and stayed.
    """

    claimed: bool
    gross: int
    waived: int
    held: int

    @property
    def balances(self) -> dict[str, int]:
        """Balances of its accounts, debits above zero. Together with what is held they add up to zero."""
        gross, waived = (self.gross, self.waived) if self.claimed else (0, 0)
        open_sum = gross - waived - self.held
        return {
            RECEIVABLE: max(open_sum, 0),
            UNALLOCATED: -max(-open_sum, 0),
            REVENUE: -gross,
            WAIVED: waived,
        }


NOTHING = Standing(claimed=False, gross=0, waived=0, held=0)


def clearing(provider: str) -> str:
    """The account of what a provider holds for us; what a bank's statement proves is at our bank."""
    return BANK if provider == BANK else f"{CLEARING}.{provider}"


def kind_of(account: str) -> str:
    """Kind of an account.

    Raises:
        KeyError: there is none of that code.
    """
    return ACCOUNTS[account.partition(".")[0]]


def changes(before: Standing, after: Standing, money: Mapping[str, int]) -> dict[str, int]:
    """What changes by account when an invoice comes to stand otherwise and money moves.

    Raises:
        ValueError: it does not add up to zero, so that money would come from nowhere.
    """
    found = dict(money)
    for sign, standing in ((-1, before), (1, after)):
        for account, balance in standing.balances.items():
            found[account] = found.get(account, 0) + sign * balance
    if sum(found.values()):
        raise ValueError(f"an entry out of balance: {found}")
    return {account: value for account, value in found.items() if value}


def pairs(changed: Mapping[str, int]) -> Iterable[tuple[str, str, int]]:
    """Entries for changes that add up to zero: account debited, account credited, amount above zero."""
    debits = sorted((account, value) for account, value in changed.items() if value > 0)
    givers = sorted((account, -value) for account, value in changed.items() if value < 0)
    for debit, wanted in debits:
        rest = wanted
        while rest:
            credit, there = givers.pop(0)
            moved = min(rest, there)
            rest -= moved
            if there > moved:
                givers.insert(0, (credit, there - moved))
            yield debit, credit, moved
