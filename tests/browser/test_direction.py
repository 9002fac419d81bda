"""In a language that is written from the right every component is turned around, and still sound.

The pages of a pack with such a language are opened in `tests/project/test_zarzand.py`; here the gallery, which has
every component, is turned around by the attribute that those pages carry.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from tests.browser.looks import WIDTHS

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MIDDLE = "selector => { const box = document.querySelector(selector).getBoundingClientRect(); return (box.left + box.right) / 2 }"
FROM_THE_RIGHT = "document.documentElement.dir = 'rtl'"


@pytest.mark.parametrize("width", WIDTHS)
def test_every_component_is_sound_from_the_right(
    live_server: LiveServer, page: Page, sound: Callable[[], None], width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{live_server.url}/en/ui/")
    page.evaluate(FROM_THE_RIGHT)
    sound()
    assert page.evaluate("document.querySelector('main').getBoundingClientRect().left >= 0")


@pytest.mark.parametrize(
    "selector", [".app-brand", ".govuk-breadcrumbs__list-item", ".govuk-radios__input", ".govuk-checkboxes__input"]
)
def test_what_begins_on_the_left_begins_on_the_right(live_server: LiveServer, page: Page, selector: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(f"{live_server.url}/en/ui/")
    left = page.evaluate(MIDDLE, selector)
    page.evaluate(FROM_THE_RIGHT)
    assert left < 640 < page.evaluate(MIDDLE, selector)


def test_the_triangle_of_what_is_closed_points_to_where_the_text_goes_on(live_server: LiveServer, page: Page) -> None:
    page.goto(f"{live_server.url}/en/ui/")
    turned = """() => {
        const of = document.querySelector('.govuk-details:not([open]) > .govuk-details__summary');
        const drawn = getComputedStyle(of, '::before');
        return [drawn.right === '0px', drawn.transform.startsWith('matrix(-1')];
    }"""
    assert page.evaluate(turned) == [False, False]
    page.evaluate(FROM_THE_RIGHT)
    assert page.evaluate(turned) == [True, True]


def test_code_keeps_its_direction(live_server: LiveServer, page: Page) -> None:
    page.goto(f"{live_server.url}/en/ui/")
    page.evaluate(FROM_THE_RIGHT)
    assert page.evaluate("getComputedStyle(document.querySelector('pre')).direction") == "ltr"
