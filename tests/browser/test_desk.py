"""The desk in a browser: messages, deadlines, files, documents and their check."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import pytest
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from adaldyq.kernel.roles import Role
from tests import factories
from tests.browser.conftest import in_looks, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGES = (
    "messages/",
    "messages/settings/",
    "deadlines/",
    "deadlines/mine/",
    "files/",
    "files/add/",
    "documents/",
    "documents/check/",
    "documents/check/?number=CF-1&code=A",
    "declarations/mine/",
)


@in_looks
def test_every_page_of_the_desk_is_sound(
    live_server: LiveServer,
    page: Page,
    sound: Callable[[], None],
    language: str,
    width: int,
    scheme: Literal["light", "dark"],
) -> None:
    sign_in(page, live_server, factories.account("aigerim", Role.CITIZEN))
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    for path in PAGES:
        page.goto(f"{live_server.url}/{language}/{path}")
        sound()
