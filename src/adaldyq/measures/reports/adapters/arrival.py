"""Files that come without a script: sealed piece by piece as they arrive, so that the disk never has them in the open."""

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
    """A file that came in whole and is in memory, sealed to a key made for it alone; the disk has it sealed only."""
    secret, public = envelopes.new_identity()
    place = store.new_place()
    file = store.begin(place)
    try:
        packed = Reading(containers.packing({"kind": "file"}, [content]))
        pyrage.encrypt_io(packed, file, [envelopes.recipient(public)])
    except (OSError, pyrage.EncryptError):
        file.close()
        store.drop(place)
        raise
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


class SealingHandler(FileUploadHandler):
    """Seals each file of a form to a key made for it alone; nothing of it is written in the open."""

    def __init__(self, largest: int, most: int) -> None:
        """Seal at most `most` files, of at most `largest` bytes together."""
        super().__init__()
        self.largest, self.most = largest, most
        self.taken, self.count, self.too_large = 0, 0, False
        self.working: threading.Thread | None = None

    def new_file(self, *args: Any, **words: Any) -> None:
        """Begin to seal."""
        super().new_file(*args, **words)
        self.count += 1
        self.secret, public = envelopes.new_identity()
        self.place, self.pieces = store.new_place(), Pieces()
        self.file = store.begin(self.place)
        self.failed: list[Exception] = []
        words_of_thread = (self.file, self.pieces, public, self.failed)
        self.working = threading.Thread(target=seal, args=words_of_thread, daemon=True)
        self.working.start()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Hand a piece on; too much is passed over, and the rest of the form read."""
        self.taken += len(raw_data)
        if self.taken > self.largest or self.count > self.most:
            self.too_large = True
            self.abandon()
            raise SkipFile
        self.pieces.waiting.put(raw_data)

    def file_complete(self, file_size: int) -> UploadedFile[bytes] | None:
        """Finish the envelope; the form then has a file without content that knows where it lies."""
        self.end()
        if self.failed or not file_size:
            self.file.close()
            store.drop(self.place)
            if self.failed:
                raise self.failed[0]
            return None
        size = store.finish(self.place, self.file)
        name, kind = self.file_name or "", self.content_type or ""
        sealed = UploadedFile(BytesIO(), name, kind, file_size)
        sealed.sealed = SealedFile(self.place, size, self.secret, name, kind)  # type: ignore[attr-defined]  # what the view asks for
        return sealed

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
            self.pieces.broken = True
            self.end()
            self.file.close()
            store.drop(self.place)


def seal(file: BinaryIO, pieces: Pieces, public: str, failed: list[Exception]) -> None:
    """Seal what comes into a file, in a thread of its own; what goes wrong is kept, and the rest let pass."""
    reading = Reading(containers.packing({"kind": "file"}, pieces))
    try:
        pyrage.encrypt_io(reading, file, [envelopes.recipient(public)])
    except (OSError, pyrage.EncryptError) as error:
        failed.append(error)
        if not pieces.broken:
            for _piece in pieces:
                continue
