"""What a file is: by its content, held against what its name says."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Mapping
from pathlib import PurePath

import puremagic

from adaldyq.base.errors import DomainError
from adaldyq.base.signature_forms import der_of
from adaldyq.kernel.uploads.purposes import KINDS

LONGEST_NAME = 100
OF_ZIP = (b"PK\x05\x06", lambda _size: 65_557)
OF_JPEG = (b"\xff\xd9", lambda size: size // 2)
ENDS: Mapping[str, tuple[bytes, Callable[[int], int]]] = {
    "pdf": (b"%%EOF", lambda _size: 1024),
    "png": (b"IEND", lambda _size: 1024),
    "jpg": OF_JPEG,
    "jpeg": OF_JPEG,
    "docx": OF_ZIP,
    "xlsx": OF_ZIP,
}
"""By kind, what its end is known by and within how many bytes of the end: ISO 32000-1, 7.5.5 with the room that readers
give; ISO/IEC 15948; ISO/IEC 10918-1, where cameras write of their own after it and pictures within stand before; PKWARE's
APPNOTE, 4.3.16."""
TEXTS = {"txt", "csv"}  # kinds without a signature
SIGNATURES = {"p7s", "sig"}  # kinds that come in binary or as text
FORBIDDEN = re.compile(r"[^\w .,()\-–№]", re.UNICODE)
BETWEEN_WORDS = re.compile(r"\s+")
UNNAMED = "file"


def harmless_name(name: str, ending: str) -> str:
    """A name that no file system, shell or page takes for anything else; its ending is the one that was checked."""
    stem = PurePath(unicodedata.normalize("NFC", name).replace("\\", "/")).name
    stem = stem[: -len(ending) - 1] if stem.lower().endswith(f".{ending}") else stem
    clean = BETWEEN_WORDS.sub(" ", FORBIDDEN.sub("_", stem)).strip(" .")
    return f"{clean[:LONGEST_NAME].strip(' .') or UNNAMED}.{ending}"


def ending_of(name: str) -> str:
    """The ending of a name, without the dot, in small letters."""
    return PurePath(name).suffix.lower().removeprefix(".")


def checked_ending(name: str, content: bytes, kinds: Collection[str], largest: int) -> str:
    """The ending of a file whose content is what its name says.

    Raises:
        DomainError: `file-empty`, `file-too-large`, `file-kind-unknown` when the purpose does not take it,
            `file-is-another` when the content is of another kind than the name says, or `file-cut`.
    """
    ending = ending_of(name)
    shown = harmless_name(name, ending) if ending else name[:LONGEST_NAME]
    if not content:
        raise DomainError("file-empty", field="file", name=shown)
    if len(content) > largest:
        raise DomainError("file-too-large", field="file", name=shown, largest=largest // 1_000_000)
    if ending not in kinds:
        raise DomainError("file-kind-unknown", field="file", name=shown, kinds=", ".join(kinds))
    if not is_of_kind(ending, content):
        raise DomainError("file-is-another", field="file", name=shown)
    if not is_whole(ending, content):
        raise DomainError("file-cut", field="file", name=shown)
    return ending


def is_whole(ending: str, content: bytes) -> bool:
    """Whether a content has the end that its kind has; a transfer that broke off leaves it without."""
    if ending not in ENDS:
        return True
    mark, within = ENDS[ending]
    return content.rfind(mark, max(0, len(content) - within(len(content)))) >= 0


def is_of_kind(ending: str, content: bytes) -> bool:
    """Whether a content is what an ending says."""
    if ending in SIGNATURES:
        return der_of(content) is not None
    return is_text(content) if ending in TEXTS else KINDS[ending] in media_types(content)


def media_types(content: bytes) -> set[str]:
    """The kinds that a content may be of; none when no signature fits."""
    try:
        found = puremagic.magic_string(content)
    except puremagic.PureError:
        return set()
    surest = max((one.confidence for one in found), default=0)
    return {one.mime_type for one in found if one.confidence == surest}


def is_text(content: bytes) -> bool:
    """Whether a content is plain text: UTF-8 without control characters, and with no signature of anything else."""
    try:
        text = content.decode()
    except UnicodeDecodeError:
        return False
    return not any(unicodedata.category(letter) == "Cc" and letter not in "\t\r\n" for letter in text) and not (
        media_types(content) - {"text/plain", "text/csv", ""}
    )
