"""Entries of the catalogue of permits, made through the acts, for tests."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from adaldyq.countries.permits import PaperFact, PermitKind, Risk
from adaldyq.kernel.models import Body
from adaldyq.measures.permits.actions.catalogue import NewEntry, introduce_entry
from adaldyq.measures.permits.domain.terms import Burden, Law, Terms
from adaldyq.measures.permits.models import PermitEntry
from tests import factories
from tests.factories import BY

AT = datetime(2025, 9, 20, 9, tzinfo=UTC)
SINCE = date(2015, 1, 5)
NAMES = {"kk": "Қоғамдық тамақтану", "ru": "Общественное питание", "en": "Public catering"}
LAW = Law(
    {"kk": "Рұқсаттар туралы заң", "ru": "Закон о разрешениях", "en": "Law on permits"},
    "202-V",
    date(2014, 5, 16),
    {"kk": "1-қосымша", "ru": "приложение 1", "en": "annex 1"},
)


def spoken(text: str) -> dict[str, str]:
    """The same text in every language."""
    return dict.fromkeys(("kk", "ru", "en"), text)


def terms(**facts: Any) -> Terms:
    """Terms of a licence for public catering, unless it is said otherwise."""
    usual: dict[str, Any] = {
        "kind": PermitKind.LICENCE,
        "sector": "trade",
        "names": NAMES,
        "law": LAW,
        "subtypes": [spoken("Canteen")],
        "requirements": [spoken("A kitchen")],
        "documents": [PaperFact(spoken("Right to the premises"), "land_register")],
        "fee": Decimal(10),
        "days": 15,
        "validity_months": 12,
        "renewal_days": 10,
        "silence_is_consent": True,
        "risk": Risk.MEDIUM,
        "activities": ["56"],
        "life_events": ["open_business"],
        "burden": Burden(Decimal(8), Decimal(5000), 100),
    }
    return Terms(**{**usual, **facts})


def new(number: str = "L-001", of: Body | None = None, since: date = SINCE, **facts: Any) -> NewEntry:
    """An entry to be brought in."""
    return NewEntry(number, of or Body.objects.first() or factories.body(), terms(**facts), since)


def entry(number: str = "L-001", of: Body | None = None, since: date = SINCE, **facts: Any) -> PermitEntry:
    """An entry of the catalogue."""
    return introduce_entry(new=new(number, of, since, **facts), by=BY, at=AT)
