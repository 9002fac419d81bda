"""Tables that the base registries publish for verification and open data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from django.conf import settings

from adaldyq.base.tables import Column, ColumnType, Table
from adaldyq.countries.loader import load
from adaldyq.countries.tables import EXCHANGE_RATE, INDEX_VALUE, exchange_rates, index_values
from adaldyq.kernel import models
from adaldyq.kernel.published import Published, publish


def pack_exchange_rates() -> Iterator[Mapping[str, object]]:
    """Rates of the country pack."""
    return exchange_rates(load(settings.COUNTRY))


def pack_index_values() -> Iterator[Mapping[str, object]]:
    """Index values of the country pack."""
    return index_values(load(settings.COUNTRY))


ACCOUNT = Table(
    "account",
    "A sign-in that acts are recorded under: whose it is.",
    (
        Column("id", ColumnType.TEXT, "Opaque id.", required=True),
        Column("person_id", ColumnType.TEXT, "Whose it is.", required=True),
    ),
    key="id",
)


def accounts() -> Iterator[Mapping[str, object]]:
    """Accounts behind which the register of people has somebody."""
    known = models.Account.objects.exclude(person=None).order_by("pk")
    yield from known.values("id", "person_id").iterator()


PROVENANCE = ("source", "as_of")
"""Dated rows share the source of the record that they belong to; the register pages show their own."""

PUBLISHED: tuple[Published, ...] = (
    publish(
        models.Territory,
        "territory",
        "A region, city, district or rural district.",
        leave_out=("names", "opened_date", "closed_date"),
    ),
    publish(models.Person, "person", "A natural person."),
    publish(
        models.PersonName, "person_name", "What a person is called in one language and script.", leave_out=PROVENANCE
    ),
    publish(
        models.PersonIdentifier, "person_identifier", "A number that a scheme gave a person.", leave_out=PROVENANCE
    ),
    publish(models.FamilyTie, "family_tie", "A tie between two people, a row from each side.", leave_out=PROVENANCE),
    publish(models.Residence, "residence", "Where a person is registered to live.", leave_out=PROVENANCE),
    publish(models.Body, "body", "A state institution.", leave_out=("names", "opened_date", "closed_date")),
    publish(models.Post, "post", "A post in a state institution.", leave_out=("titles", *PROVENANCE)),
    publish(models.Appointment, "appointment", "Who holds a post, from a day to a day.", leave_out=PROVENANCE),
    publish(models.Company, "company", "A legal person that is not a state institution."),
    publish(models.Ownership, "ownership", "A share in a company.", leave_out=PROVENANCE),
    publish(models.LandRight, "land_register", "A right to real estate, from the register of rights."),
    publish(models.VehicleRight, "vehicle_register", "Ownership of a vehicle, from the register of vehicles."),
    publish(models.BankBalance, "bank_balance", "Balance of an account at the end of a year, from the banks."),
    publish(models.IncomeRecord, "income_record", "Income of a year, from the payers' reports to the tax service."),
    publish(models.LoanBalance, "loan_balance", "Debt to a licensed lender at the end of a year, from the lenders."),
    publish(models.SecurityHolding, "security_holding", "Securities held at the end of a year, from the depository."),
    Published(ACCOUNT, rows=accounts),
    Published(EXCHANGE_RATE, rows=pack_exchange_rates),
    Published(INDEX_VALUE, rows=pack_index_values),
)
