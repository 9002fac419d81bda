"""Office Open XML (DOCX, XLSX, PPTX and their kin with macros), ISO/IEC 29500 and ECMA-376."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Iterator, Mapping
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
from adaldyq.measures.reports.adapters.cleaning.packages import Parts, parsed, removed_all, serialised, unwrap

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
PARTS = {
    METADATA: r"docProps/|docMetadata/|customXml/|word/people\.xml|.*/(persons|printerSettings|userNames)|.*/commentAuthors",
    MACROS: r".*(vbaProject|vbaData|vbaProjectSignature)|.*/(macrosheets|dialogsheets|activeX|ctrlProps|webextensions)/"
    r"|customUI/|word/(attachedToolbars|customizations)|xl/(customUI|attachedToolbars)",
    EMBEDDED: r".*/embeddings/|.*/media/[^/]*\.(mp4|mov|avi|wmv|m4a|mp3|wav|wma|mpe?g)$",
    LINKS: r"xl/(externalLinks/|connections|queryTables/)|word/afchunk",
    CHANGES: r"xl/revisions/|.*/threadedComments/",
    SIGNATURES: r"_xmlsignatures/",
}
"""Parts that go, by what they are."""
DROPPED = {kind: re.compile(pattern, re.IGNORECASE) for kind, pattern in PARTS.items()}
MAIN = re.compile(
    r"application/vnd\.(?:openxmlformats-officedocument\.|ms-)(wordprocessingml|spreadsheetml|presentationml|word|excel|powerpoint)"
    r"\.(document|sheet|presentation|slideshow|template)(\.macroEnabled)?\.main\+xml",
    re.IGNORECASE,
)
PLAIN = {
    "wordprocessingml": ("document", ".docx"),
    "spreadsheetml": ("sheet", ".xlsx"),
    "presentationml": ("presentation", ".pptx"),
}
SAME_AS = {"word": "wordprocessingml", "excel": "spreadsheetml", "powerpoint": "presentationml"}
AUTHORS = {"author", "initials", "date", "lastIdx", "userName", "creator", "userId", "providerId"}
SAVED = re.compile(r"rsid\w*|paraId|textId|durableId|uid")
EMPTIED = {"hyperlinks", "externalReferences", "oleObjects", "controls", "legacyDrawing", "connections"}
KEPT_WITHOUT_LINK = {"hyperlink", "blip", "imagedata", "fill", "videoFile", "audioFile"}
"""Elements that show something also when what they lead to is gone."""
REACHING = re.compile(
    r"^\s*(HYPERLINK|INCLUDEPICTURE|INCLUDETEXT|IMPORT|LINK|DDE|DDEAUTO|DATABASE|RD|AUTHOR|LASTSAVEDBY|USERNAME|USERINITIALS|FILENAME)\b",
    re.IGNORECASE,
)
FORMULAS = re.compile(r"\[\d+\]|\b(WEBSERVICE|HYPERLINK|RTD|CALL|EXEC|IMAGE)\s*\(|\||https?:|\\\\", re.IGNORECASE)


def cleaned(content: bytes) -> Cleaned:
    """A document without who made it, macros, embedded files, changes that were tracked and links to elsewhere.

    Raises:
        DomainError: `clean-damaged`, `clean-locked`, `clean-too-large`, `clean-unknown`.
    """
    parts, removed = packages.read(content), Removed()
    kept = {name: part for name, part in parts.items() if stays(name, removed)}
    ending = plain_types(kept, set(parts) - set(kept))
    lost = cut_relations(kept, removed)
    for name in list(kept):
        kept[name] = clean_part(name, kept[name], lost.get(name, frozenset()), removed)
    return Cleaned(packages.written(kept, first=packages.CONTENT_TYPES), ending, removed.told())


def stays(name: str, removed: Removed) -> bool:
    """Whether a part stays; relations of parts that go do not, and are not counted."""
    owner = name.replace("/_rels/", "/").removesuffix(".rels") if name.endswith(".rels") else name
    for kind, pattern in DROPPED.items():
        if pattern.match(owner):
            removed.note(kind, int(owner == name))
            return False
    return True


def plain_types(kept: Parts, gone: Collection[str]) -> str:
    """Say of no part that goes what it is, and of a document that has macros that it has none; the ending of its name.

    Raises:
        DomainError: `clean-unknown`: it is no document, table or presentation.
    """
    root, ending = parsed(kept[packages.CONTENT_TYPES]), ""
    for one in list(root):
        if str(one.get("PartName", "")).lstrip("/") in gone:
            root.remove(one)
            continue
        found = MAIN.fullmatch(str(one.get("ContentType", "")))
        if found and one.get("PartName"):
            family = SAME_AS.get(found[1].lower(), found[1].lower())
            kind, ending = PLAIN[family]
            one.set("ContentType", f"application/vnd.openxmlformats-officedocument.{family}.{kind}.main+xml")
    if not ending:
        raise DomainError("clean-unknown")
    kept[packages.CONTENT_TYPES] = serialised(root)
    return ending


def cut_relations(kept: Parts, removed: Removed) -> Mapping[str, frozenset[str]]:
    """Cut relations that lead to parts that are gone, or elsewhere; their ids, by the part that names them."""
    lost = {}
    for name in [one for one in kept if one.endswith(".rels")]:
        root, gone = parsed(kept[name]), set()
        folder, file = posixpath.split(name.replace("_rels/", "", 1).removesuffix(".rels"))
        for one in list(root):
            outside = one.get("TargetMode") == "External"
            target = posixpath.normpath(posixpath.join("/", folder, str(one.get("Target", "")))).lstrip("/")
            if outside or target not in kept:
                removed.note(LINKS, int(outside))
                gone.add(str(one.get("Id")))
                root.remove(one)
        lost[posixpath.join(folder, file)] = frozenset(gone)
        kept[name] = serialised(root)
    return lost


def clean_part(name: str, content: bytes, lost: frozenset[str], removed: Removed) -> bytes:
    """A part that stays, without what in it tells or reaches out."""
    if not name.endswith((".xml", ".vml")) or name == packages.CONTENT_TYPES:
        return pictures.within(content, removed) if "/media/" in name else content
    try:
        root = parsed(content)
    except DomainError:
        if name.endswith(".vml"):  # old drawings are not always XML
            return b"<xml/>"
        raise
    cut_elements(root, lost)
    forget_authors(root, removed)
    settle_changes(root, removed)
    cut_fields(root, removed)
    return serialised(root)


def local(one: Any) -> str:
    """The name of an element or attribute without its namespace."""
    return str(one).rpartition("}")[2]


def cut_elements(root: Any, lost: frozenset[str]) -> None:
    """Take out elements that need a relation which is gone; those that show something without it stay."""
    for one in list(root.iter()):
        named = [key for key, value in one.attrib.items() if key.startswith(f"{{{OFFICE}}}") and value in lost]
        if not named:
            continue
        if local(one.tag) in KEPT_WITHOUT_LINK and not one.tag.startswith(f"{{{SHEET}}}"):
            for key in named:
                del one.attrib[key]
        else:
            packages.remove(one)
    removed_all(one for one in root.iter() if local(one.tag) in EMPTIED and not len(one) and not one.attrib)


def forget_authors(root: Any, removed: Removed) -> None:
    """Empty names of authors and days of writing, and take marks of single sittings away."""
    for one in root.iter():
        for key in list(one.attrib):
            if local(key) in AUTHORS and one.get(key) and is_of_author(one):
                one.set(key, "") if local(key) == "author" else one.attrib.pop(key)
                removed.note(METADATA)
            elif "}" in key and SAVED.fullmatch(local(key)):
                del one.attrib[key]
    for author in root.iter(f"{{{SHEET}}}author"):
        removed.note(METADATA, int(bool(author.text)))
        author.text = ""
    for name in ("rsids", "absPath", "fileSharing", "docVars", "attachedTemplate", "mailMerge"):
        removed.note(METADATA, removed_all(one for one in list(root.iter()) if local(one.tag) == name))


def is_of_author(one: Any) -> bool:
    """Whether an element is a note or a change, of which somebody is the author."""
    return one.tag.startswith(f"{{{WORD}}}") or local(one.tag) in {"comment", "cm", "fileSharing", "userInfo"}


def settle_changes(root: Any, removed: Removed) -> None:
    """Take tracked changes as they stand: what was deleted goes, what was put in stays and is marked no more."""
    for name in ("del", "moveFrom", *changed_properties(root)):
        removed.note(CHANGES, removed_all(root.iter(f"{{{WORD}}}{name}")))
    for name in ("ins", "moveTo"):
        for one in list(root.iter(f"{{{WORD}}}{name}")):
            removed.note(CHANGES)
            unwrap(one)


def changed_properties(root: Any) -> Iterator[str]:
    """Names of elements that keep how something looked before a change."""
    yield from sorted(
        {local(one.tag) for one in root.iter() if re.fullmatch(r"\w+PrChange|move\w+Range\w+", local(one.tag))}
    )


def cut_fields(root: Any, removed: Removed) -> None:
    """Empty fields and formulas that fetch from elsewhere; what they last showed stays."""
    for one in list(root.iter(f"{{{WORD}}}instrText")):
        if REACHING.match(one.text or ""):
            one.text = ""
            removed.note(LINKS)
    for one in list(root.iter(f"{{{WORD}}}fldSimple")):
        if any(local(key) == "instr" and REACHING.match(value) for key, value in one.attrib.items()):
            unwrap(one)
            removed.note(LINKS)
    formulas = [one for one in root.iter(f"{{{SHEET}}}f") if FORMULAS.search(one.text or "")]
    names = [one for one in root.iter(f"{{{SHEET}}}definedName") if FORMULAS.search(one.text or "")]
    removed.note(LINKS, removed_all([*formulas, *names]))
