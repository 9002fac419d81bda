"""The ledger's pages in a browser: sound in every look, and a receipt is checked by hand."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import transaction
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from adaldyq.ledger.actions import append
from adaldyq.ledger.models import Leaf
from adaldyq.ledger.queries import receipt_of
from adaldyq.ledger.sequencer import sequence
from tests.browser.conftest import fits
from tests.browser.looks import Look, in_looks, put_on

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ACTS = ("declarations.declaration.file", "verification.finding.decide", "kernel.role.grant", "room.unknown.act")


@pytest.fixture
def lines(settings: Settings, tmp_path: Path) -> Sequence[Leaf]:
    """A log of some days; its lines."""
    settings.DATA_DIR = tmp_path
    now = timezone.now()
    for back in range(6):
        for place, act in enumerate(ACTS):
            with transaction.atomic():
                payloads: list[dict[str, object]] = [
                    {"record": f"R{number}"} for number in range(30 - 5 * back + place)
                ]
                append(act=act, payloads=payloads, at=now - timedelta(days=back))
        sequence(at=now - timedelta(days=back))
    return list(Leaf.objects.order_by("position"))


def keep_picture(page: Page, name: str) -> None:
    """Keep a picture of the page when somebody wants to look at it."""
    if folder := os.environ.get("ADALDYQ_PICTURES"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


@in_looks
def test_every_page_of_the_ledger_is_sound(
    live_server: LiveServer,
    page: Page,
    sound: Callable[[], None],
    lines: Sequence[Leaf],
    look: Look,
) -> None:
    put_on(page, look)
    for name in ("", "?by=month", "history/", "check/", f"receipts/{lines[3].reference}/"):
        page.goto(f"{live_server.url}/{look.language}/ledger/{name}")
        keep_picture(page, f"{look}-{name.strip('/?').replace('/', '-') or 'explorer'}")
        sound()


def test_a_receipt_is_checked_on_a_phone(live_server: LiveServer, page: Page, lines: Sequence[Leaf]) -> None:
    page.set_viewport_size({"width": 390, "height": 900})
    page.goto(f"{live_server.url}/en/ledger/")
    page.get_by_role("button", name="Check a receipt").or_(
        page.get_by_role("link", name="Check a receipt")
    ).first.click()
    page.get_by_role("button", name="Check the receipt").click()
    expect(page.get_by_role("alert")).to_contain_text("Paste the receipt, or choose its file.")
    receipt = receipt_of(lines[5], own=True)
    assert receipt is not None
    page.get_by_label("The receipt as text").fill(receipt.text())
    page.get_by_role("button", name="Check the receipt").click()
    expect(page.get_by_role("main")).to_contain_text("The receipt holds: this line stands in the ledger.")
    expect(page.get_by_role("main")).to_contain_text("Salt and payload are what the line commits to")
    keep_picture(page, "checked")
    fits(page)
