"""A person files through the pages: from what is owed to the receipt."""

from __future__ import annotations

import re
import time
from datetime import date
from decimal import Decimal
from urllib.parse import urlencode

import pytest
from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from adaldyq.base.errors import DomainError
from adaldyq.kernel.actions.accounts import grant_role, open_account
from adaldyq.kernel.actions.mandates import grant_mandate
from adaldyq.kernel.actor import actor_of
from adaldyq.kernel.erasing import Erasing
from adaldyq.kernel.models import Account, Person
from adaldyq.kernel.roles import Role
from adaldyq.kernel.sessions import SEEN
from adaldyq.ledger.models import Leaf
from adaldyq.measures.declarations.actions.declarations import erase_declarations
from adaldyq.measures.declarations.actions.filing import file_draft
from adaldyq.measures.declarations.domain.questions import MOST_ROWS, sections_of
from adaldyq.measures.declarations.models import SECTION_MODELS, Declaration, Draft, DraftRow, Obligation
from adaldyq.measures.declarations.queries.drafts import Filled
from tests import factories

pytestmark = pytest.mark.django_db

CAR = {
    "owner": "declarant",
    "kind": "car",
    "make": "Toyota Camry",
    "share": "100",
    "basis": "ownership",
    "acquired_date_day": "27",
    "acquired_date_month": "3",
    "acquired_date_year": "2019",
    "value": "9 500 000,50",
    "currency": "KZT",
    "country": "KZ",
}


@pytest.fixture(autouse=True)
def english() -> None:
    translation.activate("en")


def account_of(person: Person, name: str = "citizen") -> Account:
    made = open_account(username=name, name=name, by=factories.BY, at=factories.AT, person=person, password_hash=HASH)
    grant_role(account=made, role=Role.CITIZEN, by=factories.BY, at=factories.AT)
    return made


HASH = "pbkdf2_sha256$1$salt$x"


@pytest.fixture
def person() -> Person:
    return factories.person()


@pytest.fixture
def client(person: Person) -> Client:
    browser = Client()
    browser.force_login(account_of(person))
    return browser


def address(name: str, *args: object) -> str:
    return reverse(f"declarations-{name}", args=args)


def begun(client: Client, person: Person, **facts: object) -> Draft:
    """The draft that answers a new obligation, opened through the page."""
    owed = factories.obligation(person, 2024, **facts)
    assert owed.pk in client.get(address("mine")).content.decode()
    client.post(address("begin", owed.pk))
    return Draft.objects.get()


def test_what_is_owed_is_opened_filled_in_checked_and_listed(client: Client, person: Person) -> None:
    draft = begun(client, person)
    page = client.get(address("draft", draft.pk)).content.decode()
    assert "0 of 16 sections are complete" in page
    row = address("draft-row", draft.pk, "vehicle", "0000000000AA")
    assert client.get(row).status_code == 200
    wrong = client.post(row, {**CAR, "share": "120", "acquired_date_month": "13"})
    assert wrong.status_code == 422
    text = wrong.content.decode()
    assert "A share lies above 0" in text
    assert "There is no day “27 13 2019”" in text
    assert 'value="120"' in text
    kept = DraftRow.objects.get()
    assert kept.typed["share"] == "120"
    assert client.post(row, {**CAR, "revision": "1"}).status_code == 302
    section = address("draft-section", draft.pk, "vehicle")
    assert "Toyota Camry" in client.get(section).content.decode()
    assert client.post(section, {"answer": "complete"}).status_code == 302
    for one in sections_of("income"):
        if one.name != "vehicle":
            assert client.post(address("draft-section", draft.pk, one.name), {"answer": "nothing"}).status_code == 302
    check = client.get(address("draft-check", draft.pk)).content.decode()
    assert "Before you can file" not in check
    assert "9\u202f500\u202f000.50" in check


def shown_again(client: Client) -> None:
    """The session in which somebody has just shown password and factor once more."""
    session = client.session
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [
        {"method": "password", "at": time.time(), "reauthenticated": True},
        {"method": "mfa", "at": time.time(), "reauthenticated": True},
    ]
    session.save()


def answered(client: Client, draft: Draft) -> None:
    """All sections answered: those with rows are complete, the others hold nothing."""
    there = set(draft.rows.values_list("section", flat=True))
    for one in sections_of(draft.form):
        answer = "complete" if one.name in there else "nothing"
        client.post(address("draft-section", draft.pk, one.name), {"answer": answer})


def signing(client: Client, draft: Draft) -> dict[str, str]:
    """What the page of signing would send."""
    page = client.get(address("draft-sign", draft.pk)).content.decode()
    boxes = dict(re.findall(r'name="(seen|form_key)" value="([^"]+)"', page))
    return {**boxes, "true": "on"}


def filled_in(client: Client, person: Person, **facts: object) -> Draft:
    """A draft with a car, ready to be signed."""
    draft = begun(client, person, **facts)
    client.post(address("draft-row", draft.pk, "vehicle", "0000000000AA"), CAR)
    answered(client, draft)
    shown_again(client)
    return draft


def test_a_signed_declaration_is_filed_once_with_its_line_and_settles_the_obligation(
    client: Client, person: Person
) -> None:
    draft = filled_in(client, person, due_date=date(2999, 9, 15))
    sent = signing(client, draft)
    first = client.post(address("draft-sign", draft.pk), sent)
    again = client.post(address("draft-sign", draft.pk), sent)
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
    page = client.get(address("filed", filed.pk)).content.decode()
    assert filed.pk in page
    assert "Filed on time" in page
    assert line.reference in page
    assert client.get(address("draft", draft.pk)).headers["Location"] == address("filed", filed.pk)


def test_signing_asks_for_the_password_once_more(client: Client, person: Person) -> None:
    draft = filled_in(client, person)
    session = client.session
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": "mfa", "at": time.time()}]
    session.save()
    for answer in (client.get(address("draft-sign", draft.pk)), client.post(address("draft-sign", draft.pk))):
        assert answer.headers["Location"].startswith("/en/sign-in/again/?next=")
    assert not Declaration.objects.exists()


def test_after_the_last_day_it_is_filed_all_the_same_and_is_late(client: Client, person: Person) -> None:
    draft = filled_in(client, person, due_date=date(2025, 9, 15))
    assert "The last day to file has passed" in client.get(address("draft-check", draft.pk)).content.decode()
    client.post(address("draft-sign", draft.pk), signing(client, draft))
    page = client.get(address("filed", Declaration.objects.get().pk)).content.decode()
    assert "Filed late" in page


def test_what_was_changed_after_it_was_seen_is_not_signed(client: Client, person: Person) -> None:
    draft = filled_in(client, person)
    sent = signing(client, draft)
    client.post(address("draft-row", draft.pk, "vehicle", "0000000000AA"), {**CAR, "revision": "1", "share": "50"})
    answer = client.post(address("draft-sign", draft.pk), sent)
    assert answer.status_code == 422
    assert "changed in another window" in answer.content.decode()
    assert not Declaration.objects.exists()


def test_a_draft_with_a_gap_is_not_filed(client: Client, person: Person) -> None:
    draft = begun(client, person)
    client.post(address("draft-row", draft.pk, "vehicle", "0000000000AA"), {**CAR, "make": ""})
    answered(client, draft)
    shown_again(client)
    assert client.get(address("draft-sign", draft.pk)).headers["Location"] == address("draft-check", draft.pk)
    page = client.get(address("draft-check", draft.pk)).content.decode()
    assert address("draft-row", draft.pk, "vehicle", "0000000000AA") + "#id_make" in page
    by = actor_of(Account.objects.get())
    with pytest.raises(DomainError) as refused:
        file_draft(draft=draft, seen=Filled(draft).seen, by=by, at=factories.AT)
    assert refused.value.code == "draft-incomplete"


def test_an_older_page_of_a_row_shows_both_and_loses_nothing(client: Client, person: Person) -> None:
    draft = begun(client, person)
    row = address("draft-row", draft.pk, "vehicle", "0000000000AA")
    client.post(row, CAR)
    client.post(row, {**CAR, "revision": "1", "make": "Lada Niva"})
    answer = client.post(row, {**CAR, "revision": "1", "make": "GAZ Volga"})
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "Lada Niva" in text
    assert 'value="GAZ Volga"' in text
    assert 'name="revision" value="2"' in text
    assert DraftRow.objects.get().typed["make"] == "Lada Niva"
    assert client.post(row, {**CAR, "revision": "2", "make": "GAZ Volga"}).status_code == 302
    assert DraftRow.objects.get().typed["make"] == "GAZ Volga"


def test_a_new_row_that_is_sent_twice_is_kept_once(client: Client, person: Person) -> None:
    draft = begun(client, person)
    row = address("draft-row", draft.pk, "vehicle", "0000000000AA")
    assert client.post(row, CAR).status_code == client.post(row, CAR).status_code == 302
    assert DraftRow.objects.count() == 1


@pytest.mark.parametrize("letter", ["\x00", "\u200b", "\u202e", "\u2066", "\x07"])
def test_letters_that_cannot_be_seen_are_refused_and_everything_typed_is_still_there(
    client: Client, person: Person, letter: str
) -> None:
    draft = begun(client, person)
    answer = client.post(address("draft-row", draft.pk, "vehicle", "0000000000AA"), {**CAR, "make": f"Toy{letter}ota"})
    assert answer.status_code == 422
    assert f"U+{ord(letter):04X}" in answer.content.decode()
    assert "Toy" in answer.content.decode()


def test_a_text_that_is_far_too_long_is_refused_and_comes_back(client: Client, person: Person) -> None:
    draft = begun(client, person)
    answer = client.post(address("draft-row", draft.pk, "vehicle", "0000000000AA"), {**CAR, "make": "x" * 20_000})
    assert answer.status_code == 422
    assert "Keep it to 500" in answer.content.decode()
    assert "x" * 20_000 in answer.content.decode()


def test_the_number_of_rows_is_limited_and_said(client: Client, person: Person) -> None:
    draft = begun(client, person)
    rows = [DraftRow(draft=draft, section="vehicle", position=place, typed=CAR) for place in range(MOST_ROWS)]
    DraftRow.objects.bulk_create(rows)
    answer = client.post(address("draft-row", draft.pk, "vehicle", "0000000000AA"), CAR)
    assert answer.status_code == 422
    assert "at most 200 entries" in answer.content.decode()
    assert "at most 200 entries" in client.get(address("draft-section", draft.pk, "vehicle")).content.decode()


def test_nothing_to_declare_misfits_where_there_are_rows(client: Client, person: Person) -> None:
    draft = begun(client, person)
    client.post(address("draft-row", draft.pk, "vehicle", "0000000000AA"), CAR)
    assert client.post(address("draft-section", draft.pk, "vehicle"), {"answer": "nothing"}).status_code == 409
    client.post(address("draft-row-remove", draft.pk, "vehicle", "0000000000AA"))
    assert client.post(address("draft-section", draft.pk, "vehicle"), {"answer": "nothing"}).status_code == 302


def test_nobody_else_opens_a_draft_or_what_was_filed(client: Client, person: Person) -> None:
    draft = filled_in(client, person)
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
    client.post(address("draft-sign", draft.pk), signing(client, draft))
    filed = Declaration.objects.get().pk
    assert stranger.get(address("filed", filed)).status_code == 404
    assert stranger.post(address("amend", filed)).status_code == 404


def test_who_acts_for_a_person_files_for_them(person: Person) -> None:
    helper = factories.person()
    today = timezone.localdate()
    acting = Client()
    acting.force_login(account_of(helper, "helper"))
    factories.obligation(person, 2024)
    assert "To file" not in acting.get(address("mine")).content.decode()
    principal = actor_of(account_of(person, "principal"))
    grant_mandate(representative=helper, valid_from=today, by=principal, at=timezone.now())
    acting.post("/en/my/acting-for/", {"principal": f"person:{person.pk}"})
    acting.post(address("begin", Obligation.objects.get().pk))
    draft = Draft.objects.get()
    assert draft.person == person
    answered(acting, draft)
    shown_again(acting)
    acting.post(address("draft-sign", draft.pk), signing(acting, draft))
    assert Declaration.objects.get().person == person
    line = Leaf.objects.get(act="declarations.declaration.file")
    assert f'"on_behalf_of":"person:{person.pk}"' in (line.payload or "")


def test_an_amendment_begins_with_what_was_filed_and_makes_the_next_version(client: Client, person: Person) -> None:
    draft = filled_in(client, person)
    client.post(address("draft-sign", draft.pk), signing(client, draft))
    first = Declaration.objects.get()
    client.post(address("amend", first.pk))
    second = Draft.objects.get(state="open")
    row = second.rows.get()
    assert row.typed["make"] == "Toyota Camry"
    client.post(address("draft-row", second.pk, "vehicle", row.pk), {**row.typed, "revision": "1", "value": "8000000"})
    check = client.get(address("draft-check", second.pk)).content.decode()
    assert "changed: Value" in check
    client.post(address("draft-sign", second.pk), signing(client, second))
    versions = Declaration.objects.order_by("version").values_list("version", "is_current")
    assert list(versions) == [(1, False), (2, True)]


def test_a_draft_is_given_up_and_begun_anew(client: Client, person: Person) -> None:
    draft = begun(client, person)
    client.post(address("draft-row", draft.pk, "vehicle", "0000000000AA"), CAR)
    assert client.post(address("draft-set-aside", draft.pk)).status_code == 302
    assert not DraftRow.objects.exists()
    assert client.post(address("draft-row", draft.pk, "vehicle", "0000000000AA"), CAR).status_code == 409
    client.post(address("begin", draft.obligation_id))
    assert Draft.objects.filter(state="open").count() == 1


def test_registers_and_last_year_fill_in_what_they_know(client: Client, person: Person) -> None:
    child = factories.person(("Бала",), birth_date=date(2015, 5, 1))
    spouse = factories.person(("Жұбайы",))
    factories.family_tie(person, child, "child")
    factories.family_tie(person, spouse)
    flat = factories.land(person, object_number="20-1", address="Абай 1")
    factories.land(spouse, object_number="20-2", address="Spouse 2")
    sold = factories.land(person, object_number="20-3", valid_to=date(2024, 5, 1))
    held = [{"kind": "apartment", "object_number": number, "value": 5} for number in ("20-1", sold.object_number)]
    before: factories.Rows = {"real_estate": held, "cash": [{"amount": 900}], "gift": [{"kind": "thing", "value": 7}]}
    factories.declaration(person, 2023, rows=before)
    draft = begun(client, person)
    (estate,) = draft.rows.filter(section="real_estate")
    assert (estate.typed["address"], estate.typed["value"], estate.origin_id) == ("Абай 1", "5", flat.pk)
    assert estate.sources["address"] == "land_register"
    assert estate.sources["value"] == "last_year"
    assert {one.typed["relation"] for one in draft.rows.filter(section="family")} == {"spouse", "child"}
    cash = draft.rows.get(section="cash")
    assert "amount" not in cash.typed
    assert not draft.rows.filter(section="gift").exists()
    page = client.get(address("draft-row", draft.pk, "real_estate", estate.pk)).content.decode()
    assert "From the register of land and buildings." in page
    assert "From your declaration for 2023." in page
    claim = reverse("registers-claim", args=["land_register", flat.pk])
    assert claim in page
    assert client.get(claim).status_code == 200


def test_what_is_typed_over_a_register_is_no_longer_said_to_be_from_it(client: Client, person: Person) -> None:
    factories.land(person, object_number="20-1", address="Абай 1")
    draft = begun(client, person)
    row = draft.rows.get()
    typed = {**row.typed, "address": "Абай 2", "revision": "1"}
    client.post(address("draft-row", draft.pk, "real_estate", row.pk), typed)
    row.refresh_from_db()
    assert "address" not in row.sources
    assert row.sources["kind"] == "land_register"


def test_what_was_typed_while_the_sign_in_ended_comes_back_to_its_writer_only(client: Client, person: Person) -> None:
    draft = begun(client, person)
    row = address("draft-row", draft.pk, "vehicle", "0000000000AA")
    session = client.session
    session[SEEN] = time.time() - 7200
    session.save()
    answer = client.post(row, {**CAR, "make": "GAZ Volga"})
    assert answer.headers["Location"] == f"/en/sign-in/?{urlencode({'next': row, 'over': '1'})}"
    assert not DraftRow.objects.exists()
    client.force_login(Account.objects.get())
    page = client.get(row).content.decode()
    assert 'value="GAZ Volga"' in page
    assert "is not saved yet" in page
    assert 'value="GAZ Volga"' not in client.get(row).content.decode()


def test_an_erased_person_is_in_nobodys_draft(client: Client, person: Person) -> None:
    child = factories.person(("Бала",), birth_date=date(2015, 5, 1))
    factories.family_tie(person, child, "child")
    begun(client, person)
    erasing = Erasing(frozenset({child.pk}), factories.AT)
    erase_declarations(erasing)
    assert not DraftRow.objects.exists()
    assert erasing.removed
