"""The archive of a backup: written as a stream, in bounded memory, and read with every hash checked."""

from __future__ import annotations

import hashlib
import tarfile
import tempfile
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import IO

from adaldyq.base.errors import DomainError
from adaldyq.project.backups.manifest import DATABASE_PARTS, MANIFEST, SUMS, Manifest

CHUNK = 1 << 20
LARGEST_MANIFEST = 1 << 24
IN_MEMORY = 1 << 22  # bytes of hashes before they go to a temporary file

Told = Callable[[int, int], None]
"""Told how many bytes of a backup were read, and of how many."""
Taken = Callable[[str, IO[bytes]], None]
"""Given the name and the content of a part."""


def spooled() -> IO[bytes]:
    """A temporary file that is gone when nobody holds it."""
    return tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)


@dataclass(slots=True)
class Sums:
    """Hashes of parts, a line each as `sha256sum` writes them."""

    text: IO[bytes]
    parts: int = 0

    def add(self, name: str, digest: str) -> None:
        """Note a part."""
        self.text.write(f"{digest}  {name}\n".encode())
        self.parts += 1


def stream(
    parts: Iterable[tuple[str, Path | bytes | IO[bytes]]], finish: Callable[[int, str], Manifest]
) -> Iterator[bytes]:
    """The bytes of an archive.

    Args:
        parts: name and content; a file that is gone when its turn comes was removed meanwhile, and is passed over. One
            that is open is closed afterwards.
        finish: makes the manifest of the number of parts and the hash of their hashes.
    """
    with spooled() as text:
        sums = Sums(text)
        for name, content in parts:
            try:
                source = opened(content)
            except FileNotFoundError:
                continue
            with source:
                digest = yield from member(name, source)
            sums.add(name, digest)
        digest = yield from member(SUMS, text)
        yield from member(MANIFEST, BytesIO(finish(sums.parts, digest).text().encode()))
        yield bytes(2 * tarfile.BLOCKSIZE)


def opened(content: Path | bytes | IO[bytes]) -> IO[bytes]:
    """A content to read from its beginning."""
    if isinstance(content, bytes):
        return BytesIO(content)
    return content.open("rb") if isinstance(content, Path) else content


def member(name: str, source: IO[bytes]) -> Generator[bytes, None, str]:
    """The bytes of one part; returns its SHA-256.

    Raises:
        OSError: it became shorter while it was read.
    """
    header = tarfile.TarInfo(name)
    source.seek(0, 2)
    header.size, header.mode = source.tell(), 0o600
    source.seek(0)
    yield header.tobuf(tarfile.GNU_FORMAT)
    left, found = header.size, hashlib.sha256()
    while left:
        chunk = source.read(min(CHUNK, left))
        if not chunk:
            raise OSError(f"{name} became shorter while it was read")
        left -= len(chunk)
        found.update(chunk)
        yield chunk
    yield bytes(-header.size % tarfile.BLOCKSIZE)
    return found.hexdigest()


class Hashing:
    """A content that is hashed as it is read."""

    def __init__(self, source: IO[bytes]) -> None:
        self.source, self.found, self.count = source, hashlib.sha256(), 0

    def read(self, size: int = -1) -> bytes:
        """Bytes of the content."""
        data = self.source.read(size)
        self.found.update(data)
        self.count += len(data)
        return data


def walk(file: Path, place: str, told: Told, taken: Taken) -> Manifest:
    """Read an archive to its end, give out each part, and hold all against the hashes at the end.

    Whoever takes parts has to throw them away when this raises.

    Args:
        file: the archive, not encrypted.
        place: what the operator calls it.

    Raises:
        DomainError: `backup-foreign`, `backup-cut-short`, `backup-damaged`, `backup-newer`.
    """
    with spooled() as text:
        sums = Sums(text)
        try:
            with tarfile.open(file, "r:") as archive:
                stated, manifest = read(archive, place, sums, told, taken)
        except tarfile.ReadError as error:
            cut = sums.parts or "end of data" in str(error)
            raise DomainError("backup-cut-short" if cut else "backup-foreign", file=place) from None
    if not manifest:
        raise DomainError("backup-cut-short" if sums.parts else "backup-foreign", file=place)
    found = Manifest.parse(manifest, place)
    if stated != found.sums or sums.parts != found.parts:
        raise DomainError("backup-damaged", file=place, part=SUMS)
    return found


def read(archive: tarfile.TarFile, place: str, sums: Sums, told: Told, taken: Taken) -> tuple[str, bytes]:
    """Read an open archive; returns the SHA-256 of the hashes it states, and its manifest.

    Raises:
        DomainError: `backup-foreign`, `backup-damaged`.
        ReadError: it was cut short.
    """
    size, stated, manifest = Path(str(archive.name)).stat().st_size, "", b""
    while (entry := archive.next()) is not None:
        content = archive.extractfile(entry) if entry.isreg() else None
        if content is None or manifest or (not sums.parts and entry.name not in DATABASE_PARTS.values()):
            raise DomainError("backup-foreign", file=place)
        if entry.name == SUMS:
            stated = compare(content, sums, place)
        elif entry.name == MANIFEST:
            manifest = content.read(LARGEST_MANIFEST)
        else:
            sums.add(entry.name, passed(entry, content, taken))
        told(entry.offset_data + entry.size, size)
        archive.members = []  # type: ignore[attr-defined]  # or a million files would be remembered
    told(size, size)
    return stated, manifest


def passed(entry: tarfile.TarInfo, content: IO[bytes], taken: Taken) -> str:
    """Give a part to whoever takes it, and return its SHA-256.

    Raises:
        ReadError: the archive ends within it.
    """
    hashing = Hashing(content)
    taken(entry.name, hashing)  # type: ignore[arg-type]  # only read
    while hashing.read(CHUNK):
        pass
    if hashing.count != entry.size:
        raise tarfile.ReadError("unexpected end of data")
    return hashing.found.hexdigest()


def compare(stated: IO[bytes], found: Sums, place: str) -> str:
    """Hold what a backup states about its parts against what they are; returns the SHA-256 of what it states.

    Raises:
        DomainError: `backup-damaged`, with the part.
    """
    found.text.seek(0)
    whole = hashlib.sha256()
    for line in found.text:
        said = stated.readline()
        whole.update(said)
        if said != line:
            raise DomainError("backup-damaged", file=place, part=line.decode().rstrip("\n").partition("  ")[2])
    if stated.read(1):
        raise DomainError("backup-damaged", file=place, part=SUMS)
    return whole.hexdigest()


def nothing(_name: str, _content: IO[bytes]) -> None:
    """Take no part."""
