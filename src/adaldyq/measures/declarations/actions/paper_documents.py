"""Acts of whoever keeps a paper in hand: adding a document that was brought with it to one of its entries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from adaldyq.base.errors import Conflict, DomainError
from adaldyq.kernel.actor import Actor, require
from adaldyq.kernel.acts import Leaves, Recorded, act
from adaldyq.kernel.models import Upload
from adaldyq.kernel.uploads.actions import attach, take_in
from adaldyq.measures.declarations.actions.attachments import check_file_or_reason, drop
from adaldyq.measures.declarations.domain.questions import MOST_ROWS
from adaldyq.measures.declarations.models import Attachment, ReceivedPaper
from adaldyq.measures.declarations.policies import is_kept
from adaldyq.measures.declarations.queries.attachments import MOST, in_force
from adaldyq.measures.declarations.queries.document_files import DOCUMENT
from adaldyq.measures.declarations.states import IN_HAND

ADD, TAKE_OUT = "declarations.paper.attach", "declarations.paper.detach"


@dataclass(frozen=True, slots=True)
class Brought:
    """A document that was brought with a paper.

    Attributes:
        section: of the entry.
        entry: its number on the paper, from 1.
        document: its name in the country pack.
        name: of the file; empty without one.
        reason: why there is none, as the paper or a sheet with it says; empty with a file.
    """

    section: str
    entry: int
    document: str
    name: str = ""
    content: bytes = b""
    reason: str = ""


def about(attachment: Attachment) -> Recorded:
    """The event of an act on a document; the ledger is told of its file, and of all when the paper is filed."""
    return Recorded([], {"paper": attachment.paper_id, "attachment": attachment.pk})


def bring_document(*, paper: ReceivedPaper, brought: Brought, by: Actor, at: datetime) -> Attachment:
    """Take the file of a document in, then add it; when that fails, the file is removed after a day.

    Raises:
        NotAllowed: `by` does not keep the paper.
        DomainError: as `take_in` and `add_document`.
    """
    require(not by.system and is_kept(by, paper), ADD)
    check_brought(paper, brought)
    upload = None
    if brought.name:
        upload = take_in(
            purpose=DOCUMENT, name=brought.name, content=brought.content, by=by, at=at, person=paper.person
        )
    return add_document(paper=paper, brought=brought, upload=upload, by=by, at=at)


def check_brought(paper: ReceivedPaper, brought: Brought) -> None:
    """Let in only a document of the country, of an entry that a paper can have, with a file or a reason.

    Raises:
        DomainError: `document-not-asked`, `draft-too-many-rows`, `document-too-many`, `document-or-reason`,
            `declared-too-long` or `declared-hidden-letter`.
    """
    if (brought.section, brought.document) not in {(one.section, one.name) for one in in_force()}:
        raise DomainError("document-not-asked", field="document")
    if not 1 <= brought.entry <= MOST_ROWS:
        raise DomainError("draft-too-many-rows", field="entry", limit=MOST_ROWS)
    there = paper.attachments.filter(section=brought.section, row_id=str(brought.entry))
    if there.count() >= MOST:
        raise DomainError("document-too-many", field="file", limit=MOST)
    check_file_or_reason(brought.name, brought.reason)


def hold(paper: ReceivedPaper, by: Actor, name: str) -> None:
    """Let only whoever keeps a paper in hand write what came with it, and one act at a time.

    Raises:
        NotAllowed: `by` does not keep it.
        Conflict: it was filed or given back.
    """
    require(not by.system and is_kept(by, paper), name)
    held = ReceivedPaper.objects.select_for_update().get(pk=paper.pk)
    if held.state not in IN_HAND:
        raise Conflict(name, held.state)


@act(ADD, leaves=Leaves.NONE, records=about)
def add_document(
    *, paper: ReceivedPaper, brought: Brought, upload: Upload | None, by: Actor, at: datetime
) -> Attachment:
    """Add a document to an entry of a paper, or the reason why there is none; a file takes the place of a reason.

    Raises:
        NotAllowed, Conflict: as `hold`.
        DomainError: as `check_brought`.
    """
    hold(paper, by, ADD)
    check_brought(paper, brought)
    of_entry = paper.attachments.filter(section=brought.section, row_id=str(brought.entry), document=brought.document)
    of_entry.exclude(reason="").delete()
    if upload is not None:
        attach(upload=upload, subject=paper, by=by, at=at)
    return Attachment.objects.create(
        paper=paper,
        section=brought.section,
        row_id=str(brought.entry),
        document=brought.document,
        upload=upload,
        sha256=upload.sha256 if upload else "",
        reason=brought.reason,
        added_at=at,
    )


@act(TAKE_OUT, leaves=Leaves.NONE, records=about)
def take_document_out(*, attachment: Attachment, by: Actor, at: datetime) -> Attachment:
    """Take a document out of a paper in hand; its file goes for good.

    Raises:
        NotAllowed, Conflict: as `hold`.
    """
    paper = attachment.paper
    require(paper is not None, TAKE_OUT)
    if paper is not None:
        hold(paper, by, TAKE_OUT)
        drop(paper.attachments.filter(pk=attachment.pk), by, at)
    return attachment
