"""Takes in documents that a program sends before the declarations that name them."""

from __future__ import annotations

from datetime import datetime

from adaldyq.kernel.actor import Actor, require
from adaldyq.kernel.idempotency import Answer, fingerprint, once
from adaldyq.kernel.uploads.actions import examined, take_examined
from adaldyq.kernel.uploads.queries import HELD_FOR
from adaldyq.measures.declarations.policies import FILE, may_file_for_others
from adaldyq.measures.declarations.queries.document_files import DOCUMENT

TAKEN = 201


def take_document_once(*, name: str, content: bytes, key: str, by: Actor, at: datetime) -> Answer:
    """Take the file of a document in, once for each key.

    Raises:
        NotAllowed: `by` files for nobody else.
        DomainError: as `examined` and `once`.
    """
    require(may_file_for_others(by), FILE)
    file = examined(DOCUMENT, name, content)  # before anything is held, since a scanner takes its time

    def perform() -> Answer:
        upload = take_examined(purpose=DOCUMENT, file=file, by=by, at=at)
        facts = {one: getattr(upload, one) for one in ("name", "media_type", "size", "sha256")}
        return Answer(TAKEN, {"id": upload.pk, **facts, "expires_at": (at + HELD_FOR).isoformat()})

    return once(owner=by.id, key=key, request=fingerprint("document", name, content), at=at, perform=perform)
