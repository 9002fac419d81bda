"""Taking files in, attaching them, and removing what nobody needs any more."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Model

from adaldyq.base.errors import Conflict
from adaldyq.kernel.acting import body_behind, handed_in, in_charge
from adaldyq.kernel.actor import Actor, require
from adaldyq.kernel.acts import Recorded, act
from adaldyq.kernel.models import Person, Upload
from adaldyq.kernel.states import advance
from adaldyq.kernel.uploads import queries, store
from adaldyq.kernel.uploads.content import checked_ending, harmless_name
from adaldyq.kernel.uploads.purposes import KINDS, Purpose
from adaldyq.kernel.uploads.scanning import is_scanned, scan
from adaldyq.ledger import erasures

AT_ONCE = 500
STRAY_AFTER = timedelta(days=1)
STRAY_WHEN_FULL = timedelta(minutes=30)
"""Where the disk is full: whoever sends files and never the form they belong to must not keep others from theirs for a day."""


@dataclass(frozen=True, slots=True)
class Examined:
    """A file that was found to be what it says, and harmless.

    Attributes:
        name: made harmless.
        ending: of its kind.
    """

    name: str
    ending: str
    content: bytes

    @property
    def sha256(self) -> str:
        """SHA-256 of the content, in hexadecimal."""
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True, slots=True)
class Kept:
    """A file that lies in its place and has no row yet."""

    name: str
    media_type: str
    size: int
    sha256: str
    place: str


def taken(upload: Upload) -> Recorded:
    """The ledger line of a file: its hash, never its name."""
    facts: dict[str, object] = {
        "upload": upload.pk,
        "purpose": upload.purpose,
        "sha256": upload.sha256,
        "subject": upload.subject_id,
        "state": upload.state,
    }
    return Recorded([facts], {"upload": upload.pk, "purpose": upload.purpose})


def take_in(
    *, purpose: Purpose, name: str, content: bytes, by: Actor, at: datetime, person: Person | None = None
) -> Upload:
    """Take a file in: check it, have it scanned where there is a scanner, keep it, and record it.

    The file is written before the act that records it; when that fails the file goes again.

    Args:
        person: whom the file is about, for the log of reads.

    Raises:
        NotAllowed: nobody is signed in.
        DomainError: as `content.checked_ending` and `scanning.scan`.
    """
    require(bool(by.id), "kernel.upload.take")
    return take_examined(purpose=purpose, file=examined(purpose, name, content), by=by, at=at, person=person)


def examined(purpose: Purpose, name: str, content: bytes) -> Examined:
    """Hold a file to be what its name says, of a kind and size that a purpose takes, and clean where there is a scanner.

    Raises:
        DomainError: as `content.checked_ending` and `scanning.scan`.
    """
    ending = checked_ending(name, content, purpose.kinds, purpose.largest)
    shown = harmless_name(name, ending)
    if is_scanned():
        scan(content, shown)
    return Examined(shown, ending, content)


def take_examined(*, purpose: Purpose, file: Examined, by: Actor, at: datetime, person: Person | None = None) -> Upload:
    """Keep a file that was examined before, and record it, as `take_in`."""
    place = store.keep(file.content, sealed=purpose.sealed)
    kept = Kept(file.name, KINDS[file.ending], len(file.content), file.sha256, place)
    try:
        return record_upload(purpose=purpose, kept=kept, person=person, by=by, at=at)
    except BaseException:
        store.drop(place)
        raise


@act("kernel.upload.take", records=taken)
def record_upload(*, purpose: Purpose, kept: Kept, person: Person | None, by: Actor, at: datetime) -> Upload:
    """Record a file that lies in its place."""
    return Upload.objects.create(
        purpose=purpose.name,
        name=kept.name,
        media_type=kept.media_type,
        size=kept.size,
        sha256=kept.sha256,
        place=kept.place,
        sealed=purpose.sealed,
        scanned_at=at if is_scanned() else None,
        owner_id=in_charge(by),
        body_id=body_behind(by) or None,
        person=person,
        uploaded_at=at,
    )


@act("kernel.upload.attach", records=taken)
def attach(*, upload: Upload, subject: Model, by: Actor, at: datetime, person: str = "") -> Upload:
    """Make a file that was handed in part of its subject, within the act that needs it.

    Args:
        person: id of whom it is about, when that was not known as it was handed in.

    Raises:
        NotAllowed: somebody else handed it in.
        Conflict: it is attached already, or has expired.
    """
    require(by.system or handed_in(by, upload.owner_id, upload.body_id), "kernel.upload.attach")
    about = {"person_id": person} if person else {}
    return advance(upload, "attach", by=by, at=at, subject_kind=subject._meta.label, subject_id=subject.pk, **about)


@act("kernel.upload.expire", records=taken)
def expire_upload(*, upload: Upload, by: Actor, at: datetime) -> Upload:
    """Remove a file that was handed in and is not attached: its owner's wish, or the clock's after a day.

    Raises:
        NotAllowed: it is somebody else's.
        Conflict: it has been attached meanwhile.
    """
    require(by.system or handed_in(by, upload.owner_id, upload.body_id), "kernel.upload.expire")
    gone = advance(upload, "expire", by=by, at=at)
    transaction.on_commit(lambda: store.drop(gone.place))
    return gone


@act("kernel.upload.remove", records=taken)
def remove_upload(*, upload: Upload, by: Actor, at: datetime) -> Upload:
    """Remove an attached file for good: its term has passed, its subject ends, or a person is erased.

    Raises:
        Conflict: it is not attached.
    """
    gone = advance(upload, "remove", by=by, at=at)
    erasures.remember_erased(erasures.FILE, [gone.place])
    transaction.on_commit(lambda: store.drop(gone.place))
    return gone


def clear_left_behind(*, by: Actor, at: datetime) -> int:
    """Remove files that nobody attached for a day, and return how many went."""
    return _cleared(queries.left_behind(at)[:AT_ONCE], expire_upload, by, at)


def clear_past_term(*, by: Actor, at: datetime) -> int:
    """Remove files whose term of keeping has passed, each by an act of its own, and return how many went."""
    return _cleared(queries.past_their_term(at)[:AT_ONCE], remove_upload, by, at)


def _cleared(uploads: Iterable[Upload], perform: Callable[..., Upload], by: Actor, at: datetime) -> int:
    """Perform an act on each file, but on those that somebody else dealt with meanwhile, and count them."""
    count = 0
    for upload in uploads:
        with suppress(Conflict):
            perform(upload=upload, by=by, at=at)
            count += 1
    return count


def clear_strays(*, at: datetime) -> int:
    """Remove files without a row, such as a process left that was killed before it recorded one; return how many.

    Files of reporters have none until the form with them is sent.
    """
    count, after = 0, STRAY_AFTER if store.has_room() else STRAY_WHEN_FULL
    places = list(store.places_older_than((at - after).timestamp()))
    for start in range(0, len(places), AT_ONCE):
        part = places[start : start + AT_ONCE]
        for stray in set(part) - queries.known_places(part):
            store.drop(stray)
            count += 1
    return count
