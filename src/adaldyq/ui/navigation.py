"""Parts of the site and their pages, as the apps of this installation declare them for the header."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.apps import apps
from django.urls import NoReverseMatch, get_urlconf, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

MOST = 500
"""Sets of roles, in each language, whose parts are remembered."""
Declared = tuple[str, object, Collection[str] | None]
"""Name of an address, title, and the roles that see it."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A link of the header and whether one is at it, or below it."""

    title: object
    href: str
    current: bool


@dataclass(frozen=True, slots=True)
class Navigation:
    """What the header leads to.

    Attributes:
        parts: of the site.
        pages: of the part where one is; none where it has but one.
    """

    parts: Sequence[Entry]
    pages: Sequence[Entry]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the site as somebody sees it.

    Attributes:
        links: titles and addresses of its pages, at least one.
    """

    title: object
    links: Sequence[tuple[object, str]]


def navigation_at(path: str, roles: Collection[str]) -> Navigation:
    """What someone with `roles` sees in the header of the page at `path`, in the language in force.

    An app declares `navigation` in its config: address name, title, and the roles that see it (None: everybody). A role
    that sees it only where it is held for a registry stands as `role:registry`.
    An address that this installation does not serve is left out. What an app declares is one part of the site; it is
    called by its first page, or by `navigation_title` where the app declares that. Parts stand in the order in which
    apps are installed, those with a `navigation_place` above 0 after the others. Pages of one's own, which an app
    declares as `own_navigation`, are one part before all others, whatever app they are of.
    """
    found = parts(frozenset(roles), get_language() or "", get_urlconf())
    below = [href for part in found for _title, href in part.links if path.startswith(href)]
    nearest = max(below, key=len, default="")
    shown, pages = [], []
    for part in found:
        listed = [Entry(title, href, href == nearest) for title, href in part.links]
        here = any(one.current for one in listed)
        shown.append(Entry(part.title, listed[0].href, here))
        if here and len(listed) > 1:
            pages = listed
    return Navigation(shown, pages)


@lru_cache(maxsize=MOST)
def parts(roles: frozenset[str], language: str, urlconf: str | None) -> Sequence[Part]:
    """Parts that someone with `roles` sees; the same until the process ends.

    Args:
        language: in force, which stands in addresses.
        urlconf: in force.
    """
    ranked = sorted(apps.get_app_configs(), key=lambda one: getattr(one, "navigation_place", 0))
    own = [link for config in ranked for link in links_of(getattr(config, "own_navigation", ()), roles, urlconf)]
    found = [Part(_("My pages"), own)] if own else []
    return found + [
        Part(getattr(config, "navigation_title", links[0][0]), links)
        for config in ranked
        if (links := links_of(getattr(config, "navigation", ()), roles, urlconf))
    ]


def links_of(declared: Iterable[Declared], roles: frozenset[str], urlconf: str | None) -> list[tuple[object, str]]:
    """Titles and addresses of what an app declares, for someone with `roles`."""
    found = []
    for route, title, seen_by in declared:
        if seen_by is not None and not set(seen_by) & roles:
            continue
        try:
            found.append((title, reverse(route, urlconf)))
        except NoReverseMatch:
            continue
    return found
