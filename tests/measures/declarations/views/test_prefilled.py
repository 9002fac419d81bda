"""A draft begins with what registers and last year's declaration know, each value with its source."""

from __future__ import annotations

import html
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from adaldyq.base.errors import NotAllowed
from adaldyq.kernel.actions.corrections import accept_correction, take_correction
from adaldyq.kernel.actor import actor_of
from adaldyq.kernel.models import (
    BankBalance,
    Company,
    CorrectionRequest,
    IncomeRecord,
    Ownership,
    Person,
    RoleGrant,
)
from adaldyq.kernel.roles import Registry, Role
from adaldyq.measures.declarations.models import Declaration, Draft, DraftRow
from tests import factories
from tests.measures.declarations.views.journey import address, answered, begun, shown_again

pytestmark = pytest.mark.django_db


def test_registers_and_last_year_fill_in_what_they_know(citizen: Client, declarant: Person) -> None:
    child = factories.person(("Бала",), birth_date=date(2015, 5, 1))
    spouse = factories.person(("Жұбайы",))
    factories.family_tie(declarant, child, "child")
    factories.family_tie(declarant, spouse)
    flat = factories.land(declarant, object_number="20-1", address="Абай 1")
    factories.land(spouse, object_number="20-2", address="Spouse 2")
    sold = factories.land(declarant, object_number="20-3", valid_to=date(2024, 5, 1))
    held = [{"kind": "apartment", "object_number": number, "value": 5} for number in ("20-1", sold.object_number)]
    before: factories.Rows = {"real_estate": held, "cash": [{"amount": 900}], "gift": [{"kind": "thing", "value": 7}]}
    factories.declaration(declarant, 2023, rows=before)
    draft = begun(citizen, declarant)
    (estate,) = draft.rows.filter(section="real_estate")
    assert (estate.typed["address"], estate.typed["value"], estate.origin_id) == ("Абай 1", "5", flat.pk)
    assert estate.sources["address"] == "land_register"
    assert estate.sources["value"] == "last_year"
    assert {one.typed["relation"] for one in draft.rows.filter(section="family")} == {"spouse", "child"}
    cash = draft.rows.get(section="cash")
    assert "amount" not in cash.typed
    assert not draft.rows.filter(section="gift").exists()
    page = citizen.get(address("draft-row", draft.pk, "real_estate", estate.pk)).content.decode()
    assert "From the register of land and buildings." in page
    assert "From your declaration for 2023." in page
    claim = reverse("registers-claim", args=["land_register", flat.pk])
    assert claim in page
    assert citizen.get(claim).status_code == 200


def test_last_year_tells_of_family_and_income_that_no_register_knows(citizen: Client, declarant: Person) -> None:
    divorced = factories.person(("Бұрынғы",))
    factories.family_tie(declarant, divorced, valid_to=date(2024, 3, 1))
    child = factories.person(("Бала Бір",), birth_date=date(2015, 5, 1))
    factories.family_tie(declarant, child, "child")
    known = {"source": factories.SOURCE, "as_of": factories.AS_OF}
    company = Company(name="Shop", legal_form="too", **known)
    factories.loaded("company", company)
    share = Ownership(company=company, owner_person=declarant, share=Decimal(40), kind="direct", **known)
    factories.loaded("ownership", share)
    family: list[dict[str, Any]] = [
        {"relation": "spouse", "owner": "spouse", "name": "Бұрынғы", "relative_id": divorced.pk},
        {"relation": "child", "owner": "child", "name": "Bala Bir", "birth_date": date(2015, 5, 1)},
        {"relation": "child", "owner": "child", "name": "Бала Екі", "birth_date": date(2016, 5, 1)},
        {"relation": "child", "owner": "child", "name": "Ересек", "birth_date": date(2006, 5, 1)},
    ]
    rent, salary = {"kind": "rent", "payer": "Жалгер", "amount": 5}, {"kind": "salary", "payer": "Школа", "amount": 9}
    abroad = {"kind": "salary", "payer": "Schule", "country": "DE", "amount": 3}
    before: factories.Rows = {
        "family": family,
        "income": [rent | {"country": "KZ"}, salary | {"country": "KZ"}, abroad],
        "company_interest": [{"company_name": "Old", "company_id": company.pk, "value": 700}],
        "claim": [{"kind": "mortgage", "direction": "payable", "counterparty": "Банк", "amount": 800}],
        "vehicle": [
            {"kind": "car", "make": "Hers", "owner": "spouse"},
            {"kind": "car", "make": "Own", "owner": "child"},
        ],
    }
    factories.declaration(declarant, 2023, rows=before)
    draft = begun(citizen, declarant)

    def typed(section: str, box: str) -> list[str | None]:
        return [one.typed.get(box) for one in draft.rows.filter(section=section)]

    assert typed("family", "name") == ["Бала Бір", "Бала Екі"]
    assert sorted(map(str, typed("income", "payer"))) == ["Schule", "Жалгер", "Школа"]
    assert typed("income", "amount") == [None, None, None], "another each year"
    assert typed("claim", "amount") == [None]
    assert typed("company_interest", "value") == ["700"], "no register knows it"
    assert typed("vehicle", "make") == ["Own"], "what is the former wife’s is not of this household"


def test_the_number_of_a_relative_comes_from_last_year(citizen: Client, declarant: Person) -> None:
    child = factories.person(("Бала",), birth_date=date(2017, 5, 1))
    factories.family_tie(declarant, child, "child")
    stated = {"relation": "child", "owner": "child", "name": "Бала", "relative_id": child.pk, "number": "170501"}
    factories.declaration(declarant, 2023, rows={"family": [stated]})
    kept = begun(citizen, declarant).rows.get(section="family")
    assert (kept.origin, kept.typed["number"], kept.sources["number"]) == ("family_tie", "170501", "last_year")


def test_a_sum_that_is_left_empty_says_what_it_was_last_year(citizen: Client, declarant: Person) -> None:
    debt: dict[str, Any] = {"kind": "mortgage", "direction": "payable", "counterparty": "Банк", "amount": 800}
    factories.declaration(declarant, 2023, rows={"claim": [debt]})
    draft = begun(citizen, declarant)
    kept = draft.rows.get(section="claim")
    where, told = address("draft-row", draft.pk, "claim", kept.pk), "In your declaration for 2023: 800\u00a0₸."
    for page in (address("draft-section", draft.pk, "claim"), where):
        assert told in citizen.get(page).content.decode()
    citizen.post(where, {**kept.typed, "amount": "750", "revision": "1"})
    assert told not in citizen.get(where).content.decode()


def test_whoever_mends_an_entry_comes_to_the_next_that_is_to_be_mended(citizen: Client, declarant: Person) -> None:
    banks = [{"bank": name, "country": "KZ", "currency": "KZT", "amount": 5} for name in ("A", "B", "C")]
    factories.declaration(declarant, 2023, rows={"account": banks})
    draft = begun(citizen, declarant)
    one, two, three = draft.rows.filter(section="account").order_by("position")

    def saved(row: DraftRow) -> str:
        sent = {**row.typed, "amount": "7", "revision": str(row.revision)}
        return citizen.post(address("draft-row", draft.pk, "account", row.pk), sent).headers["Location"]

    assert saved(one) == (following := address("draft-row", draft.pk, "account", two.pk))
    assert "Entry 2 of 3" in citizen.get(following).content.decode()
    assert saved(three) == address("draft-section", draft.pk, "account") + "#rows"
    assert saved(two) == address("draft-section", draft.pk, "account") + "#rows"


def test_a_parent_says_that_a_register_is_wrong_about_a_child_under_age(citizen: Client, declarant: Person) -> None:
    born = timezone.localdate().replace(day=1) - timedelta(days=17 * 365)
    child, other = factories.person(("Бала",), birth_date=born), factories.person(("Бөтен",), birth_date=born)
    factories.family_tie(declarant, child, "child")
    plot = factories.land(child, object_number="20-9", kind="land", area=600)
    draft = begun(citizen, declarant)
    claim = reverse("registers-claim", args=["land_register", plot.pk])
    assert claim in citizen.get(address("draft-section", draft.pk, "real_estate")).content.decode()
    said = {"field": "area", "value": "500", "evidence": "The plan of the plot", "form_key": "k" * 16}
    assert citizen.post(claim, said).status_code == 302
    request = CorrectionRequest.objects.get()
    assert (request.record_id, request.person_id, request.state) == (plot.pk, declarant.pk, "submitted")
    assert citizen.get(reverse("registers-correction", args=[request.pk])).status_code == 200
    strangers = factories.land(other, object_number="20-8")
    assert citizen.get(reverse("registers-claim", args=["land_register", strangers.pk])).status_code == 404
    Person.objects.filter(pk=child.pk).update(birth_date=born - timedelta(days=400))
    assert citizen.get(claim).status_code == 404, "who is of age says it alone"
    assert claim not in citizen.get(address("draft-section", draft.pk, "real_estate")).content.decode()


def test_a_wrong_report_of_a_payer_or_a_bank_is_corrected_from_the_entry(citizen: Client, declarant: Person) -> None:
    of_the_year: dict[str, Any] = {
        "person": declarant,
        "year": 2024,
        "currency": "KZT",
        "source": "t",
        "as_of": date(2025, 2, 1),
    }
    paid = IncomeRecord.objects.create(kind="salary", amount=Decimal(700), tax_withheld=Decimal(70), **of_the_year)
    balance = BankBalance.objects.create(
        bank="Дала", country="KZ", account_number="KZ1", balance=Decimal(90), **of_the_year
    )
    left = {"kind": "salary", "payer": "Школа", "country": "KZ", "amount": 9}
    factories.declaration(declarant, 2023, rows={"income": [left]})
    draft = begun(citizen, declarant)
    assert draft.rows.get(section="income").origin == "income_record", (
        "payers have reported, so that the former is left out"
    )
    for section, register, record in (("income", "income_record", paid), ("account", "bank_balance", balance)):
        claim = reverse("registers-claim", args=[register, record.pk])
        assert claim in citizen.get(address("draft-section", draft.pk, section)).content.decode()
    said = {"field": "amount", "value": "500", "evidence": "The payslips", "form_key": "k" * 16}
    claim = reverse("registers-claim", args=["income_record", paid.pk])
    assert citizen.post(claim, said).status_code == 302
    request = CorrectionRequest.objects.get()
    keeper = factories.account("revenue", Role.REGISTRAR)
    RoleGrant.objects.filter(account=keeper).update(registry=Registry.REVENUE)
    other = factories.account("land", Role.REGISTRAR)
    RoleGrant.objects.filter(account=other).update(registry=Registry.LAND)
    with pytest.raises(NotAllowed):
        take_correction(request=request, by=actor_of(other), at=factories.AT)
    taken = take_correction(request=request, by=actor_of(keeper), at=factories.AT)
    accept_correction(request=taken, ground="", by=actor_of(keeper), at=factories.AT)
    paid.refresh_from_db()
    assert paid.amount == Decimal(500)
    own = citizen.get(reverse("registers-mine")).content.decode()
    assert "Income paid" in own
    assert "Bank accounts" in own


def test_a_current_account_and_a_deposit_that_a_bank_reports_under_one_number_do_not_hinder_filing(
    citizen: Client, declarant: Person
) -> None:
    for balance in (90, 5000):
        BankBalance.objects.create(
            person=declarant, year=2024, currency="KZT", source="t", as_of=date(2025, 2, 1), bank="Дала", country="KZ",
            account_number="KZ1", balance=Decimal(balance),
        )  # fmt: skip
    draft = begun(citizen, declarant)
    where = address("draft-section", draft.pk, "account")
    assert "same account as in entry" not in citizen.get(where).content.decode()
    first, _second = draft.rows.filter(section="account").order_by("position")
    typed = {**first.typed, "amount": "7"}
    citizen.post(address("draft-row", draft.pk, "account", "0000000000AA"), typed)
    assert "same account as in entry 1" in citizen.get(where).content.decode()


def test_a_source_of_most_columns_is_said_once(citizen: Client, declarant: Person) -> None:
    factories.land(declarant, object_number="20-1", address="Абай 1", area=84)
    draft = begun(citizen, declarant)
    row = draft.rows.get()
    where = address("draft-row", draft.pk, "real_estate", row.pk)
    citizen.post(where, {**row.typed, "area": "90", "revision": "1"})
    for page in (citizen.get(where), citizen.get(address("draft-section", draft.pk, "real_estate"))):
        text = page.content.decode()
        assert text.count("From the register of land and buildings.") == 1
        assert text.count("As you typed it.") == 1


def test_what_is_typed_over_a_register_is_no_longer_said_to_be_from_it(citizen: Client, declarant: Person) -> None:
    factories.land(declarant, object_number="20-1", address="Абай 1")
    draft = begun(citizen, declarant)
    row = draft.rows.get()
    typed = {**row.typed, "address": "Абай 2", "revision": "1"}
    citizen.post(address("draft-row", draft.pk, "real_estate", row.pk), typed)
    row.refresh_from_db()
    assert "address" not in row.sources
    assert row.sources["kind"] == "land_register"


@pytest.mark.parametrize(
    ("language", "said"),
    [("kk", "деректің қасында қайдан алынғаны жазылған"), ("ru", "У данных из другого источника это указано")],
)
def test_that_an_entry_has_two_sources_is_said_in_the_language_of_the_page(
    citizen: Client, declarant: Person, language: str, said: str
) -> None:
    factories.land(declarant, object_number="20-1", address="Абай 1")
    before: factories.Rows = {"real_estate": [{"kind": "apartment", "object_number": "20-1", "value": 5}]}
    factories.declaration(declarant, 2023, rows=before)
    draft = begun(citizen, declarant)
    with translation.override(language):
        page = citizen.get(address("draft-section", draft.pk, "real_estate")).content.decode()
    assert said in page
    assert "from elsewhere" not in page


def test_a_husband_or_wife_who_had_died_is_not_of_the_family_and_a_row_that_names_one_is_not_filed(
    citizen: Client, declarant: Person
) -> None:
    wife = factories.person(["Жұбайы Өлген"], birth_date=date(1976, 1, 1))
    factories.family_tie(declarant, wife)
    factories.land(wife)
    draft = begun(citizen, declarant)
    answered(citizen, draft)
    assert draft.rows.get(section="family").typed["relative_id"] == wife.pk
    Person.objects.filter(pk=wife.pk).update(death_date=date(2020, 5, 1))
    told = html.unescape(citizen.get(address("draft-check", draft.pk)).content.decode())
    assert "The register says that this person died on" in told
    shown_again(citizen)
    citizen.post(address("draft-sign", draft.pk), {"true": "on"})
    assert not Declaration.objects.exists()
    another = factories.obligation(declarant, 2023)
    citizen.post(address("begin", another.pk))
    assert not Draft.objects.get(year=2023).rows.exists()
