"""Tabs that need no script: each is an address of the same page, chosen by a parameter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.http import HttpRequest

from adaldyq.ui.facts import Link

OF_ANOTHER_TAB = ("page", "sort")  # they order the rows of the tab that is left


@dataclass(frozen=True, slots=True)
class Tab:
    """One tab: its name in the address, its title, and how many things are behind it."""

    name: str
    title: object
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Tabs:
    """Tabs of a page, one of which is open."""

    label: object
    links: Sequence[Link]
    current: str


def tabs_for(request: HttpRequest, label: object, tabs: Sequence[Tab], parameter: str = "tab") -> Tabs:
    """The tabs with the one open that the address asks for; the first, when it asks for none that is there.

    Raises:
        ValueError: there is no tab.
    """
    if not tabs:
        raise ValueError("tabs need at least one tab")
    asked = request.GET.get(parameter, "")
    current = asked if asked in {tab.name for tab in tabs} else tabs[0].name
    links = []
    for tab in tabs:
        query = request.GET.copy()
        for name in OF_ANOTHER_TAB:
            query.pop(name, None)
        query[parameter] = tab.name
        links.append(Link(tab.title, f"?{query.urlencode()}", current=tab.name == current, count=tab.count))
    return Tabs(label, links, current)


def anchored(tabs: Tabs, part: str) -> Tabs:
    """The same tabs, each leading to the part of the page with this id: on a phone much may stand above it."""
    return replace(tabs, links=[replace(link, href=f"{link.href}#{part}") for link in tabs.links])
