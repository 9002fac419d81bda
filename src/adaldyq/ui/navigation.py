"""Entries of the header, as the apps of this installation declare them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.apps import apps
from django.urls import NoReverseMatch, reverse


@dataclass(frozen=True, slots=True)
class Entry:
    """A link of the header and whether the page is in its part of the site."""

    title: object
    href: str
    current: bool


def entries(path: str, roles: Collection[str]) -> list[Entry]:
    """Entries that someone with `roles` sees on the page at `path`.

    An app declares `navigation` in its config: address name, title, and the roles that see it (None: everybody). A role
    that sees it only where it is held for a registry stands as `role:registry`.
    An address that this installation does not serve is left out. Apps stand in the order in which they are
    installed, those with a `navigation_place` above 0 after the others.
    """
    found = []
    for config in sorted(apps.get_app_configs(), key=lambda one: getattr(one, "navigation_place", 0)):
        for route, title, seen_by in getattr(config, "navigation", ()):
            if seen_by is not None and not set(seen_by) & set(roles):
                continue
            try:
                found.append((title, reverse(route)))
            except NoReverseMatch:
                continue
    nearest = max((href for _, href in found if path.startswith(href)), key=len, default="")
    return [Entry(title, href, href == nearest) for title, href in found]
