"""Values as people read them, in the language in force.

Thousands are parted by a narrow space that does not break, and units hang on their number by one too, so
that no amount is torn over two lines. In a day each number hangs on the word after it, and no more: the whole of it
is too long for a card on a phone. What is not known is an em dash.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Literal

from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from adaldyq.base.money import Money

Kind = Literal["text", "number", "money", "percent", "day", "moment", "year"]
Numeric = int | float | Decimal

UNKNOWN = "—"
NARROW = "\u202f"
FIXED = "\u00a0"
MINUS = "\u2212"
SIGNS = {"KZT": "₸", "EUR": "€"}
THOUSAND, MILLION, BILLION, TRILLION = (10**power for power in (3, 6, 9, 12))
SHORT_FROM = 10 * THOUSAND
WHOLE_FROM = 100
HANGING = re.compile(r"(?<=\d) ")  # the space between a number and its word


def number(value: Numeric | None, places: int | None = None) -> str:
    """A number with thin spaces; `places` fixes the digits after the decimal mark, else as many as it has, up to two."""
    if value is None:
        return UNKNOWN
    return written(str(value), places, get_language() or "")


@lru_cache(10_000)
def written(value: str, places: int | None, language: str) -> str:  # the language in force is part of the answer
    """A number in the language in force; tables repeat the same ones again and again."""
    exact = Decimal(value).quantize(Decimal(10) ** -(2 if places is None else places), ROUND_HALF_UP)
    if places is None:
        exact = Decimal(f"{exact.normalize():f}")
    digits = number_format(abs(exact), decimal_pos=places, use_l10n=True, force_grouping=True)
    return f"{MINUS}{digits}" if exact < 0 else digits


def percent(value: Numeric | None, places: int | None = None) -> str:
    """A share of a hundred: 12.5 is written 12,5 %."""
    return UNKNOWN if value is None else f"{number(value, places)}{FIXED}%"


def money(value: Money | Numeric | None, currency: str = "") -> str:
    """An amount with its currency; cents only when there are some."""
    if value is None:
        return UNKNOWN
    amount, code = (value.amount, value.currency) if isinstance(value, Money) else (value, currency)
    exact = Decimal(str(amount)).quantize(Decimal("0.01"), ROUND_HALF_UP)
    whole = exact == exact.to_integral_value()
    return with_unit(number(exact, 0 if whole else 2), SIGNS.get(code, code))


def money_short(value: Money | Numeric | None, currency: str = "") -> str:
    """An amount in thousands, millions or billions, for plots and headlines."""
    amount, code = (value.amount, value.currency) if isinstance(value, Money) else (value, currency)
    return UNKNOWN if amount is None else with_unit(number_short(amount), SIGNS.get(code, code))


def number_short(value: Numeric | None) -> str:
    """A large number in thousands, millions or billions; a small one as it is."""
    if value is None:
        return UNKNOWN
    exact = Decimal(str(value))
    scales = (
        (TRILLION, _("tn")),
        (BILLION, _("bn")),
        (MILLION, _("mn")),
        (THOUSAND, _("k")),
    )
    for size, word in scales:
        if abs(exact) >= max(size, SHORT_FROM):
            scaled = exact / size
            places = 0 if abs(scaled) >= WHOLE_FROM or scaled == scaled.to_integral_value() else 1
            return with_unit(number(scaled, places), word)
    return number(exact)


def size(octets: int) -> str:
    """The size of a file in kilobytes or megabytes (powers of ten, IEC 80000-13)."""
    if octets >= MILLION:
        return with_unit(number(Decimal(octets) / MILLION, 0 if octets % MILLION == 0 else 1), _("MB"))
    return with_unit(number(-(-octets // THOUSAND)), _("kB"))


def with_unit(digits: str, unit: str) -> str:
    """Digits and what they count, kept on one line."""
    return f"{digits}{FIXED}{unit}" if unit else digits


def day(value: date | datetime | None) -> str:
    """A day in the language's own form."""
    if value is None:
        return UNKNOWN
    if isinstance(value, datetime) and timezone.is_aware(value):
        value = timezone.localtime(value)
    return HANGING.sub(FIXED, date_format(value, "DATE_FORMAT"))


def moment(value: datetime | None) -> str:
    """A day and the time of day, in the country's time zone."""
    if value is None:
        return UNKNOWN
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    return date_format(local, "DATETIME_FORMAT")


def show(value: object, kind: Kind = "text", currency: str = "") -> str:
    """A value by the kind of its column, plot or fact."""
    if value is None or value == "":
        return UNKNOWN
    shown = str(value)
    match kind, value:
        case "money", Money() | int() | float() | Decimal():
            shown = money(value, currency)
        case "number", int() | float() | Decimal():
            shown = number(value)
        case "percent", int() | float() | Decimal():
            shown = percent(value)
        case "moment", datetime():
            shown = moment(value)
        case "day", date():
            shown = day(value)
    return shown


def show_short(value: Numeric | None, kind: Kind = "number", currency: str = "") -> str:
    """A value where there is little room: on axes and at the ends of lines."""
    match kind:
        case "money":
            return money_short(value, currency)
        case "percent":
            return percent(value)
        case _:
            return number_short(value)
