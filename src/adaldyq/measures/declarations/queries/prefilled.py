"""A row that a draft begins with, and the places that its values come from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from adaldyq.measures.declarations.domain.checks import typed_of

LAST_YEAR, FILED = "last_year", "filed"
LAST_YEAR_WAS = "last_year_was"
"""Before a sum and its currency: what stood last year in a box that is left empty."""
LAND, VEHICLES, OWNERS, FAMILY = "land_register", "vehicle_register", "ownership", "family_tie"
BANKS, TAXES, LENDERS = "bank_balance", "income_record", "loan_balance"
DEPOSITORY, COMPANIES = "security_holding", "company"
CLAIMABLE = frozenset({LAND, VEHICLES, OWNERS, FAMILY, BANKS, TAXES, LENDERS, DEPOSITORY, COMPANIES})
"""Registers to which a person can say that they are wrong."""

Values = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Prefilled:
    """A row to begin with: its boxes, where it comes from, by column what filled it in, and which filed row it was."""

    section: str
    typed: Mapping[str, str]
    origin: str
    origin_id: str = ""
    sources: Mapping[str, str] = field(default_factory=dict)
    filed_row: str = ""


def row(section: str, values: Values, origin: str, origin_id: str = "") -> Prefilled:
    """A row all of whose values come from one place."""
    typed = typed_of(section, values)
    told = {name: origin for name in values if any(box == name or box.startswith(f"{name}_") for box in typed)}
    return Prefilled(section, typed, origin, origin_id, told)
