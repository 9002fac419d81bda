"""Acts of a person who adds a document to an entry of a draft, says why there is none, or takes one out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from adaldyq.base.errors import DomainError
from adaldyq.kernel.actor import Actor, require
from adaldyq.kernel.acts import Leaves, Recorded, act
from adaldyq.kernel.models import Upload
from adaldyq.kernel.uploads.actions import attach, take_in
from adaldyq.measures.declarations.actions.attachments import check_file_or_reason, drop
from adaldyq.measures.declarations.actions.filing import hold
from adaldyq.measures.declarations.actions.joint_told import tell_changed
from adaldyq.measures.declarations.models import Attachment, DraftRow
from adaldyq.measures.declarations.policies import filer
from adaldyq.measures.declarations.queries.attachments import MOST
from adaldyq.measures.declarations.queries.document_files import DOCUMENT
from adaldyq.measures.declarations.queries.drafts import Filled


@dataclass(frozen=True, slots=True)
class Given:
    """A document as it was sent.

    Attributes:
        document: its name in the country pack.
        name: of the file; empty without one.
        reason: why there is none; empty with a file.
    """

    document: str
    name: str = ""
    content: bytes = b""
    reason: str = ""


def about(attachment: Attachment) -> Recorded:
    """The event of an act on a document; the ledger is told of its file, and of all when the declaration is filed."""
    return Recorded([], {"draft": attachment.draft_id, "attachment": attachment.pk})


def add_document(*, row: DraftRow, given: Given, by: Actor, at: datetime) -> Attachment:
    """Take the file of a document in, then add it; when that fails, the file is removed after a day.

    Raises:
        NotAllowed: the draft is somebody else's.
        DomainError: as `take_in` and `attach_document`.
    """
    require(bool(row.draft.person_id) and filer(by) == row.draft.person_id, "declarations.draft.attach")
    check_given(row, given)
    upload = None
    if given.name:
        upload = take_in(
            purpose=DOCUMENT, name=given.name, content=given.content, by=by, at=at, person=row.draft.person
        )
    return attach_document(row=row, given=given, upload=upload, by=by, at=at)


def check_given(row: DraftRow, given: Given) -> None:
    """Let in only a document that belongs to the entry, with a file or a reason.

    Raises:
        DomainError: `document-not-asked`, `document-too-many`, `document-or-reason`, `declared-too-long` or
            `declared-hidden-letter`.
    """
    part = Filled(row.draft, row.section).section(row.section)
    listed = {one.name for each in (part.rows if part else ()) if each.row.pk == row.pk for one in each.documents}
    if given.document not in listed:
        raise DomainError("document-not-asked", field="document")
    if row.draft.attachments.filter(row_id=row.pk).count() >= MOST:
        raise DomainError("document-too-many", field="file", limit=MOST)
    check_file_or_reason(given.name, given.reason)


@act("declarations.draft.attach", leaves=Leaves.NONE, records=about)
def attach_document(*, row: DraftRow, given: Given, upload: Upload | None, by: Actor, at: datetime) -> Attachment:
    """Add a document to an entry of a draft, or the reason why there is none; a file takes the place of a reason.

    Raises:
        NotAllowed, Conflict: as `hold`; Conflict too when the file is attached elsewhere.
        DomainError: as `check_given`.
    """
    hold(row.draft, by, at, "declarations.draft.attach")
    check_given(row, given)
    row.draft.attachments.filter(row_id=row.pk, document=given.document).exclude(reason="").delete()
    if upload is not None:
        attach(upload=upload, subject=row.draft, by=by, at=at)
    made = Attachment.objects.create(
        draft=row.draft,
        section=row.section,
        row_id=row.pk,
        document=given.document,
        upload=upload,
        sha256=upload.sha256 if upload else "",
        reason=given.reason,
        added_at=at,
    )
    tell_changed(row.draft, at)
    return made


@act("declarations.draft.detach", leaves=Leaves.NONE, records=about)
def take_out(*, attachment: Attachment, by: Actor, at: datetime) -> Attachment:
    """Take a document out of a draft; its file goes for good, unless a version that was filed has it.

    Raises:
        NotAllowed, Conflict: as `hold`.
    """
    draft = attachment.draft
    require(draft is not None, "declarations.draft.detach")
    if draft is not None:
        hold(draft, by, at, "declarations.draft.detach")
        drop(draft.attachments.filter(pk=attachment.pk), by, at)
        tell_changed(draft, at)
    return attachment
