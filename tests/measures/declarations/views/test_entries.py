"""An entry that is open in one window while another window, or another device, removes or changes it."""

from __future__ import annotations

import re
import time
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from adaldyq.kernel.actions.mandates import grant_mandate, withdraw_mandate
from adaldyq.kernel.actor import actor_of
from adaldyq.kernel.models import Account, Mandate, Person
from adaldyq.kernel.naming import names_of
from adaldyq.kernel.sessions import SEEN
from adaldyq.measures.declarations.models import Draft, DraftRow, DraftSection, Obligation
from tests import factories
from tests.measures.declarations.views.journey import CAR, account_of, address, answered, begun, shown_again, signing

pytestmark = pytest.mark.django_db
SCRIPT = {"Accept": "application/json"}
KEY = "0000000000AA"


def ended(browser: Client) -> None:
    """The sign-in has lasted too long without a page."""
    session = browser.session
    session[SEEN] = time.time() - 7200
    session.save()


def test_an_entry_that_another_window_removed_is_brought_back_only_by_who_wants_it(
    citizen: Client, declarant: Person
) -> None:
    draft = begun(citizen, declarant)
    row = address("draft-row", draft.pk, "vehicle", KEY)
    citizen.post(row, CAR)
    citizen.post(address("draft-row-remove", draft.pk, "vehicle", KEY))
    citizen.post(address("draft-section", draft.pk, "vehicle"), {"answer": "nothing"})
    typed = {**CAR, "make": "GAZ Volga", "revision": "1"}
    script = citizen.post(row, typed, headers=SCRIPT)
    assert script.status_code == 409
    assert "removed in another window" in script.json()["message"]
    answer = citizen.post(row, typed)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "This entry was removed in another window" in page
    assert 'value="GAZ Volga"' in page
    assert "Add it as a new entry" in page
    assert "declarations/autosave" not in page, "nothing is brought back without the button"
    assert not DraftRow.objects.exists()
    assert DraftSection.objects.get(section="vehicle").answer == "nothing"
    shown = re.search(r'name="revision" value="(\d+)"', page)
    assert shown
    assert citizen.post(row, {**typed, "revision": shown[1]}).status_code == 302
    assert DraftRow.objects.get().typed["make"] == "GAZ Volga"
    assert not DraftSection.objects.filter(section="vehicle").exists()


def test_what_was_typed_before_a_sign_in_ended_is_not_put_over_what_another_device_saved(
    citizen: Client, declarant: Person
) -> None:
    row = address("draft-row", begun(citizen, declarant).pk, "vehicle", KEY)
    citizen.post(row, CAR)
    laptop = Client()
    laptop.force_login(Account.objects.get())
    laptop.post(row, {**CAR, "make": "Changed on the laptop", "revision": "1"})
    ended(citizen)
    citizen.post(row, {**CAR, "make": "Typed on the phone", "revision": "1"})
    citizen.force_login(Account.objects.get())
    answer = citizen.get(row)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "changed in another window" in page
    assert "Changed on the laptop" in page
    assert 'value="Typed on the phone"' in page
    assert DraftRow.objects.get().typed["make"] == "Changed on the laptop"
    assert 'name="revision" value="2"' in page


def test_what_was_typed_before_a_sign_in_ended_into_an_entry_that_is_gone_says_so(
    citizen: Client, declarant: Person
) -> None:
    draft = begun(citizen, declarant)
    row = address("draft-row", draft.pk, "vehicle", KEY)
    citizen.post(row, CAR)
    laptop = Client()
    laptop.force_login(Account.objects.get())
    laptop.post(address("draft-row-remove", draft.pk, "vehicle", KEY))
    ended(citizen)
    citizen.post(row, {**CAR, "make": "Typed on the phone", "revision": "1"})
    citizen.force_login(Account.objects.get())
    page = citizen.get(row).content.decode()
    assert "removed in another window" in page
    assert 'value="Typed on the phone"' in page
    assert not DraftRow.objects.exists()


def test_what_was_typed_before_a_sign_in_ended_stands_there_although_the_draft_was_filed(
    citizen: Client, declarant: Person
) -> None:
    draft = begun(citizen, declarant)
    row = address("draft-row", draft.pk, "vehicle", KEY)
    citizen.post(row, CAR)
    answered(citizen, draft)
    laptop = Client()
    laptop.force_login(Account.objects.get())
    shown_again(laptop)
    ended(citizen)
    citizen.post(row, {**CAR, "make": "Typed on the phone", "revision": "1"})
    assert laptop.post(address("draft-sign", draft.pk), signing(laptop, draft)).status_code == 302
    citizen.force_login(Account.objects.get())
    page = citizen.get(row).content.decode()
    assert "filed meanwhile, without what stands here" in page
    assert 'value="Typed on the phone"' in page


def test_a_page_knows_its_own_entry_again_of_which_the_answer_never_arrived(citizen: Client, declarant: Person) -> None:
    row = address("draft-row", begun(citizen, declarant).pk, "vehicle", KEY)
    citizen.post(row, CAR)
    first = {**CAR, "make": "GAZ", "revision": "1"}
    citizen.post(row, first, headers=SCRIPT)  # kept, but the page gave it up before the answer
    second = {**CAR, "make": "GAZ Volga", "revision": "1", "unanswered": urlencode({**first, "box": "of no entry"})}
    assert citizen.post(row, second, headers=SCRIPT).status_code == 200
    third = {**second, "make": "GAZ Volga 24", "unanswered": [second["unanswered"], urlencode(second)]}
    assert citizen.post(row, third).status_code == 302
    assert DraftRow.objects.get().typed["make"] == "GAZ Volga 24"
    citizen.post(row, {**CAR, "make": "Of another window", "revision": str(DraftRow.objects.get().revision)})
    assert citizen.post(row, {**third, "make": "GAZ"}).status_code == 409
    assert citizen.post(row, {**third, "make": "GAZ", "unanswered": "%00" * 5000}).status_code == 409
    assert DraftRow.objects.get().typed["make"] == "Of another window"


def test_what_was_typed_before_a_sign_in_ended_knows_its_own_entry_again(citizen: Client, declarant: Person) -> None:
    row = address("draft-row", begun(citizen, declarant).pk, "vehicle", KEY)
    citizen.post(row, CAR)
    first = {**CAR, "make": "GAZ", "revision": "1"}
    citizen.post(row, first, headers=SCRIPT)
    ended(citizen)
    citizen.post(row, {**CAR, "make": "GAZ Volga", "revision": "1", "unanswered": urlencode(first)})
    citizen.force_login(Account.objects.get())
    answer = citizen.get(row)
    assert answer.status_code == 200
    assert 'value="GAZ Volga"' in answer.content.decode()


def test_a_new_entry_that_was_kept_unheard_is_gone_on_with(citizen: Client, declarant: Person) -> None:
    row = address("draft-row", begun(citizen, declarant).pk, "vehicle", KEY)
    citizen.post(row, {**CAR, "revision": "0"}, headers=SCRIPT)
    sent = {**CAR, "make": "GAZ Volga", "revision": "0"}
    assert citizen.post(row, sent).status_code == 409
    assert citizen.post(row, {**sent, "unanswered": urlencode(CAR)}).status_code == 302


def test_what_the_script_keeps_reads_the_entries_and_the_family_once(citizen: Client, declarant: Person) -> None:
    draft = begun(citizen, declarant)
    wife = {"relation": "spouse", "name": "Жұмабаева Айгерім", "birth_date_day": "1", "birth_date_month": "5"}
    citizen.post(address("draft-row", draft.pk, "family", "0000000000BB"), {**wife, "birth_date_year": "1981"})
    row = address("draft-row", draft.pk, "vehicle", KEY)
    with CaptureQueriesContext(connection) as asked:
        answer = citizen.post(row, {**CAR, "owner": "spouse"}, headers=SCRIPT)
    assert answer.status_code == 200
    if connection.vendor == "postgresql":
        return  # what is kept prepared there is captured without its text
    read = [sql for sql in (one["sql"] or "" for one in asked) if sql.startswith("SELECT") and "position" in sql]
    listed = [sql for sql in read if "ORDER BY" in sql and '"declarations_draftrow"' in sql]
    assert len(listed) == 2, "the entries of the section, and the family that owns them"


@pytest.fixture
def acting(declarant: Person) -> Client:
    """The browser of somebody to whom the declarant gave a mandate, who files for them."""
    helper = factories.person(("Көмекші Адам",))
    factories.obligation(declarant, 2024)
    by = actor_of(account_of(declarant))
    grant_mandate(representative=helper, valid_from=timezone.localdate(), by=by, at=timezone.now())
    browser = Client()
    browser.force_login(account_of(helper, "helper"))
    browser.post("/en/my/acting-for/", {"principal": f"person:{declarant.pk}"})
    browser.post(address("begin", Obligation.objects.get().pk))
    return browser


def test_whoever_acts_for_somebody_else_in_another_window_is_told_for_whom_it_was_and_goes_on(
    acting: Client, declarant: Person
) -> None:
    row = address("draft-row", Draft.objects.get().pk, "vehicle", KEY)
    acting.post("/en/my/acting-for/", {"principal": ""})
    script = acting.post(row, CAR, headers=SCRIPT)
    assert script.status_code == 409
    assert "you do not act for" in script.json()["message"]
    answer = acting.post(row, {**CAR, "make": "GAZ Volga"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert names_of([declarant.pk])[declarant.pk] in page
    assert "GAZ Volga" in page
    back = dict(re.findall(r'name="(principal|next)" value="([^"]*)"', page))
    assert back == {"principal": f"person:{declarant.pk}", "next": row}
    assert acting.post("/en/my/acting-for/", back).headers["Location"] == row
    assert 'value="GAZ Volga"' in acting.get(row).content.decode()
    assert (
        acting.post("/en/my/acting-for/", {**back, "next": "https://elsewhere.example/"}).headers["Location"] == "/en/"
    )


def test_whoever_files_their_own_and_acts_for_another_meanwhile_goes_on_too(acting: Client) -> None:
    helper = Account.objects.get(username="helper")
    assert helper.person is not None
    mine = factories.obligation(helper.person, 2023)
    acting.post("/en/my/acting-for/", {"principal": ""})
    acting.post(address("begin", mine.pk))
    row = address("draft-row", Draft.objects.get(year=2023).pk, "vehicle", KEY)
    acting.post("/en/my/acting-for/", {"principal": f"person:{Obligation.objects.get(year=2024).person_id}"})
    page = acting.post(row, {**CAR, "make": "GAZ Volga"}).content.decode()
    assert "It is your own" in page
    acting.post("/en/my/acting-for/", {"principal": "", "next": row})
    assert 'value="GAZ Volga"' in acting.get(row).content.decode()


def test_what_is_typed_while_a_mandate_ends_can_be_handed_on_and_no_stranger_learns_of_a_draft(
    acting: Client, declarant: Person
) -> None:
    row = address("draft-row", Draft.objects.get().pk, "vehicle", KEY)
    by = actor_of(Account.objects.get(person=declarant))
    withdraw_mandate(mandate=Mandate.objects.get(), by=by, at=timezone.now())
    answer = acting.post(row, {**CAR, "make": "GAZ Volga"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "the mandate has ended" in page
    assert "GAZ Volga" in page
    assert 'name="principal"' not in page
    assert not DraftRow.objects.exists()
    stranger = Client()
    stranger.force_login(account_of(factories.person(), "stranger"))
    assert stranger.post(row, CAR).status_code == 404
    assert stranger.get(row).status_code == 404
