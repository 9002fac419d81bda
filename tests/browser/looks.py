"""In what language, width and colour scheme a page is looked at.

The gallery is looked at in each; every other page once a run in one of them, which is another one the next day.
`make browser-all` looks at each page in all. `ADALDYQ_BROWSER_TURN`, the number of a day since 1970, gives a day's looks again.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import product
from time import time
from typing import Any, Literal, TypeVar
from zlib import crc32

import pytest
from playwright.sync_api import Page

LANGUAGES = ("kk", "ru", "en")
WIDTHS = (390, 1280)
ALL = os.environ.get("ADALDYQ_BROWSER") == "all"
TURN = int(os.environ.get("ADALDYQ_BROWSER_TURN") or time() // 86_400)


@dataclass(frozen=True, slots=True)
class Look:
    """A language, a width in CSS pixels, and a colour scheme."""

    language: str
    width: int
    scheme: Literal["light", "dark"]

    def __str__(self) -> str:
        return f"{self.language}-{self.width}-{self.scheme}"


SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
EVERY_LOOK = [Look(*one) for one in product(LANGUAGES, WIDTHS, SCHEMES)]


def looks_of(name: str) -> list[Look]:
    """The looks in which what has this name is tested in this run."""
    return EVERY_LOOK if ALL else [EVERY_LOOK[(crc32(name.encode()) + TURN) % len(EVERY_LOOK)]]


Test = TypeVar("Test", bound=Callable[..., Any])


def in_looks(test: Test) -> Test:
    """Gives a test its `look`."""
    decorated: Test = pytest.mark.parametrize("look", looks_of(test.__name__), ids=str)(test)
    return decorated


def pages_in_looks(names: Iterable[str]) -> pytest.MarkDecorator:
    """Gives a test a `shown` of these pages, and for each of them its `look`."""
    pairs = [(name, look) for name in names for look in looks_of(name)]
    return pytest.mark.parametrize(("shown", "look"), pairs, ids=str)


def put_on(page: Page, look: Look) -> None:
    """Give a page the width and the colour scheme of a look; its language is in the address."""
    page.set_viewport_size({"width": look.width, "height": 900})
    page.emulate_media(color_scheme=look.scheme)
