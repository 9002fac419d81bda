"""The kinds of things that the search finds: what they are called, and where their page is."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

PAGE, RULE = "page", "rule"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind: its name in the index, its title, and the route of a thing's page, which takes the thing's key."""

    name: str
    title: object
    route: str = ""


KINDS = (
    Kind("official", _("Officials"), "declarations-person"),
    Kind("body", _("State bodies"), "registers-body"),
    Kind("company", _("Companies"), "registers-company"),
    Kind("permit", _("Permits and licences"), "permits-entry"),
    Kind(RULE, _("Rules"), "rules-rule"),
    Kind(PAGE, _("Pages")),
)
BY_NAME = {kind.name: kind for kind in KINDS}


def address(kind: str, key: str) -> str:
    """The page of a thing; empty when this installation does not serve it. The key of a page is its route."""
    known = BY_NAME.get(kind)
    if known is None:
        return ""
    try:
        return reverse(known.route, args=[key]) if known.route else reverse(key)
    except NoReverseMatch:
        return ""
