"""What a line of the ledger says, and how it hides what it commits to.

A line holds the act, the hour, and an HMAC-SHA-256 (RFC 2104) of the canonical payload under a random
32-byte salt. A bare hash of an id would be found by guessing; with the salt destroyed, the line says
nothing about anybody, and still proves that it has not changed.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import re
from datetime import UTC, datetime
from functools import lru_cache
from types import NoneType
from typing import NamedTuple

SALT_BYTES = 32
VERSION = 1
NAMES = {"act", "at", "commitment", "version"}
HOUR = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:00Z")

EXACT = (str, int, bool, NoneType)
NO_EXACT_FORM = "a ledger payload holds text, whole numbers, booleans, null, lists and objects only"

Payload = dict[str, object]
WRITE = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode


class Commitment(NamedTuple):
    """A finished line: `entry` goes into the tree, `salt` and `payload` stay with the holder."""

    entry: bytes
    salt: bytes
    payload: str


def canonical(payload: Payload) -> str:
    """Write a payload in its one form: sorted keys, no spaces, UTF-8 (the subset of RFC 8785 without floats).

    Raises:
        TypeError: the payload holds a float, a date or anything else without one exact form.
    """
    check(payload)
    return WRITE(payload)


def check(value: object) -> None:
    """Refuse what has no single exact form."""
    if isinstance(value, EXACT):
        return
    if not isinstance(value, list | tuple | dict):
        raise TypeError(f"{NO_EXACT_FORM}: {type(value).__name__}")
    for one in (*value, *value.values()) if isinstance(value, dict) else value:
        if not isinstance(one, EXACT):
            check(one)


def commit(act: str, payload: Payload, at: datetime) -> Commitment:
    """Make the line for an act, its time coarsened to the hour so that it does not tell who acted when."""
    text = canonical(payload)
    salt = os.urandom(SALT_BYTES)
    return Commitment(entry(act, at, seal(salt, text)), salt, text)


def seal(salt: bytes, text: str) -> str:
    """The commitment to a canonical payload under a salt, in hexadecimal."""
    return hmac.new(salt, text.encode(), hashlib.sha256).hexdigest()


def entry(act: str, at: datetime, commitment: str) -> bytes:
    """The bytes that are hashed into the tree."""
    return canonical({"act": act, "at": hour_of(at), "commitment": commitment, "version": VERSION}).encode()


@lru_cache(16)
def hour_of(at: datetime) -> str:
    """The hour of an instant; the lines of a batch have one."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:00Z")


def opens(entry_bytes: bytes, salt: bytes, text: str) -> bool:
    """Whether salt and canonical payload are what a line commits to.

    HMAC takes a salt with zeros behind it, or the hash of a long one, for the same: only 32 bytes are a salt here.
    """
    stated = json.loads(entry_bytes)["commitment"]
    if len(salt) != SALT_BYTES or not hmac.compare_digest(str(stated).encode(), seal(salt, text).encode()):
        return False
    try:
        return is_canonical(json.loads(text), text)
    except (ValueError, RecursionError):
        return False


def is_canonical(value: object, text: str) -> bool:
    """Whether a text is the one form of a value."""
    try:
        return isinstance(value, dict) and canonical(value) == text
    except (TypeError, ValueError, RecursionError):
        return False
