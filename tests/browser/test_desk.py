"""The desk in a browser: messages, deadlines, files, documents and their check."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from adaldyq.kernel.roles import Role
from tests import factories
from tests.browser.conftest import sign_in
from tests.browser.looks import Look, in_looks, put_on

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
    look: Look,
) -> None:
    sign_in(page, live_server, factories.account("aigerim", Role.CITIZEN))
    put_on(page, look)
    for path in PAGES:
        page.goto(f"{live_server.url}/{look.language}/{path}")
        sound()
