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
    mark = Path(settings.STATIC_ROOT) / ".signature"
    signature = signature_of_sources()
    if mark.is_file() and mark.read_text(encoding="ascii") == signature:
        return False
    call_command("collectstatic", verbosity=0, interactive=False, clear=True)
    mark.write_text(signature, encoding="ascii")
    return True


def signature_of_sources() -> str:
    """SHA-256 over names, sizes and times of all static files of the product."""
    facts = []
    for finder in get_finders():
        for path, storage in finder.list([]):
            stat = Path(storage.path(path)).stat()
            facts.append(f"{path} {stat.st_size} {stat.st_mtime_ns}")
    return hashlib.sha256("\n".join(sorted(facts)).encode()).hexdigest()
