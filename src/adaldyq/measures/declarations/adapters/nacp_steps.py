"""The steps of an NACP document, each as rows of our tables.

A thing may carry several rights (the declarant's, the family's, a landlord's). It is one row here, with the
right that leads: the household's ownership before its use, and its use before a stranger's ownership.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Final

from adaldyq.base.words import gettext_noop as _
from adaldyq.measures.declarations.adapters import nacp_words as ukrainian
from adaldyq.measures.declarations.adapters.amounts import read_amount, read_number
from adaldyq.measures.declarations.adapters.collection import Row, Tally
from adaldyq.measures.declarations.adapters.currencies import CODES
from adaldyq.measures.declarations.adapters.days import is_possible, read_day
from adaldyq.measures.declarations.adapters.nacp_losses import withheld_fields
from adaldyq.measures.declarations.adapters.nacp_words import UKRAINE, code_of, said
from adaldyq.measures.declarations.adapters.rows import Declared

CURRENCY: Final = "UAH"
DECLARANT: Final = "1"
HUNDRED: Final = Decimal(100)
LEAST_PRICE: Final = Decimal(10)
OWNED: Final = ("ownership", "joint ownership")

Entry = Mapping[str, Any]


@dataclass
class Document:
    """One document as its rows are made.

    Attributes:
        declared: its rows.
        year: what it is about.
        relations: what each relative is to the declarant, by the source's id of the relative.
        tally: what is left out is counted here.
    """

    declared: Declared
    year: int
    tally: Tally
    relations: Mapping[str, str] = field(default_factory=dict)

    def take(self, make: Making, place: str, entry: Entry) -> None:
        """Make the rows of an entry, and say which of its fields a member of the family did not give."""
        before = len(self.declared.rows)
        make(self, place, entry)
        made = self.declared.rows[before:]
        table, row = made[0] if made else ("", None)
        for name in withheld_fields(entry):
            self.declared.withhold(name, place, table, row)

    def owner(self, person: str) -> str:
        """Whose a right or an income is."""
        if person == DECLARANT:
            return "declarant"
        relation = self.relations.get(person, "other")
        return relation if relation in {"spouse", "child"} else "other"

    def add(self, section: str, place: str, values: Row, entry: Entry, sums: Mapping[str, str]) -> Row:
        """Add a row with its sums, each column from its field, and the notes that the sums deserve."""
        readings = {column: (read_amount(said(entry, name) or None), entry.get(name)) for column, name in sums.items()}
        amounts = {column: reading.amount for column, (reading, _) in readings.items()}
        row = self.declared.add(section, place, **values, **amounts)
        for reading, text in readings.values():
            self.declared.note_doubt(reading, text, section, row)
        return row

    def dated(self, section: str, row: Row, column: str, entry: Entry, name: str) -> None:
        """Put a day into a row; one that cannot be is noted and left out."""
        text = said(entry, name)
        day = read_day(text) if text else None
        if text and (day is None or not is_possible(day, date(self.year, 12, 31))):
            self.declared.note("impossible-date", f"{name}: {text}, in a declaration of {self.year}", section, row)
            day = None
        row[column] = day

    def shared(self, section: str, row: Row, text: str) -> None:
        """Put a share into a row; one over a hundred percent is noted and left out."""
        share = read_number(text) if text else None
        if text and (share is None or not 0 <= share <= HUNDRED):
            self.declared.note("share-over-100", text, section, row)
            share = None
        row["share"] = share

    def leading_right(self, entry: Entry) -> tuple[str, str | None, str]:
        """Owner, basis and share of the right that leads; the others are counted as left out."""
        rights = entry.get("rights")
        listed = rights.values() if isinstance(rights, dict) else ()
        stated = [one for one in listed if isinstance(one, dict) and said(one, "ownershipType")]
        if not stated:
            return self.owner(person_of(entry)), None, ""
        ranked = sorted(stated, key=self.rank)
        if len(ranked) > 1:
            self.tally.lose(_("rights (further rights to a thing that has its row)"), ranked[1], len(ranked) - 1)
        first = ranked[0]
        basis = code_of(said(first, "ownershipType"), ukrainian.BASES, "")
        return self.owner(said(first, "rightBelongs")), basis or None, said(first, "percent-ownership")

    def rank(self, right: Entry) -> tuple[bool, bool, bool]:
        """How far a right stands from leading: a stranger's after the household's, use after ownership."""
        owner = self.owner(said(right, "rightBelongs"))
        owned = code_of(said(right, "ownershipType"), ukrainian.BASES, "") in OWNED
        return owner == "other", not owned, owner != "declarant"

    def real_estate(self, place: str, entry: Entry) -> None:
        """Real estate, finished or not."""
        kind = " ".join(filter(None, (said(entry, "objectType"), said(entry, "otherObjectType"))))
        owner, basis, share = self.leading_right(entry)
        values: Row = {
            "owner": owner,
            "kind": code_of(kind, ukrainian.REAL_ESTATE),
            "object_number": said(entry, "regNumber") or None,
            "address": said(entry, "ua_cityType") or None,
            "area": read_number(said(entry, "totalArea") or None),
            "basis": basis,
            "currency": CURRENCY,
            "country": UKRAINE if said(entry, "country") == ukrainian.UKRAINE_CODE else None,
            "description": kind or None,
        }
        row = self.add("real_estate", place, values, entry, {"price": "costDate", "value": "costAssessment"})
        self.dated("real_estate", row, "acquired_date", entry, "owningDate")
        self.shared("real_estate", row, share)
        if isinstance(price := row["price"], Decimal) and 0 < price < LEAST_PRICE and basis in {None, *OWNED}:
            self.declared.note("implausibly-small", f"costDate: {price} for {kind}", "real_estate", row)

    def valuable(self, place: str, entry: Entry) -> None:
        """A thing of value."""
        parts = ("objectType", "otherObjectType", "propertyDescr", "trademark", "manufacturerName")
        kind = " ".join(filter(None, (said(entry, "objectType"), said(entry, "otherObjectType"))))
        values: Row = {
            "owner": self.leading_right(entry)[0],
            "kind": code_of(kind, ukrainian.VALUABLES),
            "description": "; ".join(dict.fromkeys(filter(None, (said(entry, part) for part in parts)))) or None,
            "currency": CURRENCY,
        }
        row = self.add("valuable", place, values, entry, {"value": "costDateUse"})
        self.dated("valuable", row, "acquired_date", entry, "dateUse")

    def right(self, place: str, entry: Entry) -> None:
        """A right that is worth money: a copyright, a patent, a trade mark, a claim to a flat."""
        parts = ("objectType", "otherObjectType", "descriptionObject")
        values: Row = {
            "owner": self.leading_right(entry)[0],
            "kind": "rights",
            "description": "; ".join(filter(None, (said(entry, part) for part in parts))) or None,
            "currency": CURRENCY,
        }
        row = self.add("valuable", place, values, entry, {"value": "costDateOrigin"})
        self.dated("valuable", row, "acquired_date", entry, "owningDate")

    def vehicle(self, place: str, entry: Entry) -> None:
        """A vehicle."""
        kind = f"{said(entry, 'objectType')} {said(entry, 'otherObjectType')}"
        owner, basis, share = self.leading_right(entry)
        built = said(entry, "graduationYear")
        year = int(built) if built.isdecimal() and len(built) == len("2000") else None
        values: Row = {
            "owner": owner,
            "kind": code_of(kind, ukrainian.VEHICLES),
            "object_number": said(entry, "object_identificationNumber", "vinCode") or None,
            "make": " ".join(filter(None, (said(entry, "brand"), said(entry, "model")))) or None,
            "production_year": year if year and year <= self.year + 1 else None,
            "basis": basis,
            "currency": CURRENCY,
        }
        row = self.add("vehicle", place, values, entry, {"price": "costDate"})
        self.dated("vehicle", row, "acquired_date", entry, "owningDate")
        self.shared("vehicle", row, share)
        if built and row["production_year"] is None:
            self.declared.note("impossible-date", f"graduationYear: {built}", "vehicle", row)

    def security(self, place: str, entry: Entry) -> None:
        """A security; its value is left out, because the form does not say whether of one or of all."""
        kind = " ".join(filter(None, (said(entry, part) for part in ("typeProperty", "otherObjectType"))))
        kind += f" {said(entry, 'subTypeProperty1')} {said(entry, 'subTypeProperty2')}"
        values: Row = {
            "owner": self.leading_right(entry)[0],
            "issuer": ukrainian.party_name(entry, "emitent"),
            "kind": code_of(kind, ukrainian.SECURITIES),
            "quantity": read_number(said(entry, "amount") or None),
            "country": UKRAINE if ukrainian.HERE in said(entry, "emitent_type") else None,
        }
        row = self.declared.add("security", place, **values)
        if said(entry, "amount") and row["quantity"] is None:
            self.declared.note("unreadable-amount", f"amount: {entry.get('amount')}", "security", row)

    def interest(self, place: str, entry: Entry) -> None:
        """A share in a company."""
        values: Row = {
            "owner": self.leading_right(entry)[0],
            "company_name": said(entry, "name", "en_name") or None,
            "company_id": said(entry, "corporate_rights_company_code") or None,
            "beneficial": False,
            "currency": CURRENCY,
            "country": UKRAINE if said(entry, "country") == ukrainian.UKRAINE_CODE else None,
        }
        row = self.add("company_interest", place, values, entry, {"value": "cost"})
        self.shared("company_interest", row, said(entry, "cost_percent"))

    def beneficial(self, place: str, entry: Entry) -> None:
        """A company of which somebody of the household is the beneficial owner."""
        country = said(entry, "country", "country_beneficial_owner")
        self.declared.add(
            "company_interest",
            place,
            owner=self.owner(person_of(entry)),
            company_name=said(entry, "name", "company_name_beneficial_owner", "en_name") or None,
            company_id=said(entry, "beneficial_owner_company_code", "ua_company_code_beneficial_owner") or None,
            beneficial=True,
            country=UKRAINE if country == ukrainian.UKRAINE_CODE else None,
        )

    def income(self, place: str, entry: Entry) -> None:
        """An income of the year, or a gift."""
        text = said(entry, "objectType")
        kind, payer = code_of(text, ukrainian.INCOMES), ukrainian.party_name(entry, "source")
        values: Row = {"owner": self.leading_right(entry)[0], "currency": CURRENCY}
        if kind == "gift":
            values |= {"giver": payer, "giver_id": ukrainian.party_code(entry, "source")}
            values["kind"] = "money" if "грошов" in text else "thing"
            row = self.add("gift", place, values, entry, {"value": "sizeIncome"})
            self.dated("gift", row, "received_date", entry, "owningDate")
            return
        values |= {"kind": kind, "payer": payer, "payer_id": ukrainian.party_code(entry, "source")}
        citizen = said(entry, "source_citizen")
        values["country"] = UKRAINE if ukrainian.HERE in citizen or "України" in citizen else None
        self.add("income", place, values, entry, {"amount": "sizeIncome"})

    def money(self, place: str, entry: Entry) -> None:
        """Cash, money in a bank, or money lent to others."""
        written = said(entry, "assetsCurrency")
        values: Row = {
            "owner": self.leading_right(entry)[0],
            "currency": written.upper() if written.upper() in CODES else None,
        }
        kind, section = said(entry, "objectType").casefold(), "account"
        if "готівк" in kind:
            section = "cash"
        elif "позичен" in kind:
            section = "claim"
            person = ukrainian.full_name(entry, "debtor_ua_")
            values |= {"direction": "receivable", "kind": "private loan"}
            values["counterparty"] = person or ukrainian.party_name(entry, "organization")
        elif "банк" in kind or "внески" in kind:
            here = ukrainian.HERE in said(entry, "organization_type", "organization_type1")
            abroad = ukrainian.country_named(said(entry, "organization_eng_company_address"))
            values |= {"bank": ukrainian.party_name(entry, "organization"), "country": UKRAINE if here else abroad}
        else:
            self.tally.lose("data.step_12.* (neither cash nor account nor loan)", kind)
            return
        row = self.add(section, place, values, entry, {"amount": "sizeAssets"})
        if written and row["currency"] is None:
            self.declared.note("unknown-currency", written, section, row)

    def debt(self, place: str, entry: Entry) -> None:
        """Money that the household owes."""
        written = said(entry, "currency")
        values: Row = {
            "owner": self.owner(person_of(entry)),
            "direction": "payable",
            "kind": code_of(f"{said(entry, 'objectType')} {said(entry, 'otherObjectType')}", ukrainian.DEBTS),
            "counterparty": ukrainian.party_name(entry, "emitent"),
            "counterparty_id": ukrainian.party_code(entry, "emitent"),
            "currency": written.upper() if written.upper() in CODES else None,
        }
        row = self.add("claim", place, values, entry, {"amount": "sizeObligation"})
        self.dated("claim", row, "since_date", entry, "dateOrigin")
        if written and row["currency"] is None:
            self.declared.note("unknown-currency", written, "claim", row)

    def expense(self, place: str, entry: Entry) -> None:
        """A large expense, or a deed that changed what the declarant owns."""
        parts = [said(entry, name) for name in entry if name.startswith(("spec", "otherExpense", "expenseSpec"))]
        parts.append(said(entry, "expenseType"))
        values: Row = {
            "owner": self.owner(person_of(entry)),
            "kind": "other",
            "description": "; ".join(dict.fromkeys(filter(None, parts))) or None,
            "currency": CURRENCY,
        }
        name = "expenseSize" if "expenseSize" in entry else "costAmount"
        self.add("expense", place, values, entry, {"amount": name})

    def membership(self, place: str, entry: Entry) -> None:
        """A membership in an organisation."""
        self.declared.add(
            "position",
            place,
            owner="declarant",
            organisation=said(entry, "objectName") or None,
            company_id=said(entry, "reestrCode") or None,
            title=said(entry, "objectType") or None,
        )


Making = Callable[[Document, str, Entry], None]

DECLARATION_STEPS: Mapping[int, Making] = {
    3: Document.real_estate,
    4: Document.real_estate,
    5: Document.valuable,
    6: Document.vehicle,
    7: Document.security,
    8: Document.interest,
    9: Document.beneficial,
    10: Document.right,
    11: Document.income,
    12: Document.money,
    13: Document.debt,
    14: Document.expense,
    16: Document.membership,
}
CHANGE_STEPS: Mapping[int, Making] = {
    2: Document.income,
    3: Document.real_estate,
    4: Document.vehicle,
    5: Document.security,
    6: Document.interest,
    7: Document.valuable,
    8: Document.right,
    9: Document.expense,
}


def entries_of(step: Any) -> Iterator[tuple[str, Any]]:
    """Entries of a step with their ids; a step without any says so in `empty`."""
    if isinstance(step, dict):
        organisations = step.get("org")
        inner = organisations if isinstance(organisations, dict) else step
        yield from ((key, entry) for key, entry in inner.items() if key not in {"empty", "part_org"})


def person_of(entry: Entry) -> str:
    """The source's id of the person an entry is about: the declarant when it does not say."""
    person = entry.get("person")
    if isinstance(person, dict):
        person = next((one.get("person") for one in person.values() if isinstance(one, dict)), None)
    return said({"person": person}, "person") or DECLARANT
