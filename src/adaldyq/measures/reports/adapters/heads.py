"""Heads in JSON, in which scripts say what the bytes behind them are; whoever wrote one is not believed."""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Mapping
from typing import Any

from adaldyq.base.errors import DomainError

LARGEST = 1_000_000
Head = Mapping[str, Any]


def read(text: bytes) -> Head:
    """A head.

    Raises:
        DomainError: `envelope-damaged`: it is larger than any, or no such thing.
    """
    try:
        head = json.loads(text) if len(text) <= LARGEST else None
    except (ValueError, RecursionError):
        head = None
    if not isinstance(head, dict):
        raise DomainError("envelope-damaged")
    return head


def text_of(head: Head, name: str) -> str:
    """A text of a head; empty when it is not there."""
    value = head.get(name, "")
    if not isinstance(value, str):
        raise DomainError("envelope-damaged", field=name)
    return value


def bytes_of(head: Head, name: str) -> bytes:
    """Bytes of a head, in base64."""
    try:
        return base64.b64decode(text_of(head, name), validate=True)
    except (binascii.Error, ValueError):
        raise DomainError("envelope-damaged", field=name) from None


def texts_of(head: Head, name: str) -> list[str]:
    """A list of texts of a head."""
    listed = head.get(name, [])
    if not isinstance(listed, list) or not all(isinstance(one, str) for one in listed):
        raise DomainError("envelope-damaged", field=name)
    return listed


def lookup_of(head: Head, code: str) -> bytes:
    """What finds a report.

    Raises:
        DomainError: the code that is given, when it is none.
    """
    found = re.fullmatch("[0-9a-f]{64}", text_of(head, "lookup"))
    if not found:
        raise DomainError(code, field="lookup")
    return bytes.fromhex(found[0])
