"""Reads a PDF as a person and a program would: its text, its QR code, its tags."""

from __future__ import annotations

import re
import zlib

import pypdfium2
import zxingcpp
from PIL import Image


def text_of(content: bytes) -> str:
    """All text, line breaks as spaces."""
    document = pypdfium2.PdfDocument(content)
    try:
        return " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())
    finally:
        document.close()


def drawn(content: bytes) -> Image.Image:
    """The first page as it is seen, in shades of grey."""
    document = pypdfium2.PdfDocument(content)
    try:
        picture: Image.Image = document[0].render(scale=2).to_pil().convert("L")
        return picture
    finally:
        document.close()


def codes_of(content: bytes) -> list[str]:
    """What the QR codes of the last page say."""
    document = pypdfium2.PdfDocument(content)
    try:
        picture = document[len(document) - 1].render(scale=3).to_pil()
        return [code.text for code in zxingcpp.read_barcodes(picture)]
    finally:
        document.close()


def structure_of(content: bytes) -> bytes:
    """The file with its packed streams opened, so that its tags can be looked for."""
    opened = [content]
    for stream in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", content, re.DOTALL):
        try:
            opened.append(zlib.decompress(stream))
        except zlib.error:
            continue
    return b"\n".join(opened)
