"""PDF: copied object by object, from what its pages show, without what tells of its maker or does anything when opened."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.crypt import AuthStatus
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import PdfFileWriter

from adaldyq.base.errors import DomainError
from adaldyq.measures.reports.adapters.cleaning import pictures
from adaldyq.measures.reports.adapters.cleaning.found import (
    EMBEDDED,
    LINKS,
    MACROS,
    METADATA,
    SIGNATURES,
    Cleaned,
    Removed,
)

# Entries of dictionaries, wherever they stand (ISO 32000-2).
ENTRIES = {
    "/Metadata": METADATA,
    "/PieceInfo": METADATA,
    "/LastModified": METADATA,
    "/Thumb": METADATA,
    "/SpiderInfo": METADATA,
    "/DocumentProperties": METADATA,
    "/JS": MACROS,
    "/JavaScript": MACROS,
    "/AA": MACROS,
    "/XFA": MACROS,
    "/EmbeddedFiles": EMBEDDED,
    "/EF": EMBEDDED,
    "/AF": EMBEDDED,
    "/Collection": EMBEDDED,
    "/RichMediaContent": EMBEDDED,
    "/URI": LINKS,
    "/Perms": SIGNATURES,
    "/DSS": SIGNATURES,
}
ACTIONS = {
    "/JavaScript": MACROS,
    "/Rendition": MACROS,
    "/Movie": EMBEDDED,
    "/Sound": EMBEDDED,
    "/RichMediaExecute": EMBEDDED,
    "/GoTo3DView": EMBEDDED,
    "/URI": LINKS,
    "/Launch": LINKS,
    "/GoToR": LINKS,
    "/GoToE": LINKS,
    "/SubmitForm": LINKS,
    "/ImportData": LINKS,
}
ANNOTATIONS = {"/FileAttachment", "/RichMedia", "/Screen", "/Movie", "/Sound", "/3D"}
OF_AUTHORS = ("/T", "/M", "/CreationDate", "/NM")
"""Entries of a note on a page that say who wrote it, and when."""
DEPTH = 100


class PlainWriter(PdfFileWriter):
    """Writes a document that says nothing of its making, as the library would else."""

    def _update_meta(self) -> None:
        """Leave it out."""


def cleaned(content: bytes) -> Cleaned:
    """A PDF with what its pages show. Former versions that lie in the file are not copied either.

    Raises:
        DomainError: `clean-locked`, `clean-damaged`.
    """
    removed, made = Removed(), BytesIO()
    logging.getLogger("pyhanko").setLevel(logging.ERROR)  # it tells of each oddity of a file
    try:
        reader = PdfFileReader(BytesIO(content), strict=False)
        if reader.encrypted and reader.decrypt(b"").status == AuthStatus.FAILED:
            raise DomainError("clean-locked")
        Copying(reader, removed).whole().write(made)
    except (PdfError, ValueError, TypeError, KeyError, AttributeError, IndexError, RecursionError, OSError):
        raise DomainError("clean-damaged") from None
    return Cleaned(made.getvalue(), ".pdf", removed.told())


class Copying:
    """Copies the objects that can be reached from the document's root, and counts what it leaves out."""

    def __init__(self, reader: Any, removed: Removed) -> None:
        """Begin a copy."""
        self.removed, self.reader = removed, reader
        self.writer: Any = PlainWriter(init_page_tree=False, stream_xrefs=False)  # type: ignore[no-untyped-call]  # the library has no types here
        self.known = {reader.root_ref: self.writer.root_ref}
        self.waiting: list[tuple[Any, Any]] = []

    def whole(self) -> Any:
        """The writer of the copy."""
        if "/Info" in self.reader.trailer:
            self.removed.note(METADATA)
        root = self.copied(self.reader.root, 0)
        place = self.writer.root_ref
        self.writer.objects[(place.generation, place.idnum)] = root
        while self.waiting:
            source, target = self.waiting.pop()
            self.writer.add_object(self.copied(source.get_object(), 0), idnum=target.idnum)
        return self.writer

    def copied(self, one: Any, depth: int) -> Any:
        """An object as the copy has it.

        Raises:
            DomainError: `clean-damaged`: objects lie deeper in each other than any program writes them.
        """
        if depth > DEPTH:
            raise DomainError("clean-damaged")
        if isinstance(one, generic.DecryptedObjectProxy):
            one = one.decrypted
        if isinstance(one, generic.IndirectObject):
            return self.reference(one.reference)
        if isinstance(one, generic.DictionaryObject):
            entries = dict(self.entries(one, depth))
            if isinstance(one, generic.StreamObject):
                return generic.StreamObject(entries, encoded_data=self.stream(one))
            return generic.DictionaryObject(entries)
        if isinstance(one, generic.ArrayObject):
            return generic.ArrayObject(self.copied(item, depth + 1) for item in one if self.stays(item))
        return one

    def reference(self, source: Any) -> Any:
        """A reference to what will be copied once."""
        if source not in self.known:
            target = self.writer.allocate_placeholder()
            self.known[source] = target.reference
            self.waiting.append((source, target.reference))
        found = self.known[source]
        return generic.IndirectObject(found.idnum, found.generation, self.writer)

    def entries(self, one: Any, depth: int) -> Iterator[tuple[Any, Any]]:
        """The entries of a dictionary that stay."""
        leaving = self.leaving(one)
        for name, value in one.items():
            if name in leaving:
                self.removed.note(leaving[name])
            elif self.stays(value):
                yield name, self.copied(value, depth + 1)

    def leaving(self, one: Any) -> dict[str, str]:
        """Entries of a dictionary that go, with the kind of what they are."""
        leaving = dict(ENTRIES)
        if "/Rect" in one and "/Subtype" in one and one["/Subtype"] != "/Widget":
            leaving |= dict.fromkeys(OF_AUTHORS, METADATA)
        if one.get("/FT") == "/Sig":
            leaving["/V"] = SIGNATURES
        return leaving

    def stays(self, value: Any) -> bool:
        """Whether something is no action that reaches out, and no note that holds a file."""
        if isinstance(value, generic.DecryptedObjectProxy):
            value = value.decrypted
        if isinstance(value, generic.IndirectObject):
            value = value.get_object()
        if not isinstance(value, generic.DictionaryObject):
            return True
        kind = ACTIONS.get(str(value.get("/S", ""))) if value.get("/Type") != "/StructElem" else None
        if kind is None and "/Rect" in value and value.get("/Subtype") in ANNOTATIONS:
            kind = EMBEDDED
        if kind is not None:
            self.removed.note(kind)
        return kind is None

    def stream(self, one: Any) -> bytes:
        """The bytes of a stream; of a photo without what the camera wrote beside it."""
        content = bytes(one.encoded_data)
        only = one.get("/Filter")
        if only == "/DCTDecode" or (isinstance(only, generic.ArrayObject) and list(only) == ["/DCTDecode"]):
            return pictures.within(content, self.removed)
        return content
