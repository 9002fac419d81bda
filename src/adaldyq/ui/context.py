"""What every page needs: navigation, languages, who is signed in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from adaldyq.ui.navigation import Navigation, navigation_at


@dataclass(frozen=True, slots=True)
class Language:
    """A language of the pages, with this page's address in it."""

    code: str
    name: str
    href: str
    current: bool


def page(request: HttpRequest) -> dict[str, Any]:
    """Context of every template. Read only when a layout asks, so that files and redirects cost nothing."""
    return {
        "navigation": SimpleLazyObject(lambda: navigation(request)),
        "languages": SimpleLazyObject(lambda: languages(request)),
    }


def navigation(request: HttpRequest) -> Navigation:
    """What the header shows whoever asks."""
    return navigation_at(request.path, getattr(getattr(request, "user", None), "seen_as", ()))


def languages(request: HttpRequest) -> list[Language]:
    """This page in every language, its parameters kept."""
    now = get_language()
    return [Language(code, name, address_in(code, request), code == now) for code, name in settings.LANGUAGES]


def address_in(code: str, request: HttpRequest) -> str:
    """The address of the page in a language; of its first page when the address names no language."""
    _, first, *rest = request.get_full_path().split("/")
    return "/".join(("", code, *rest)) if first in dict(settings.LANGUAGES) and rest else f"/{code}/"
