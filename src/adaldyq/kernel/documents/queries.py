"""Documents: one's own, and whether one is genuine."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from django.apps import apps
from django.db.models import Q, QuerySet
from django.utils.module_loading import import_string

from adaldyq.kernel.acting import belonging
from adaldyq.kernel.actor import Actor
from adaldyq.kernel.models import Document
from adaldyq.kernel.models.documents import WITHDRAWN
from adaldyq.ledger.queries import line_about

GENUINE, GONE, UNKNOWN = "genuine", "withdrawn", "unknown"
ISSUED = "kernel.document.issue"


@dataclass(frozen=True, slots=True)
class Check:
    """What the check of a document says.

    Attributes:
        outcome: genuine, withdrawn or unknown.
        document: the row, for its public facts; None when it is unknown.
        receipt: name of the ledger's receipt of its issue; empty when the ledger has none.
    """

    outcome: str
    document: Document | None = None
    receipt: str = ""


@cache
def kinds() -> Mapping[str, object]:
    """Titles of all kinds of documents; a room names its own in its app's config, as `document_kinds`."""
    found: dict[str, object] = {}
    for config in apps.get_app_configs():
        if hasattr(config, "document_kinds"):
            found |= import_string(config.document_kinds)
    return found


def check_number(number: str, code: str) -> Check:
    """Whether number and code are of a document; a wrong code tells no more than an unknown number."""
    found = document_of(number)
    if found is None or not hmac.compare_digest(found.code.encode(), plain_code(code).encode()):
        return Check(UNKNOWN)
    return checked(found)


def document_of(number: str) -> Document | None:
    """The document of a number, however it was typed."""
    return Document.objects.filter(number=number.strip().upper()).first()


def plain_code(code: str) -> str:
    """A code as it was issued, however it was typed: Crockford's alphabet has no I, L and O."""
    return code.upper().replace(" ", "").replace("-", "").translate(str.maketrans("ILO", "110"))


def check_file(content: bytes) -> Check:
    """Whether a file is, bit for bit, a document that was issued."""
    found = Document.objects.filter(sha256=hashlib.sha256(content).hexdigest()).first()
    return Check(UNKNOWN) if found is None else checked(found)


def checked(document: Document) -> Check:
    """What the check says of a document that is there."""
    line = line_about(ISSUED, document.pk)
    return Check(GONE if document.state == WITHDRAWN else GENUINE, document, line.reference if line else "")


def documents_of(by: Actor) -> QuerySet[Document]:
    """Documents issued to the viewer or about their person, or those of whom they act for; the newest first."""
    if by.system or not by.id:
        return Document.objects.none()
    mine = belonging(by)
    if by.stands_for:
        mine |= Q(person_id=by.stands_for)
    return Document.objects.filter(mine).order_by("-issued_at", "-pk")
