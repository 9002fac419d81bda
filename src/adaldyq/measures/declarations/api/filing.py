"""The operations by which a program of an institution files declarations of those who work there, with documents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, File, Router, Schema, Status
from ninja.files import UploadedFile
from pydantic import BaseModel

from adaldyq.kernel.api import documents
from adaldyq.kernel.api.documents import FieldProblem, Problem
from adaldyq.kernel.api.keys import Key
from adaldyq.kernel.api.values import Given
from adaldyq.kernel.problems import sentence
from adaldyq.kernel.tokens import behind
from adaldyq.measures.declarations.actions.documents import take_document_once
from adaldyq.measures.declarations.actions.sending import FILED, TOGETHER, Became, file_sent
from adaldyq.measures.declarations.adapters.sent_files import declarations_in
from adaldyq.measures.declarations.domain.sent import Wrong

router = Router(tags=["declarations: filing"])


class FiledIn(Given):
    """Declarations, each as the published schema of files has it."""

    declarations: list[Any] = Field(min_length=1, max_length=TOGETHER)


class Mistake(FieldProblem):
    """What is wrong with one place of a declaration."""

    section: str | None = Field(None, description="The section that it lies in.")
    row: int | None = Field(None, description="Which row of the section, from 1.")


class Refusal(Problem):
    """Why a declaration was refused (RFC 9457)."""

    errors: list[Mistake] | None = Field(None, description="All that is wrong.")  # type: ignore[assignment]  # narrower


class FiledOne(BaseModel):
    """What became of one declaration."""

    number: int = Field(description="Which it was, from 1.")
    status: int = Field(description="201 when it is filed, else that of the problem.")
    reference: str = Field("", description="Your own name of it.")
    id: str | None = Field(None, description="Its number in the register; null when it was refused.")
    receipt: str | None = Field(None, description="Reference of its receipt in the ledger.")
    replayed: bool = Field(False, description="Whether it had been filed before, under the same reference or key.")
    problem: Refusal | None = Field(None, description="Why it was refused, with all that is wrong.")


class FiledOut(Schema):
    """What became of the declarations."""

    filed: int
    replayed: int = Field(description="Filed before, under the same references or the same key.")
    refused: int
    results: list[FiledOne]


def from_xml(content: bytes) -> dict[str, Any]:
    """Declarations in XML, as JSON has them.

    Raises:
        DomainError: as `declarations_in`.
    """
    return {"declarations": [one.value for one in declarations_in(content)]}


@router.post("", response=FiledOut, url_name="api-declarations-file", summary="File declarations")
def file_declarations(request: HttpRequest, key: Key, given: FiledIn) -> dict[str, Any]:
    """File up to 100 declarations, in JSON or XML as the schemas under `/declarations/schemas/` say; each is answered by itself.

    They are checked, filed and recorded as those that people file in the browser. One that is refused stops no other.
    """
    whole = key.strip('"') or key
    found = file_sent(values=given.declarations, key=whole, by=behind(request), at=timezone.now())
    results = [result_of(number, one) for number, one in enumerate(found, 1)]
    came = Counter("refused" if one.wrong else "replayed" if one.again else "filed" for one in found)
    return {"results": results, **{name: came[name] for name in ("filed", "replayed", "refused")}}


class DocumentOut(Schema):
    """A document that was taken."""

    id: str = Field(description="What `upload` of a document of a declaration takes.")
    name: str = Field(description="Name of the file, made harmless.")
    media_type: str
    size: int = Field(description="Bytes.")
    sha256: str
    expires_at: datetime = Field(description="When it is removed, unless a declaration that names it is filed before.")


@router.post(
    "/documents", response={FILED: DocumentOut}, url_name="api-filings-document", summary="Send a document of an entry"
)
def take_document(request: HttpRequest, key: Key, file: File[UploadedFile]) -> Status[dict[str, Any]]:
    """Send a document before the declaration that names it: PDF, JPEG, PNG, DOCX or text of up to 10 MB.

    It is looked at as one that a person adds in the browser: its kind by its content, its end, and by the scanner where
    there is one. Only programs of your institution can name it, once.
    """
    by, at, content = behind(request), timezone.now(), bytes(file.read())
    answer = take_document_once(name=file.name or "", content=content, key=key.strip('"') or key, by=by, at=at)
    return Status(answer.status, dict(answer.facts))


def result_of(number: int, one: Became) -> dict[str, Any]:
    """What is answered for one."""
    told = {"number": number, "reference": one.reference, "replayed": one.again}
    if one.wrong:
        problem = problem_of(one.wrong)
        return {**told, "status": problem["status"], "problem": problem}
    return {**told, "status": FILED, "id": one.declaration, "receipt": one.receipt}


def problem_of(wrong: Sequence[Wrong]) -> dict[str, object]:
    """The problem document of a refused declaration: the first mistake as its own, and all of them listed."""
    first = wrong[0]
    found = documents.document_of(first.error) | {"field": first.place or None}
    listed = [
        {"field": one.place, "detail": sentence(one.error), "section": one.section or None, "row": one.row or None}
        for one in wrong
    ]
    return found | {"errors": listed}
