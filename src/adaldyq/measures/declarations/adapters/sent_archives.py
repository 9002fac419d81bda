"""Reads a ZIP that holds a file of declarations and the documents that it names.

Nothing is written under a name of the archive, and nothing is unpacked before the sizes that it states are held to a
limit. Python's reader gives out no more of a file than its stated size and checks what it gives, so that a bomb is
refused by what it says of itself or by the first file that says something else.
"""

from __future__ import annotations

import io
import unicodedata
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from zipfile import BadZipFile, ZipFile, ZipInfo

from adaldyq.base.errors import DomainError
from adaldyq.measures.declarations.domain.schemas import LONGEST_FILE_NAME

BEGINS = (b"PK\x03\x04", b"PK\x05\x06")
MEGABYTE = 1_000_000
MOST_FILES = 1_000
LARGEST = 100 * MEGABYTE
"""Bytes of all files of an archive, unpacked."""
LARGEST_FILE = 10 * MEGABYTE
"""Bytes of the file of declarations; documents have the limit of their purpose."""
LISTED, MOST_LISTED = b"PK\x01\x02", 100_000
"""What begins an entry of the list of files, documents of an office being archives themselves; each costs half a kB to read."""
ENCRYPTED, IN_UTF_8 = 0x1, 0x800
OF_SYSTEMS = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini")
"""What systems put into archives by themselves."""
READABLE = ("json", "xml")


def is_archive(content: bytes) -> bool:
    """Whether a file is a ZIP."""
    return content.startswith(BEGINS)


@dataclass(frozen=True, slots=True)
class Archive(Mapping[str, bytes]):
    """An archive that was held to the limits: its documents by name, each read when it is asked for.

    Attributes:
        declarations: the file of declarations.
        documents: by path from the folder of that file and from the top of the archive, as composed letters.
    """

    declarations: bytes
    zip: ZipFile
    documents: Mapping[str, ZipInfo]

    def __getitem__(self, name: str) -> bytes:
        """The content of a document.

        Raises:
            KeyError: there is none.
            DomainError: `archive-broken`.
        """
        return content_of(self.zip, self.documents[name])

    def __iter__(self) -> Iterator[str]:
        """Names of the documents."""
        return iter(self.documents)

    def __len__(self) -> int:
        """How many documents there are."""
        return len(self.documents)


def opened(content: bytes, called: str) -> Archive:
    """Open an archive.

    Args:
        called: its name, for sentences about it.

    Raises:
        DomainError: `archive-broken` when it is cut or damaged, `archive-too-many`, `archive-too-large`,
            `archive-encrypted`, `archive-path` for a name that leads out of it, `archive-name-twice`,
            `archive-no-declarations` or `archive-many-declarations`.
    """
    if (count := content.count(LISTED)) > MOST_LISTED:
        raise DomainError("archive-too-many", count=count, limit=MOST_FILES)
    try:
        archive = ZipFile(io.BytesIO(content))
    except (BadZipFile, ValueError, NotImplementedError, OSError):
        raise DomainError("archive-broken", name=called) from None
    listed = [one for one in archive.infolist() if not one.is_dir() and not is_of_system(one.filename)]
    check_limits(listed)
    files, spelt_else = named(listed)
    readable = [name for name in files if ending(name) in READABLE]
    if len(readable) != 1:
        raise DomainError("archive-many-declarations" if readable else "archive-no-declarations")
    declarations = files.pop(readable[0])
    if declarations.file_size > LARGEST_FILE:
        raise DomainError("file-too-large", name=declarations.filename, largest=LARGEST_FILE // MEGABYTE)
    documents = spelt_else | files | beside(readable[0], files)
    return Archive(content_of(archive, declarations), archive, documents)


def check_limits(listed: list[ZipInfo]) -> None:
    """Refuse an archive that would be too large unpacked, or that is locked.

    Raises:
        DomainError: `archive-too-many`, `archive-too-large` or `archive-encrypted`.
    """
    if len(listed) > MOST_FILES:
        raise DomainError("archive-too-many", count=len(listed), limit=MOST_FILES)
    if sum(one.file_size for one in listed) > LARGEST:
        raise DomainError("archive-too-large", largest=LARGEST // MEGABYTE)
    if any(one.flag_bits & ENCRYPTED for one in listed):
        raise DomainError("archive-encrypted")


def named(listed: list[ZipInfo]) -> tuple[dict[str, ZipInfo], dict[str, ZipInfo]]:
    """Files by name, and by another name that its bytes may mean.

    Raises:
        DomainError: `archive-path` or `archive-name-twice`.
    """
    found: dict[str, ZipInfo] = {}
    spelt_else: dict[str, ZipInfo] = {}
    for one in listed:
        name, *others = names_of(one)
        if any(leads_out(each) for each in (name, *others)) or len(name) > LONGEST_FILE_NAME or not name.isprintable():
            shown = "".join(letter if letter.isprintable() else "�" for letter in name[:LONGEST_FILE_NAME])
            raise DomainError("archive-path", name=shown)
        if name in found:
            raise DomainError("archive-name-twice", name=name)
        found[name] = one
        spelt_else |= dict.fromkeys(others, one)
    return found, spelt_else


def names_of(one: ZipInfo) -> list[str]:
    """The names that a file may have, the likeliest first, as composed letters.

    Without the flag for UTF-8 the standard means code page 437, but macOS writes UTF-8 all the same, and Windows writes the
    page of its language, which for Cyrillic letters is 866.
    """
    names = [one.filename]
    if not one.flag_bits & IN_UTF_8 and not one.filename.isascii():
        try:
            raw = one.filename.encode("cp437")
        except UnicodeEncodeError:  # a name in UTF-8 stood beside the other
            raw = b""
        try:
            names.insert(0, raw.decode("utf-8"))
        except UnicodeDecodeError:
            names.insert(0, raw.decode("cp866"))
    return [unicodedata.normalize("NFC", name) for name in names if name]


def beside(declarations: str, files: Mapping[str, ZipInfo]) -> dict[str, ZipInfo]:
    """Files by their path from the folder in which the file of declarations lies."""
    folder = declarations.rpartition("/")[0]
    return {name[len(folder) + 1 :]: one for name, one in files.items() if folder and name.startswith(f"{folder}/")}


def leads_out(name: str) -> bool:
    """Whether a name is no plain path within the archive."""
    parts = name.split("/")
    return "\\" in name or ":" in parts[0] or not all(part and part not in {".", ".."} for part in parts)


def is_of_system(name: str) -> bool:
    """Whether a system has put a file there by itself."""
    return name.startswith(OF_SYSTEMS) or name.rpartition("/")[2].startswith(OF_SYSTEMS)


def ending(name: str) -> str:
    """The ending of a name in small letters."""
    return name.rpartition(".")[2].lower()


def content_of(archive: ZipFile, file: ZipInfo) -> bytes:
    """What a file holds.

    Raises:
        DomainError: `archive-broken` when it is cut, damaged, larger than it says, or packed in an unknown way.
    """
    try:
        return archive.read(file)
    except (BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError):
        raise DomainError("archive-broken", name=file.filename) from None
