"""Small shapes that stand beside words. Each is drawn in the colour of its text, in a box of 16."""

from __future__ import annotations

from types import MappingProxyType

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

SHAPES = MappingProxyType(
    {
        "plain": '<circle cx="8" cy="8" r="3.5" fill="currentColor"/>',
        "open": '<circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" stroke-width="2.5"/>',
        "work": (
            '<circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" stroke-width="2.5"/>'
            '<path d="M8 2a6 6 0 0 1 0 12Z" fill="currentColor"/>'
        ),
        "good": '<path d="m2 8.5 4 4.5L14 3" fill="none" stroke="currentColor" stroke-width="3"/>',
        "attention": '<path d="M8 1 15.5 15H.5Z" fill="currentColor"/>',
        "bad": '<path d="m3 3 10 10M13 3 3 13" fill="none" stroke="currentColor" stroke-width="3"/>',
        "closed": '<path d="M2 8h12" fill="none" stroke="currentColor" stroke-width="3.5"/>',
        "download": '<path d="M8 1v9M4 6.5l4 4 4-4M1.5 14.5h13" fill="none" stroke="currentColor" stroke-width="2"/>',
        "success": '<path d="m2 8.5 4 4.5L14 3" fill="none" stroke="currentColor" stroke-width="3"/>',
        "problem": '<path d="M8 1 15.5 15H.5Z" fill="currentColor"/>',
        "notice": (
            '<circle cx="8" cy="8" r="7" fill="none" stroke="currentColor" stroke-width="2"/>'
            '<path d="M8 7v5M8 3.6v1.8" stroke="currentColor" stroke-width="2"/>'
        ),
        "ascending": '<path d="M8 1 14 9H2Z" fill="currentColor"/>',
        "descending": '<path d="M8 15 2 7h12Z" fill="currentColor"/>',
        "sortable": '<path d="M8 1 12.5 7h-9ZM8 15 3.5 9h9Z" fill="currentColor"/>',
    }
)


def icon(name: str, css: str = "app-icon") -> SafeString:
    """A shape as SVG, hidden from screen readers because a word stands beside it."""
    return format_html(
        '<svg class="{}" viewBox="0 0 16 16" aria-hidden="true" focusable="false">{}</svg>',
        css,
        mark_safe(SHAPES[name]),  # noqa: S308  # from the list above
    )
