"""Checksums of the individual and the business identification numbers of Kazakhstan.

Both have twelve digits, the last a control digit: digits weighted 1 to 11, modulo 11; when that gives 10,
weighted 3 to 11, 1, 2; when that gives 10 too, the number is never issued. (Rules of the national
registers of identification numbers, as also implemented by FakerPHP, Person.php, MIT.)
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

FIRST = (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)
SECOND = (3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2)
NEVER = 10
LENGTH = 12
CENTURIES = {"1": 1800, "2": 1800, "3": 1900, "4": 1900, "5": 2000, "6": 2000}
BIN_KINDS = "456"  # resident legal person, non-resident, sole entrepreneurs' partnership
LAST_MONTH = 12


def control_digit(digits: Sequence[int]) -> int | None:
    """The twelfth digit for the first eleven; none when such a number is never issued."""
    for weights in (FIRST, SECOND):
        remainder = sum(weight * digit for weight, digit in zip(weights, digits, strict=True)) % 11
        if remainder != NEVER:
            return remainder
    return None


def checksum_holds(number: str) -> bool:
    """Whether a number has twelve digits and the last one controls the rest."""
    if len(number) != LENGTH or not (number.isascii() and number.isdigit()):
        return False
    return control_digit([int(digit) for digit in number[:-1]]) == int(number[-1])


def is_iin(number: str) -> bool:
    """Whether a number is a well-formed individual identification number: birth date, century, checksum."""
    return checksum_holds(number) and birth_date(number) is not None


def birth_date(iin: str) -> date | None:
    """The day of birth inside an IIN; none when there is no such day or century."""
    century = CENTURIES.get(iin[6])
    if century is None:
        return None
    try:
        return date(century + int(iin[:2]), int(iin[2:4]), int(iin[4:6]))
    except ValueError:
        return None


def is_bin(number: str) -> bool:
    """Whether a number is a well-formed business identification number: month, kind, checksum."""
    return checksum_holds(number) and 1 <= int(number[2:4]) <= LAST_MONTH and number[4] in BIN_KINDS
