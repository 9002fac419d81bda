"""A draft begins with what lenders, the depository, companies and the land register know beside property and pay."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from adaldyq.kernel.models import Company, CorrectionRequest, LoanBalance, Person, SecurityHolding
from adaldyq.measures.declarations.models import Draft
from tests import factories
from tests.measures.declarations.views.journey import address, begun

pytestmark = pytest.mark.django_db

REPORTED: dict[str, Any] = {"year": 2024, "currency": "KZT", "source": "t", "as_of": date(2025, 2, 1)}
FLAT: dict[str, Any] = {"object_number": "20-1", "address": "Абай 1", "valid_from": date(2024, 4, 2)}


def owes(person: Person, **facts: Any) -> LoanBalance:
    known = {"lender": "Дала Банк", "kind": "mortgage", "since_date": date(2024, 4, 2), "balance": Decimal(900)}
    made = LoanBalance(person=person, **{**REPORTED, **known, **facts})
    factories.loaded("loan_balance", made)
    return made


def holds(person: Person, **facts: Any) -> SecurityHolding:
    known = {"issuer": "Энергия", "kind": "share", "quantity": Decimal(7), "market_value": Decimal(50), "country": "KZ"}
    made = SecurityHolding(person=person, **{**REPORTED, **known, **facts})
    factories.loaded("security_holding", made)
    return made


def heads(person: Person, **facts: Any) -> Company:
    made = Company(
        **{"name": "Shop", "legal_form": "too", "head": person, "source": "t", "as_of": date(2025, 1, 1), **facts}
    )
    factories.loaded("company", made)
    return made


def typed(draft: Draft, section: str, box: str) -> list[str | None]:
    return [one.typed.get(box) for one in draft.rows.filter(section=section)]


def test_loans_securities_and_posts_in_companies_come_from_their_registers(citizen: Client, declarant: Person) -> None:
    loan, holding, company = owes(declarant), holds(declarant), heads(declarant)
    owes(declarant, year=2023, lender="Old")
    heads(declarant, name="Closed", closed_date=date(2024, 5, 1))
    heads(declarant, name="Founded later", registered_date=date(2025, 1, 1))
    draft = begun(citizen, declarant)
    assert (typed(draft, "claim", "counterparty"), typed(draft, "claim", "direction")) == (["Дала Банк"], ["payable"])
    assert (typed(draft, "security", "issuer"), typed(draft, "security", "value")) == (["Энергия"], ["50"])
    assert (typed(draft, "position", "organisation"), typed(draft, "position", "paid")) == (["Shop"], [None])
    told = {"claim": "From the lender’s report", "security": "From the depository", "position": "From the register of"}
    records = {"claim": loan, "security": holding, "position": company}
    for (section, words), record in zip(told.items(), records.values(), strict=True):
        row = draft.rows.get(section=section)
        page = citizen.get(address("draft-section", draft.pk, section)).content.decode()
        assert words in page
        assert reverse("registers-claim", args=[row.origin, record.pk]) in page


def test_whoever_owes_less_than_the_lender_says_asks_for_a_correction(citizen: Client, declarant: Person) -> None:
    loan = owes(declarant)
    begun(citizen, declarant)
    claim = reverse("registers-claim", args=["loan_balance", loan.pk])
    assert "Owed at the end of the year" in citizen.get(claim).content.decode()
    said = {"field": "balance", "value": "400", "evidence": "Letter of the bank", "form_key": "k" * 16}
    assert citizen.post(claim, said).status_code == 302
    assert CorrectionRequest.objects.get().record_id == loan.pk
    mine = citizen.get(reverse("registers-mine")).content.decode()
    assert "Дала Банк" in mine
    assert "mortgage" in mine


def test_what_a_spouse_owes_or_holds_is_not_shown_but_a_childs_securities_are(
    citizen: Client, declarant: Person
) -> None:
    spouse, child = factories.person(("Жұбайы",)), factories.person(("Бала",), birth_date=date(2015, 5, 1))
    factories.family_tie(declarant, spouse)
    factories.family_tie(declarant, child, "child")
    for one in (owes, holds, heads):
        one(spouse)
    holds(child, issuer="Of the child")
    draft = begun(citizen, declarant)
    assert not draft.rows.filter(section__in=("claim", "position")).exists()
    assert (typed(draft, "security", "issuer"), typed(draft, "security", "owner")) == (["Of the child"], ["child"])


def test_property_that_was_given_is_a_gift_with_its_giver(citizen: Client, declarant: Person) -> None:
    giver = factories.person(("Сыйлаушы Адам",))
    facts = {"basis": "gift", "previous_owner": giver, "market_value": Decimal(4000)}
    factories.land(declarant, **FLAT, **facts)
    factories.land(declarant, **{**FLAT, "object_number": "20-2", "valid_from": date(2023, 4, 2)}, **facts)
    draft = begun(citizen, declarant)
    row = draft.rows.get(section="gift")
    assert (row.typed["giver"], row.typed["value"], row.typed["received_date_year"]) == (
        "Сыйлаушы Адам",
        "4000",
        "2024",
    )
    assert draft.rows.filter(section="real_estate").count() == 2


@pytest.mark.parametrize(("car", "told"), [(30_000_000, 2), (20_000_000, 0)])
def test_purchases_are_filled_in_once_they_come_to_the_sum_of_the_law(
    citizen: Client, declarant: Person, car: int, told: int
) -> None:
    factories.land(declarant, **FLAT, price=Decimal(50_000_000))
    factories.vehicle(declarant, valid_from=date(2024, 9, 1), price=Decimal(car))
    draft = begun(citizen, declarant)
    rows = draft.rows.filter(section="acquisition")
    assert [(one.origin, "source_of_funds" in one.typed) for one in rows] == [
        ("land_register", False),
        ("vehicle_register", False),
    ][:told]


def test_a_gift_left_out_is_asked_about_though_the_flat_is_declared(citizen: Client, declarant: Person) -> None:
    factories.land(declarant, **FLAT, basis="gift", market_value=Decimal(4000))
    draft = begun(citizen, declarant)
    check = address("draft-check", draft.pk)
    title = "Registers know more than you state"
    assert title not in citizen.get(check).content.decode()
    draft.rows.get(section="gift").delete()
    asked = citizen.get(check).content.decode().split(title)[1].split("</ul>")[0]
    assert "Gifts, thing. From the register of land and buildings." in asked
    assert "Real estate" not in asked


def test_last_year_adds_only_what_these_registers_do_not_tell(citizen: Client, declarant: Person) -> None:
    owes(declarant)
    holds(declarant)
    heads(declarant)
    before: factories.Rows = {
        "claim": [
            {"kind": "mortgage", "direction": "payable", "counterparty": "Дала Банк", "amount": 800},
            {"kind": "private loan", "direction": "payable", "counterparty": "Досым", "amount": 5},
        ],
        "security": [{"issuer": "Энергия", "kind": "share", "quantity": 7, "value": 40}],
        "position": [{"organisation": "Shop", "title": "Director", "paid": True}],
    }
    factories.declaration(declarant, 2023, rows=before)
    draft = begun(citizen, declarant)
    assert sorted(map(str, typed(draft, "claim", "counterparty"))) == ["Дала Банк", "Досым"]
    assert typed(draft, "security", "value") == ["50"]
    row = draft.rows.get(section="position")
    assert (row.origin, row.typed["paid"], row.sources["paid"]) == ("company", "yes", "last_year")


def test_a_thing_of_last_year_is_known_again_however_its_number_was_written(citizen: Client, declarant: Person) -> None:
    factories.land(declarant, object_number="20-313-001", address="Абай 1")
    factories.land(declarant, object_number="20-313-002", valid_to=date(2024, 5, 1))
    held = [{"kind": "apartment", "object_number": f"20 313 00{last}", "value": 5} for last in (1, 2)]
    factories.declaration(declarant, 2023, rows={"real_estate": held})
    row = begun(citizen, declarant).rows.get(section="real_estate")
    assert (row.typed["object_number"], row.typed["value"], row.origin) == ("20-313-001", "5", "land_register")
