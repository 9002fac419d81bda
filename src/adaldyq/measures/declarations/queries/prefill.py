"""What registers, and a declaration that is amended, already know, as rows that a draft begins with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from adaldyq.kernel import naming
from adaldyq.kernel.models import (
    BankBalance,
    FamilyTie,
    IncomeRecord,
    LandRight,
    Ownership,
    Person,
    PersonName,
    VehicleRight,
)
from adaldyq.kernel.queries.families import in_force, speaks_for, under_age
from adaldyq.measures.declarations.domain.checks import WHOLE_SHARE, typed_of
from adaldyq.measures.declarations.models import SECTION_MODELS, Declaration

LAST_YEAR, FILED = "last_year", "filed"
LAST_YEAR_WAS = "last_year_was"
"""Before a sum and its currency: what stood last year in a box that is left empty."""
LAND, VEHICLES, OWNERS, FAMILY = "land_register", "vehicle_register", "ownership", "family_tie"
BANKS, TAXES = "bank_balance", "income_record"
CLAIMABLE = frozenset({LAND, VEHICLES, OWNERS, FAMILY, BANKS, TAXES})
"""Registers to which a person can say that they are wrong."""

OWNED: Mapping[str, tuple[type[LandRight | VehicleRight | Ownership | BankBalance], str]] = {
    LAND: (LandRight, "owner_person_id"),
    VEHICLES: (VehicleRight, "owner_person_id"),
    OWNERS: (Ownership, "owner_person_id"),
    BANKS: (BankBalance, "person_id"),
}
"""Registers of what children may have, with the column of whose it is."""
ROW = "row_id"
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


def of_registers(person: Person, year: int, *, with_spouse: bool = False) -> Iterator[Prefilled]:
    """Rows from the registers of families, income, land, vehicles, banks and owners.

    Args:
        with_spouse: also what registers hold on a husband or wife, for whoever may review the declaration.
    """
    day = date(year, 12, 31)
    others: list[tuple[Person, str]] = []
    for tie, relative, name in family_on(person, day):
        if tie.kind == "child" or with_spouse:
            others.append((relative, tie.kind))
        values: Values = {
            "relation": tie.kind,
            "relative_id": relative.pk,
            "name": name,
            "birth_date": relative.birth_date,
        }
        yield row("family", values, FAMILY, tie.pk)
    for owner, whose in ((person, "declarant"), *(one for one in others if one[1] == "spouse")):
        yield from income(owner, whose, year)
    for owner, whose in ((person, "declarant"), *others):
        yield from land(owner, whose, day)
        yield from vehicles(owner, whose, day)
        yield from shares(owner, whose, day)
        yield from accounts(owner, whose, year)


def family_on(person: Person, day: date) -> list[tuple[FamilyTie, Person, str]]:
    """Husband or wife and children under age on a day, with their names in the country's language."""
    ties = FamilyTie.objects.filter(in_force(day), person=person, kind__in=("spouse", "child"))
    of_family = [
        one for one in ties.select_related("relative").order_by("-kind", "relative__birth_date") if one.relative
    ]
    found = [one for one in of_family if one.kind == "spouse" or under_age(one.relative, day)]
    first = naming.pack().languages[0]
    names = PersonName.objects.filter(person__in=[one.relative_id for one in found], valid_to=None)
    ranked = names.order_by("-id").values_list("person_id", "language", "text")
    texts = {person_id: text for person_id, _language, text in ranked}
    texts |= {person_id: text for person_id, language, text in ranked if language == first}
    return [(one, one.relative, texts.get(one.relative_id, "")) for one in found]


def income(person: Person, whose: str, year: int) -> Iterator[Prefilled]:
    """Income that payers reported to the tax service."""
    found = IncomeRecord.objects.filter(person=person, year=year).select_related("payer_body", "payer_company")
    for one in found.order_by("-amount", "pk"):
        payer = one.payer_company or one.payer_body
        values = {
            "owner": whose,
            "kind": one.kind,
            "payer": payer.name if payer else "",
            "payer_id": payer.pk if payer else "",
            "country": naming.pack().code,
            "amount": one.amount,
            "tax_withheld": one.tax_withheld,
            "currency": one.currency or naming.pack().currency,
        }
        yield row("income", values, TAXES, one.pk)


def land(owner: Person, whose: str, day: date) -> Iterator[Prefilled]:
    """Real estate of the register of rights."""
    for one in LandRight.objects.filter(in_force(day), owner_person=owner).order_by("valid_from", "pk"):
        share = one.share if one.share is not None else WHOLE_SHARE
        values = {
            "owner": whose,
            "kind": one.kind,
            "object_number": one.object_number,
            "territory_id": one.territory_id,
            "address": one.address,
            "area": one.area,
            "share": share,
            "basis": "ownership" if share == WHOLE_SHARE else "joint ownership",
            "acquired_date": one.valid_from,
            "price": one.price,
            "currency": one.currency or naming.pack().currency,
            "country": naming.pack().code,
        }
        yield row("real_estate", values, LAND, one.pk)


def vehicles(owner: Person, whose: str, day: date) -> Iterator[Prefilled]:
    """Vehicles of the register."""
    for one in VehicleRight.objects.filter(in_force(day), owner_person=owner).order_by("valid_from", "pk"):
        values = {
            "owner": whose,
            "kind": one.kind,
            "object_number": one.object_number,
            "make": one.make,
            "production_year": one.production_year,
            "share": WHOLE_SHARE,
            "basis": "ownership",
            "acquired_date": one.valid_from,
            "price": one.price,
            "currency": one.currency or naming.pack().currency,
            "country": naming.pack().code,
        }
        yield row("vehicle", values, VEHICLES, one.pk)


def shares(owner: Person, whose: str, day: date) -> Iterator[Prefilled]:
    """Shares in companies of the register of owners."""
    for one in Ownership.objects.filter(in_force(day), owner_person=owner).select_related("company").order_by("pk"):
        values = {
            "owner": whose,
            "company_name": one.company.name,
            "company_id": one.company_id,
            "beneficial": one.kind == "beneficial",
            "share": one.share,
            "currency": naming.pack().currency,
            "country": naming.pack().code,
        }
        yield row("company_interest", values, OWNERS, one.pk)


def accounts(owner: Person, whose: str, year: int) -> Iterator[Prefilled]:
    """Balances that banks reported for the end of the year."""
    for one in BankBalance.objects.filter(person=owner, year=year).order_by("bank", "pk"):
        values = {
            "owner": whose,
            "bank": one.bank,
            "account_number": one.account_number,
            "country": one.country,
            "amount": one.balance,
            "currency": one.currency or naming.pack().currency,
        }
        yield row("account", values, BANKS, one.pk)


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
    """By what an entry may be known again, the surest first, in small letters without spaces."""
    return ["".join(typed[name].split()).casefold() for name in SAME_BY.get(section, ()) if typed.get(name)]


def without(values: Values, column: str) -> Values:
    """The other columns of a row."""
    return {name: value for name, value in values.items() if name != column}
