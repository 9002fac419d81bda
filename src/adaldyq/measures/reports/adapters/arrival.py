"""Files that come without a script: sealed piece by piece as they arrive, so that the disk never has them in the open.

Where there is a scanner it gets the same pieces, and what it finds harmful is not taken.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any, BinaryIO

import pyrage
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile

from adaldyq.base.errors import DomainError
from adaldyq.kernel.away import NO_ROOM
from adaldyq.kernel.uploads.scanning import Scanning, scan
from adaldyq.measures.reports.adapters import store
from adaldyq.sealing import containers, envelopes

PIECES_WAITING = 4


@dataclass(frozen=True, slots=True)
class SealedFile:
    """A file that lies sealed: where, what opens it, and what it is called. All but the place stands in a message."""

    stored: str
    size: int
    key: str
    name: str
    type: str


def sealed_file(name: str, kind: str, content: bytes) -> SealedFile:
    """A file that came in whole and is in memory, sealed to a key made for it alone; the disk has it sealed only.

    Raises:
        DomainError: `file-infected`, `scanner-away`.
    """
    scan(content, name)
    secret, public = envelopes.new_identity()
    place = store.new_place()
    file = store.begin(place)
    writing = Writing(file)
    try:
        packed = Reading(containers.packing({"kind": "file"}, [content]))
        pyrage.encrypt_io(packed, writing, [envelopes.recipient(public)])
    except (OSError, pyrage.EncryptError) as error:
        store.give_up(place, file)
        raise writing.error or error from None
    return SealedFile(place, store.finish(place, file), secret, name, kind)


class Pieces:
    """What has come of a file, for one thread that puts it in and another that takes it out."""

    def __init__(self) -> None:
        self.waiting: queue.Queue[bytes | None] = queue.Queue(PIECES_WAITING)
        self.broken = False

    def __iter__(self) -> Iterator[bytes]:
        """The pieces, until the end was put in."""
        while (piece := self.waiting.get()) is not None:
            yield piece
        if self.broken:
            raise ConnectionError("the file broke off")

    def hand_in(self, piece: bytes) -> None:
        """Put a piece in.

        Raises:
            ConnectionError: nobody takes it any more.
        """
        if self.broken:
            raise ConnectionError("the file broke off")
        self.waiting.put(piece)

    def let_go(self) -> None:
        """Make room for whoever still puts pieces in."""
        while not self.waiting.empty():
            self.waiting.get()


class Reading:
    """Lets what comes in pieces be read as a file is."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self.pieces, self.left = pieces, b""

    def read(self, size: int = -1) -> bytes:
        """At most `size` bytes; none at the end."""
        while not self.left:
            piece = next(self.pieces, None)
            if piece is None:
                return b""
            self.left = piece
        taken = self.left if size < 0 else self.left[:size]
        self.left = self.left[len(taken) :]
        return taken


class Writing:
    """A file that is written, and what went wrong with it: pyrage tells that in words only."""

    def __init__(self, file: BinaryIO) -> None:
        self.file = file
        self.error: OSError | None = None

    def write(self, data: bytes) -> int:
        """Write what comes next."""
        try:
            return self.file.write(data)
        except OSError as error:
            self.error = error
            raise

    def flush(self) -> None:
        """Leave it to whoever closes the file."""


class SealingHandler(FileUploadHandler):
    """Seals each file of a form to a key made for it alone; nothing of it is written in the open."""

    def __init__(self, largest: int, most: int) -> None:
        """Seal at most `most` files, of at most `largest` bytes together."""
        super().__init__()
        self.largest, self.most = largest, most
        self.taken, self.count, self.too_large, self.no_room = 0, 0, False, False
        self.working: threading.Thread | None = None
        self.refused: list[DomainError] = []

    def new_file(self, *args: Any, **words: Any) -> None:
        """Begin to seal.

        Raises:
            SkipFile: there is no room for it, or there were enough.
        """
        super().new_file(*args, **words)
        self.count += 1
        if self.count > self.most:
            self.too_large = True
            raise SkipFile
        self.secret, public = envelopes.new_identity()
        self.place, self.pieces = store.new_place(), Pieces()
        self.failed: list[Exception] = []
        try:
            self.file = store.begin(self.place)
        except OSError as error:
            self.note_room(error)
            raise SkipFile from None
        self.scanning = Scanning()
        words_of_thread = (self.file, self.pieces, public, self.failed)
        self.working = threading.Thread(target=seal, args=words_of_thread, daemon=True)
        self.working.start()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Hand a piece on; too much is passed over, and the rest of the form read."""
        self.taken += len(raw_data)
        if self.taken > self.largest:
            self.too_large = True
            self.abandon()
            raise SkipFile
        self.scanning.feed(raw_data)
        self.pieces.waiting.put(raw_data)

    def file_complete(self, file_size: int) -> UploadedFile[bytes] | None:
        """Finish the envelope; the form then has a file without content that knows where it lies."""
        self.end()
        size = 0
        try:
            if self.failed:
                raise self.failed[0]
            self.scanning.end(self.file_name or "")
            size = store.finish(self.place, self.file) if file_size else 0
        except DomainError as refused:
            self.refused.append(refused)
        except OSError as error:
            self.note_room(error)
        finally:
            if not size:
                store.give_up(self.place, self.file)
        if not size:
            return None
        name, kind = self.file_name or "", self.content_type or ""
        sealed = UploadedFile(BytesIO(), name, kind, file_size)
        sealed.sealed = SealedFile(self.place, size, self.secret, name, kind)  # type: ignore[attr-defined]  # what the view asks for
        return sealed

    def note_room(self, error: OSError) -> None:
        """Remember that there was no room; whatever else went wrong is raised again."""
        if error.errno not in NO_ROOM:
            raise error
        self.no_room = True

    def upload_interrupted(self) -> None:
        """Leave nothing of a form that broke off."""
        self.abandon()

    def end(self) -> None:
        """Tell the sealing thread that all has come, and wait for it."""
        if self.working is not None:
            self.pieces.waiting.put(None)
            self.working.join()
            self.working = None

    def abandon(self) -> None:
        """Leave nothing of a file."""
        if self.working is not None:
            self.scanning.close()
            self.pieces.broken = True
            self.end()
            store.give_up(self.place, self.file)


def seal(file: BinaryIO, pieces: Pieces, public: str, failed: list[Exception]) -> None:
    """Seal what comes into a file, in a thread of its own; what goes wrong is kept, and the rest let pass."""
    reading, writing = Reading(containers.packing({"kind": "file"}, pieces)), Writing(file)
    try:
        pyrage.encrypt_io(reading, writing, [envelopes.recipient(public)])
    except (OSError, pyrage.EncryptError) as error:
        failed.append(writing.error or error)
        if not pieces.broken:
            for _piece in pieces:
                continue
