"""What receiving officers see in a browser: the list, one report, and the pages of its further steps."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from playwright.sync_api import Page
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from adaldyq.kernel.deadlines.clock import tick
from adaldyq.kernel.models import Account
from adaldyq.measures.reports import jobs
from adaldyq.measures.reports.models import Report
from tests.browser.conftest import sign_in
from tests.browser.looks import Look, in_looks, put_on
from tests.measures.reports.office import Officer, custodian, officer, unit
from tests.measures.reports.reporter import Reporter

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

OF_A_REPORT = ("", "delay/", "refer/", "keep-out/")


@pytest.fixture
def offices(settings: Settings, tmp_path: Path) -> tuple[Officer, Officer]:
    """The agency with a report that is looked into and one whose term has passed, and the prosecutor who was told of it."""
    settings.FILES_DIR = tmp_path / "files"
    agency, prosecutor = officer(unit("agency"), "aigul"), officer(unit("prosecutor"), "nurlan")
    with translation.override("en"):
        custodian(agency.unit, "keeper")
        Reporter().report("the inspector asked for money", topic="bribe", identity="Saule")
        desk = Client()
        desk.force_login(agency.account)
        sent = {"step": "acknowledge", "text": "we have it"}
        desk.post(reverse("reports-report", args=[Report.objects.get().pk]), sent)
        Reporter().report("and so did the clerk")
    tick(at=timezone.now() + timedelta(days=9))
    officer(agency.unit, "newcomer")
    return agency, prosecutor


@in_looks
def test_every_page_of_a_receiving_officer_is_sound(
    live_server: LiveServer,
    page: Page,
    sound: Callable[[], None],
    offices: tuple[Officer, Officer],
    look: Look,
) -> None:
    agency, prosecutor = offices
    put_on(page, look)
    looked_into = Report.objects.get(state="acknowledged").pk
    sign_in(page, live_server, agency.account)
    doubted = f"inbox/triage/?report={Report.objects.get(state='received').pk}"
    for path in (
        "inbox/",
        "rewrap/",
        "take-in/",
        "inbox/triage/",
        doubted,
        *(f"inbox/{looked_into}/{one}" for one in OF_A_REPORT),
    ):
        page.goto(f"{live_server.url}/{look.language}/reports/{path}")
        sound()
    page.context.clear_cookies()
    sign_in(page, live_server, prosecutor.account)
    page.goto(f"{live_server.url}/{look.language}/reports/overdue/")
    sound()
    page.context.clear_cookies()
    keeper = Account.objects.get(username="keeper")
    open_name(keeper, looked_into)
    sign_in(page, live_server, keeper)
    for path in ("names/", f"names/{looked_into}/", "official/"):
        page.goto(f"{live_server.url}/{look.language}/reports/{path}")
        sound()


def open_name(keeper: Account, report: str) -> None:
    """Open the name of a report, so that its page shows how."""
    jobs.publish({}, timezone.now())
    desk = Client()
    desk.force_login(keeper)
    desk.post(f"/en/reports/names/{report}/", {"reason": "court", "basis": "order 17"})
