"""Gathers the static files that the server serves, when they have changed."""

from __future__ import annotations

import hashlib
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command


def collect_when_changed() -> bool:
    """Gather static files into the data folder unless those that are there are the same.

    Returns:
        Whether they were gathered.
    """
    if is_collected():
        return False
    call_command("collectstatic", verbosity=0, interactive=False, clear=True)
    mark().write_text(signature_of_sources(), encoding="ascii")
    return True


def is_collected() -> bool:
    """Whether the files in the data folder are those of this version."""
    return mark().is_file() and mark().read_text(encoding="ascii") == signature_of_sources()


def mark() -> Path:
    """File that says which ones were gathered."""
    return Path(settings.STATIC_ROOT) / ".signature"


def signature_of_sources() -> str:
    """SHA-256 over names, sizes and times of all static files of the product."""
    facts = []
    for finder in get_finders():
        for path, storage in finder.list([]):
            stat = Path(storage.path(path)).stat()
            facts.append(f"{path} {stat.st_size} {stat.st_mtime_ns}")
    return hashlib.sha256("\n".join(sorted(facts)).encode()).hexdigest()
