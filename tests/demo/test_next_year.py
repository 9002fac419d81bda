"""Registers report the year that is being declared, so that whoever tries the sample country finds it filled in."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from adaldyq.demo.filing_story import leave_to_file
from adaldyq.demo.lists import YEARS
from adaldyq.demo.next_year import NEXT
from adaldyq.demo.world import Country
from adaldyq.demo.year_story import let_the_year_pass
from adaldyq.kernel.models import Account, LandRight
from adaldyq.kernel.roles import Role
from adaldyq.measures.declarations.models import Draft
from tests import factories

AT = datetime(2026, 3, 1, 12, tzinfo=UTC)
REPORTED = ("income_record", "bank_balance", "loan_balance", "security_holding")
Row = dict[str, Any]


@cache
def rows(table: str) -> list[Row]:
    return [row for part in Country(11, 1500).parts() if table in part.tables for row in part.tables[table].to_pylist()]


@pytest.mark.parametrize("table", REPORTED)
def test_what_is_reported_goes_on_for_those_who_live(table: str) -> None:
    by_year: dict[int, set[str]] = defaultdict(set)
    for row in rows(table):
        by_year[row["year"]].add(row["person_id"])
        assert (row["as_of"] > date(NEXT + 1, 1, 1)) == (row["year"] == NEXT)
    dead = {row["id"] for row in rows("person") if row["death_date"]}
    assert by_year[NEXT]
    assert by_year[NEXT] <= by_year[YEARS[-1]] - dead


def test_nobody_has_declared_or_must_declare_that_year_yet() -> None:
    for table in ("declaration", "obligation"):
        assert {row["year"] for row in rows(table)} == set(YEARS)


def test_every_debt_and_security_that_is_reported_was_declared() -> None:
    by_id = {row["id"]: (row["person_id"], row["year"]) for row in rows("declaration")}
    for register, section, told in (
        ("loan_balance", "claim", ("counterparty", "amount")),
        ("security_holding", "security", ("issuer", "value")),
    ):
        stated = {(by_id[row["declaration_id"]], row[told[0]], row[told[1]]) for row in rows(f"declared_{section}")}
        own = {"loan_balance": ("lender", "balance"), "security_holding": ("issuer", "market_value")}[register]
        declared = set(by_id.values())
        checked = [row for row in rows(register) if (row["person_id"], row["year"]) in declared]
        assert checked
        for row in checked:
            assert ((row["person_id"], row["year"]), row[own[0]], row[own[1]]) in stated


@pytest.mark.django_db
def test_the_citizen_finds_the_year_filled_in(client: Client) -> None:
    person = factories.person()
    factories.declaration(person, YEARS[-1])
    citizen = factories.account("citizen", Role.CITIZEN)
    Account.objects.filter(pk=citizen.pk).update(person=person)
    citizen.refresh_from_db()
    for _once_more in range(2):
        let_the_year_pass(citizen, AT)
        leave_to_file(citizen, AT)
    assert LandRight.objects.filter(owner_person=person).count() == 2
    client.force_login(citizen)
    (owed,) = person.obligations.all()
    client.post(reverse("declarations-begin", args=[owed.pk]))
    filled = set(Draft.objects.get().rows.values_list("section", flat=True))
    assert filled == {"real_estate", "acquisition", "gift", "claim", "security"}
