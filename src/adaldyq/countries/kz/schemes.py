"""Identifier schemes of Kazakhstan."""

from adaldyq.countries.kz.identifiers import is_bin, is_iin
from adaldyq.countries.pack import IdentifierScheme

SCHEMES = (
    IdentifierScheme("IIN", {"kk": "ЖСН", "ru": "ИИН", "en": "IIN"}, is_iin),
    IdentifierScheme("BIN", {"kk": "БСН", "ru": "БИН", "en": "BIN"}, is_bin),
)
