"""Identifier schemes as data: the form of a number, the day inside it, its checksum."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from adaldyq.countries.facts import Names

MODULUS_97 = 97  # ISO 7064, MOD 97-10
TEN = 10
LARGEST_DIGIT = 9


class Checksum(StrEnum):
    """How the last digits of a number control the others."""

    NONE = "none"
    WEIGHTED = "weighted"  # weighted sums modulo a number, one row of weights after another
    LUHN = "luhn"  # ISO/IEC 7812-1
    MOD97 = "mod97"  # ISO 7064, MOD 97-10: two control digits


class Holder(StrEnum):
    """Who is given numbers of a scheme."""

    PERSON = "person"
    COMPANY = "company"


@dataclass(frozen=True)
class IdentifierScheme:
    """A kind of number given to people or companies.

    Attributes:
        holder: who has such a number.
        pattern: regular expression of the whole number. Groups named `year`, `month`, `day` and `century` hold
            the day of birth or registration.
        centuries: first year of the century by what stands in the group `century`.
        checksum: how its digits control each other.
        weights: rows of weights for `weighted`; a row counts when those before gave ten.
        modulus: of the weighted sums.
        valid: numbers that are well formed, and `invalid` ones that are not; `country check` tries them.
    """

    name: str
    holder: Holder
    titles: Names
    pattern: str
    checksum: Checksum
    source: str
    centuries: Mapping[str, int] = field(default_factory=dict)
    weights: tuple[tuple[int, ...], ...] = ()
    modulus: int = 11
    valid: tuple[str, ...] = ()
    invalid: tuple[str, ...] = ()

    def check(self, number: str) -> bool:
        """Whether a number is well formed: its characters, the day inside, its checksum."""
        found = re.fullmatch(self.pattern, number, re.ASCII)
        if found is None:
            return False
        has_day = "month" in found.re.groupindex
        return (not has_day or self.birth_date(number) is not None) and self.checksum_holds(number)

    def birth_date(self, number: str) -> date | None:
        """The day of birth inside a number; none when there is no such day or century, or none inside."""
        found = re.fullmatch(self.pattern, number, re.ASCII)
        parts = found.groupdict() if found else {}
        century = self.centuries.get(parts.get("century") or "", None if self.centuries else 0)
        if not {"year", "month", "day"} <= set(parts) or century is None:
            return None
        try:
            return date(century + int(parts["year"]), int(parts["month"]), int(parts["day"]))
        except ValueError:
            return None

    def checksum_holds(self, number: str) -> bool:
        """Whether the control digits of a number are right."""
        digits = [int(letter) for letter in number if letter.isdigit()]
        match self.checksum:
            case Checksum.NONE:
                return True
            case Checksum.WEIGHTED:
                return self.control_digit(digits[:-1]) == digits[-1]
            case Checksum.LUHN:
                return luhn_sum(digits) % TEN == 0
            case Checksum.MOD97:
                return int("".join(map(str, digits))) % MODULUS_97 == 1

    def control_digit(self, digits: Sequence[int]) -> int | None:
        """The last digit that `weighted` gives to those before it; none when such a number is never issued."""
        for row in self.weights:
            remainder = sum(weight * digit for weight, digit in zip(row, digits, strict=True)) % self.modulus
            if remainder <= LARGEST_DIGIT:
                return remainder
        return None


def luhn_sum(digits: Sequence[int]) -> int:
    """Sum of the digits, every second from the right doubled and cast out by nine; a multiple of ten when right."""
    doubled = ((digit * 2 - 9 * (digit * 2 > LARGEST_DIGIT)) for digit in digits[-2::-2])
    return sum(digits[-1::-2]) + sum(doubled)
