"""The desk in a browser: messages, deadlines, files, documents and their check."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from typing import Literal

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from adaldyq.kernel.roles import Role
from tests import factories
from tests.browser.conftest import ALL, WIDTHS

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
EVERY_LOOK = list(product(("kk", "ru", "en"), WIDTHS, ("light", "dark")))
LOOKS = EVERY_LOOK if ALL else [("kk", 390, "dark"), ("ru", 1280, "light")]


@pytest.mark.parametrize(("language", "width", "scheme"), LOOKS)
def test_every_page_of_the_desk_is_sound(
    live_server: LiveServer,
    page: Page,
    sound: Callable[[], None],
    language: str,
    width: int,
    scheme: Literal["light", "dark"],
) -> None:
    holder = Client()
    holder.force_login(factories.account("aigerim", Role.CITIZEN))
    session = holder.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    for path in PAGES:
        page.goto(f"{live_server.url}/{language}/{path}")
        sound()
