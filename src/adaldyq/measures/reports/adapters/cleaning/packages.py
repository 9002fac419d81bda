"""Packages of office programs: ZIP files of XML parts, read with care and written anew without dates and owners."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Mapping
from io import BytesIO
from typing import Any

from lxml import etree

from adaldyq.base.errors import DomainError

CONTENT_TYPES, MIMETYPE = "[Content_Types].xml", "mimetype"
LARGEST, MOST_PARTS = 1_000_000_000, 20_000
LOCKED = 0x1
Parts = dict[str, bytes]


def read(content: bytes) -> Parts:
    """The parts of a package, by name.

    Raises:
        DomainError: `clean-damaged`, `clean-locked`; `clean-too-large` before anything of a bomb is unpacked.
    """
    try:
        with zipfile.ZipFile(BytesIO(content)) as pack:
            listed = [one for one in pack.infolist() if not one.is_dir()]
            if len(listed) > MOST_PARTS or sum(one.file_size for one in listed) > LARGEST:
                raise DomainError("clean-too-large", most=LARGEST // 1_000_000)
            if any(one.flag_bits & LOCKED for one in listed):
                raise DomainError("clean-locked")
            return {one.filename: pack.read(one) for one in listed}
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError):
        raise DomainError("clean-damaged") from None


def written(parts: Mapping[str, bytes], *, first: str) -> bytes:
    """A package. No part has a date, an owner or a comment.

    Args:
        first: the part that stands first; that of OpenDocument is not compressed.
    """
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as pack:
        for name in sorted(parts, key=lambda name: (name != first, name)):
            how = zipfile.ZIP_STORED if name == MIMETYPE else zipfile.ZIP_DEFLATED
            pack.writestr(zipfile.ZipInfo(name), parts[name], compress_type=how)
    return made.getvalue()


def parsed(content: bytes) -> Any:
    """The root of an XML part; nothing that it names is fetched or expanded.

    Raises:
        DomainError: `clean-damaged`.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise DomainError("clean-damaged") from None
    docinfo: Any = root.getroottree().docinfo
    if docinfo.doctype:
        raise DomainError("clean-damaged")
    return root


def serialised(root: Any) -> bytes:
    """An XML part."""
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def remove(element: Any) -> None:
    """Take an element out; text that follows it stays."""
    parent, before = element.getparent(), element.getprevious()
    if parent is None:
        return
    if element.tail:
        if before is None:
            parent.text = (parent.text or "") + element.tail
        else:
            before.tail = (before.tail or "") + element.tail
    parent.remove(element)


def unwrap(element: Any) -> None:
    """Take an element away and leave what is in it."""
    parent = element.getparent()
    if parent is None:
        return
    at, before = parent.index(element), element.getprevious()
    children = list(element)
    if element.text:
        if before is None:
            parent.text = (parent.text or "") + element.text
        else:
            before.tail = (before.tail or "") + element.text
    for number, child in enumerate(children):
        parent.insert(at + number, child)
    remove(element)


def removed_all(elements: Iterable[Any]) -> int:
    """Take elements out; how many there were."""
    listed = list(elements)
    for one in listed:
        remove(one)
    return len(listed)
