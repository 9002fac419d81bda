"""What of a declaration is signed, and the file in which a signature comes."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from adaldyq.kernel.actor import Actor
from adaldyq.kernel.models import Upload
from adaldyq.kernel.uploads.purposes import Purpose, owner_only
from adaldyq.measures.declarations.domain.sections import SECTIONS
from adaldyq.measures.declarations.domain.signing import signed_form
from adaldyq.measures.declarations.models import Declaration
from adaldyq.measures.declarations.policies import filer
from adaldyq.measures.declarations.queries.attachments import of_declaration, said
from adaldyq.measures.declarations.queries.drafts import Filled
from adaldyq.measures.declarations.queries.sections import Contents

LARGEST = 5_000_000  # bytes


def of_own(by: Actor, upload: Upload) -> bool:
    """Whoever sent a signature may see it, and whose declaration it is under."""
    return owner_only(by, upload) or (bool(upload.person_id) and filer(by) == upload.person_id)


SIGNATURE = Purpose(
    "signature", _("Signature under a declaration"), kinds=("p7s", "sig", "pdf"), largest=LARGEST, may_read=of_own
)


def facts_of(declaration: Declaration) -> dict[str, object]:
    """What is signed beside the rows: whose it is, of what year, and which version."""
    return {
        "country": declaration.country,
        "person": declaration.person_id,
        "name": declaration.declarant_name,
        "form": declaration.form,
        "year": declaration.year,
        "version": declaration.version,
    }


def to_be_signed(declaration: Declaration, filled: Filled) -> bytes:
    """What would be filed of a draft, in the form that is signed.

    Args:
        declaration: that the draft would become.
        filled: all that stands in the draft.
    """
    documents = (
        (part.section.name, one.reading.values, said(document))
        for part in filled.sections
        for one in part.rows
        for document in one.attached
    )
    return signed_form(facts_of(declaration), filled.values(), documents)


def as_filed(declaration: Declaration) -> bytes:
    """What was filed, in the form that is signed."""
    contents = Contents([declaration])
    sections = {one.name: contents.rows(declaration, one.name) for one in SECTIONS}
    rows = {str(row["row_id"]): row for listed in sections.values() for row in listed}
    documents = ((one.section, rows[one.row_id], said(one)) for one in of_declaration(declaration))
    return signed_form(facts_of(declaration), sections, documents)
