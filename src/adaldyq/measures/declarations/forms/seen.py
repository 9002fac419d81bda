"""Tells whoever types a text that everybody will see how it will stand there."""

from __future__ import annotations

from django.utils.translation import gettext

from adaldyq.base.redaction import without_numbers
from adaldyq.measures.declarations.domain.redaction import FREE_TEXT, without_loose_numbers

OF_COMPANIES = frozenset({"company_name", "organisation"})
"""What the register calls a company stays whole, and whether it is called so is known when the entry is complete."""


def as_seen(section: str, column: str, text: str) -> str:
    """How everybody will see a text out of which numbers or addresses are taken; empty when none are found in it."""
    shown = without_numbers(text)
    if column not in OF_COMPANIES:
        shown = without_loose_numbers(section, column, shown)
    if column not in FREE_TEXT[section] or shown == text:
        return ""
    return gettext("Everybody will see it so: “%(shown)s”.") % {"shown": shown}
