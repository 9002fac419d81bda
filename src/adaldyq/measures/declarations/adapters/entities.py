"""Open declarations as FollowTheMoney entities (schemata of followthemoney 3.8).

Given is what the public may see, so nothing here decides about that. Relatives and private people, whose names are
closed, are entities that are named by what they are to the declarant. Expenses and large acquisitions have no other side,
so that no schema fits them; they are in the other files.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from adaldyq.base.redaction import TAKEN_OUT
from adaldyq.kernel.adapters.ftm_writer import Entity, entity
from adaldyq.measures.declarations.domain.codes import PARTY
from adaldyq.measures.declarations.domain.wealth import OWNED

Row = Mapping[str, Any]

DECLARANT = "declarant"
UNNAMED = {
    "spouse": "Spouse of {}",
    "child": "Child of {}",
    "parent": "Parent of {}",
    "sibling": "Brother or sister of {}",
    "other": "Another person in the declaration of {}",
}
OTHER_SIDES = {"private person": ("Person", "A private person"), "not named": ("LegalEntity", "Not named in public")}
VEHICLES = {"boat": "Vessel", "aircraft": "Airplane"}
DIGITS = 20


@dataclass(frozen=True, slots=True)
class Told:
    """An open declaration as it is told to the public.

    Attributes:
        person_id: the declarant, an entity of the file by that id.
        name: of the declarant.
        page: address of the declaration's page.
        sections: rows by section with their open columns.
    """

    id: str
    person_id: str
    name: str
    year: int
    body_id: str
    post: str
    page: str
    sections: Mapping[str, Sequence[Row]]

    @property
    def stated(self) -> dict[str, object]:
        """What each link says of where it is from."""
        return {"date": str(self.year), "recordId": self.id, "sourceUrl": self.page}

    @property
    def year_end(self) -> str:
        """The day that property is stated at."""
        return f"{self.year}-12-31"


def organisation_id(name: str) -> str:
    """The id of an organisation that is known by its declared name: the same for the same name."""
    return f"organisation-{sha256(' '.join(name.casefold().split()).encode()).hexdigest()[:DIGITS]}"


def entities_of(told: Told) -> Iterator[Entity]:
    """All that a declaration states; some entities come more than once."""
    if told.body_id:
        facts = {"employee": told.person_id, "employer": told.body_id, "role": told.post}
        yield entity(f"{told.id}-employment", "Employment", **facts, **told.stated)
    for section, rows in told.sections.items():
        for row in rows:
            if section in MAKERS:
                yield from MAKERS[section](told, row)


def relative(told: Told, kind: str) -> tuple[str, list[Entity]]:
    """Whoever is something to the declarant: the id, and the entities that make them known."""
    if kind == DECLARANT or kind not in UNNAMED:
        return told.person_id, []
    key = f"{told.person_id}-{kind}"
    found = [entity(key, "Person", name=UNNAMED[kind].format(told.name))]
    if kind != "other":
        tie = {"person": told.person_id, "relative": key, "relationship": kind}
        found.append(entity(f"{key}-tie", "Family", **tie))
    return key, found


def other_side(told: Told, row: Row, named: str) -> tuple[str, list[Entity]]:
    """The other side of a row: an organisation by its name, a relative, or somebody who is not named."""
    if named in UNNAMED and named in PARTY:
        return relative(told, named)
    if named and named not in OTHER_SIDES:
        return organisation(row, named)
    schema, words = OTHER_SIDES.get(named, ("LegalEntity", "Not stated"))
    key = f"{row['row_id']}-side"
    return key, [entity(key, schema, name=words)]


def organisation(row: Row, name: str, schema: str = "Organization") -> tuple[str, list[Entity]]:
    """An organisation that a row names; one of which no whole name is told is that of this row only.

    What was taken out of two names may have told two organisations apart.
    """
    whole = bool(name) and TAKEN_OUT not in name
    key = organisation_id(name) if whole else f"{row['row_id']}-organisation"
    return key, [entity(key, schema, name=name or "Not stated")]


def held(told: Told, row: Row, asset: Entity, **facts: object) -> Iterator[Entity]:
    """A thing and who has it: an owner, or somebody who uses or rents it."""
    owner, people = relative(told, row["owner"])
    basis = row.get("basis") or ""
    bought = f"acquired for {row['price']:f} {row['currency']}" if row.get("price") is not None else ""
    since = {"startDate": row.get("acquired_date"), "summary": bought}
    yield from (*people, asset)
    if basis in OWNED:
        share = {"owner": owner, "asset": asset["id"], "percentage": row.get("share"), "ownershipType": basis}
        yield entity(f"{row['row_id']}-held", "Ownership", **share, **since, **facts, **told.stated)
    else:
        link = {"subject": owner, "object": asset["id"], "role": basis}
        yield entity(f"{row['row_id']}-held", "UnknownLink", **link, **since, **facts, **told.stated)


def worth(told: Told, row: Row, column: str = "value") -> dict[str, object]:
    """What a thing is worth, where it is, and who says so."""
    country = str(row.get("country") or "").lower()
    return {"amount": row[column], "currency": row["currency"], "country": country, "sourceUrl": told.page}


def family(told: Told, row: Row) -> Iterator[Entity]:
    """A member of the family."""
    yield from relative(told, row["relation"] if row["relation"] in UNNAMED else "other")[1]


def real_estate(told: Told, row: Row) -> Iterator[Entity]:
    """A piece of real estate; of its place the territory only."""
    facts = {"name": row["kind"], "propertyType": row["kind"], "area": row["area"], "keywords": row["territory_id"]}
    yield from held(told, row, entity(row["row_id"], "RealEstate", **facts, **worth(told, row)))


def vehicle(told: Told, row: Row) -> Iterator[Entity]:
    """A vehicle for land, water or air."""
    facts = {"name": row["make"] or row["kind"] or "vehicle", "type": row["kind"], "model": row["make"]}
    built = {"buildDate": row["production_year"], **worth(told, row)}
    yield from held(told, row, entity(row["row_id"], VEHICLES.get(row["kind"], "Vehicle"), **facts, **built))


def account(told: Told, row: Row) -> Iterator[Entity]:
    """Money at a bank."""
    facts = {"name": row["bank"], "bankName": row["bank"], "balance": row["amount"], "balanceDate": told.year_end}
    yield from held(told, row, entity(row["row_id"], "BankAccount", **facts, **worth(told, row, "amount")))


def cash(told: Told, row: Row) -> Iterator[Entity]:
    """Money in hand."""
    notes = "may be money at a bank" if row["or_at_bank"] else ""
    yield from held(told, row, entity(row["row_id"], "Asset", name="cash", notes=notes, **worth(told, row, "amount")))


def security(told: Told, row: Row) -> Iterator[Entity]:
    """Securities of an issuer."""
    facts = {"name": row["issuer"], "type": row["kind"], **worth(told, row)}
    yield from held(told, row, entity(row["row_id"], "Security", **facts), sharesCount=row["quantity"])


def company_interest(told: Told, row: Row) -> Iterator[Entity]:
    """A share in a company."""
    _, (company,) = organisation(row, row["company_name"] or "", "Company")
    facts = {"sharesValue": row["value"], "sharesCurrency": row["currency"]}
    role = "beneficial owner" if row["beneficial"] else ""
    yield from held(told, row, company, role=role, **facts)


def crypto(told: Told, row: Row) -> Iterator[Entity]:
    """A crypto-asset."""
    owner, people = relative(told, row["owner"])
    facts = {"name": row["asset"], "currencySymbol": row["asset"], "mangingExchange": row["platform"], "holder": owner}
    yield from people
    yield entity(row["row_id"], "CryptoWallet", balance=row["quantity"], **facts, **worth(told, row))


def claim(told: Told, row: Row) -> Iterator[Entity]:
    """Money lent or borrowed."""
    owner, people = relative(told, row["owner"])
    other, sides = other_side(told, row, row["counterparty"])
    debtor, creditor = (owner, other) if row["direction"] == "payable" else (other, owner)
    sum_of = {"amount": row["amount"], "currency": row["currency"], "startDate": row["since_date"]}
    yield from (*people, *sides)
    link = {"debtor": debtor, "creditor": creditor, "description": row["kind"]}
    yield entity(row["row_id"], "Debt", **link, **sum_of, **told.stated)


def valuable(told: Told, row: Row) -> Iterator[Entity]:
    """A thing of value."""
    facts = {"name": row["kind"] or "valuable", **worth(told, row)}
    yield from held(told, row, entity(row["row_id"], "Asset", **facts))


def income(told: Told, row: Row) -> Iterator[Entity]:
    """Money received in the year."""
    taxed = f"tax withheld: {row['tax_withheld']:f}" if row["tax_withheld"] is not None else ""
    yield from payment(told, row, row["payer"], row["amount"], purpose=row["kind"], summary=taxed)


def gift(told: Told, row: Row) -> Iterator[Entity]:
    """A gift received in the year."""
    facts = {"purpose": f"gift: {row['kind']}", "startDate": row["received_date"]}
    yield from payment(told, row, row["giver"], row["value"], **facts)


def payment(told: Told, row: Row, payer: str, amount: object, **facts: object) -> Iterator[Entity]:
    """What the declarant or a relative received from somebody."""
    owner, people = relative(told, row["owner"])
    other, sides = other_side(told, row, payer)
    yield from (*people, *sides)
    link = {"payer": other, "beneficiary": owner, "amount": amount, "currency": row["currency"]}
    yield entity(row["row_id"], "Payment", **link, **facts, **told.stated)


def position(told: Told, row: Row) -> Iterator[Entity]:
    """A position outside the office."""
    owner, people = relative(told, row["owner"])
    place, made = organisation(row, row["organisation"] or "")
    yield from (*people, *made)
    status = "paid" if row["paid"] else ""
    link = {"member": owner, "organization": place, "role": row["title"], "status": status}
    yield entity(row["row_id"], "Membership", **link, **told.stated)


def trust(told: Told, row: Row) -> Iterator[Entity]:
    """Property that somebody manages for the declarant."""
    owner, people = relative(told, row["owner"])
    manager, sides = other_side(told, row, row["manager"])
    asset = entity(row["row_id"], "Asset", name="property in trust", **worth(told, row))
    yield from (*people, *sides)
    yield from held(told, row, asset)
    link = {"agent": manager, "client": owner, "role": "trust management", "startDate": row["since_date"]}
    yield entity(f"{row['row_id']}-managed", "Representation", **link, **told.stated)


MAKERS: Mapping[str, Callable[[Told, Row], Iterator[Entity]]] = {
    "family": family,
    "income": income,
    "real_estate": real_estate,
    "vehicle": vehicle,
    "account": account,
    "cash": cash,
    "security": security,
    "company_interest": company_interest,
    "crypto": crypto,
    "claim": claim,
    "valuable": valuable,
    "gift": gift,
    "position": position,
    "trust": trust,
}
