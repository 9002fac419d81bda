"""What goes into an envelope: a head, a body, and padding that hides how long they are.

    magic (8) · length of the head (4) · head as JSON · body · zeros · length of the body (8)

The length of the body stands last, so that a file can be sealed as it arrives, before anybody knows how long it is.
Whole containers have the lengths of Padmé, and none is shorter than `LEAST`: what a length tells is then a few bits
(Nikitin et al., "Reducing Metadata Leakage from Encrypted Files and Communication with PURBs", PoPETs 2019).
"""

from __future__ import annotations

import io
import json
import os
import struct
from collections.abc import Iterable, Iterator, Mapping
from typing import BinaryIO

from adaldyq.base.errors import DomainError

MAGIC = b"adaldyq\x01"
LEAST = 4096
LARGEST_HEAD = 64 * 1024
CHUNK = 64 * 1024
ZEROS = bytes(CHUNK)
HEAD_LENGTH, BODY_LENGTH = struct.Struct(">I"), struct.Struct(">Q")
LONGEST_BEGINNING = len(MAGIC) + HEAD_LENGTH.size + LARGEST_HEAD
"""Bytes before the body at most."""


def padme(length: int) -> int:
    """The length that a container of at least `length` bytes gets: at most 12% more, and `LEAST` at least."""
    length = max(length, LEAST)
    exponent = length.bit_length() - 1
    free = (1 << exponent - exponent.bit_length()) - 1
    return length + free & ~free


def is_padded(length: int) -> bool:
    """Whether a container has this length: of most lengths there is none."""
    return padme(length) == length


def pack(head: Mapping[str, object], body: bytes) -> bytes:
    """A container of a head and a body."""
    return b"".join(packing(head, [body]))


def packing(head: Mapping[str, object], pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The pieces of a container whose body comes in pieces.

    Raises:
        ValueError: the head is larger than a container takes.
    """
    text = json.dumps(head, ensure_ascii=False, separators=(",", ":")).encode()
    if len(text) > LARGEST_HEAD:
        raise ValueError("the head of a container is too large")
    begin = MAGIC + HEAD_LENGTH.pack(len(text)) + text
    yield begin
    length = 0
    for piece in pieces:
        length += len(piece)
        yield piece
    written = len(begin) + length + BODY_LENGTH.size
    missing = padme(written) - written
    while missing > 0:
        yield ZEROS[:missing]
        missing -= CHUNK
    yield BODY_LENGTH.pack(length)


def unpack(container: bytes) -> tuple[Mapping[str, object], bytes]:
    """The head and the body of a container.

    Raises:
        DomainError: `envelope-damaged`: it is no container, or its lengths contradict each other.
    """
    file = io.BytesIO(container)
    head = strip(file)
    return head, file.getvalue()


def strip(file: BinaryIO) -> Mapping[str, object]:
    """Leave nothing but the body of a container in its file; its head.

    Raises:
        DomainError: `envelope-damaged`.
    """
    size = file.seek(0, os.SEEK_END)
    file.seek(0)
    begin = file.read(LONGEST_BEGINNING)
    file.seek(max(0, size - BODY_LENGTH.size))
    place = place_of_body(begin, file.read(), size)
    move_to_front(file, place.start, place.stop - place.start)
    return place_and_head(begin)[1]


def place_of_body(begin: bytes, end: bytes, size: int) -> range:
    """Where the body of a container stands.

    Args:
        begin: its first `LONGEST_BEGINNING` bytes.
        end: its last bytes, as many as tell the length of the body.
        size: how many bytes it has.

    Raises:
        DomainError: `envelope-damaged`.
    """
    start = place_and_head(begin)[0]
    if size < start + BODY_LENGTH.size:
        raise DomainError("envelope-damaged")
    (length,) = BODY_LENGTH.unpack(end)
    if start + length + BODY_LENGTH.size > size:
        raise DomainError("envelope-damaged")
    return range(start, start + length)


def place_and_head(begin: bytes) -> tuple[int, Mapping[str, object]]:
    """Where the body of a container begins, and the head before it.

    Raises:
        DomainError: `envelope-damaged`.
    """
    known = len(MAGIC) + HEAD_LENGTH.size
    if not begin.startswith(MAGIC) or len(begin) < known:
        raise DomainError("envelope-damaged")
    (length,) = HEAD_LENGTH.unpack_from(begin, len(MAGIC))
    if length > LARGEST_HEAD or known + length > len(begin):
        raise DomainError("envelope-damaged")
    return known + length, read_head(begin[known : known + length])


def read_head(text: bytes) -> Mapping[str, object]:
    """The head of a container from its JSON."""
    try:
        head = json.loads(text)
    except ValueError:
        raise DomainError("envelope-damaged") from None
    if not isinstance(head, dict):
        raise DomainError("envelope-damaged")
    return head


def move_to_front(file: BinaryIO, start: int, length: int) -> None:
    """Keep `length` bytes from `start` of a file, and nothing else."""
    for at in range(0, length, CHUNK):
        file.seek(start + at)
        piece = file.read(min(CHUNK, length - at))
        file.seek(at)
        file.write(piece)
    file.truncate(length)
    file.seek(0)
