"""Filing a declaration that its person signed with a certificate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from adaldyq.base.errors import DomainError
from adaldyq.kernel.actor import Actor, require
from adaldyq.kernel.acts import Leaves, act
from adaldyq.kernel.deadlines.days import day_of
from adaldyq.kernel.gathering import write_waiting
from adaldyq.kernel.models import Upload
from adaldyq.kernel.signatures.actions import keep_signature
from adaldyq.kernel.uploads.actions import take_in
from adaldyq.measures.declarations.actions.filing import about, declaration_of, file_draft
from adaldyq.measures.declarations.models import Draft
from adaldyq.measures.declarations.policies import filer
from adaldyq.measures.declarations.queries.drafts import Filled
from adaldyq.measures.declarations.queries.signing import SIGNATURE, as_filed, to_be_signed

if TYPE_CHECKING:
    from adaldyq.kernel.signatures.verifying import Verified  # reads in what only those need who sign


@dataclass(frozen=True, slots=True)
class HandedIn:
    """A signature as it came.

    Attributes:
        name: of the file.
        content: of the file.
        papers: PDFs of the draft that were handed out to be signed, besides its data.
    """

    name: str
    content: bytes
    papers: Sequence[bytes]


@dataclass(frozen=True, slots=True)
class Checked:
    """A signature that holds.

    Attributes:
        data: what is filed, in the form that is signed.
    """

    handed_in: HandedIn
    data: bytes
    verified: Verified


def data_of(draft: Draft, filled: Filled, at: datetime) -> bytes:
    """What a draft would be filed as, in the form that is signed.

    Raises:
        DomainError: `draft-overtaken`.
    """
    return to_be_signed(declaration_of(draft, at), filled)


def checked(signed: HandedIn, draft: Draft, filled: Filled, *, by: Actor, at: datetime) -> Checked:
    """Hold a signature to be the actor's own, and under what would be filed now.

    This comes before the act that files, so that nobody waits for it who writes meanwhile.

    Raises:
        DomainError: as `verify` and `require_own`.
    """
    from adaldyq.kernel.signatures.verifying import require_own, verify  # noqa: PLC0415  # takes a second to read in

    data = data_of(draft, filled, at)
    verified = verify(signed.content, [data, *signed.papers], at=at)
    require_own(verified, by.person, day_of(at))
    return Checked(signed, data, verified)


def file_signed_draft(*, draft: Draft, seen: str, signed: Checked, by: Actor, at: datetime) -> Draft:
    """File what stands in a draft with a signature under it that was checked.

    The signature takes the place of showing once more that it is oneself. Its file is written before the act that
    needs it; when that act fails, the file is removed after a day with all that nobody attached.

    Raises:
        NotAllowed: the draft is somebody else's.
        DomainError: as `take_in` and `file_draft`; `draft-changed` too when what is filed is not to the letter what
            was signed.
    """
    require(bool(draft.person_id) and filer(by) == draft.person_id, "declarations.draft.file_signed")
    name, content = signed.handed_in.name, signed.handed_in.content
    upload = take_in(purpose=SIGNATURE, name=name, content=content, by=by, at=at, person=draft.person)
    return file_verified(draft=draft, seen=seen, signed=signed, upload=upload, by=by, at=at)


@act("declarations.draft.file_signed", leaves=Leaves.NONE, records=about)
def file_verified(*, draft: Draft, seen: str, signed: Checked, upload: Upload, by: Actor, at: datetime) -> Draft:
    """File a draft whose signature was checked; the signature has a ledger line of its own.

    Raises:
        NotAllowed, Conflict, DomainError: as `file_draft`; `draft-changed` when what is filed is not what was signed.
    """
    filed = file_draft(draft=draft, seen=seen, by=by, at=at)
    write_waiting()  # what is filed is held against what was signed as it is kept
    if filed.declaration is None or as_filed(filed.declaration) != signed.data:
        raise DomainError("draft-changed")
    keep_signature(subject=filed.declaration, verified=signed.verified, upload=upload, by=by, at=at)
    return filed
