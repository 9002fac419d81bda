"""The forms in which a signature is handed in, told apart without reading it in full."""

from __future__ import annotations

import base64
import binascii
import re

PEM = re.compile(rb"-----BEGIN (?:CMS|PKCS7)-----\s*(?P<text>[A-Za-z0-9+/=\s]+?)-----END (?:CMS|PKCS7)-----")
BASE64 = re.compile(rb"[A-Za-z0-9+/=\s]+")
SEQUENCE, PDF = b"\x30", b"%PDF-"
SIGNED_DATA = bytes.fromhex("06092a864886f70d010702")  # id-signedData, RFC 5652, section 5.1
HEAD = 32  # bytes in which it stands: after the tag and length of the outer sequence


def der_of(content: bytes) -> bytes | None:
    """The signature as DER, whether it came so, in PEM or as plain base64; None when it is none (RFC 5652)."""
    data = content
    if found := PEM.search(content):
        data = found["text"]
    if BASE64.fullmatch(data):
        try:
            data = base64.b64decode(b"".join(data.split()), validate=True)
        except binascii.Error:
            return None
    return data if data.startswith(SEQUENCE) and SIGNED_DATA in data[:HEAD] else None


def is_pdf(content: bytes) -> bool:
    """Whether a file is a PDF, which then carries its signature within."""
    return content.startswith(PDF)
