"""Acting for another person: pages of what is one's own are then the person's, and both are named."""

from __future__ import annotations

import json
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from adaldyq.kernel.actions.mandates import grant_mandate
from adaldyq.kernel.actor import actor_of
from adaldyq.kernel.models import (
    Account,
    Company,
    CorrectionRequest,
    Document,
    Mandate,
    MandateRequest,
    Person,
    PersonIdentifier,
    Upload,
)
from adaldyq.kernel.roles import Role
from adaldyq.ledger.models import Leaf
from tests import factories
from tests.kernel.notifications.conftest import mail
from tests.kernel.notifications.peers import MailSink
from tests.portal.accounts.test_own import signed_in
from tests.portal.registers.test_pages import address, text_of
from tests.portal.sign_in.test_owner_is_told import reachable, sent

__all__ = ["mail"]

pytestmark = pytest.mark.django_db


@pytest.fixture
def person() -> Person:
    return factories.person()


def representing(person: Person) -> Client:
    """A browser of somebody whom a person gave a mandate, acting for that person."""
    owner = factories.account("principal", Role.CITIZEN)
    Account.objects.filter(pk=owner.pk).update(person=person)
    other = factories.person(["Өкіл Адам", "Представитель Иван", "Deputy Ivan"])
    browser = signed_in("deputy", other)
    grant_mandate(representative=other, by=actor_of(Account.objects.get(pk=owner.pk)), at=timezone.now())
    browser.post("/en/my/acting-for/", {"principal": f"person:{person.pk}"})
    return browser


def test_a_representative_sees_what_is_held_on_the_person_and_the_person_sees_who_looked(person: Person) -> None:
    browser = representing(person)
    page = text_of(browser, "registers-mine")
    assert "You act for Tanatarov Serik" in page
    assert "Tanatarov Serik Abdievich" in page
    assert "Deputy Ivan" not in page
    assert json.loads(browser.get(address("registers-mine-json")).content)["person"] == person.pk
    owner = Client()
    owner.force_login(Account.objects.get(username="principal"))
    reads = text_of(owner, "registers-reads")
    assert "Deputy Ivan, acting for you" in reads
    assert "page “My data”" in reads


@pytest.mark.parametrize(
    ("asked", "goes"), [("foo", "/en/"), ("//away.example/", "/en/"), ("/en/my/account/", "/en/my/account/")]
)
def test_after_choosing_one_goes_on_to_a_page_of_the_product_and_nowhere_else(
    person: Person, asked: str, goes: str
) -> None:
    browser = signed_in("chooses", person)
    answer = browser.post("/en/my/acting-for/", {"principal": "", "next": asked})
    assert (answer.status_code, answer.headers["Location"]) == (302, goes)


def test_who_stops_acting_for_a_person_sees_their_own_again(person: Person) -> None:
    browser = representing(person)
    browser.post("/en/my/acting-for/", {"principal": ""})
    assert "Tanatarov" not in text_of(browser, "registers-mine")


def test_a_representative_asks_for_a_correction_and_both_stand_in_the_ledger(person: Person) -> None:
    browser = representing(person)
    name = person.names.get(language="en")
    answer = browser.post(
        address("registers-claim", "person_name", name.pk),
        {"field": "text", "value": "Tanatarov Serik A.", "evidence": "Passport"},
    )
    assert answer.status_code == 302, answer.content.decode()
    asked = CorrectionRequest.objects.get()
    deputy = Account.objects.get(username="deputy")
    assert (asked.person_id, asked.submitted_by_id) == (person.pk, deputy.pk)
    line = Leaf.objects.get(act="kernel.correction.submit")
    assert f'"by":"{deputy.pk}"' in (line.payload or "")
    assert f'"on_behalf_of":"person:{person.pk}"' in (line.payload or "")
    browser.post("/en/my/acting-for/", {"principal": ""})
    assert browser.get(address("registers-correction", asked.pk)).status_code == 404


def test_files_and_declarations_of_the_person_are_those_that_a_representative_sees(person: Person) -> None:
    factories.declaration(person)
    browser = representing(person)
    file = SimpleUploadedFile("proof.txt", b"what shows it")
    assert browser.post(address("desk-file-add"), {"file": file}).status_code == 302
    assert Upload.objects.get().owner == Account.objects.get(username="principal")
    assert "proof.txt" in text_of(browser, "desk-files")
    assert "Get the certificate" in text_of(browser, "declarations-mine")
    browser.post("/en/my/acting-for/", {"principal": ""})
    assert "proof.txt" not in text_of(browser, "desk-files")
    assert "Get the certificate" not in text_of(browser, "declarations-mine")


def test_a_certificate_that_a_representative_asks_for_belongs_to_the_person(person: Person) -> None:
    made = factories.declaration(person)
    browser = representing(person)
    browser.post(address("declarations-certificate", made.pk))
    assert Document.objects.get().owner == Account.objects.get(username="principal")
    assert "Certificate of filing" in text_of(browser, "desk-documents")


def test_a_mandate_does_not_reach_to_mandates_and_the_role_is_that_of_a_representative(person: Person) -> None:
    browser = representing(person)
    assert "a mandate does not reach so far" in text_of(browser, "accounts-mandates")
    shown = text_of(browser, "accounts-my")
    assert "<li>representative, Tanatarov" in shown
    assert "citizen" not in shown.lower()


def test_who_acts_for_a_company_is_told_that_no_person_is_meant(person: Person) -> None:
    place, day = factories.territory(), date(2025, 1, 1)
    firm = Company(name="«Дала» ЖШС", legal_form="llp", head=person, territory=place, source="t", as_of=day)
    factories.loaded("company", firm)
    citizen = signed_in("citizen", person)
    citizen.post("/en/my/acting-for/", {"principal": f"company:{firm.pk}"})
    for page in ("registers-mine", "declarations-mine", "declarations-obligations"):
        shown = text_of(citizen, page)
        assert "which is no person" in shown
        assert "need not declare" not in shown
        assert "Nothing to file" not in shown


def test_whoever_gets_or_loses_a_mandate_is_told_in_messages_and_by_mail(person: Person, mail: MailSink) -> None:
    number = PersonIdentifier(person=factories.person(), scheme="IIN", country="KZ", value="800101400220")
    factories.loaded("person_identifier", number)
    giver, taker = signed_in("giver", person), signed_in("taker", number.person)
    for name in ("giver", "taker"):
        reachable(Account.objects.get(username=name), email=f"{name}@people.example", email_wanted=True)
    entry = {"company": "", "number": "800101400220"}

    def given() -> Mandate:
        giver.post("/en/my/mandates/", entry)
        taker.post(f"/en/my/mandates/asked/{MandateRequest.objects.get(ended_at=None).pk}/agree/")
        return Mandate.objects.get(withdrawn_at=None)

    giver.post(f"/en/my/mandates/{given().pk}/withdraw/")
    given()
    taker.post(f"/en/my/mandates/{Mandate.objects.get(withdrawn_at=None).pk}/withdraw/")
    inbox = taker.get("/en/messages/").content.decode()
    assert inbox.count("You were given a mandate") == 2
    assert "A mandate was withdrawn from you" in inbox
    assert sorted(sent(mail)) == [
        ("giver@people.example", "A mandate that you gave was laid down"),
        ("giver@people.example", "Whom you asked acts for you now"),
        ("giver@people.example", "Whom you asked acts for you now"),
        ("taker@people.example", "A mandate was withdrawn from you"),
        ("taker@people.example", "Somebody asks you to act for them"),
        ("taker@people.example", "Somebody asks you to act for them"),
        ("taker@people.example", "You were given a mandate"),
        ("taker@people.example", "You were given a mandate"),
    ]
