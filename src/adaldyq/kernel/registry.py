"""Which registries there are, and which of their fields may be changed by an act."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from adaldyq.base.errors import DomainError
from adaldyq.base.letters import BETWEEN_THOUSANDS

LAND_KINDS = ("apartment", "house", "land", "garage", "commercial", "other")
VEHICLE_KINDS = ("car", "truck", "motorcycle", "boat", "aircraft", "other")
KINDS: Mapping[str, tuple[str, ...]] = {"LandRight": LAND_KINDS, "VehicleRight": VEHICLE_KINDS}
"""What kinds the things of a model are of."""
WHOLE = 100
NEVER_NEGATIVE = frozenset({"price", "amount", "tax_withheld", "quantity", "market_value"})


@dataclass(frozen=True, slots=True)
class Register:
    """One of the base registries.

    Attributes:
        name: of its published table.
        model: dotted, `app.Model`.
        title: on pages, a lazy translation.
        changeable: fields that an act may change, with their titles; dated rows are changed by ending them instead.
        correctable: those of them, and fields of dated rows, that a person may say are wrong.
        person: path from a record to the person that it is about; empty when it is about none.
        tells: fields, with their titles, that tell its records apart and are not corrected in this way.
    """

    name: str
    model: str
    title: object
    changeable: Mapping[str, object]
    correctable: Mapping[str, object]
    person: str = ""
    tells: Mapping[str, object] = field(default_factory=dict)

    @property
    def records(self) -> type[models.Model]:
        """The model of its records."""
        return apps.get_model(self.model)

    def find(self, record_id: str) -> models.Model:
        """The record with this id.

        Raises:
            DomainError: `no-such-record`.
        """
        found = self.records._default_manager.filter(pk=record_id).first()
        if found is None:
            raise DomainError("no-such-record", field="id", register=self.title, value=record_id)
        return found


PERSON_FACTS = {
    "birth_date": _("Day of birth"),
    "death_date": _("Day of death"),
    "sex": _("Sex"),
    "country": _("Citizenship"),
}
COMPANY_FACTS = {
    "name": _("Name"),
    "legal_form": _("Legal form"),
    "activity": _("Main activity"),
    "identifier": _("Registration number"),
    "head_id": _("Head"),
    "territory_id": _("Territory"),
    "registered_date": _("Day of registration"),
    "closed_date": _("Struck off"),
}
BODY_FACTS = {
    "name": _("Name"),
    "names": _("Names by language"),
    "level": _("Level"),
    "kind": _("Kind"),
    "identifier": _("Registration number"),
    "parent_id": _("Belongs to"),
    "territory_id": _("Territory"),
    "opened_date": _("Opened"),
    "closed_date": _("Closed"),
}
NAME_FACTS = {"text": _("Name as written in full")}
IDENTIFIER_FACTS = {"value": _("Number")}
TIE_FACTS = {"valid_from": _("First day"), "valid_to": _("Last day")}
APPOINTMENT_FACTS = {"valid_from": _("First day"), "valid_to": _("Last day"), "act_number": _("Number of the act")}
SHARE_FACTS = {"share": _("Share, in percent"), "valid_from": _("First day"), "valid_to": _("Last day")}
LAND_FACTS = {
    "kind": _("Kind"),
    "area": _("Area, in square metres"),
    "share": _("Share, in percent"),
    "address": _("Address"),
    "valid_from": _("First day"),
    "valid_to": _("Last day"),
    "price": _("Price"),
}
VEHICLE_FACTS = {
    "make": _("Make"),
    "production_year": _("Year it was built"),
    "valid_from": _("First day"),
    "valid_to": _("Last day"),
}
INCOME_FACTS = {"amount": _("Paid in the year, before tax"), "tax_withheld": _("Tax withheld")}
BALANCE_FACTS = {"balance": _("On the account at the end of the year")}
LOAN_FACTS = {"balance": _("Owed at the end of the year"), "since_date": _("Since")}
SECURITY_FACTS = {"quantity": _("Quantity"), "market_value": _("Worth at the end of the year")}

TELLING: Mapping[str, Mapping[str, object]] = {
    "person_name": {"language": _("Language")},
    "person_identifier": {"scheme": _("Kind of number")},
    "family_tie": {"kind": _("Who")},
    "residence": {"territory_id": _("Territory"), "dwelling": _("Code of the dwelling")},
    "appointment": {"post_id": _("Post")},
    "company": {},
    "ownership": {"company_id": _("Company"), "kind": _("As")},
    "land_register": {"object_number": _("Number of the object"), "territory_id": _("Territory")},
    "vehicle_register": {"object_number": _("Number of the object"), "kind": _("Kind")},
    "income_record": {"year": _("Year"), "payer_company_id": _("Paid by")},
    "bank_balance": {"year": _("Year"), "bank": _("Bank"), "account_number": _("Number of the account")},
    "loan_balance": {"year": _("Year"), "lender": _("Lender"), "kind": _("Kind"), "contract_number": _("Contract")},
    "security_holding": {"year": _("Year"), "issuer": _("Issuer"), "kind": _("Kind")},
}


def register(
    name: str, model: str, title: object, facts: Mapping[str, object], person: str = "", *, dated: bool = False
) -> Register:
    """A register whose facts may be changed, unless its rows are dated: those are ended and followed by another."""
    return Register(name, f"kernel.{model}", title, {} if dated else facts, facts, person, TELLING.get(name, {}))


TERRITORY_FACTS = {
    "names": _("Names by language"),
    "level": _("Level"),
    "official_code": _("Official code"),
    "parent_id": _("Belongs to"),
    "opened_date": _("Opened"),
    "closed_date": _("Closed"),
}

REGISTERS: Mapping[str, Register] = {
    one.name: one
    for one in (
        register("person", "Person", _("Register of people"), PERSON_FACTS, "pk"),
        register("person_name", "PersonName", _("Names of people"), NAME_FACTS, "person_id", dated=True),
        register("person_identifier", "PersonIdentifier", _("Numbers of people"), IDENTIFIER_FACTS, "person_id"),
        register("family_tie", "FamilyTie", _("Register of families"), TIE_FACTS, "person_id"),
        register("residence", "Residence", _("Register of residence"), TIE_FACTS, "person_id"),
        register("territory", "Territory", _("Register of territories"), TERRITORY_FACTS),
        register("body", "Body", _("Register of state bodies"), BODY_FACTS),
        register("appointment", "Appointment", _("Register of appointments"), APPOINTMENT_FACTS, "person_id"),
        register("company", "Company", _("Register of companies"), COMPANY_FACTS, "head_id"),
        register("ownership", "Ownership", _("Register of owners"), SHARE_FACTS, "owner_person_id"),
        register("land_register", "LandRight", _("Register of land and buildings"), LAND_FACTS, "owner_person_id"),
        register("vehicle_register", "VehicleRight", _("Register of vehicles"), VEHICLE_FACTS, "owner_person_id"),
        register("income_record", "IncomeRecord", _("Income paid"), INCOME_FACTS, "person_id"),
        register("bank_balance", "BankBalance", _("Bank accounts"), BALANCE_FACTS, "person_id"),
        register("loan_balance", "LoanBalance", _("Loans"), LOAN_FACTS, "person_id"),
        register("security_holding", "SecurityHolding", _("Securities"), SECURITY_FACTS, "person_id"),
    )
}


def title_of(model: type[models.Model]) -> object:
    """What pages call the registry of a model, or the model's records when it is in none."""
    titles = (one.title for one in REGISTERS.values() if one.model == f"{model._meta.app_label}.{model.__name__}")
    return next(titles, model._meta.verbose_name_plural)


def register_named(name: str) -> Register:
    """A register by its name.

    Raises:
        DomainError: `no-such-register`.
    """
    if name not in REGISTERS:
        raise DomainError("no-such-register", field="register", value=name, known=", ".join(REGISTERS))
    return REGISTERS[name]


def as_text(value: object) -> object:
    """A value as JSON can hold it: days and numbers as text."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    return value


def from_text(model: type[models.Model], field: str, text: object) -> object:
    """The value that a field holds when `text` is written into it; empty text is nothing.

    Raises:
        DomainError: `not-a-day`, `not-a-number`, `number-out-of-range`, `declared-negative`, `share-out-of-range`,
            `area-out-of-range`, `unknown-object-kind`, `text-too-long` or `value-missing`, with the field.
    """
    column = next(one for one in model._meta.concrete_fields if one.attname == field)
    value = text.strip() if isinstance(text, str) else text
    if value in ("", None):
        if column.null:
            return None
        if column.blank:
            return ""
        raise DomainError("value-missing", field=field)
    if isinstance(column, models.DateField):
        return day_of(str(value), field)
    if isinstance(column, models.DecimalField | models.IntegerField):
        return within_bounds(column, number_of(str(value), field, whole=isinstance(column, models.IntegerField)))
    if isinstance(column, models.JSONField):
        return value
    limit = getattr(column, "max_length", None)
    if limit and len(str(value)) > limit:
        raise DomainError("text-too-long", field=field, length=len(str(value)), limit=limit)
    kinds = KINDS.get(model._meta.object_name or "") if field == "kind" else None
    if kinds is not None and value not in kinds:
        raise DomainError("unknown-object-kind", field=field, value=str(value)[:40], known=", ".join(kinds))
    return str(value)


def within_bounds(column: models.Field[Any, Any], number: Decimal | int) -> Decimal | int:
    """A number that its column can hold, and that means something there.

    Raises:
        DomainError: `number-out-of-range`, `declared-negative`, `share-out-of-range` or `area-out-of-range`.
    """
    field = column.attname
    if field == "share" and not 0 < number <= WHOLE:
        raise DomainError("share-out-of-range", field=field, value=str(number)[:40])
    if field == "area" and number <= 0:
        raise DomainError("area-out-of-range", field=field, value=str(number)[:40])
    if field in NEVER_NEGATIVE and number < 0:
        raise DomainError("declared-negative", field=field)
    try:
        column.run_validators(number)
    except ValidationError:
        raise DomainError("number-out-of-range", field=field, value=str(number)[:40]) from None
    return number


def day_of(text: str, field: str) -> date:
    """A day written as ISO 8601, `2026-03-27`.

    Raises:
        DomainError: `not-a-day`.
    """
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise DomainError("not-a-day", field=field, value=text[:40]) from None


def number_of(text: str, field: str, *, whole: bool = False) -> Decimal | int:
    """A number, with or without spaces between thousands; comma or point before its fraction.

    Raises:
        DomainError: `not-a-number`.
    """
    try:
        number = Decimal(text.translate(BETWEEN_THOUSANDS).replace(",", "."))
    except InvalidOperation:
        raise DomainError("not-a-number", field=field, value=text[:40]) from None
    if not number.is_finite() or (whole and number != number.to_integral_value()):
        raise DomainError("not-a-number", field=field, value=text[:40])
    return int(number) if whole else number
