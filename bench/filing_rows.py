"""The declaration that everybody files in the measurement: twelve rows in ten sections, about 5 kB as JSON."""

from __future__ import annotations

from typing import Any

YEAR, FORM, PASSWORD = 2025, "income", "a password of the measurement"
OFFICIALS = 4
"""One of so many holds a post whose declarations are public, and goes into the public search."""
LONG = "Тұрғын үй құрылысына қатысу үлесі, шарт бойынша төленген, құжаттар сақталған. " * 3
MONEY = {"currency": "KZT"}
OWN = {"owner": "declarant"}
DAY = "2019-03-27"
HELD = {**OWN, **MONEY, "share": "100", "basis": "ownership", "acquired_date": DAY, "country": "KZ"}

OF_REGISTERS: dict[str, list[dict[str, Any]]] = {
    "income": [
        {
            **OWN,
            **MONEY,
            "kind": "salary",
            "payer": "Қаржы министрлігі",
            "country": "KZ",
            "amount": "6400000.50",
            "tax_withheld": "640000.05",
        },
        {
            **OWN,
            **MONEY,
            "kind": "interest",
            "payer": "Қаржы министрлігі",
            "country": "KZ",
            "amount": "120000.00",
            "tax_withheld": "0.00",
        },
    ],
    "real_estate": [
        {**HELD, "kind": "apartment", "object_number": "20-313-001", "address": "Абай даңғылы 10, 5", "area": "64.5"}
    ],
    "vehicle": [{**HELD, "kind": "car", "object_number": "VIN-1", "make": "Lada Niva", "production_year": 2019}],
    "account": [
        {**OWN, **MONEY, "bank": "Банк", "account_number": "KZ1", "country": "KZ", "amount": "900000.10"},
        {**OWN, **MONEY, "bank": "Банк", "account_number": "KZ2", "country": "KZ", "amount": "30000.00"},
    ],
}
"""What registers know already, so that the draft begins with it."""

TYPED: dict[str, list[dict[str, Any]]] = {
    "family": [{"relation": "spouse", "name": "Серік Айдос Маратұлы", "birth_date": "1974-08-19"}],
    "cash": [{**OWN, **MONEY, "amount": "350000.00"}],
    "claim": [
        {
            **OWN,
            **MONEY,
            "direction": "payable",
            "kind": "mortgage",
            "counterparty": "Банк",
            "since_date": DAY,
            "amount": "9000000.00",
        }
    ],
    "acquisition": [
        {
            **OWN,
            **MONEY,
            "kind": "other",
            "description": LONG,
            "acquired_date": "2025-05-12",
            "price": "1800000.00",
            "source_of_funds": "savings",
        }
    ],
    "expense": [{**OWN, **MONEY, "kind": "education", "description": LONG, "amount": "1200000.00"}],
    "position": [{**OWN, "organisation": "Музыка мектебі", "title": "мұғалім", "paid": True}],
}
"""What the person types."""

ROWS = {**OF_REGISTERS, **TYPED}


def boxes_of(row: dict[str, Any]) -> dict[str, str]:
    """A row as the boxes of its page hold it."""
    typed: dict[str, str] = {}
    for name, value in row.items():
        if name.endswith("_date"):
            typed |= {
                f"{name}_{part}": text for part, text in zip(("year", "month", "day"), value.split("-"), strict=True)
            }
        elif isinstance(value, bool):
            typed[name] = "yes" if value else "no"
        else:
            typed[name] = str(value)
    return typed
