"""Names of the countries that registers and declarations speak of."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext

from adaldyq.base.words import gettext_noop as _
from adaldyq.kernel import naming

COUNTRIES: Mapping[str, str] = {
    "AE": _("United Arab Emirates"),
    "AT": _("Austria"),
    "AZ": _("Azerbaijan"),
    "BG": _("Bulgaria"),
    "BY": _("Belarus"),
    "CA": _("Canada"),
    "CH": _("Switzerland"),
    "CN": _("China"),
    "CY": _("Cyprus"),
    "CZ": _("Czechia"),
    "DE": _("Germany"),
    "ES": _("Spain"),
    "FR": _("France"),
    "GB": _("United Kingdom"),
    "GE": _("Georgia"),
    "HK": _("Hong Kong"),
    "IT": _("Italy"),
    "JP": _("Japan"),
    "KG": _("Kyrgyzstan"),
    "KR": _("South Korea"),
    "LV": _("Latvia"),
    "MC": _("Monaco"),
    "NL": _("Netherlands"),
    "PL": _("Poland"),
    "RU": _("Russia"),
    "SG": _("Singapore"),
    "TH": _("Thailand"),
    "TR": _("Türkiye"),
    "UA": _("Ukraine"),
    "US": _("United States"),
    "UZ": _("Uzbekistan"),
    "XK": _("Kosovo"),
    "VG": _("British Virgin Islands"),
}
"""English names by ISO 3166-1 alpha-2 code."""


def country_name(code: str) -> str:
    """A country in the reader's language; its code when there is no word for it."""
    if code == naming.pack().code:
        return naming.spoken(naming.pack().names, code)
    return gettext(COUNTRIES[code]) if code in COUNTRIES else code
