"""Chromium, and what every page must be in it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from adaldyq.kernel.models import Account

SECONDS_TO_ANSWER = 180  # a machine that does much other work too
expect.set_options(timeout=SECONDS_TO_ANSWER * 1000)

# Of several lists on a command line the last counts, so what Playwright switches off is said again here.
OFF_FOR_PLAYWRIGHT = (
    *("AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose", "HttpsUpgrades", "LensOverlay"),
    *("HttpsFirstBalancedModeAutoEnable", "MediaRouter", "PaintHolding", "ThirdPartyStoragePartitioning"),
    *("AvoidCorsURLLoaderRestartOnRedirect", "OptimizationHints", "NetworkTimeServiceQuerying", "AimEnabled"),
    "PreconnectToSearch",
)
# Processes beside those of the pages, which each new window starts: the pages of the address bar, and one in reserve.
NOBODY_LOOKS_AT = (
    "WebUIOmniboxPopup",
    "WebUIOmniboxAimPopup",
    "WebUIOmniboxFullPopup",
    "SpareRendererForSitePerProcess",
)

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # the browser's loop runs in the thread of the tests


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The Chromium of the machine, without what would ask other hosts."""
    chromium = shutil.which("chromium")
    if chromium is None:
        absent = "Chromium is not installed (Debian: apt install chromium)"
        pytest.fail(absent) if os.environ.get("CI") else pytest.skip(absent)
    quiet = ("quic", "background-networking", "component-update", "sync", "gpu")
    off = f"--disable-features={','.join(OFF_FOR_PLAYWRIGHT + NOBODY_LOOKS_AT)}"
    args = ["--no-sandbox", "--no-first-run", off, *(f"--disable-{one}" for one in quiet)]
    return {**browser_type_launch_args, "executable_path": chromium, "args": args}


def uncaught(context: BrowserContext) -> list[str]:
    """Errors that no script of the context's pages catches from now on: a page may seem to work in spite of them."""
    errors: list[str] = []
    context.on("weberror", lambda one: errors.append(str(one.error)))
    return errors


@contextmanager
def visiting(browser: Browser, *, may_err: bool = False, **how: Any) -> Iterator[Page]:
    """A page of a browser of its own, in which an error that no script caught fails the test.

    Args:
        may_err: whether it does not, since the browser lacks what scripts need.
        how: what `Browser.new_context` takes.
    """
    context = browser.new_context(**how)
    context.set_default_timeout(SECONDS_TO_ANSWER * 1000)
    errors = uncaught(context)
    try:
        yield context.new_page()
    finally:
        context.close()
    assert may_err or errors == []


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page of a browser of its own."""
    with visiting(browser) as one:
        yield one


def fits(page: Page) -> None:
    """Assert that the open page is accessible and no wider than the window, once it is there whole."""
    page.wait_for_load_state()
    violations = Axe().run(page).response["violations"]
    assert [(one["id"], [node["html"][:200] for node in one["nodes"]]) for one in violations] == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), page.url


@pytest.fixture
def sound(page: Page) -> Callable[[], None]:
    """Asserts that the open page is accessible, no wider than the window, and asked nobody else for anything."""
    asked: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)

    def check() -> None:
        fits(page)
        own = page.url.split("/")[2]
        assert [one for one in asked if not one.startswith("data:") and one.split("/")[2] != own] == []
        assert complaints == [], page.url

    return check


def sign_in(page: Page, live_server: LiveServer, account: Account) -> None:
    """Sign an account in, second factor included, without going through the pages of signing in."""
    client = Client()
    client.force_login(account)
    kept = client.cookies[settings.SESSION_COOKIE_NAME]
    page.context.add_cookies([{"name": kept.key, "value": kept.value, "url": live_server.url}])
