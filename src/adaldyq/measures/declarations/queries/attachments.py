"""Documents of the entries of a draft or declaration: which belong there, and which are there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import get_language

from adaldyq.base.errors import DomainError
from adaldyq.countries.facts import DocumentFact, Duty
from adaldyq.kernel import naming
from adaldyq.kernel.compiled import Compiled
from adaldyq.measures.declarations.domain.fingerprint import attachment_line
from adaldyq.measures.declarations.models import Attachment, Declaration, Draft

__all__ = ["Attachment", "DocumentFact"]

FIELD = "documents"
"""Where a document that is missing is told."""
MOST = 10
"""Documents of one entry."""


def in_force() -> list[DocumentFact]:
    """Documents that belong to entries which are filed today."""
    return naming.pack().documents_in_force(timezone.localdate())


def asked_for(section: str, values: Mapping[str, object], listed: Iterable[DocumentFact]) -> list[DocumentFact]:
    """Documents of a list that belong to an entry."""
    return [one for one in listed if one.belongs_to(section, values)]


def missing(documents: Iterable[DocumentFact], there: Sequence[Attachment]) -> list[DomainError]:
    """What the law asks for and is neither there nor explained."""
    names = {one.document for one in there}
    return [told_missing(one) for one in documents if one.duty is Duty.REQUIRED and one.name not in names]


def told_missing(document: DocumentFact) -> DomainError:
    """That a document which the law asks for is missing."""
    return DomainError("declared-document-missing", field=FIELD, document=title_of(document))


def title_of(document: DocumentFact) -> str:
    """What a document is called in the language in force, else in the country's first."""
    return document.names.get(get_language() or "", document.names[naming.pack().languages[0]])


def titles() -> dict[str, str]:
    """What all documents are called, by their names; the newest of each."""
    return {one.name: title_of(one) for one in sorted(naming.pack().documents, key=lambda one: one.since)}


def of_draft(draft: Draft) -> list[Attachment]:
    """Documents of a draft in the order in which they were added, each with its file."""
    return OF_DRAFT(draft.pk)


OF_DRAFT = Compiled(
    lambda draft: Attachment.objects.filter(draft=draft).select_related("upload").order_by("added_at", "pk"), str
)


def of_declaration(declaration: Declaration) -> QuerySet[Attachment]:
    """Documents that were filed with a declaration."""
    return declaration.attachments.select_related("upload").order_by("added_at", "pk")


def by_row(listed: Iterable[Attachment]) -> dict[str, list[Attachment]]:
    """Documents by the entry that they belong to."""
    found: dict[str, list[Attachment]] = {}
    for one in listed:
        found.setdefault(one.row_id, []).append(one)
    return found


def line_of(one: Attachment) -> str:
    """A document in the exact form that the ledger's line of the declaration commits to."""
    return attachment_line(one.row_id, one.document, one.sha256, one.reason)


def said(one: Attachment) -> dict[str, str]:
    """A document in the form in which it is signed."""
    return {"document": one.document, "sha256": one.sha256, "reason": one.reason}
