"""OpenDocument (ODT, ODS, ODP), ISO/IEC 26300."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any

from adaldyq.base.errors import DomainError
from adaldyq.measures.reports.adapters.cleaning import packages, pictures
from adaldyq.measures.reports.adapters.cleaning.found import (
    CHANGES,
    EMBEDDED,
    LINKS,
    MACROS,
    METADATA,
    SIGNATURES,
    Cleaned,
    Removed,
)
from adaldyq.measures.reports.adapters.cleaning.packages import parsed, removed_all, serialised, unwrap

NAMES = "urn:oasis:names:tc:opendocument:xmlns:{}:1.0"
OFFICE, TEXT, TABLE, DRAW, SCRIPT = (NAMES.format(one) for one in ("office", "text", "table", "drawing", "script"))
MANIFEST, META = NAMES.format("manifest"), NAMES.format("meta")
XLINK, DC = "http://www.w3.org/1999/xlink", "http://purl.org/dc/elements/1.1/"
HREF = f"{{{XLINK}}}href"
LIST = "META-INF/manifest.xml"
TYPES = {
    "application/vnd.oasis.opendocument.text": ".odt",
    "application/vnd.oasis.opendocument.spreadsheet": ".ods",
    "application/vnd.oasis.opendocument.presentation": ".odp",
    "application/vnd.oasis.opendocument.graphics": ".odg",
}
PARTS = {
    METADATA: r"meta\.xml|settings\.xml|Thumbnails/|layout-cache|manifest\.rdf",
    MACROS: r"Basic/|Scripts/|Configurations2/|Dialogs/",
    EMBEDDED: r"Object[^/]*(/|$)|media/",
    CHANGES: r"Versions?/|VersionList\.xml",
    SIGNATURES: r"META-INF/.*signatures?\.xml",
}
DROPPED = {kind: re.compile(pattern, re.IGNORECASE) for kind, pattern in PARTS.items()}
REPLACED = "ObjectReplacements/"
ELEMENTS = {
    f"{{{OFFICE}}}scripts": MACROS,
    f"{{{OFFICE}}}event-listeners": MACROS,
    f"{{{SCRIPT}}}event-listener": MACROS,
    f"{{{TEXT}}}script": MACROS,
    f"{{{DRAW}}}applet": MACROS,
    f"{{{DRAW}}}plugin": EMBEDDED,
    f"{{{DRAW}}}object": EMBEDDED,
    f"{{{DRAW}}}object-ole": EMBEDDED,
    f"{{{DRAW}}}floating-frame": LINKS,
    f"{{{TEXT}}}section-source": LINKS,
    f"{{{OFFICE}}}dde-source": LINKS,
    f"{{{TEXT}}}dde-connection-decls": LINKS,
    f"{{{TABLE}}}dde-links": LINKS,
    f"{{{TABLE}}}table-source": LINKS,
    f"{{{TABLE}}}cell-range-source": LINKS,
    f"{{{TEXT}}}tracked-changes": CHANGES,
    f"{{{TABLE}}}tracked-changes": CHANGES,
    f"{{{TEXT}}}change": CHANGES,
    f"{{{TEXT}}}change-start": CHANGES,
    f"{{{TEXT}}}change-end": CHANGES,
    f"{{{META}}}creator-initials": METADATA,
    f"{{{DC}}}creator": METADATA,
    f"{{{DC}}}date": METADATA,
    f"{{{META}}}date-string": METADATA,
    **{
        f"{{{TEXT}}}{one}": METADATA
        for one in ("author-name", "author-initials", "initial-creator", "creator", "printed-by", "file-name")
    },
    **{f"{{{TEXT}}}sender-{one}": METADATA for one in ("firstname", "lastname", "initials", "email", "company")},
}
"""Elements that go, wherever they stand; what they showed of the document itself stays."""
WITHIN = re.compile(r"#|\.?/?(Pictures|ObjectReplacements)/", re.IGNORECASE)
FORMULAS = re.compile(r"https?:|file:|\bDDE\s*\(|\b(WEBSERVICE|HYPERLINK)\s*\(", re.IGNORECASE)


def cleaned(content: bytes) -> Cleaned:
    """A document without who made it, macros, embedded files, changes that were tracked and links to elsewhere.

    Raises:
        DomainError: `clean-damaged`, `clean-locked`, `clean-too-large`, `clean-unknown`.
    """
    parts, removed = packages.read(content), Removed()
    kind = parts[packages.MIMETYPE].decode("ascii", "replace").strip().removesuffix("-template")
    if kind not in TYPES or LIST not in parts:
        raise DomainError("clean-unknown")
    if b"encryption-data" in parts[LIST]:
        raise DomainError("clean-locked")
    kept = {name: part for name, part in parts.items() if stays(name, removed)}
    kept[packages.MIMETYPE] = kind.encode()
    kept[LIST] = list_of(parts[LIST], kind, kept)
    for name in list(kept):
        kept[name] = clean_part(name, kept[name], removed)
    return Cleaned(packages.written(kept, first=packages.MIMETYPE), TYPES[kind], removed.told())


def stays(name: str, removed: Removed) -> bool:
    """Whether a part stays."""
    if name.startswith(REPLACED):
        return True  # the picture of an embedded object, which is what a reader sees of it
    for kind, pattern in DROPPED.items():
        if pattern.match(name):
            removed.note(kind)
            return False
    return True


def list_of(manifest: bytes, kind: str, kept: Collection[str]) -> bytes:
    """The list of parts, of those that stay."""
    root = parsed(manifest)
    for one in list(root):
        path = str(one.get(f"{{{MANIFEST}}}full-path", ""))
        if path == "/":
            one.set(f"{{{MANIFEST}}}media-type", kind)
        elif path not in kept:
            root.remove(one)
    return serialised(root)


def clean_part(name: str, content: bytes, removed: Removed) -> bytes:
    """A part that stays, without what in it tells or reaches out."""
    if not name.endswith(".xml") or name == LIST:
        return pictures.within(content, removed)
    root = parsed(content)
    for tag, kind in ELEMENTS.items():
        removed.note(kind, removed_all(list(root.iter(tag))))
    cut_links(root, removed)
    return serialised(root)


def cut_links(root: Any, removed: Removed) -> None:
    """Take out what leads elsewhere; words of a link stay, and the last value of a formula."""
    for one in list(root.iter()):
        href = one.get(HREF)
        if href is not None and not WITHIN.match(href):
            removed.note(LINKS)
            unwrap(one) if one.tag in {f"{{{TEXT}}}a", f"{{{DRAW}}}a"} else packages.remove(one)
        for key in (f"{{{TABLE}}}formula", f"{{{TEXT}}}formula"):
            if FORMULAS.search(one.get(key) or ""):
                del one.attrib[key]
                removed.note(LINKS)
