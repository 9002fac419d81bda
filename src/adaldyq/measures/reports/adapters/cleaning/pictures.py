"""Pictures: drawn anew from their points, without what a camera or a program writes beside them."""

from __future__ import annotations

import struct
from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError

from adaldyq.base.errors import DomainError
from adaldyq.measures.reports.adapters.cleaning.found import (
    BEHIND,
    DEVICE,
    FRAMES,
    NOTES,
    PLACE,
    TIME,
    Cleaned,
    Removed,
)

FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF")
GPS, MAKE, MODEL, SOFTWARE, WHEN, EXIF = 0x8825, 0x010F, 0x0110, 0x0131, 0x0132, 0x8769
ORIGINAL_WHEN, SERIAL = 0x9003, 0xA431
QUALITY = 92
ENDS = {"GIF": b"\x00\x3b", "PNG": b"IEND\xaeB`\x82", "JPEG": b"\xff\xd9"}
"""Bytes with which pictures of a format end."""
LARGEST_POINTS = 170  # millions, about what the library refuses as a bomb
BESIDE = ("xmp", "XML:com.adobe.xmp", "comment", "photoshop", "icc_profile", "iptc")
JPEG, PNG = b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"
# Segments of JPEG that draw: without those of applications, but for the two that say how colours are meant (JFIF, Adobe).
MARKER, SCAN, APPLICATION, COMMENT, JFIF, ADOBE = 0xFF, 0xDA, range(0xE0, 0xF0), 0xFE, 0xE0, 0xEE
PNG_KEPT = {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"sBIT", b"bKGD", b"pHYs"}


def is_picture(content: bytes) -> bool:
    """Whether it is a picture of a format that is known here."""
    try:
        with Image.open(BytesIO(content), formats=FORMATS):
            return True
    except Image.DecompressionBombError:
        return True  # its size was read, so its format is known
    except (UnidentifiedImageError, OSError):
        return False


def cleaned(content: bytes) -> Cleaned:
    """A picture drawn anew: JPEG stays JPEG, all else becomes PNG. Of a moving picture the first one stays.

    Raises:
        DomainError: `clean-damaged`; `clean-too-large` for one with more points than a program should draw.
    """
    removed = Removed()
    try:
        with Image.open(BytesIO(content), formats=FORMATS) as picture:
            kind = picture.format
            look(picture, removed)
            removed.note(BEHIND, int(bool(behind(content, kind or ""))))
            drawn = ImageOps.exif_transpose(picture)
            drawn.load()
    except Image.DecompressionBombError:
        raise DomainError("clean-too-large", most=LARGEST_POINTS) from None
    except (OSError, ValueError, SyntaxError, struct.error):
        raise DomainError("clean-damaged") from None
    plain = Image.frombytes(drawn.mode, drawn.size, drawn.tobytes())
    if (palette := drawn.getpalette()) is not None and drawn.mode == "P":
        plain.putpalette(palette)
    made = BytesIO()
    if kind == "JPEG":
        plain.save(made, "JPEG", quality=QUALITY)
        return Cleaned(made.getvalue(), ".jpg", removed.told())
    transparent = {"transparency": drawn.info["transparency"]} if "transparency" in drawn.info else {}
    as_png(plain).save(made, "PNG", **transparent)
    return Cleaned(made.getvalue(), ".png", removed.told())


def behind(content: bytes, kind: str) -> bytes:
    """What stands in a file behind the end of its picture, such as a script that another program would find there.

    Of the other formats the end is not where the file ends, and nothing is said of it.
    """
    end = ENDS.get(kind)
    if end is None:
        return b""
    found = content.rfind(end)
    return content[found + len(end) :].strip(b"\0\r\n ") if found >= 0 else b""


def as_png(picture: Image.Image) -> Image.Image:
    """A picture in a form that PNG has."""
    return picture if picture.mode in {"1", "L", "LA", "P", "RGB", "RGBA", "I", "I;16"} else picture.convert("RGB")


def look(picture: Image.Image, removed: Removed) -> None:
    """Count what a picture has beside its points."""
    exif = picture.getexif()
    more = exif.get_ifd(EXIF)
    removed.note(PLACE, int(bool(exif.get_ifd(GPS))))
    removed.note(DEVICE, int(any(one in exif for one in (MAKE, MODEL, SOFTWARE)) or SERIAL in more))
    removed.note(TIME, int(WHEN in exif or ORIGINAL_WHEN in more))
    told = {MAKE, MODEL, SOFTWARE, WHEN, GPS, EXIF}
    beside = any(one in picture.info for one in BESIDE) or bool(getattr(picture, "text", None))
    removed.note(NOTES, int(beside or bool(set(exif) - told) or bool(set(more) - {ORIGINAL_WHEN, SERIAL})))
    removed.note(FRAMES, getattr(picture, "n_frames", 1) - 1)


def within(content: bytes, removed: Removed) -> bytes:
    """A picture that lies in a document, without notes beside its points; the points stay as they are."""
    try:
        if content.startswith(JPEG):
            return jpeg_within(content, removed)
        return png_within(content, removed) if content.startswith(PNG) else content
    except (struct.error, IndexError):
        return content  # no program draws it either


def jpeg_within(content: bytes, removed: Removed) -> bytes:
    """A JPEG without the segments that say what does not draw (ITU-T T.81, B.1.1)."""
    made, at = bytearray(content[:2]), 2
    while content[at] == MARKER and content[at + 1] != SCAN:
        (length,) = struct.unpack_from(">H", content, at + 2)
        marker, segment = content[at + 1], content[at : at + 2 + length]
        if marker == COMMENT or (marker in APPLICATION and marker not in {JFIF, ADOBE}):
            removed.note(NOTES)
        else:
            made += segment
        at += 2 + length
    return bytes(made) + content[at:]


def png_within(content: bytes, removed: Removed) -> bytes:
    """A PNG with the chunks that draw, and no others (ISO/IEC 15948)."""
    made, at = bytearray(PNG), len(PNG)
    while at < len(content):
        (length,) = struct.unpack_from(">I", content, at)
        name, chunk = content[at + 4 : at + 8], content[at : at + 12 + length]
        if name in PNG_KEPT:
            made += chunk
        else:
            removed.note(NOTES)
        at += 12 + length
        if name == b"IEND":
            break
    return bytes(made)
