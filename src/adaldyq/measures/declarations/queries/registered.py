"""What registers know of a person and the family, as rows of a declaration."""

from __future__ import annotations

from collections.abc import Iterator
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
from adaldyq.kernel.queries.families import in_force, lives, under_age
from adaldyq.measures.declarations.domain.numbers import WHOLE_SHARE
from adaldyq.measures.declarations.queries.of_the_year import happened
from adaldyq.measures.declarations.queries.prefilled import (
    BANKS,
    FAMILY,
    LAND,
    OWNERS,
    TAXES,
    VEHICLES,
    Prefilled,
    Values,
    row,
)
from adaldyq.measures.declarations.queries.reported import debts, heading, securities


def of_registers(person: Person, year: int, *, with_spouse: bool = False) -> Iterator[Prefilled]:
    """Rows from registers: families, land, vehicles, companies, and what payers, banks, lenders and depository report.

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
        yield from debts(owner, whose, year)
        yield from heading(owner, whose, day)
    for owner, whose in ((person, "declarant"), *others):
        yield from land(owner, whose, day)
        yield from vehicles(owner, whose, day)
        yield from shares(owner, whose, day)
        yield from accounts(owner, whose, year)
        yield from securities(owner, whose, year)
    yield from happened([(person, "declarant"), *others], year)


def family_on(person: Person, day: date) -> list[tuple[FamilyTie, Person, str]]:
    """Who lives on a day of husband or wife and children under age, with their names in the country's language."""
    ties = FamilyTie.objects.filter(in_force(day), person=person, kind__in=("spouse", "child"))
    of_family = [
        one for one in ties.select_related("relative").order_by("-kind", "relative__birth_date") if one.relative
    ]
    found = [
        one for one in of_family if (lives(one.relative, day) if one.kind == "spouse" else under_age(one.relative, day))
    ]
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
