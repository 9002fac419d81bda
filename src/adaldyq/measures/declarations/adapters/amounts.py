"""Reads sums, quantities and areas out of the words of a declaration, and says when it is not sure.

What is written in one certain way is read exactly. Everything else (an approximation, a range, several
sums in one sentence) stays unread: the reader names its doubt and never guesses.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from adaldyq.base.money import CENT, LIMIT
from adaldyq.measures.declarations.adapters.currencies import WORDS

FIGURES = r"\d+(?:[\s’'.,]\d+)*"
NUMBER = re.compile(rf"-?\s?{FIGURES}")
NOTHING = re.compile(
    r"|[-–—./]+|nie dotyczy|nie posiadam|brak|n/?a|nuk ka|s'ka|none|не застосовується|немає|\[.*\]", re.IGNORECASE
)
APPROXIMATE = re.compile(
    r"\b(?:ok|około|circa|ca|approx|approximately|about|rreth|близько|приблизно|około)\b|[~≈]", re.IGNORECASE
)
BOUND = re.compile(
    r"\b(?:do|od|ponad|powyżej|poniżej|between|under|over|понад|до|від)\b|mniej niż|więcej niż", re.IGNORECASE
)
RANGE = re.compile(r"\d\s*[-–—]\s*\d")
MULTIPLES = {"tys": 1000, "tysięcy": 1000, "тис": 1000, "mln": 10**6, "млн": 10**6, "milion": 10**6, "mld": 10**9}
MULTIPLE = re.compile(r"\b(" + "|".join(sorted(MULTIPLES, key=len, reverse=True)) + r")\b\.?", re.IGNORECASE)
CURRENCY = re.compile(
    r"(?<![^\W\d_])(" + "|".join(sorted(map(re.escape, WORDS), key=len, reverse=True)) + r")(?![^\W\d_])", re.IGNORECASE
)
LONGEST = 200
PLACES = Decimal("0.000001")
LARGEST_NUMBER = Decimal(10) ** 12


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read out of a text.

    Attributes:
        amount: the sum, two places; none when nothing or nothing certain is written.
        currency: ISO 4217, when the text names one.
        doubt: why nothing was read: `approximate`, `range`, `several`, `unreadable` or `out-of-range`;
            empty when the text is certain, or says that there is nothing.
    """

    amount: Decimal | None = None
    currency: str | None = None
    doubt: str = ""


def read_amount(value: object) -> Reading:
    """Read a sum of money from a number or from words such as “1 200 000,50 zł” or “200.000 euro”.

    A point or comma before exactly three figures separates thousands: money has two places.
    """
    if value is None or isinstance(value, bool):
        return Reading(doubt="" if value is None else "unreadable")
    if isinstance(value, int | float | Decimal):
        return in_range(exact_number(str(value)), None)
    text = " ".join(str(value).replace("\u00a0", " ").replace("\u202f", " ").split())
    if NOTHING.fullmatch(text):
        return Reading()
    if len(text) > LONGEST:
        return Reading(doubt="unreadable")
    return read_words(text)


def read_words(text: str) -> Reading:
    """Read a sum from a text that says something."""
    currencies = {WORDS[found.casefold()] for found in CURRENCY.findall(text)}
    currency = currencies.pop() if len(currencies) == 1 else None
    if APPROXIMATE.search(text):
        return Reading(currency=currency, doubt="approximate")
    if RANGE.search(text) or BOUND.search(text):
        return Reading(currency=currency, doubt="range")
    numbers = NUMBER.findall(text)
    if len(numbers) != 1 or currencies:
        return Reading(currency=currency, doubt="several" if numbers else "unreadable")
    multiples = MULTIPLE.findall(text)
    rest = CURRENCY.sub("", MULTIPLE.sub("", text.replace(numbers[0], "", 1))).strip(" .,;:-")
    if rest or len(multiples) > 1:
        return Reading(currency=currency, doubt="unreadable")
    number = grouped_number(numbers[0])
    if number is not None and multiples:
        number *= MULTIPLES[multiples[0].casefold()]
    return in_range(number, currency)


def in_range(number: Decimal | None, currency: str | None) -> Reading:
    """A sum that our tables can hold, or the doubt about it."""
    if number is None:
        return Reading(currency=currency, doubt="unreadable")
    if abs(number) >= LIMIT:
        return Reading(currency=currency, doubt="out-of-range")
    return Reading(number.quantize(CENT), currency)


def grouped_number(text: str) -> Decimal | None:
    """A number of money as people write it, thousands apart; none when it is not written in one certain way."""
    compact = re.sub(r"[\s’']", " ", text.replace("- ", "-").strip())
    negative, compact = compact.startswith("-"), compact.lstrip("-")
    separators = re.findall(r"[., ]", compact)
    groups = re.split(r"[., ]", compact)
    fraction = ""
    if separators and separators[-1] in ".," and len(groups[-1]) != len("000"):
        fraction, groups, separators = groups[-1], groups[:-1], separators[:-1]
    thousands_are_well_apart = (
        len(set(separators)) <= 1
        and (not separators or 1 <= len(groups[0]) <= len("000"))
        and all(len(group) == len("000") for group in groups[1:])
    )
    if not thousands_are_well_apart or len(fraction) > len("00"):
        return None
    number = exact_number("".join(groups) + ("." + fraction if fraction else ""))
    return -number if number is not None and negative else number


def exact_number(text: str) -> Decimal | None:
    """A finite decimal number, or none."""
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def read_number(value: object) -> Decimal | None:
    """A quantity, share or area: a plain number with a point or a comma; none for anything else or out of range."""
    if value is None or isinstance(value, bool):
        return None
    text = re.sub(r"[\s\u00a0\u202f]", "", str(value)).replace(",", ".")
    number = exact_number(text) if len(text) <= LONGEST else None
    return None if number is None or abs(number) >= LARGEST_NUMBER else number.quantize(PLACES)
