"""Tells whoever types a text that everybody will see how it will stand there."""

from __future__ import annotations

from django.utils.translation import gettext

from adaldyq.base.redaction import without_numbers
from adaldyq.measures.declarations.domain.redaction import FREE_TEXT


def as_seen(section: str, column: str, text: str) -> str:
    """How everybody will see a text out of which numbers or addresses are taken; empty when none are found in it."""
    shown = without_numbers(text)
    if column not in FREE_TEXT[section] or shown == text:
        return ""
    return gettext("Everybody will see it so: “%(shown)s”.") % {"shown": shown}
