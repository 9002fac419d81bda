"""A person files through the pages: from what is owed to the receipt."""

from __future__ import annotations

import time
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from adaldyq.base.errors import DomainError
from adaldyq.kernel import naming
from adaldyq.kernel.actions.mandates import grant_mandate
from adaldyq.kernel.actor import actor_of
from adaldyq.kernel.idempotency import sent_once
from adaldyq.kernel.models import Account, Document, Notification, Person
from adaldyq.ledger.models import Leaf
from adaldyq.measures.declarations.actions.filing import file_draft
from adaldyq.measures.declarations.domain.questions import sections_of
from adaldyq.measures.declarations.models import SECTION_MODELS, Declaration, Draft, DraftRow, Obligation
from adaldyq.measures.declarations.queries.drafts import Filled
from adaldyq.measures.declarations.views import filing
from adaldyq.ui.formats.values import day, money
from tests import factories
from tests.kernel.documents.reading import text_of
from tests.measures.declarations.views.journey import (
    CAR,
    account_of,
    address,
    answered,
    begun,
    filled_in,
    shown_again,
    signing,
)

pytestmark = pytest.mark.django_db


def test_what_is_owed_is_opened_filled_in_checked_and_listed(citizen: Client, declarant: Person) -> None:
    draft = begun(citizen, declarant)
    page = citizen.get(address("draft", draft.pk)).content.decode()
    assert "0 of 16 sections are complete" in page
    row = address("draft-row", draft.pk, "vehicle", "0000000000AA")
    assert citizen.get(row).status_code == 200
    wrong = citizen.post(row, {**CAR, "share": "120", "acquired_date_month": "13"})
    assert wrong.status_code == 422
    text = wrong.content.decode()
    assert "A share lies above 0" in text
    assert "There is no day “27 13 2019”" in text
    assert 'value="120"' in text
    kept = DraftRow.objects.get()
    assert kept.typed["share"] == "120"
    assert citizen.post(row, {**CAR, "revision": "1"}).status_code == 302
    section = address("draft-section", draft.pk, "vehicle")
    assert "Toyota Camry" in citizen.get(section).content.decode()
    assert citizen.post(section, {"answer": "complete"}).status_code == 302
    for one in sections_of("income"):
        if one.name != "vehicle":
            assert citizen.post(address("draft-section", draft.pk, one.name), {"answer": "nothing"}).status_code == 302
    check = citizen.get(address("draft-check", draft.pk)).content.decode()
    assert "Before you can file" not in check
    assert "Who declares" in check
    assert reverse("registers-mine") in check
    assert naming.names_of([declarant.pk])[declarant.pk] in check
    assert "9\u202f500\u202f000.50" in check


def test_a_signed_declaration_is_filed_once_with_its_line_and_settles_the_obligation(
    citizen: Client, declarant: Person
) -> None:
    draft = filled_in(citizen, declarant, due_date=date(2999, 9, 15))
    citizen.post(
        address("draft-row", draft.pk, "cash", "0000000000AB"), {"owner": "declarant", "amount": "5", "currency": "KZT"}
    )
    citizen.post(address("draft-section", draft.pk, "cash"), {"answer": "complete"})
    sent = signing(citizen, draft)
    first = citizen.post(address("draft-sign", draft.pk), sent)
    again = citizen.post(address("draft-sign", draft.pk), sent)
    filed = Declaration.objects.get()
    assert first.headers["Location"] == again.headers["Location"] == address("filed", filed.pk)
    (line,) = Leaf.objects.filter(act="declarations.declaration.file")
    assert line.subject == filed.pk
    assert (filed.version, filed.is_current, filed.declarant_name) == (1, True, factories.NAMES[0])
    car = SECTION_MODELS["vehicle"]._default_manager.values("make", "share", "value", "acquired_date").get()
    assert car == {
        "make": "Toyota Camry",
        "share": Decimal(100),
        "value": Decimal("9500000.50"),
        "acquired_date": date(2019, 3, 27),
    }
    assert Obligation.objects.get().filed_date == filed.filed_date
    assert not DraftRow.objects.exists()
    with CaptureQueriesContext(connection) as asked:
        page = citizen.get(address("filed", filed.pk)).content.decode()
    read = sum("declarations_attachment" in (one["sql"] or "") for one in asked)
    assert read == 2, "for the ledger's line, and for the rows"
    assert (filed.pk in page, "Filed on time" in page) == (True, True)
    assert line.reference in page
    assert citizen.get(address("draft", draft.pk)).headers["Location"] == address("filed", filed.pk)


def test_signing_asks_for_the_password_once_more(citizen: Client, declarant: Person) -> None:
    draft = filled_in(citizen, declarant)
    session = citizen.session
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": "mfa", "at": time.time()}]
    session.save()
    for answer in (citizen.get(address("draft-sign", draft.pk)), citizen.post(address("draft-sign", draft.pk))):
        assert answer.headers["Location"].startswith("/en/sign-in/again/?next=")
    assert not Declaration.objects.exists()


def test_a_draft_that_is_given_up_is_said_to_be_gone(citizen: Client, declarant: Person) -> None:
    draft = begun(citizen, declarant)
    page = citizen.post(address("draft-set-aside", draft.pk), follow=True).content.decode()
    assert "The draft is given up" in page
    assert "The draft is given up" not in citizen.get(address("mine")).content.decode()


def test_after_the_last_day_it_is_filed_all_the_same_and_is_late(citizen: Client, declarant: Person) -> None:
    draft = filled_in(citizen, declarant, due_date=date(2025, 9, 15))
    assert "The last day to file has passed" in citizen.get(address("draft-check", draft.pk)).content.decode()
    citizen.post(address("draft-sign", draft.pk), signing(citizen, draft))
    page = citizen.get(address("filed", Declaration.objects.get().pk)).content.decode()
    assert "Filed late" in page


def test_the_last_day_may_pass_while_the_page_is_open(citizen: Client, declarant: Person) -> None:
    draft = filled_in(citizen, declarant, due_date=timezone.localdate())
    assert "The last day to file has passed" not in citizen.get(address("draft-sign", draft.pk)).content.decode()
    sent = {**signing(citizen, draft), "in_time": "1"}
    Obligation.objects.update(due_date=timezone.localdate() - timedelta(days=1))
    asked = citizen.post(address("draft-sign", draft.pk), sent)
    assert asked.status_code == 422
    assert "File again: it counts as late" in asked.content.decode()
    assert 'name="in_time" value="1"' not in asked.content.decode()
    answer = citizen.post(address("draft-sign", draft.pk), {**sent, "in_time": ""}, follow=True)
    page = answer.content.decode()
    assert "Filed late" in page
    assert "the declarant in person" in page


def test_a_clock_that_is_set_back_stops_nobody_and_proves_nothing(
    citizen: Client, declarant: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = filled_in(citizen, declarant)
    citizen.post(address("draft-sign", draft.pk), signing(citizen, draft))
    first = Declaration.objects.get()
    earlier = timezone.now() - timedelta(days=2)
    monkeypatch.setattr(timezone, "now", lambda: earlier)
    monkeypatch.setattr(time, "time", earlier.timestamp)
    citizen.post(address("amend", first.pk))
    second = Draft.objects.get(state="open")
    here = address("draft-sign", second.pk)
    assert citizen.get(here).headers["Location"].startswith("/en/sign-in/again/?next=")
    shown_again(citizen)
    assert citizen.post(here, signing(citizen, second)).status_code == 302
    assert Declaration.objects.get(is_current=True).version == 2


def test_what_was_changed_after_it_was_seen_is_not_signed(citizen: Client, declarant: Person) -> None:
    draft = filled_in(citizen, declarant)
    sent = signing(citizen, draft)
    citizen.post(address("draft-row", draft.pk, "vehicle", "0000000000AA"), {**CAR, "revision": "1", "share": "50"})
    answer = citizen.post(address("draft-sign", draft.pk), sent)
    assert answer.status_code == 422
    assert "changed in another window" in answer.content.decode()
    assert not Declaration.objects.exists()


def test_a_draft_with_a_gap_is_not_filed(citizen: Client, declarant: Person) -> None:
    draft = begun(citizen, declarant)
    citizen.post(address("draft-row", draft.pk, "vehicle", "0000000000AA"), {**CAR, "make": ""})
    answered(citizen, draft)
    shown_again(citizen)
    assert citizen.get(address("draft-sign", draft.pk)).headers["Location"] == address("draft-check", draft.pk)
    page = citizen.get(address("draft-check", draft.pk)).content.decode()
    assert address("draft-row", draft.pk, "vehicle", "0000000000AA") + "#id_make" in page
    by = actor_of(Account.objects.get())
    with pytest.raises(DomainError) as refused:
        file_draft(draft=draft, seen=Filled(draft).seen, by=by, at=factories.AT)
    assert refused.value.code == "draft-incomplete"


def test_nobody_else_opens_a_draft_or_what_was_filed(citizen: Client, declarant: Person) -> None:
    draft = filled_in(citizen, declarant)
    stranger = Client()
    stranger.force_login(account_of(factories.person(), "stranger"))
    owed = draft.obligation_id
    pages = [
        *(address(name, draft.pk) for name in ("draft", "draft-check", "draft-sign", "draft-set-aside")),
        address("draft-section", draft.pk, "vehicle"),
        address("draft-row", draft.pk, "vehicle", "0000000000AA"),
        address("draft-row-remove", draft.pk, "vehicle", "0000000000AA"),
    ]
    for page in pages:
        assert stranger.get(page).status_code == 404, page
        assert stranger.post(page, CAR).status_code in {404, 405}, page
    assert stranger.post(address("begin", owed)).status_code == 404
    citizen.post(address("draft-sign", draft.pk), signing(citizen, draft))
    filed = Declaration.objects.get().pk
    assert stranger.get(address("filed", filed)).status_code == 404
    assert stranger.post(address("amend", filed)).status_code == 404


def test_who_acts_for_a_person_files_for_them(declarant: Person) -> None:
    helper = factories.person()
    today = timezone.localdate()
    acting = Client()
    acting.force_login(account_of(helper, "helper"))
    factories.obligation(declarant, 2024)
    assert "To file" not in acting.get(address("mine")).content.decode()
    own = account_of(declarant, "principal")
    principal = actor_of(own)
    grant_mandate(representative=helper, valid_from=today, by=principal, at=timezone.now())
    acting.post("/en/my/acting-for/", {"principal": f"person:{declarant.pk}"})
    acting.post(address("begin", Obligation.objects.get().pk))
    draft = Draft.objects.get()
    assert draft.person == declarant
    answered(acting, draft)
    shown_again(acting)
    acting.post(address("draft-sign", draft.pk), signing(acting, draft))
    assert Declaration.objects.get().person == declarant
    line = Leaf.objects.get(act="declarations.declaration.file")
    assert f'"on_behalf_of":"person:{declarant.pk}"' in (line.payload or "")
    filed = Declaration.objects.get().pk
    assert address("certificate", filed) in acting.get(address("filed", filed)).content.decode()
    opened = acting.post(address("certificate", filed), follow=True)
    assert acting.post(address("certificate", filed), follow=True).getvalue() == opened.getvalue()
    paper = text_of(opened.getvalue())
    assert all(told in paper for told in (Document.objects.get().number, filed, line.reference, "Filed late"))
    assert "by a mandate" in paper, "the certificate says who filed it"
    assert Notification.objects.get(message="declaration-filed-for").account_id == own.pk


def test_an_amendment_leads_to_the_register_that_tells_of_the_same_thing(citizen: Client, declarant: Person) -> None:
    known = factories.vehicle(declarant)
    draft = begun(citizen, declarant)
    answered(citizen, draft)
    shown_again(citizen)
    citizen.post(address("draft-sign", draft.pk), signing(citizen, draft))
    citizen.post(address("amend", Declaration.objects.get().pk))
    page = citizen.get(address("draft-section", Draft.objects.get(state="open").pk, "vehicle")).content.decode()
    assert f"/registers/corrections/new/vehicle_register/{known.pk}/" in page
    assert "As you filed it." in page


def test_an_amendment_begins_with_what_was_filed_and_makes_the_next_version(citizen: Client, declarant: Person) -> None:
    draft = filled_in(citizen, declarant)
    citizen.post(address("draft-sign", draft.pk), signing(citizen, draft))
    first = Declaration.objects.get()
    converted = {"amount": "500", "currency": "USD", "stated_amount": "210044"}
    factories.section_row("cash", first, {"owner": "declarant", **converted}).save()
    citizen.post(address("amend", first.pk))
    second = Draft.objects.get(state="open")
    row = second.rows.get(section="vehicle")
    assert row.typed["make"] == "Toyota Camry"
    for page in ("draft-section", "draft-row"):
        more = [row.pk] if page == "draft-row" else []
        assert citizen.get(address(page, second.pk, "vehicle", *more)).content.decode().count("As you filed it.") == 1
    citizen.post(address("draft-row", second.pk, "vehicle", row.pk), {**row.typed, "revision": "1", "value": "8000000"})
    check = citizen.get(address("draft-check", second.pk)).content.decode()
    assert (
        check.count("Value 9\u202f500\u202f000.50\u202f₸ → 8\u202f000\u202f000\u202f₸".replace("\u202f₸", "\u00a0₸"))
        == 2
    )
    assert "1 changed" in check
    assert "As converted by the declarant" not in check, "nobody is asked for it"
    citizen.post(address("draft-sign", second.pk), signing(citizen, second))
    versions = Declaration.objects.order_by("version").values_list("version", "is_current")
    assert list(versions) == [(1, False), (2, True)]
    receipt = citizen.get(address("filed", Declaration.objects.get(version=2).pk)).content.decode()
    assert "What differs from version 1" in receipt
    assert "Value 9\u202f500\u202f000.50\u00a0₸ → 8\u202f000\u202f000\u00a0₸" in receipt
    replaced = citizen.post(address("amend", first.pk))
    assert replaced.status_code == 409
    assert "A later version of the declaration for 2024 is in force" in replaced.content.decode()


def test_a_year_is_declared_when_it_is_over(citizen: Client, declarant: Person) -> None:
    year = timezone.localdate().year
    owed = factories.obligation(declarant, year=year, form="income", due_date=date(year + 1, 9, 15))
    page = citizen.get("/en/declarations/mine/").content.decode()
    assert "First day to file" in page
    assert str(year + 1) in page
    assert address("begin", owed.pk) not in page
    refused = citizen.post(address("begin", owed.pk))
    assert refused.status_code == 409
    assert "is not over yet" in refused.content.decode()
    assert not Draft.objects.exists()


def test_rates_are_told_where_sums_are_converted_and_a_currency_without_one_is_not_counted(
    citizen: Client, declarant: Person
) -> None:
    draft = begun(citizen, declarant)
    for number, currency in enumerate(("EUR", "JPY")):
        row = address("draft-row", draft.pk, "cash", f"0000000000A{number}")
        sent = {"owner": "declarant", "amount": "1000", "currency": currency}
        assert citizen.post(row, sent).status_code == 302
    answered(citizen, draft)
    shown_again(citizen)
    rate = next(one for one in naming.pack().rate_facts if (one.currency, one.year) == ("EUR", 2024))
    worth = money(rate.rate, "KZT")
    pages = [citizen.get(address(page, draft.pk)).content.decode() for page in ("draft-check", "draft-sign")]
    citizen.post(address("draft-sign", draft.pk), signing(citizen, draft))
    pages.append(citizen.get(address("filed", Declaration.objects.get().pk)).content.decode())
    for page in pages:
        assert worth in page
        assert day(date(2024, 12, 31)) in page
        assert "The country pack marks this value as illustrative." in page
        assert "1 sum in JPY is left out" in page
        assert money(1000 * rate.rate, "KZT") in page


def test_what_a_register_knows_and_the_draft_leaves_out_is_asked_about(citizen: Client, declarant: Person) -> None:
    factories.vehicle(declarant, make="Kia Rio")
    draft = begun(citizen, declarant)
    check = address("draft-check", draft.pk)
    assert "Registers know more" not in citizen.get(check).content.decode()
    row = draft.rows.get(section="vehicle")
    citizen.post(address("draft-row-remove", draft.pk, "vehicle", row.pk))
    page = citizen.get(check).content.decode()
    assert "Registers know more than you state" in page
    assert "Kia Rio. From the register of vehicles." in page
    citizen.post(address("draft-row", draft.pk, "vehicle", "0000000000AA"), {**CAR, "object_number": "kz-77-1"})
    assert "Registers know more" not in citizen.get(check).content.decode()


def test_whoever_of_the_family_is_left_out_is_asked_about(citizen: Client, declarant: Person) -> None:
    factories.family_tie(declarant, factories.person(("Жұбайы Бірінші",)))
    factories.family_tie(declarant, factories.person(("Бала Кіші",), birth_date=date(2015, 5, 1)), "child")
    factories.family_tie(declarant, factories.person(("Бала Үлкен",), birth_date=date(1999, 5, 1)), "child")
    draft = begun(citizen, declarant)
    check = address("draft-check", draft.pk)
    assert "Registers know more" not in citizen.get(check).content.decode()
    for row in draft.rows.filter(section="family"):
        citizen.post(address("draft-row-remove", draft.pk, "family", row.pk))
    asked = citizen.get(check).content.decode().split("Registers know more than you state")[1].split("</div>\n")[0]
    assert "Жұбайы Бірінші. From the register of families." in asked
    assert "Бала Кіші. From the register of families." in asked
    assert "Бала Үлкен" not in asked
    assert "If the marriage has ended" in asked
    by_hand = {"relation": "spouse", "name": "жұбайы  Бірінші"}
    citizen.post(address("draft-row", draft.pk, "family", "0000000000AA"), by_hand)
    asked = citizen.get(check).content.decode().split("Registers know more than you state")[1].split("</ul>")[0]
    assert "Бала Кіші" in asked
    assert "Жұбайы" not in asked


def test_that_registers_know_more_of_property_says_nothing_of_marriage(citizen: Client, declarant: Person) -> None:
    factories.vehicle(declarant, make="Kia Rio")
    draft = begun(citizen, declarant)
    citizen.post(address("draft-row-remove", draft.pk, "vehicle", draft.rows.get(section="vehicle").pk))
    page = citizen.get(address("draft-check", draft.pk)).content.decode()
    assert "Registers know more" in page
    assert "If the marriage has ended" not in page


def test_whoever_presses_twice_waits_for_the_receipt_of_the_first(
    citizen: Client, declarant: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = filled_in(citizen, declarant)
    sent = signing(citizen, draft)
    first = citizen.post(address("draft-sign", draft.pk), sent)
    asked: list[object] = []

    def under_way_at_first(*given: Any, **named: Any) -> Mapping[str, Any]:
        asked.append(given)
        if len(asked) < 3:
            raise DomainError("request-under-way")
        return sent_once(*given, **named)

    monkeypatch.setattr(filing, "sent_once", under_way_at_first)
    again = citizen.post(address("draft-sign", draft.pk), sent)
    assert (again.status_code, again["Location"], len(asked)) == (302, first["Location"], 3)
    assert Declaration.objects.count() == 1


def test_entries_of_one_name_are_told_apart_and_two_spouses_are_refused(citizen: Client, declarant: Person) -> None:
    draft = begun(citizen, declarant)
    for number in range(2):
        account = {"owner": "declarant", "bank": "Дала Банк", "country": "KZ", "currency": "KZT"}
        citizen.post(address("draft-row", draft.pk, "account", f"0000000000A{number}"), account)
        spouse = {"relation": "spouse", "name": "Б", "birth_date_day": "1", "birth_date_month": "1"}
        wife = {**spouse, "birth_date_year": f"198{number}"}
        citizen.post(address("draft-row", draft.pk, "family", f"0000000000B{number}"), wife)
    page = citizen.get(address("draft-check", draft.pk)).content.decode()
    for number in (1, 2):
        assert f"Дала Банк (Entry {number}). Amount: This must be answered." in page
    assert page.count("Only one husband or wife can be declared.") >= 2
