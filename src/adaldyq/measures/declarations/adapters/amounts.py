"""Reads sums of money as people write them: exactly, or not at all.

What could mean two things stays empty and says why, so that no guess becomes a declared amount.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from adaldyq.base.errors import DomainError
from adaldyq.base.money import exact

UNREADABLE: Final = "unreadable-amount"
ABSURD: Final = "absurd-amount"
UNKNOWN_CURRENCY: Final = "currency-unknown"
APPROXIMATE: Final = "approximate-amount"
ROUNDED: Final = "more-than-two-places"

LONGEST = 200
NUMBER_LIMIT = Decimal(10) ** 12
SIX_PLACES = Decimal("0.000001")

CURRENCIES = frozenset(
    [
        "AED",
        "AFN",
        "ALL",
        "AMD",
        "ANG",
        "AOA",
        "ARS",
        "AUD",
        "AWG",
        "AZN",
        "BAM",
        "BBD",
        "BDT",
        "BGN",
        "BHD",
        "BIF",
        "BMD",
        "BND",
        "BOB",
        "BRL",
        "BSD",
        "BTN",
        "BWP",
        "BYN",
        "BZD",
        "CAD",
        "CDF",
        "CHF",
        "CLP",
        "CNY",
        "COP",
        "CRC",
        "CUP",
        "CVE",
        "CZK",
        "DJF",
        "DKK",
        "DOP",
        "DZD",
        "EGP",
        "ERN",
        "ETB",
        "EUR",
        "FJD",
        "FKP",
        "GBP",
        "GEL",
        "GHS",
        "GIP",
        "GMD",
        "GNF",
        "GTQ",
        "GYD",
        "HKD",
        "HNL",
        "HTG",
        "HUF",
        "IDR",
        "ILS",
        "INR",
        "IQD",
        "IRR",
        "ISK",
        "JMD",
        "JOD",
        "JPY",
        "KES",
        "KGS",
        "KHR",
        "KMF",
        "KPW",
        "KRW",
        "KWD",
        "KYD",
        "KZT",
        "LAK",
        "LBP",
        "LKR",
        "LRD",
        "LSL",
        "LYD",
        "MAD",
        "MDL",
        "MGA",
        "MKD",
        "MMK",
        "MNT",
        "MOP",
        "MRU",
        "MUR",
        "MVR",
        "MWK",
        "MXN",
        "MYR",
        "MZN",
        "NAD",
        "NGN",
        "NIO",
        "NOK",
        "NPR",
        "NZD",
        "OMR",
        "PAB",
        "PEN",
        "PGK",
        "PHP",
        "PKR",
        "PLN",
        "PYG",
        "QAR",
        "RON",
        "RSD",
        "RUB",
        "RWF",
        "SAR",
        "SBD",
        "SCR",
        "SDG",
        "SEK",
        "SGD",
        "SHP",
        "SLE",
        "SOS",
        "SRD",
        "SSP",
        "STN",
        "SVC",
        "SYP",
        "SZL",
        "THB",
        "TJS",
        "TMT",
        "TND",
        "TOP",
        "TRY",
        "TTD",
        "TWD",
        "TZS",
        "UAH",
        "UGX",
        "USD",
        "UYU",
        "UZS",
        "VES",
        "VND",
        "VUV",
        "WST",
        "XAF",
        "XCD",
        "XOF",
        "XPF",
        "YER",
        "ZAR",
        "ZMW",
    ]
)
"""Currencies in use, ISO 4217; not precious metals, funds or test codes."""

CURRENCY_WORDS = {
    "zł": "PLN",
    "zl": "PLN",
    "złotych": "PLN",
    "złote": "PLN",
    "euro": "EUR",
    "€": "EUR",
    "$": "USD",
    "£": "GBP",
    "грн": "UAH",
    "гривень": "UAH",
    "₴": "UAH",
    "₸": "KZT",
    "тенге": "KZT",
    "теңге": "KZT",
}

NOTHING = frozenset(
    {
        "",
        "-",
        "–",
        "—",
        "brak",
        "nie dotyczy",
        "n/d",
        "nd",
        "n/a",
        "nie posiadam",
        "немає",
        "ні",
        "не застосовується",
        "[не застосовується]",
        "не відомо",
        "[не відомо]",
    }
)

SCALES = {
    "tys": Decimal(1_000),
    "тис": Decimal(1_000),
    "mln": Decimal(1_000_000),
    "млн": Decimal(1_000_000),
}

SPACES = re.compile(r"[\s\u00a0\u202f\u2009]+")
NUMERAL = re.compile(
    r"""[-−]?(?:
        [0-9]{1,3}(?:[ '’][0-9]{3})+(?:[.,][0-9]{1,2})?   # 1 200 000,50
      | [0-9]{1,3}(?:\.[0-9]{3})+,[0-9]{1,2}              # 1.200.000,50
      | [0-9]{1,3}(?:,[0-9]{3})+\.[0-9]{1,2}              # 1,200,000.50
      | [0-9]{1,3}(?:\.[0-9]{3}){2,}                      # 1.200.000
      | [0-9]{1,3}(?:,[0-9]{3}){2,}                       # 1,200,000
      | [0-9]+(?:[.,][0-9]{1,2})?                         # 1200000,50
    )""",
    re.VERBOSE,
)
PHRASE = re.compile(
    rf"""(?P<about>ok\.|około|ca\.?|circa|близько|приблизно|~)?\s*
    (?P<before>[^\W\d_]+|[€$£₴₸])?\s*
    (?P<number>{NUMERAL.pattern})\s*
    (?P<scale>tys|mln|тис|млн)?\.?\s*
    (?P<after>[^\W\d_]+|[€$£₴₸])?\.?""",
    re.VERBOSE | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Amount:
    """What was read.

    Attributes:
        value: the sum, two places; null when there is none or it cannot be read with certainty.
        currency: ISO 4217, when the text names one.
        problem: kind of the note that the sum deserves; empty when there is nothing to say.
    """

    value: Decimal | None = None
    currency: str | None = None
    problem: str = ""


def read_amount(raw: object) -> Amount:
    """Read a sum from a number or from words.

    Args:
        raw: a number as JSON gave it (exact, never a float), text, or null.
    """
    if raw is None:
        return Amount()
    if isinstance(raw, bool) or not isinstance(raw, int | Decimal | str):
        return Amount(problem=UNREADABLE)
    if isinstance(raw, str):
        return read_words(raw)
    return sized(Decimal(raw))


def sized(number: Decimal, currency: str | None = None, problem: str = "") -> Amount:
    """An amount that fits the tables, or the note that it does not."""
    if not number.is_finite():
        return Amount(None, currency, UNREADABLE)
    try:
        value = exact(number)
    except DomainError:
        return Amount(None, currency, ABSURD)
    return Amount(value, currency, problem or (ROUNDED if value != number else ""))


def read_words(text: str) -> Amount:
    """Read a sum that a person wrote: one number, at most one currency, nothing else."""
    if len(text) > LONGEST:
        return Amount(problem=UNREADABLE)
    words = SPACES.sub(" ", text).strip()
    if words.casefold() in NOTHING:
        return Amount()
    found = PHRASE.fullmatch(words)
    if not found or (found["before"] and found["after"]):
        return Amount(problem=UNREADABLE)
    written = found["before"] or found["after"]
    currency, problem = currency_of(written) if written else (None, "")
    number = numeral(found["number"]) * SCALES.get((found["scale"] or "").casefold(), Decimal(1))
    return sized(number, currency, problem or (APPROXIMATE if found["about"] else ""))


def currency_of(written: object) -> tuple[str | None, str]:
    """The code of a currency and, when it is not known, the kind of note it deserves."""
    if not isinstance(written, str) or not written.strip():
        return None, ""
    word = written.strip()
    code = CURRENCY_WORDS.get(word.casefold(), word.upper())
    return (code, "") if code in CURRENCIES else (None, UNKNOWN_CURRENCY)


def numeral(text: str) -> Decimal:
    """The number that a numeral of one of the known shapes writes."""
    plain = text.replace("−", "-").replace(" ", "").replace("'", "").replace("’", "")
    last = max(plain.rfind("."), plain.rfind(","))
    places = len(plain) - last - 1
    if last >= 0 and places <= 2:  # noqa: PLR2004  # groups have three digits, cents one or two
        whole, cents = plain[:last], plain[last + 1 :]
        return Decimal(f"{whole.replace('.', '').replace(',', '')}.{cents}")
    return Decimal(plain.replace(".", "").replace(",", ""))


def read_number(raw: object) -> tuple[Decimal | None, str]:
    """Read a count, a share or an area, six places, and the kind of note it deserves."""
    if raw is None:
        return None, ""
    if isinstance(raw, str):
        text = SPACES.sub("", raw).replace(",", ".")
        if raw.strip().casefold() in NOTHING:
            return None, ""
        if not re.fullmatch(r"[0-9]{1,40}(\.[0-9]{1,40})?", text, re.ASCII):
            return None, "unreadable-number"
        raw = Decimal(text)
    if isinstance(raw, bool) or not isinstance(raw, int | Decimal) or not Decimal(raw).is_finite():
        return None, "unreadable-number"
    if abs(Decimal(raw)) >= NUMBER_LIMIT:
        return None, "absurd-number"
    return Decimal(raw).quantize(SIX_PLACES), ""
