"""Cleaned copies of files that reporters sent: without who made them, where, and what runs or fetches when they are opened.

Made on the officer's own computer; the original stays as evidence.
"""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from adaldyq.base.errors import DomainError
from adaldyq.measures.reports.adapters.cleaning import office, opendocument, packages, pdfs, pictures
from adaldyq.measures.reports.adapters.cleaning.found import Cleaned

LARGEST = 600_000_000
PDF, ZIP, OLE = b"%PDF-", b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
BEGINNING = 1024


def cleaned(content: bytes) -> Cleaned:
    """A cleaned copy of a file; what it is tells its content, not its name.

    Raises:
        DomainError: `clean-unknown` for a kind of file that is not known here, `clean-old` for an old form of office file,
            `clean-locked` when a password is needed, `clean-damaged`, `clean-too-large`.
    """
    if len(content) > LARGEST:
        raise DomainError("clean-too-large", most=LARGEST // 1_000_000)
    return cleaner_of(content)(content)


def cleaner_of(content: bytes) -> Callable[[bytes], Cleaned]:
    """What cleans a file of this kind.

    Raises:
        DomainError: as `cleaned`.
    """
    if PDF in content[:BEGINNING]:
        return pdfs.cleaned
    if content.startswith(OLE):
        raise DomainError("clean-old")
    if content.startswith(ZIP):
        return package_cleaner(content)
    if pictures.is_picture(content):
        return pictures.cleaned
    raise DomainError("clean-unknown")


def package_cleaner(content: bytes) -> Callable[[bytes], Cleaned]:
    """What cleans a package of this kind.

    Raises:
        DomainError: `clean-unknown`, `clean-damaged`.
    """
    try:
        with ZipFile(BytesIO(content)) as pack:
            names = set(pack.namelist())
    except (BadZipFile, ValueError, OSError):
        raise DomainError("clean-damaged") from None
    if packages.CONTENT_TYPES in names:
        return office.cleaned
    if packages.MIMETYPE in names:
        return opendocument.cleaned
    raise DomainError("clean-unknown")
