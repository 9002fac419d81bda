"""The language of whoever signs in, which they may choose on the page on which they do."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import get_language


def in_language(page: str) -> str:
    """The same page of ours in the language in force; addresses of pages begin with their language."""
    root, first, *rest = page.split("/") if page.startswith("/") else (page, "")
    known = first in dict(settings.LANGUAGES) and rest
    return "/".join((root, get_language() or first, *rest)) if known else page
