"""Entries of the header, as the apps of this installation declare them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.apps import apps
from django.urls import NoReverseMatch, get_urlconf, reverse
from django.utils.translation import get_language

MOST = 500
"""Sets of roles, in each language, whose entries are remembered."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A link of the header and whether the page is in its part of the site."""

    title: object
    href: str
    current: bool


def entries(path: str, roles: Collection[str]) -> list[Entry]:
    """Entries that someone with `roles` sees on the page at `path`, in the language in force.

    An app declares `navigation` in its config: address name, title, and the roles that see it (None: everybody). A role
    that sees it only where it is held for a registry stands as `role:registry`.
    An address that this installation does not serve is left out. Apps stand in the order in which they are
    installed, those with a `navigation_place` above 0 after the others.
    """
    found = links(frozenset(roles), get_language() or "", get_urlconf())
    nearest = max((href for _, href in found if path.startswith(href)), key=len, default="")
    return [Entry(title, href, href == nearest) for title, href in found]


@lru_cache(maxsize=MOST)
def links(roles: frozenset[str], language: str, urlconf: str | None) -> Sequence[tuple[object, str]]:
    """Titles and addresses that someone with `roles` sees; the same until the process ends.

    Args:
        language: in force, which stands in addresses.
        urlconf: in force.
    """
    found = []
    for config in sorted(apps.get_app_configs(), key=lambda one: getattr(one, "navigation_place", 0)):
        for route, title, seen_by in getattr(config, "navigation", ()):
            if seen_by is not None and not set(seen_by) & roles:
                continue
            try:
                found.append((title, reverse(route, urlconf)))
            except NoReverseMatch:
                continue
    return found
