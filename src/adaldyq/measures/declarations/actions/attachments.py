"""What becomes of the documents of entries when their draft is filed, amended or given up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db.models import QuerySet

from adaldyq.base.errors import DomainError
from adaldyq.kernel.actor import Actor
from adaldyq.kernel.models import Upload
from adaldyq.kernel.models.uploads import ATTACHED
from adaldyq.kernel.uploads.actions import remove_upload
from adaldyq.measures.declarations.domain.checks import check_letters
from adaldyq.measures.declarations.models import Attachment, Declaration, Draft

LONGEST_REASON = 500


def check_file_or_reason(name: str, reason: str) -> None:
    """Let in a document with either its file or the reason why there is none.

    Args:
        name: of the file; empty without one.

    Raises:
        DomainError: `document-or-reason`, `declared-too-long` or `declared-hidden-letter`.
    """
    if bool(name) == bool(reason):
        raise DomainError("document-or-reason", field="file")
    if len(reason) > LONGEST_REASON:
        raise DomainError("declared-too-long", field="reason", length=len(reason), limit=LONGEST_REASON)
    try:
        check_letters(reason)
    except DomainError as error:
        error.field = "reason"
        raise


def drop(attachments: QuerySet[Attachment], by: Actor, at: datetime) -> None:
    """Take documents out of a draft; a file that no other version has goes for good."""
    uploads = {one.upload_id for one in attachments if one.upload_id}
    attachments.delete()
    still = set(Attachment.objects.filter(upload__in=uploads).values_list("upload_id", flat=True))
    for upload in Upload.objects.filter(pk__in=uploads - still, state=ATTACHED):
        remove_upload(upload=upload, by=by, at=at)


def carry_over(declaration: Declaration, draft: Draft, rows: Mapping[str, str]) -> None:
    """Let the draft of a next version begin with the documents of the version before.

    Args:
        rows: ids of the draft's rows, by those of the rows that were filed.
    """
    Attachment.objects.bulk_create(
        Attachment(
            draft=draft,
            section=one.section,
            row_id=rows[one.row_id],
            document=one.document,
            upload=one.upload,
            sha256=one.sha256,
            reason=one.reason,
            added_at=one.added_at,
        )
        for one in declaration.attachments.select_related("upload")
        if one.row_id in rows
    )


def with_declaration(
    found: Sequence[Attachment], declaration: Declaration, rows: Mapping[str, str]
) -> Sequence[Attachment]:
    """Documents of a draft as those of the declaration that it becomes, not yet kept.

    Args:
        rows: ids of the declared rows, by those of the draft's.
    """
    for one in found:
        one.declaration, one.row_id = declaration, rows[one.row_id]
    return found
