"""What a statement of an account says, whatever format it came in, and what must hold of it."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from adaldyq.base.errors import DomainError
from adaldyq.base.money import minor_places
from adaldyq.measures.payments.domain.amounts import most_units

MOST_DIGITS = 18
"""ISO 20022 gives an amount so many digits."""
LONGEST_ACCOUNT, LONGEST_NUMBER = 40, 60
NOTHING = frozenset({"", "NONREF", "NOTPROVIDED"})
"""What banks write where there is no reference."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Money that came to an account or left it.

    Attributes:
        place: line of the file at which it begins.
        booked_date: day on which the bank booked it.
        amount: minor units, above zero for what came in.
        reference: what the payer gave as reference, structured or in words; empty where there is none.
        end_to_end: what whoever began the payment called it, the same at every bank on its way.
        bank_reference: the bank's own; empty where it gives none.
        party: name of whoever paid or was paid.
        words: what the payer or the bank wrote.
    """

    place: int
    booked_date: date
    amount: int
    reference: str = ""
    end_to_end: str = ""
    bank_reference: str = ""
    party: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """Entries of an account between two balances, in minor units of a currency.

    Attributes:
        place: line of the file at which it begins.
        number: the bank's.
        day: of the closing balance.
    """

    place: int
    account: str
    currency: str
    number: str
    day: date
    opening: int
    closing: int
    entries: tuple[Entry, ...]

    def keys(self) -> list[str]:
        """What tells each entry from all others of all statements, in their order.

        The bank's own reference does, with account, day and amount, in whichever format it came. Where it gives none,
        all that is written does; of entries that are written alike each is one more.
        """
        alike: Counter[tuple[object, ...]] = Counter()
        found = []
        for one in self.entries:
            facts: tuple[object, ...] = (self.account, self.currency, one.booked_date, one.amount, one.bank_reference)
            if not one.bank_reference:
                facts = (*facts, one.reference, one.end_to_end, one.party, one.words)
                alike[facts] += 1
                facts = (*facts, alike[facts])
            found.append(hashlib.sha256("\x1f".join(map(str, facts)).encode()).hexdigest())
        return found


def broken(code: str, line: int, **facts: object) -> DomainError:
    """The refusal of a file because of one of its lines."""
    return DomainError(code, field="file", line=line, **facts)


def checked(found: Sequence[Statement]) -> tuple[Statement, ...]:
    """The statements of a file when each adds up and none says anything twice.

    Raises:
        DomainError: `statement-sum` or `statement-entry-twice`; `statement-value` for a number that is too long;
            `statement-amount` for an entry of nothing.
    """
    seen: dict[str, int] = {}
    for one in found:
        for element, value, longest in (("Acct/Id", one.account, LONGEST_ACCOUNT), ("Id", one.number, LONGEST_NUMBER)):
            if len(value) > longest:
                raise broken("statement-value", one.place, element=element, value=value[:40])
        total = one.opening + sum(entry.amount for entry in one.entries)
        if total != one.closing:
            facts = {"account": one.account, "currency": one.currency}
            sums = {"expected": shown(total, one.currency), "found": shown(one.closing, one.currency)}
            raise broken("statement-sum", one.place, **facts, **sums)
        for entry, key in zip(one.entries, one.keys(), strict=True):
            if not entry.amount:
                raise broken("statement-amount", entry.place, value=shown(0, one.currency))
            if key in seen:
                raise broken("statement-entry-twice", entry.place, other=seen[key], value=entry.bank_reference)
            seen[key] = entry.place
    return tuple(found)


def minor_units(text: str, currency: str, line: int) -> int:
    """An amount without sign, such as `1250.50`, in whole minor units.

    Raises:
        DomainError: `statement-amount`: it is no number, below zero, too long, has parts of a minor unit, or is more than
            can be kept exactly.
    """
    try:
        value = Decimal(text) if text.isascii() and text.replace(".", "", 1).isdigit() else Decimal("NaN")
        units = value.scaleb(minor_places(currency))
        whole = int(units)
    except (InvalidOperation, ValueError, OverflowError):
        raise broken("statement-amount", line, value=text[:40]) from None
    if units != whole or len(value.as_tuple().digits) > MOST_DIGITS or whole >= most_units(currency):
        raise broken("statement-amount", line, value=text[:40])
    return whole


def shown(units: int, currency: str) -> str:
    """Minor units as an amount, such as `1250.50`."""
    return f"{Decimal(units).scaleb(-minor_places(currency)):f}"


def first_reference(found: Iterable[str]) -> str:
    """The first that is one."""
    return next((one for one in found if one not in NOTHING), "")
