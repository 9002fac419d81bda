"""Documents that are brought with a paper are added to its entries, and asked for as in the browser."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from adaldyq.kernel.actor import actor_of
from adaldyq.kernel.models import Account, Person, Upload
from adaldyq.measures.declarations.actions.keying import key_in
from adaldyq.measures.declarations.models import Attachment, Declaration, ReceivedPaper
from adaldyq.measures.declarations.queries.receipts import receipt
from adaldyq.measures.declarations.queries.sections import Contents
from tests.measures.declarations.test_sent_documents import PDF
from tests.measures.declarations.views.test_received import PAPERS, declarant, officer, step, taken

__all__ = ["declarant"]
"""A fixture."""

pytestmark = pytest.mark.django_db

LOAN = {"direction": "payable", "kind": "private loan", "counterparty": "Марат", "amount": "100"}


@pytest.fixture(autouse=True)
def own_folder(settings: Settings, tmp_path: Path) -> None:
    settings.DATA_DIR, settings.FILES_DIR = tmp_path, tmp_path / "files"


def keyed_in(paper: ReceivedPaper, *loans: dict[str, str]) -> None:
    """Two people key in a paper with these debts."""
    for name in ("first", "second"):
        by = actor_of(Account.objects.get(username=name))
        key_in(paper=paper, rows={"claim": loans}, by=by, at=timezone.now())
        paper.refresh_from_db()


def brought(paper: ReceivedPaper, by: str = "first", name: str = "loan.pdf", content: bytes = PDF, **more: str) -> Any:
    given = {"document": "claim.loan_contract", "entry": "1", **more}
    if name:
        given["file"] = SimpleUploadedFile(name, content)  # type: ignore[assignment]  # a file among texts
    return officer(by).post(f"{PAPERS}{paper.pk}/documents/", given)


def test_a_paper_without_the_document_waits_for_it_and_is_filed_with_it(declarant: Person) -> None:
    paper = taken(declarant)
    keyed_in(paper, LOAN)
    assert paper.state == "refused"
    page = officer("second").get(f"{PAPERS}{paper.pk}/").content.decode()
    assert "Entry 1: “Loan contract certified by a notary" in page
    assert brought(paper).status_code == 302
    attached = Attachment.objects.get()
    assert attached.upload is not None
    assert (attached.paper, attached.row_id, attached.upload.person_id) == (paper, "1", declarant.pk)
    for address in ("", "documents/"):
        assert "loan.pdf" in officer("second").get(f"{PAPERS}{paper.pk}/{address}").content.decode()
    assert officer("second").get(reverse("desk-file", args=[attached.upload.pk])).status_code == 200
    assert step("second", paper, "file")[0] == 302
    kept = Declaration.objects.get()
    filed = Attachment.objects.get()
    row = kept.claim.get()  # type: ignore[attr-defined]  # made from the sections
    assert (filed.declaration, filed.row_id, filed.upload, filed.paper) == (kept, row.pk, attached.upload, None)
    told = receipt(kept, Contents([kept]))
    assert told is not None
    assert told.agrees is True
    assert officer("second").get(f"{PAPERS}{paper.pk}/documents/").status_code == 302


def test_a_reason_does_as_well_and_a_document_of_another_entry_does_not(declarant: Person) -> None:
    paper = taken(declarant)
    brought(paper, entry="2")
    keyed_in(paper, LOAN)
    page = officer("second").get(f"{PAPERS}{paper.pk}/").content.decode()
    assert "Document 1: There is no such entry" in page
    answer = officer("first").post(f"{PAPERS}{paper.pk}/documents/", {"take_out": Attachment.objects.get().pk})
    assert answer.status_code == 302
    assert not Upload.objects.exclude(state="removed").exists()
    assert brought(paper, name="", reason="It burnt.").status_code == 302
    assert step("second", paper, "file")[0] == 302
    assert Attachment.objects.get().reason == "It burnt."


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"name": "loan.exe"}, "not of a kind that is accepted"),
        ({"content": PDF[:20]}, "is cut off"),
        ({"content": b"MZ\x90"}, "is not what its name says"),
        ({"name": ""}, "one of the two"),
        ({"reason": "lost"}, "one of the two"),
        ({"name": "", "reason": "\u202elost"}, "U+202E"),
        ({"name": "", "reason": "x" * 501}, "Keep it to 500"),
        ({"entry": "0"}, "id_entry"),
        ({"entry": "9" * 30}, "id_entry"),
        ({"entry": "one"}, "id_entry"),
        ({"document": "moon"}, "id_document"),
    ],
)
def test_what_is_no_document_is_refused_in_words(declarant: Person, given: dict[str, Any], told: str) -> None:
    paper = taken(declarant)
    answer = brought(paper, **given)
    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert not Attachment.objects.exists()


def test_the_scans_go_when_the_paper_is_given_back(declarant: Person) -> None:
    paper = taken(declarant)
    brought(paper)
    assert step("first", paper, "give_back", "It is not signed.")[0] == 302
    assert not Attachment.objects.exists()
    assert Upload.objects.get().state == "removed"
