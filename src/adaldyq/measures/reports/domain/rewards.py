"""How much the law gives whoever reported, by the rules of the country pack, and the code against which it is paid."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, Decimal

from adaldyq.base.money import CENT, Money
from adaldyq.countries.pack import CountryPack

ABOVE, SHARE, CAP, FIXED = "reward_above", "reward_share", "reward_cap", "reward_fixed_"
"""What packs call them: the sum above which a share is given instead of a fixed amount, the share in percent, the most that
is given, and the fixed amount of each class of `reward_class`."""

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's: none is taken for another
CODE_LENGTH, GROUP = 16, 4


@dataclass(frozen=True, slots=True)
class Due:
    """A reward, and the law that says how much it is."""

    amount: Money
    law: str


def reward_of(pack: CountryPack, day: date, offence: str, back: Money, shared_by: int) -> Due:
    """The reward for one report of a case.

    Args:
        day: of the decision, whose law and index hold.
        offence: class of the offence, a code of the pack's `reward_class`.
        back: money that came back by the case, in the country's currency.
        shared_by: reports that led to the case; each gets an equal part, cut to the cent.

    Raises:
        DomainError: `no-such-value` when the pack gives no reward that early.
    """
    if back.amount > pack.threshold_amount(ABOVE, day).amount:
        rule = pack.threshold(SHARE, day)
        whole = min(back.amount * rule.amount / 100, pack.threshold_amount(CAP, day).amount)
    else:
        rule = pack.threshold(f"{FIXED}{offence}", day)
        whole = pack.worth(rule.amount, rule.unit, day).amount
    part = (whole / Decimal(shared_by)).quantize(CENT, ROUND_DOWN)
    return Due(Money(part, pack.currency), rule.source)


def new_code() -> str:
    """A code of 80 bits, against which a reward is paid without asking who comes."""
    drawn = "".join(secrets.choice(LETTERS) for _letter in range(CODE_LENGTH))
    return "-".join(drawn[start : start + GROUP] for start in range(0, CODE_LENGTH, GROUP))


def digest_of(code: str) -> str:
    """SHA-256 of a code without its dashes, in hexadecimal: all that is kept of it in the open."""
    return hashlib.sha256(code.upper().replace("-", "").encode()).hexdigest()
