"""A declarant takes a certificate, anybody checks it, and a registrar withdraws it."""

from __future__ import annotations

import html
from pathlib import Path

import pytest
from django.contrib.auth.hashers import make_password
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings

from adaldyq.kernel.actions.accounts import grant_role, open_account
from adaldyq.kernel.actor import system
from adaldyq.kernel.models import Account, Document, Person, Read
from adaldyq.kernel.roles import Registry, Role
from tests import factories
from tests.kernel.documents.reading import codes_of, text_of

pytestmark = pytest.mark.django_db

CHECK, DOCUMENTS, DECLARATIONS = "/en/documents/check/", "/en/documents/", "/en/declarations/"
ROWS = {"income": [{"kind": "salary", "amount": 7_500_000}]}


@pytest.fixture(autouse=True)
def folder(settings: Settings, tmp_path: Path) -> Path:
    settings.FILES_DIR = tmp_path / "files"
    return tmp_path / "files"


def account_of(person: Person, name: str = "aigerim") -> Account:
    made = open_account(
        username=name,
        name=name,
        password_hash=make_password(factories.PASSWORD),
        person=person,
        by=factories.BY,
        at=factories.AT,
    )
    grant_role(account=made, role=Role.CITIZEN, by=factories.BY, at=factories.AT)
    return made


def signed_in(account: Account) -> Client:
    browser = Client()
    browser.force_login(account)
    return browser


def page(browser: Client, address: str, status: int = 200) -> str:
    answer = browser.get(address)
    assert answer.status_code == status, address
    return html.unescape(answer.content.decode()).replace("\u00a0", " ")


def certificate(browser: Client, declaration: str) -> bytes:
    assert browser.post(f"{DECLARATIONS}{declaration}/certificate/").status_code == 302
    return bytes(browser.get(f"{DOCUMENTS}{Document.objects.latest('issued_at').pk}/").content)


def test_a_declarant_takes_the_certificate_of_filing(client: Client) -> None:
    declaration = factories.declaration(is_public=False, rows=ROWS)
    desk = signed_in(account_of(declaration.person))
    assert "Get the certificate of filing (PDF)" in page(desk, f"{DECLARATIONS}mine/")
    content = certificate(desk, declaration.pk)
    text = text_of(content)
    assert "Certificate of filing" in text
    assert "Tanatarov Serik Abdievich" in text
    assert "7 500 000" not in text
    assert "Certificate of filing" in page(desk, DOCUMENTS)
    assert Read.objects.get().kind == "document"
    [address] = codes_of(content)
    told = page(client, address.removeprefix("http://localhost:8000"))
    assert "The document is genuine" in told
    assert "2024" in told
    assert "Tanatarov" not in told


def test_of_anothers_declaration_there_is_no_certificate() -> None:
    declaration = factories.declaration(is_public=False)
    other = signed_in(account_of(factories.person(), "other"))
    assert other.post(f"{DECLARATIONS}{declaration.pk}/certificate/").status_code == 404
    assert other.post(f"{DECLARATIONS}{declaration.pk}/extract/").status_code == 404
    assert "nothing filed yet" in page(other, f"{DECLARATIONS}mine/")
    assert not Document.objects.exists()


def test_anothers_document_is_not_there() -> None:
    declaration = factories.declaration()
    certificate(signed_in(account_of(declaration.person)), declaration.pk)
    other = signed_in(account_of(factories.person(), "other"))
    page(other, f"{DOCUMENTS}{Document.objects.get().pk}/", 404)


def test_an_extract_of_a_public_declaration_shows_what_the_law_opens() -> None:
    declaration = factories.official(rows=ROWS)
    desk = signed_in(account_of(factories.person(), "reader"))
    assert "Get a certified extract (PDF)" in page(desk, f"{DECLARATIONS}{declaration.pk}/")
    assert desk.post(f"{DECLARATIONS}{declaration.pk}/extract/").status_code == 302
    text = text_of(desk.get(f"{DOCUMENTS}{Document.objects.get().pk}/").content)
    assert "Extract of a public declaration" in text
    assert "7 500 000 ₸" in text.replace("\u00a0", " ").replace("\u2009", " ").replace("\u202f", " ")


def test_whoever_is_not_signed_in_gets_no_extract(client: Client) -> None:
    declaration = factories.official()
    assert "Whoever is signed in" in page(client, f"{DECLARATIONS}{declaration.pk}/")
    assert client.post(f"{DECLARATIONS}{declaration.pk}/extract/").status_code == 302
    assert not Document.objects.exists()


def test_a_document_is_checked_by_its_file(client: Client) -> None:
    declaration = factories.declaration()
    content = certificate(signed_in(account_of(declaration.person)), declaration.pk)

    def checked(sent: bytes) -> str:
        return client.post(CHECK, {"file": SimpleUploadedFile("a.pdf", sent)}).content.decode()

    assert "The document is genuine" in checked(content)
    assert "There is no such document" in checked(content + b" ")


@pytest.mark.parametrize(
    ("query", "status", "told"),
    [
        ("", 200, "By number and code"),
        ("?number=CF-1&code=ABC", 200, "There is no such document"),
        ("?number=&code=", 422, "Write the number"),
        ("?number=CF-1", 422, "Write the code"),
        (f"?number={'9' * 50}&code=A", 422, "at most 40 characters"),
    ],
)
def test_an_odd_question_gets_an_answer(client: Client, query: str, status: int, told: str) -> None:
    assert told in page(client, f"{CHECK}{query}", status)


def test_a_registrar_withdraws_a_document_and_the_check_says_so(client: Client) -> None:
    declaration = factories.declaration()
    certificate(signed_in(account_of(declaration.person)), declaration.pk)
    document = Document.objects.get()
    registrar = signed_in(factories.account("registrar", Role.REGISTRAR))
    address = f"{DOCUMENTS}withdraw/"
    assert registrar.post(address, {"number": "CF-1", "ground": "why"}).status_code == 422
    assert registrar.post(address, {"number": document.number, "ground": "Issued twice."}).status_code == 302
    again = registrar.post(address, {"number": document.number, "ground": "Issued twice."})
    assert again.status_code == 422
    told = page(client, f"{CHECK}?number={document.number}&code={document.code}")
    assert "The document was withdrawn" in told
    assert "Issued twice." in told


def test_the_check_says_in_which_language_the_document_is(client: Client) -> None:
    declaration = factories.declaration()
    desk = signed_in(account_of(declaration.person))
    desk.post(f"/kk/declarations/{declaration.pk}/certificate/")
    document = Document.objects.get()
    told = page(client, f"/ru/documents/check/?number={document.number}&code={document.code}")
    assert "Язык документа" in told
    assert "Қазақша" in told
    assert "так, как написано в документе" in told


def test_a_registrar_of_another_registry_is_told_whose_it_is(client: Client) -> None:
    declaration = factories.declaration()
    certificate(signed_in(account_of(declaration.person)), declaration.pk)
    registrar = factories.account("registrar")
    grant_role(account=registrar, role=Role.REGISTRAR, registry=Registry.LAND, by=system("test"), at=timezone.now())
    entry = {"number": Document.objects.get().number, "ground": "Issued twice."}
    told = signed_in(registrar).post(f"{DOCUMENTS}withdraw/", entry)
    assert told.status_code == 422
    assert "declarations and duties to file them" in told.content.decode()


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_every_page_opens_in_every_language(language: str) -> None:
    declaration = factories.declaration()
    desk = signed_in(account_of(declaration.person))
    certificate(desk, declaration.pk)
    for address in ("documents/", "documents/check/", "declarations/mine/"):
        assert f'lang="{language}"' in page(desk, f"/{language}/{address}")
