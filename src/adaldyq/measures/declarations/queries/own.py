"""What a signed-in person sees of their own declarations."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from adaldyq.kernel.actor import Actor
from adaldyq.kernel.documents.queries import documents_of
from adaldyq.kernel.models import Document
from adaldyq.kernel.models.documents import WITHDRAWN
from adaldyq.measures.declarations.models import Declaration
from adaldyq.measures.declarations.queries.drafts import filed_under
from adaldyq.ui.formats.values import day

__all__ = [
    "CERTIFICATE",
    "DOCUMENTS",
    "EXTRACT",
    "PAPER_RECEIPT",
    "Declaration",
    "certificate_of",
    "filed_day",
    "own_declarations",
]
"""Records that pages are handed."""

CERTIFICATE, EXTRACT = "declarations.certificate", "declarations.extract"
PAPER_RECEIPT = "declarations.paper_receipt"
DOCUMENTS: Mapping[str, object] = {
    CERTIFICATE: _("Certificate of filing"),
    EXTRACT: _("Extract of a public declaration"),
    PAPER_RECEIPT: _("Receipt of a declaration on paper"),
}
"""Documents that this measure issues."""


def own_declarations(by: Actor) -> QuerySet[Declaration]:
    """Declarations of the viewer, or of the person for whom they act, the newest year first."""
    if by.system or not by.stands_for:
        return Declaration.objects.none()
    filed = filed_under(by.stands_for).select_related("person", "body")
    return filed.order_by("-year", "form", "-version")


def filed_day(one: Declaration) -> str:
    """The day of filing as the language writes it."""
    return day(one.filed_date or (one.filed_at.date() if one.filed_at else None))


def certificate_of(by: Actor, declaration: str, language: str) -> Document | None:
    """The certificate of a declaration that the viewer already has in a language, and that stands."""
    found = documents_of(by).filter(kind=CERTIFICATE, subject_id=declaration, language=language)
    return found.exclude(state=WITHDRAWN).first()
