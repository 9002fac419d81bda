"""A draft keeps what is typed: in two windows, over a sign-in that ends, with what registers fill in."""

from __future__ import annotations

import html
import re
import time
from dataclasses import replace
from datetime import date
from decimal import Decimal
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.utils import translation

from adaldyq.base.currencies import CURRENCIES
from adaldyq.kernel.currency_names import CURRENCY_NAMES
from adaldyq.kernel.erasing import Erasing
from adaldyq.kernel.models import Account, Person, PersonIdentifier
from adaldyq.kernel.naming import pack
from adaldyq.kernel.roles import Registry, Role
from adaldyq.kernel.sessions import SEEN
from adaldyq.measures.declarations.actions.declarations import erase_declarations
from adaldyq.measures.declarations.domain.questions import MOST_ROWS, sections_of
from adaldyq.measures.declarations.models import Draft, DraftRow, Obligation
from adaldyq.measures.declarations.queries.drafts import Filled
from adaldyq.ui.formats.values import money
from tests import factories
from tests.measures.declarations.views.journey import (
    CAR,
    account_of,
    address,
    answered,
    begun,
)

pytestmark = pytest.mark.django_db


def test_an_older_page_of_a_row_shows_both_and_loses_nothing(citizen: Client, declarant: Person) -> None:
    draft = begun(citizen, declarant)
    row = address("draft-row", draft.pk, "vehicle", "0000000000AA")
    citizen.post(row, CAR)
    citizen.post(row, {**CAR, "revision": "1", "make": "Lada Niva"})
    answer = citizen.post(row, {**CAR, "revision": "1", "make": "GAZ Volga"})
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "Lada Niva" in text
    assert 'value="GAZ Volga"' in text
    assert 'name="revision" value="2"' in text
    assert DraftRow.objects.get().typed["make"] == "Lada Niva"
    assert citizen.post(row, {**CAR, "revision": "2", "make": "GAZ Volga"}).status_code == 302
    assert DraftRow.objects.get().typed["make"] == "GAZ Volga"


def test_a_new_row_that_is_sent_twice_is_kept_once(citizen: Client, declarant: Person) -> None:
    draft = begun(citizen, declarant)
    row = address("draft-row", draft.pk, "vehicle", "0000000000AA")
    assert citizen.post(row, CAR).status_code == citizen.post(row, CAR).status_code == 302
    assert DraftRow.objects.count() == 1


@pytest.mark.parametrize("letter", ["\x00", "\u200b", "\u202e", "\u2066", "\x07"])
def test_letters_that_cannot_be_seen_are_refused_and_everything_typed_is_still_there(
    citizen: Client, declarant: Person, letter: str
) -> None:
    draft = begun(citizen, declarant)
    answer = citizen.post(address("draft-row", draft.pk, "vehicle", "0000000000AA"), {**CAR, "make": f"Toy{letter}ota"})
    assert answer.status_code == 422
    assert f"U+{ord(letter):04X}" in answer.content.decode()
    assert "Toy" in answer.content.decode()


def test_a_text_that_is_far_too_long_is_refused_and_comes_back(citizen: Client, declarant: Person) -> None:
    draft = begun(citizen, declarant)
    answer = citizen.post(address("draft-row", draft.pk, "vehicle", "0000000000AA"), {**CAR, "make": "x" * 20_000})
    assert answer.status_code == 422
    beside = answer.content.decode().split('class="govuk-error-message"')[1].split("</p>")[0]
    assert beside.count("Keep it to 500") == 1, "once at its box"
    assert "x" * 20_000 in answer.content.decode()


@pytest.mark.parametrize(
    ("language", "dollar", "yen"),
    [
        ("en", "US Dollar", "Japanese Yen"),
        ("ru", "Доллар США", "Японская иена"),
        ("kk", "АҚШ доллары", "Жапония иенасы"),
    ],
)
def test_a_currency_is_chosen_by_its_name(
    citizen: Client, declarant: Person, language: str, dollar: str, yen: str
) -> None:
    draft = begun(citizen, declarant)
    with translation.override(language):
        row = address("draft-row", draft.pk, "cash", "0000000000AA")
    page = citizen.get(row).content.decode()
    named = re.findall(r'<option value="([A-Z]{3})"[^>]*>([^<]+)</option>', page)
    assert set(CURRENCIES) == set(CURRENCY_NAMES) <= {code for code, _name in named}
    assert ("USD", f"{dollar} (USD)") in named[:5], "it has an official rate"
    assert ("JPY", f"{yen} (JPY)") in named[5:], "the others come by their names"


def test_the_number_of_rows_is_limited_and_said(citizen: Client, declarant: Person) -> None:
    draft = begun(citizen, declarant)
    rows = [DraftRow(draft=draft, section="vehicle", position=place, typed=CAR) for place in range(MOST_ROWS)]
    DraftRow.objects.bulk_create(rows)
    answer = citizen.post(address("draft-row", draft.pk, "vehicle", "0000000000AA"), CAR)
    assert answer.status_code == 422
    assert "at most 200 entries" in answer.content.decode()
    assert "at most 200 entries" in citizen.get(address("draft-section", draft.pk, "vehicle")).content.decode()


def test_the_time_left_shrinks_as_sections_are_answered(citizen: Client, declarant: Person) -> None:
    draft = begun(citizen, declarant)

    def left() -> int:
        told = re.search(r"Time left: about (\d+) min", citizen.get(address("draft", draft.pk)).content.decode())
        assert told
        return int(told[1])

    empty = left()
    citizen.post(address("draft-row", draft.pk, "vehicle", "0000000000AA"), {**CAR, "make": "", "share": "120"})
    wrong = left()
    citizen.post(address("draft-row", draft.pk, "vehicle", "0000000000AA"), {**CAR, "revision": "1"})
    answered(citizen, draft)
    assert wrong > empty > left() == 2


def test_what_is_typed_is_kept_for_the_script_and_never_over_another_window(citizen: Client, declarant: Person) -> None:
    draft = begun(citizen, declarant)
    row, script = address("draft-row", draft.pk, "vehicle", "0000000000AA"), {"Accept": "application/json"}
    page = citizen.get(row).content.decode()
    assert re.search(r'<script src="/static/declarations/autosave[^"]*js" defer></script>', page)
    first = citizen.post(row, {"revision": "0", "make": "GAZ", "share": "1000"}, headers=script)
    assert first.json()["revision"] == 1
    assert re.fullmatch(r"Saved at \d\d:\d\d\.", first.json()["message"])
    assert list(first.json()["wrong"]) == ["share"]
    assert "100" in first.json()["wrong"]["share"]
    assert {"kind", "basis"} <= set(first.json()["missing"])
    again = citizen.post(row, {"revision": "1", "make": "GAZ Volga"}, headers=script)
    assert again.json()["revision"] == 2
    late = citizen.post(row, {"revision": "1", "make": "Lada"}, headers=script)
    assert late.status_code == 409
    assert "changed in another window" in late.json()["message"]
    assert DraftRow.objects.get().typed == {"make": "GAZ Volga"}
    assert citizen.post(row, {"revision": "1", "make": "GAZ Volga"}).status_code == 422
    long = citizen.post(row, {"revision": "2", "make": "x" * 20_000}, headers=script)
    assert (long.status_code, "Keep it to 500" in long.json()["message"]) == (422, True)
    citizen.post(address("draft-set-aside", draft.pk))
    assert citizen.post(row, {"revision": "2", "make": "GAZ"}, headers=script).status_code == 409
    stranger = Client()
    stranger.force_login(account_of(factories.person(), "stranger"))
    assert stranger.post(row, {"revision": "2", "make": "GAZ"}, headers=script).status_code == 404


def test_the_script_is_told_what_a_section_adds_up_to(citizen: Client, declarant: Person) -> None:
    draft, script = begun(citizen, declarant), {"Accept": "application/json"}
    for key, amount in (("0000000000AA", "1500.25"), ("0000000000AB", "500")):
        row = address("draft-row", draft.pk, "cash", key)
        answer = citizen.post(row, {"owner": "declarant", "amount": amount, "currency": "KZT"}, headers=script).json()
    assert " ".join(answer["message"].split()).endswith("Together: 2 000.25 ₸")
    assert (answer["wrong"], answer["missing"]) == ({}, [])
    row = address("draft-row", draft.pk, "cash", "0000000000AC")
    abroad = citizen.post(row, {"owner": "declarant", "amount": "10", "currency": "USD"}, headers=script).json()
    rate = pack().exchange_rates["USD", 2024]
    told = f"About {money(Decimal('2000.25') + 10 * rate, 'KZT')} by example rates for 31 December 2024, which are not the official ones"
    assert told.replace("\xa0", " ") in abroad["message"].replace("\xa0", " ")
    page = citizen.get(address("draft-section", draft.pk, "cash")).content.decode()
    assert "1 USD = " in page
    limit = money(pack().threshold_amount("cash_most", date(draft.year, 12, 31)))
    assert f"Cash is stated up to {limit} altogether" in page


def test_rates_are_called_official_only_where_the_pack_has_a_source(
    citizen: Client, declarant: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = begun(citizen, declarant)
    row = address("draft-row", draft.pk, "cash", "0000000000AC")
    citizen.post(row, {"owner": "declarant", "amount": "10", "currency": "USD"})
    told = {"en": "not the official ones", "ru": "это не официальные курсы", "kk": "бұл ресми бағамдар емес"}
    section = address("draft-section", draft.pk, "cash")
    for language, words in told.items():
        assert words in citizen.get(section.replace("/en/", f"/{language}/")).content.decode()
    facts = tuple(replace(one, source="National Bank, 31 December 2024") for one in pack().rate_facts)
    published = replace(pack(), rate_facts=facts)
    monkeypatch.setattr("adaldyq.kernel.naming.pack", lambda: published)
    page = citizen.get(section).content.decode()
    assert "by the official rates of 31 December 2024" in page.replace("\xa0", " ")
    assert told["en"] not in page


def test_a_draft_of_what_is_owed_no_more_says_so_and_can_be_deleted_or_gone_on_with(
    citizen: Client, declarant: Person
) -> None:
    draft = begun(citizen, declarant)
    citizen.post(address("draft-row", draft.pk, "vehicle", "0000000000AA"), CAR)
    keeper = Client()
    registrar = factories.account("keeper")
    factories.grant(registrar, Role.REGISTRAR, registry=Registry.DECLARATIONS)
    keeper.force_login(registrar)
    keeper.post(address("obligation", draft.obligation_id), {"step": "exempt", "ground": "On a mission abroad."})
    assert not Obligation.objects.filter(year=2024).exists()
    for page in (address("mine"), address("draft", draft.pk)):
        text = citizen.get(page).content.decode()
        assert "You need not file" in text
        assert "On a mission abroad." in text
        assert address("draft-set-aside", draft.pk) in text
    owed = factories.obligation(declarant, 2024)
    citizen.post(address("begin", owed.pk))
    draft.refresh_from_db()
    assert draft.obligation == owed
    assert "You need not file" not in citizen.get(address("draft", draft.pk)).content.decode()


def test_nothing_to_declare_misfits_where_there_are_rows(citizen: Client, declarant: Person) -> None:
    draft = begun(citizen, declarant)
    citizen.post(address("draft-row", draft.pk, "vehicle", "0000000000AA"), CAR)
    assert citizen.post(address("draft-section", draft.pk, "vehicle"), {"answer": "nothing"}).status_code == 409
    citizen.post(address("draft-row-remove", draft.pk, "vehicle", "0000000000AA"))
    assert citizen.post(address("draft-section", draft.pk, "vehicle"), {"answer": "nothing"}).status_code == 302


def test_a_draft_is_given_up_and_begun_anew(citizen: Client, declarant: Person) -> None:
    draft = begun(citizen, declarant)
    citizen.post(address("draft-row", draft.pk, "vehicle", "0000000000AA"), CAR)
    assert citizen.post(address("draft-set-aside", draft.pk)).status_code == 302
    assert not DraftRow.objects.exists()
    assert citizen.post(address("draft-row", draft.pk, "vehicle", "0000000000AA"), CAR).status_code == 409
    citizen.post(address("begin", draft.obligation_id))
    assert Draft.objects.filter(state="open").count() == 1


def test_an_answered_section_leads_to_the_next_that_is_not(citizen: Client, declarant: Person) -> None:
    draft = begun(citizen, declarant)

    def after(section: str) -> str:
        return citizen.post(address("draft-section", draft.pk, section), {"answer": "nothing"}).headers["Location"]

    assert after("trust") == address("draft-section", draft.pk, "family"), "round to the first"
    assert after("income") == address("draft-section", draft.pk, "real_estate")
    assert "Section 3 of 16" in citizen.get(after("family")).content.decode()
    names = [one.name for one in sections_of(draft.form)]
    assert [after(name) for name in names][-1] == address("draft", draft.pk) + "#task-list"


def test_all_empty_sections_are_asked_about_on_one_page(citizen: Client, declarant: Person) -> None:
    draft = begun(citizen, declarant)
    which = address("draft-which", draft.pk)
    assert f'href="{which}"' in citizen.get(address("draft", draft.pk)).content.decode()
    citizen.post(address("draft-section", draft.pk, "cash"), {"answer": "nothing"})
    citizen.post(address("draft-row", draft.pk, "vehicle", "0000000000AA"), CAR)
    offered = re.findall(r'name="have" value="(\w+)"', citizen.get(which).content.decode())
    assert offered == [one.name for one in sections_of(draft.form) if one.name not in {"cash", "vehicle"}]
    for wrong in ({}, {"have": "gift", "none": "on"}, {"have": "vehicle"}):
        assert citizen.post(which, wrong).status_code == 422
    gone_on = citizen.post(which, {"have": ["gift", "income"]})
    assert gone_on.headers["Location"] == address("draft-section", draft.pk, "income")
    left = {one.section.name for one in Filled(draft).sections if not one.done}
    assert left == {"gift", "income", "vehicle"}


def test_what_was_typed_while_the_sign_in_ended_comes_back_to_its_writer_only(
    citizen: Client, declarant: Person
) -> None:
    draft = begun(citizen, declarant)
    row = address("draft-row", draft.pk, "vehicle", "0000000000AA")
    session = citizen.session
    session[SEEN] = time.time() - 7200
    session.save()
    answer = citizen.post(row, {**CAR, "make": "GAZ Volga"})
    assert answer.headers["Location"] == f"/en/sign-in/?{urlencode({'next': row, 'over': '1'})}"
    assert not DraftRow.objects.exists()
    citizen.force_login(Account.objects.get())
    page = citizen.get(row).content.decode()
    assert 'value="GAZ Volga"' in page
    assert "is not saved yet" in page
    assert 'value="GAZ Volga"' not in citizen.get(row).content.decode()


def test_what_is_sent_again_after_the_sign_in_ended_is_what_comes_back(citizen: Client, declarant: Person) -> None:
    row = address("draft-row", begun(citizen, declarant).pk, "vehicle", "0000000000AA")
    session = citizen.session
    session[SEEN] = time.time() - 7200
    session.save()
    for make in ("GAZ Volga", "GAZ Chaika"):
        assert citizen.post(row, {**CAR, "make": make}).status_code == 302
    citizen.force_login(Account.objects.get())
    assert 'value="GAZ Chaika"' in citizen.get(row).content.decode()


def test_a_form_that_is_too_old_to_be_accepted_comes_back_filled(citizen: Client, declarant: Person) -> None:
    row = address("draft-row", begun(citizen, declarant).pk, "vehicle", "0000000000AA")
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(Account.objects.get())
    old = {**CAR, "make": "GAZ Volga", "csrfmiddlewaretoken": "a" * 64}
    assert browser.post(row, old).status_code == 403
    answer = browser.post(row, old, headers={"Origin": "http://testserver"})
    assert answer.headers["Location"] == row
    assert not DraftRow.objects.exists()
    assert 'value="GAZ Volga"' in browser.get(row).content.decode()
    assert browser.post(row, old, headers={"Origin": "https://elsewhere.example"}).status_code == 403


def test_a_form_that_is_cut_off_or_far_too_large_changes_nothing(citizen: Client, declarant: Person) -> None:
    row = address("draft-row", begun(citizen, declarant).pk, "vehicle", "0000000000AA")
    citizen.post(row, CAR)
    page = citizen.get(row).content.decode()
    assert page.index('name="country"') < page.index('name="revision"')
    assert citizen.post(row, {"owner": "declarant", "make": "Toy"}).status_code == 409
    assert citizen.post(row, {"revision": "1"}).status_code == 400
    assert citizen.post(row, b"{}", content_type="application/json").status_code == 400
    large = citizen.post(row, {**CAR, "revision": "1", "make": "x" * 3_000_000})
    assert large.status_code == 413
    assert "What you sent is too large" in large.content.decode()
    assert citizen.post(row, {**CAR, **{f"box{number}": "1" for number in range(1_000)}}).status_code == 413
    assert DraftRow.objects.get().typed == CAR


def test_an_erased_person_is_in_nobodys_draft(citizen: Client, declarant: Person) -> None:
    child = factories.person(("Бала",), birth_date=date(2015, 5, 1))
    factories.family_tie(declarant, child, "child")
    begun(citizen, declarant)
    erasing = Erasing(frozenset({child.pk}), factories.AT)
    erase_declarations(erasing)
    assert not DraftRow.objects.exists()
    assert erasing.removed


def test_what_is_owed_either_way_is_added_up_apart(citizen: Client, declarant: Person) -> None:
    draft = begun(citizen, declarant)
    loan = {"owner": "declarant", "kind": "private loan", "counterparty": "Марат", "currency": "KZT"}
    loan |= {"since_date_day": "1", "since_date_month": "2", "since_date_year": "2024"}
    for number, (way, amount) in enumerate([("receivable", "100"), ("payable", "250"), ("payable", "50")]):
        row = address("draft-row", draft.pk, "claim", f"0000000000A{number}")
        assert citizen.post(row, {**loan, "direction": way, "amount": amount}).status_code == 302
    page = citizen.get(address("draft-section", draft.pk, "claim")).content.decode().replace("\u202f", " ")
    total = re.search(r"Together: ([^<]*)<", page)
    assert total
    assert total[1].count(";") == 1
    assert "to be received: 100" in total[1]
    assert "to be paid: 300" in total[1]


def test_the_number_of_a_relative_is_held_against_its_scheme_and_the_register(
    citizen: Client, declarant: Person
) -> None:
    born = date(1975, 3, 1)
    wife = factories.person(("Әбдіқызы Гүл",), birth_date=born)
    late = factories.person(("Марат Ай",), birth_date=born, death_date=date(2024, 5, 1))
    for who, number in ((wife, "750301300001"), (late, "750301300091"), (declarant, "750301300180")):
        factories.loaded("person_identifier", PersonIdentifier(person=who, scheme="IIN", country="KZ", value=number))
    draft = begun(citizen, declarant)
    family = {"relation": "spouse", "name": "Abdiqyzy Gul"}
    family |= {"birth_date_day": "1", "birth_date_month": "3", "birth_date_year": "1975"}
    for row, (changed, told) in enumerate(
        [
            ({"number": "750301300002"}, "is not a number that is given here (IIN)"),
            ({"number": "1; DROP"}, "is not a number that is given here (IIN)"),
            ({"number": "750301300001", "birth_date_day": "2"}, "another name or day of birth"),
            ({"number": "750301300001", "name": "Серік Айдос"}, "another name or day of birth"),
            ({"number": "750301300180"}, "your own number"),
            ({"number": "750301300091", "name": "Марат Ай"}, "died on 1 May 2024"),
        ]
    ):
        answer = citizen.post(address("draft-row", draft.pk, "family", f"0000000000A{row}"), {**family, **changed})
        assert answer.status_code == 422, changed
        page = html.unescape(answer.content.decode()).replace("\xa0", " ")
        assert told in page, page[page.find("error-message") :][:300]
        assert f'value="{changed["number"]}"' in page
    for row, number in enumerate((" 750301 300001 ", "750301300270", "")):
        here = address("draft-row", draft.pk, "family", f"0000000000B{row}")
        assert citizen.post(here, {**family, "number": number}).status_code == 302, number
    named = Filled(draft).section("family")
    assert named is not None
    found = {one.reading.values["number"]: one.reading.values.get("relative_id", "") for one in named.rows[-3:]}
    assert found == {"750301300001": wife.pk, "750301300270": "", "": ""}


def test_whoever_types_an_address_is_shown_how_everybody_will_see_it(citizen: Client, declarant: Person) -> None:
    draft = begun(citizen, declarant, is_public=True, body=factories.body())
    row = address("draft-row", draft.pk, "vehicle", "0000000000AA")
    seen = "Everybody will see it so: “Toyota, […]”."
    refused = citizen.post(row, {**CAR, "make": "Toyota, ул. Абая, д. 10", "share": "x"})
    assert seen in refused.content.decode()
    citizen.post(row, {**CAR, "make": "Toyota, ул. Абая, д. 10"})
    for page in (row, address("draft-section", draft.pk, "vehicle")):
        assert seen in citizen.get(page).content.decode(), page
    other = address("draft-row", draft.pk, "vehicle", "0000000000AB")
    citizen.post(other, CAR)
    assert "Everybody will see it so" not in citizen.get(other).content.decode()


def test_nobody_is_told_so_whose_declaration_stays_closed(citizen: Client, declarant: Person) -> None:
    draft = begun(citizen, declarant, is_public=False)
    row = address("draft-row", draft.pk, "vehicle", "0000000000AA")
    citizen.post(row, {**CAR, "make": "Toyota, ул. Абая, д. 10"})
    for page in (row, address("draft-section", draft.pk, "vehicle")):
        assert "Everybody will see it so" not in citizen.get(page).content.decode(), page
