"""Payroll sends the documents that the law asks for with the declarations: before them by the API, or in an archive."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from adaldyq.kernel.models import Body, Upload
from adaldyq.kernel.scopes import Scope
from adaldyq.measures.declarations.domain.examples import LOAN, xml_of
from adaldyq.measures.declarations.models import Attachment, Declaration
from adaldyq.measures.declarations.queries.receipts import receipt
from adaldyq.measures.declarations.queries.sections import Contents
from tests import factories
from tests.measures.declarations.test_sending import codes, declared, post_xml, send, worker

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
OF_LOAN = {"section": "claim", "row": 1, "document": "loan_contract"}


@pytest.fixture(autouse=True)
def own_folder(settings: Settings, tmp_path: Path) -> None:
    settings.DATA_DIR, settings.FILES_DIR = tmp_path, tmp_path / "files"


@pytest.fixture
def employer() -> Body:
    return factories.body()


@pytest.fixture
def secret(employer: Body) -> str:
    return factories.token(Scope.DECLARATIONS_WRITE, of=employer)[1]


def document(secret: str, name: str = "loan.pdf", content: bytes = PDF, key: str = "") -> Any:
    headers = {"Authorization": f"Bearer {secret}", "Idempotency-Key": key or str(uuid4()), "Accept-Language": "en"}
    return Client().post("/api/v1/filings/documents", {"file": SimpleUploadedFile(name, content)}, headers=headers)


def borrowed(who: Any, *documents: Any, **more: Any) -> dict[str, Any]:
    """A declaration with a loan between private people, for which the law asks a document."""
    found = declared(who, claim=[dict(LOAN)], **more)
    return found | {"documents": list(documents)} if documents else found


def wrong(found: dict[str, Any]) -> dict[str, str]:
    return {one["field"]: one["detail"] for one in found["results"][0]["problem"]["errors"]}


def test_a_document_is_sent_first_and_filed_with_the_declaration_that_names_it(secret: str, employer: Body) -> None:
    answer = document(secret, key="d-1")
    assert answer.status_code == 201, answer.content
    assert document(secret, key="d-1").json() == answer.json()
    upload = Upload.objects.get(pk=answer.json()["id"])
    assert (upload.body_id, upload.owner_id, upload.sealed) == (employer.pk, None, True)
    who = worker(employer)
    assert codes(send(secret, borrowed(who, OF_LOAN | {"upload": upload.pk}))) == [""]
    kept, attached = Declaration.objects.get(), Attachment.objects.get()
    row = kept.claim.get()  # type: ignore[attr-defined]  # made from the sections
    assert (attached.declaration, attached.row_id, attached.upload) == (kept, row.pk, upload)
    upload.refresh_from_db()
    assert (upload.state, upload.person_id) == ("attached", who.pk)
    told = receipt(kept, Contents([kept]))
    assert told is not None
    assert told.agrees is True


def test_the_law_asks_for_the_document_at_this_door_too_and_names_the_entry(secret: str, employer: Body) -> None:
    found = send(secret, borrowed(worker(employer)), declared(worker(employer)))
    assert codes(found) == ["declared-document-missing", ""]
    assert list(wrong(found)) == ["claim.1.documents"]
    assert "Loan contract certified by a notary" in wrong(found)["claim.1.documents"]
    explained = borrowed(worker(employer), OF_LOAN | {"reason": "It burnt; the notary makes a copy."})
    assert codes(send(secret, explained)) == [""]


@pytest.mark.parametrize(
    ("named", "field"),
    [
        (OF_LOAN, "documents.1"),
        (OF_LOAN | {"reason": "x", "upload": "y"}, "documents.1"),
        (OF_LOAN | {"row": 2, "reason": "x"}, "documents.1.row"),
        (OF_LOAN | {"row": True, "reason": "x"}, "documents.1.row"),
        (OF_LOAN | {"row": "1", "reason": "x"}, "documents.1.row"),
        (OF_LOAN | {"section": "moon", "reason": "x"}, "documents.1.section"),
        (OF_LOAN | {"section": 7, "reason": "x"}, "documents.1.section"),
        (OF_LOAN | {"document": "moon", "reason": "x"}, "documents.1.document"),
        (OF_LOAN | {"file": "loan.pdf"}, "documents.1.file"),
        (OF_LOAN | {"upload": "000000000000"}, "documents.1.upload"),
        (OF_LOAN | {"reason": "\u202elost"}, "documents.1.reason"),
        (OF_LOAN | {"reason": "x" * 501}, "documents.1.reason"),
        (OF_LOAN | {"reason": "x", "moon": 1}, "documents.1.moon"),
        (7, "documents.1"),
        (None, "documents.1"),
    ],
)
def test_a_document_that_is_not_in_order_is_told_by_its_place(
    secret: str, employer: Body, named: Any, field: str
) -> None:
    found = wrong(send(secret, borrowed(worker(employer), named)))
    assert field in found
    assert not Declaration.objects.exists()


@pytest.mark.parametrize("listed", [7, "x", {}, [{}] * 501])
def test_what_is_no_list_of_documents_is_refused(secret: str, employer: Body, listed: Any) -> None:
    assert "documents" in wrong(send(secret, declared(worker(employer)) | {"documents": listed}))


def test_a_document_of_another_institution_or_of_another_declaration_is_not_there(secret: str, employer: Body) -> None:
    others = document(factories.token(Scope.DECLARATIONS_WRITE, of=factories.body())[1]).json()["id"]
    assert list(wrong(send(secret, borrowed(worker(employer), OF_LOAN | {"upload": others})))) == ["documents.1.upload"]
    mine = OF_LOAN | {"upload": document(secret).json()["id"]}
    assert codes(send(secret, borrowed(worker(employer), mine), borrowed(worker(employer), mine))) == [
        "",
        "document-used-twice",
    ]
    assert codes(send(secret, borrowed(worker(employer), mine))) == ["document-no-such-upload"]


def test_an_amendment_names_the_documents_of_the_version_before(secret: str, employer: Body) -> None:
    who, named = worker(employer), OF_LOAN | {"upload": document(secret).json()["id"]}
    number = send(secret, borrowed(who, named))["results"][0]["id"]
    assert codes(send(secret, borrowed(who, named, vehicle=[]) | {"amends": number})) == [""]
    assert Attachment.objects.filter(upload=str(named["upload"])).count() == 2


def test_documents_come_in_xml_too(secret: str, employer: Body) -> None:
    named = OF_LOAN | {"upload": document(secret).json()["id"]}
    answer = post_xml(secret, xml_of({"declarations": [borrowed(worker(employer), named)]}))
    assert codes(answer.json()) == [""]
    assert Attachment.objects.get().upload_id == named["upload"]


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("loan.pdf", b"MZ\x90", "file-is-another"),
        ("loan.exe", PDF, "file-kind-unknown"),
        ("loan.pdf", PDF[:20], "file-cut"),
        ("loan.pdf", b"", "file-empty"),
        ("loan.txt", b"x" * 10_000_001, "file-too-large"),
    ],
)
def test_what_is_no_document_is_refused_in_words(secret: str, name: str, content: bytes, code: str) -> None:
    answer = document(secret, name, content)
    assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert name in answer.json()["detail"]
    assert not Upload.objects.exists()


def test_a_token_without_the_scope_sends_no_document() -> None:
    assert document(factories.token(Scope.PEOPLE_READ)[1]).status_code == 403
    assert document("adaldyq_" + "0" * 64).status_code == 401
