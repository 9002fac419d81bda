"""What a declaration that is amended already knows, and by what entries are known again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from adaldyq.base.registered_numbers import number_key
from adaldyq.kernel.models import BankBalance, LandRight, Ownership, SecurityHolding, VehicleRight
from adaldyq.kernel.queries.families import speaks_for
from adaldyq.measures.declarations.domain.changes import NUMBERS_OF_THINGS
from adaldyq.measures.declarations.models import SECTION_MODELS, Declaration
from adaldyq.measures.declarations.queries.prefilled import (
    BANKS,
    DEPOSITORY,
    FILED,
    LAND,
    OWNERS,
    VEHICLES,
    Prefilled,
    Values,
    row,
)
from adaldyq.measures.declarations.queries.registered import of_registers

OWNED: Mapping[str, tuple[type[LandRight | VehicleRight | Ownership | BankBalance | SecurityHolding], str]] = {
    LAND: (LandRight, "owner_person_id"),
    VEHICLES: (VehicleRight, "owner_person_id"),
    OWNERS: (Ownership, "owner_person_id"),
    BANKS: (BankBalance, "person_id"),
    DEPOSITORY: (SecurityHolding, "person_id"),
}
"""Registers of what children may have, with the column of whose it is."""
ROW = "row_id"


def rows_of(declaration: Declaration) -> dict[str, list[Values]]:
    """Rows of a declaration by section, in the order in which they were kept."""
    found: dict[str, list[Values]] = {}
    for name, model in SECTION_MODELS.items():
        kept = model._default_manager.filter(declaration=declaration).order_by("row_id")
        found[name] = list(kept.values())
    return found


def as_filed(declaration: Declaration) -> list[Prefilled]:
    """The rows of a declaration that is amended, each with the register that tells of the same thing, if one does."""
    known = {
        (one.section, key): one
        for one in of_registers(declaration.person, declaration.year)
        for key in known_by(one.section, one.typed)
    }
    found = []
    for name, rows in rows_of(declaration).items():
        for values in rows:
            one = row(name, without(values, ROW), FILED, declaration.pk)
            told = next((known[name, key] for key in known_by(name, one.typed) if (name, key) in known), None)
            origin, origin_id = (told.origin, told.origin_id) if told else (one.origin, one.origin_id)
            found.append(replace(one, origin=origin, origin_id=origin_id, filed_row=str(values[ROW])))
    return found


SAME_BY: Mapping[str, tuple[str, ...]] = {
    "family": ("relative_id",),
    "real_estate": ("object_number",),
    "vehicle": ("object_number",),
    "account": ("account_number", "bank"),
    "company_interest": ("company_id", "company_name"),
    "income": ("payer_id", "payer"),
    "claim": ("counterparty",),
    "security": ("issuer",),
    "position": ("organisation",),
    "gift": ("giver_id", "giver"),
    "acquisition": ("description",),
}
"""By section, columns of which one alone tells that an entry is what a register means, the surest first."""


def is_of_own_child(origin: str, origin_id: str, person: str, day: date) -> bool:
    """Whether a record of a register tells of a child of a person who is still under age on a day."""
    if origin not in OWNED:
        return False
    model, column = OWNED[origin]
    owner = model._default_manager.filter(pk=origin_id).values_list(column, flat=True).first()
    return bool(owner) and speaks_for(person, str(owner), day)


def known_by(section: str, typed: Mapping[str, str]) -> list[str]:
    """By what an entry may be known again, the surest first: numbers of things by their key, the rest by its letters."""
    return [known_again(name, typed[name]) for name in SAME_BY.get(section, ()) if typed.get(name)]


def known_again(column: str, text: str) -> str:
    """A text of a column as it is known again, however it is written."""
    return number_key(text) if column in NUMBERS_OF_THINGS else "".join(text.split()).casefold()


def without(values: Values, column: str) -> Values:
    """The other columns of a row."""
    return {name: value for name, value in values.items() if name != column}
