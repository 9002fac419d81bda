"""A person adds the documents that the law asks for: they go with the declaration, are bound to it, and are never public."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from adaldyq.countries.loader import available, load
from adaldyq.kernel.models import Account, Person, Upload
from adaldyq.kernel.roles import Role
from adaldyq.measures.declarations.domain.codes import words_of
from adaldyq.measures.declarations.domain.sections import BY_NAME
from adaldyq.measures.declarations.models import Attachment, Declaration, Draft, Review, ReviewSelection
from adaldyq.measures.declarations.queries.receipts import receipt
from adaldyq.measures.declarations.queries.sections import Contents
from adaldyq.measures.declarations.queries.signing import as_filed
from tests import factories
from tests.kernel.documents.reading import text_of
from tests.measures.declarations.test_redaction import content, doors
from tests.measures.declarations.views.journey import account_of, address, answered, begun, shown_again, signing

pytestmark = pytest.mark.django_db

LOAN = {
    "owner": "declarant",
    "direction": "payable",
    "kind": "private loan",
    "counterparty": "Марат",
    "amount": "100",
    "currency": "KZT",
}
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
ROW = "0000000000AA"


@pytest.fixture(autouse=True)
def own_folder(settings: Settings, tmp_path: Path) -> None:
    settings.DATA_DIR, settings.FILES_DIR = tmp_path, tmp_path / "files"


@pytest.fixture
def draft(citizen: Client, declarant: Person) -> Draft:
    """A draft with a loan between private people, for which the law asks a document."""
    found = begun(citizen, declarant, is_public=True, body=factories.body())
    citizen.post(address("draft-row", found.pk, "claim", ROW), LOAN)
    return found


def documents(draft: Draft, row: str = ROW) -> str:
    return address("draft-documents", draft.pk, "claim", row)


def sent(name: str = "loan.pdf", body: bytes = PDF, **more: str) -> dict[str, object]:
    return {"document": "loan_contract", "file": SimpleUploadedFile(name, body), **more}


def file(client: Client, draft: Draft) -> Declaration:
    answered(client, draft)
    shown_again(client)
    answer = client.post(address("draft-sign", draft.pk), signing(client, draft))
    assert answer.status_code == 302, answer.content
    return Declaration.objects.get(is_current=True)


@pytest.mark.parametrize("code", available())
def test_documents_of_a_pack_belong_to_sections_and_codes_of_the_form(code: str) -> None:
    for one in load(code).documents:
        assert one.section in BY_NAME
        assert not one.column or one.code in words_of(one.section, one.column)


def test_a_document_that_is_missing_is_told_and_keeps_the_section_from_being_complete(
    citizen: Client, draft: Draft
) -> None:
    section = address("draft-section", draft.pk, "claim")
    assert citizen.post(section, {"answer": "complete"}).status_code == 200
    for page in (section, address("draft-check", draft.pk)):
        text = citizen.get(page).content.decode()
        assert documents(draft) in text
        assert "Loan contract certified by a notary" in text
    assert (
        "is missing. Add it, or say why there is none" in citizen.get(address("draft-check", draft.pk)).content.decode()
    )
    assert "Tax Code of Kazakhstan" in citizen.get(documents(draft)).content.decode()


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (sent("loan.exe"), "not of a kind that is accepted"),
        (sent(body=b"MZ\x90"), "is not what its name says"),
        (sent(body=PDF[:3]), "is not what its name says"),
        (sent(body=b""), "is empty"),
        (sent(reason="lost"), "one of the two"),
        ({"document": "loan_contract"}, "one of the two"),
        ({"document": "moon", "reason": "x"}, "moon"),
        ({"document": "loan_contract", "reason": "\u202elost"}, "U+202E"),
        ({"document": "loan_contract", "reason": "x" * 501}, "Keep it to 500"),
    ],
)
def test_what_is_no_document_is_refused_in_words(
    citizen: Client, draft: Draft, given: dict[str, object], told: str
) -> None:
    answer = citizen.post(documents(draft), given)
    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert not Attachment.objects.exists()


def test_a_document_is_filed_with_its_digest_and_carried_into_an_amendment(citizen: Client, draft: Draft) -> None:
    assert citizen.post(documents(draft), sent()).status_code == 302
    upload = Upload.objects.get()
    assert "loan.pdf" in citizen.get(address("draft-check", draft.pk)).content.decode()
    answered(citizen, draft)
    shown_again(citizen)
    paper = text_of(citizen.get(address("draft-pdf", draft.pk)).content).replace("\n", "")
    assert f"loan.pdf, SHA-256 {upload.sha256}" in paper
    filed = file(citizen, draft)
    kept = filed.attachments.get()
    assert (kept.sha256, kept.row_id) == (upload.sha256, str(filed.claim.get().row_id))  # type: ignore[attr-defined]  # made from data
    assert upload.sha256 in as_filed(filed).decode()
    told = receipt(filed, Contents([filed]))
    assert told is not None
    assert told.agrees
    page = citizen.get(address("filed", filed.pk)).content.decode()
    here = reverse("desk-file", args=[upload.pk])
    assert here in page
    assert citizen.get(here).content == PDF
    Attachment.objects.update(sha256="0" * 64)
    exchanged = receipt(filed, Contents([filed]))
    assert exchanged is not None
    assert not exchanged.agrees
    Attachment.objects.update(sha256=upload.sha256)
    citizen.post(address("amend", filed.pk))
    second = Draft.objects.get(state="open")
    row = second.rows.get()
    assert "loan.pdf" in citizen.get(documents(second, row.pk)).content.decode()
    citizen.post(address("draft-set-aside", second.pk))
    upload.refresh_from_db()
    assert upload.state == "attached"
    assert filed.attachments.count() == 1


def test_a_reason_stands_for_a_document_until_there_is_one_and_what_is_taken_out_is_gone(
    citizen: Client, draft: Draft
) -> None:
    citizen.post(documents(draft), {"document": "loan_contract", "reason": "It burnt."})
    assert "There is none: It burnt." in citizen.get(documents(draft)).content.decode()
    assert citizen.post(address("draft-section", draft.pk, "claim"), {"answer": "complete"}).status_code == 302
    citizen.post(documents(draft), sent())
    kept = Attachment.objects.get()
    assert kept.reason == ""
    citizen.post(documents(draft), {"take_out": kept.pk})
    assert not Attachment.objects.exists()
    assert Upload.objects.get().state == "removed"


def test_a_reason_that_was_typed_while_the_sign_in_ended_comes_back(citizen: Client, draft: Draft) -> None:
    account = Account.objects.get()
    citizen.logout()
    citizen.get("/en/sign-in/")
    given = {"document": "loan_contract", "reason": "It burnt in the flood."}
    assert citizen.post(documents(draft), given).headers["Location"].startswith("/en/sign-in/")
    citizen.force_login(account)
    page = citizen.get(documents(draft)).content.decode()
    assert "It burnt in the flood.</textarea>" in page
    assert "is not saved yet" in page
    assert not Attachment.objects.exists()


def test_what_is_signed_holds_documents_and_a_change_of_them_asks_to_check_again(citizen: Client, draft: Draft) -> None:
    citizen.post(documents(draft), sent())
    answered(citizen, draft)
    shown_again(citizen)
    form = signing(citizen, draft)
    citizen.post(documents(draft), sent("other.pdf", PDF + b"\n"))
    assert citizen.post(address("draft-sign", draft.pk), form).status_code == 422
    assert not Declaration.objects.exists()


def test_documents_come_out_of_no_public_door_and_to_nobody_else(
    client: Client, citizen: Client, declarant: Person, draft: Draft
) -> None:
    citizen.post(documents(draft), sent("canary-loan.pdf"))
    filed = file(citizen, draft)
    upload = Upload.objects.get()
    stranger = Client()
    stranger.force_login(account_of(factories.person(), "stranger"))
    assert stranger.get(reverse("desk-file", args=[upload.pk])).status_code == 404
    assert stranger.get(documents(draft)).status_code == 404
    closed = ("canary", "loan_contract", upload.sha256, upload.pk, "certified by a notary")
    for door in doors(filed):
        text = content(client, door)
        assert not [one for one in closed if one in text], door
    assert client.get(reverse("desk-file", args=[upload.pk])).status_code == 302


def test_whoever_may_see_the_review_of_a_declaration_may_see_its_documents(citizen: Client, draft: Draft) -> None:
    citizen.post(documents(draft), sent())
    filed = file(citizen, draft)
    here = reverse("desk-file", args=[Upload.objects.get().pk])
    analyst = Client()
    analyst.force_login(factories.account("analyst", Role.AGENCY_ANALYST))
    assert analyst.get(here).status_code == 404
    numbers = dict.fromkeys(("frame_size", "risk_share", "random_share", "risk_count", "random_count"), 1)
    drawn = ReviewSelection.objects.create(year=2024, frame=b"", weights={}, at=factories.AT, **numbers)
    due = {"decision_due_date": factories.AS_OF, "weight": 1}
    review = Review.objects.create(selection=drawn, declaration=filed, person=filed.person, part="risk", **due)
    assert here in analyst.get(reverse("declarations-review", args=[review.pk])).content.decode()
    assert analyst.get(here).content == PDF
