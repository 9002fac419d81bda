"""What the pages before and after signing say of owners, of sums that are missing and of what was declared; documents that come too late."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from adaldyq.kernel.models import Person
from adaldyq.measures.declarations.models import Attachment, Declaration, Draft
from adaldyq.measures.declarations.queries.drafts import Filled
from tests import factories
from tests.measures.declarations.views.journey import CAR, address, answered, begun, filled_in, shown_again, signing

pytestmark = pytest.mark.django_db
KEY = "0000000000CC"
LOAN = {
    "owner": "declarant", "direction": "payable", "kind": "private loan", "counterparty": "Сосед Иван",
    "amount": "5000000", "currency": "KZT", "since_date_day": "1", "since_date_month": "2", "since_date_year": "2024",
}  # fmt: skip


@pytest.fixture
def loan(citizen: Client, declarant: Person, settings: Settings, tmp_path: Path) -> tuple[Draft, str]:
    """A draft with a loan that asks for its contract, and the name of that document."""
    settings.FILES_DIR = tmp_path / "files"
    draft = begun(citizen, declarant)
    citizen.post(address("draft-row", draft.pk, "claim", KEY), LOAN)
    return draft, Filled(draft, "claim").sections[0].rows[0].documents[0].name


def test_a_document_that_is_sent_twice_is_added_once(citizen: Client, loan: tuple[Draft, str]) -> None:
    draft, name = loan
    page = address("draft-documents", draft.pk, "claim", KEY)
    key = citizen.get(page).content.decode().partition('name="form_key" value="')[2].partition('"')[0]
    assert key
    for _twice in range(2):
        file = SimpleUploadedFile("a.txt", "договор".encode())
        sent = {"document": name, "reason": "", "form_key": key, "file": file}
        assert citizen.post(page, sent).status_code == 302
    assert Attachment.objects.count() == 1


def test_a_reason_for_an_entry_that_was_removed_meanwhile_is_given_back(
    citizen: Client, loan: tuple[Draft, str]
) -> None:
    draft, name = loan
    citizen.post(address("draft-row-remove", draft.pk, "claim", KEY))
    page = address("draft-documents", draft.pk, "claim", KEY)
    answer = citizen.post(page, {"document": name, "reason": "Потеряли при переезде"})
    assert answer.status_code == 409
    assert "Потеряли при переезде" in answer.content.decode()
    assert "removed or changed in another window" in answer.content.decode()
    assert citizen.get(page).status_code == 404


def test_a_reason_that_comes_after_the_declaration_was_filed_is_said_not_to_be_in_it(
    citizen: Client, loan: tuple[Draft, str]
) -> None:
    draft, name = loan
    page = address("draft-documents", draft.pk, "claim", KEY)
    citizen.post(page, {"document": name, "reason": "нет"})
    answered(citizen, draft)
    shown_again(citizen)
    assert citizen.post(address("draft-sign", draft.pk), signing(citizen, draft)).status_code == 302
    answer = citizen.post(page, {"document": name, "reason": "Потеряли при переезде"})
    assert answer.status_code == 409
    assert "filed meanwhile, without what stands here" in answer.content.decode()
    assert "Потеряли при переезде" in answer.content.decode()
    assert address("filed", Declaration.objects.get().pk) in answer.content.decode()


def test_things_of_a_spouse_whom_family_does_not_name_are_said_before_signing(
    citizen: Client, declarant: Person
) -> None:
    draft = begun(citizen, declarant)
    citizen.post(address("draft-row", draft.pk, "vehicle", KEY), {**CAR, "owner": "spouse"})
    answered(citizen, draft)
    page = citizen.get(address("draft-check", draft.pk)).content.decode()
    assert "is of a husband or wife, and Family names none" in page
    assert "Go on to sign" in page
    family = {"relation": "spouse", "name": "Танатарова Гүл", "birth_date_day": "1", "birth_date_month": "2"}
    citizen.post(address("draft-row", draft.pk, "family", "0000000000FF"), {**family, "birth_date_year": "1985"})
    assert "Family names none" not in citizen.get(address("draft-check", draft.pk)).content.decode()


def test_what_has_to_be_mended_is_a_link_and_opens_without_reproach(citizen: Client, declarant: Person) -> None:
    held = {
        "country": "KZ",
        "bank": "Halyk",
        "amount": 500,
        "currency": "KZT",
        "account_number": "KZ1",
        "owner": "declarant",
    }
    factories.declaration(declarant, 2023, rows={"account": [held]})
    draft = begun(citizen, declarant)
    row = draft.rows.get(section="account")
    href = address("draft-row", draft.pk, "account", row.pk)
    page = citizen.post(address("draft-section", draft.pk, "account"), {"answer": "complete"}).content.decode()
    assert f'href="{href}"' in page.partition("One entry has to be mended first.")[0].rpartition("<a")[2]
    opened = citizen.get(href).content.decode()
    assert "govuk-error" not in opened
    assert "govuk-error-summary" in citizen.post(href, {**row.typed, "revision": "1"}).content.decode()


def test_the_receipt_comes_first_and_what_was_declared_is_folded_below_it(citizen: Client, declarant: Person) -> None:
    draft = filled_in(citizen, declarant)
    row = draft.rows.get()
    citizen.post(address("draft-row", draft.pk, "vehicle", row.pk), {**CAR, "value": "", "revision": "1"})
    assert citizen.post(address("draft-sign", draft.pk), signing(citizen, draft)).status_code == 302
    page = citizen.get(address("filed", Declaration.objects.get().pk)).content.decode()
    assert "Without a sum: Vehicles (1)." in page
    assert 0 < page.index('id="proof"') < page.index('id="declared"') < page.index("Toyota Camry")
    declared = page[page.index('id="declared"') :].partition("</main>")[0]
    folded = re.findall(r"<details([^>]*)>(.*?)</details>", declared, re.DOTALL)
    assert "Toyota Camry" in "".join(matter for _attributes, matter in folded)
    assert not any("open" in attributes.split() for attributes, _matter in folded)
    assert "Toyota Camry" not in re.sub("<details.*?</details>", "", page, flags=re.DOTALL)
