"""Checks the catalogues of a pack's own languages, as GNU gettext compiled them."""

from __future__ import annotations

import gettext
import struct
from pathlib import Path

from adaldyq.base.errors import DomainError
from adaldyq.countries.reading import Report

CATALOGUES = "*/LC_MESSAGES/django.mo"


def check(folder: Path, report: Report) -> None:
    """Say which catalogues of a folder cannot be read; a page in such a language would not open."""
    for file in sorted(folder.glob(CATALOGUES)):
        try:
            with file.open("rb") as stream:
                gettext.GNUTranslations(stream)
        except (OSError, ValueError, LookupError, struct.error):
            name = file.relative_to(folder.parent).as_posix()
            report.add(DomainError("pack-bad-words", file=name, line=1))
