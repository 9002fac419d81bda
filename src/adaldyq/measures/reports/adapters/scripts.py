"""The scripts of sealed reports: as they lie in the installation, and as the server serves them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import find
from django.contrib.staticfiles.storage import staticfiles_storage

FOLDER = "reports"
NAMES = ("filing.js", "kit.js", "officer.js", "recovery.js", "returning.js")


@cache
def source(name: str) -> str:
    """The text of a static file, such as `reports/kit.js`, as it lies in the installation."""
    place = find(name)
    return Path(str(place)).read_text(encoding="utf-8")


def digests() -> Mapping[str, str]:
    """SHA-256 of each script, in hexadecimal, by its name."""
    return {name: sha256(source(f"{FOLDER}/{name}").encode()) for name in NAMES}


def served() -> Mapping[str, str]:
    """The same of the files that the server hands out: those that were collected, or else those of the installation."""
    found = {}
    for name in NAMES:
        address = staticfiles_storage.url(f"{FOLDER}/{name}").removeprefix(settings.STATIC_URL)
        collected = Path(settings.STATIC_ROOT) / address
        content = collected.read_bytes() if collected.exists() else source(f"{FOLDER}/{name}").encode()
        found[name] = sha256(content)
    return found


def sha256(content: bytes) -> str:
    """A digest as it stands in the ledger."""
    return hashlib.sha256(content).hexdigest()
