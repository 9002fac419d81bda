"""The same step taken by two at the same moment is taken once, and the other one is told so."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from django.urls import reverse
from django.utils import translation
from pytest_django import Settings

from adaldyq.kernel.actor import system
from adaldyq.measures.reports.actions import cases, identities, protection
from adaldyq.measures.reports.actions.doors import Came, take_in
from adaldyq.measures.reports.actions.handling import require_officer
from adaldyq.measures.reports.models import CaseRequest, DoorMark, Identity, ProtectionFile, Report
from adaldyq.measures.reports.views.quiet import beginning_of_today
from tests.measures.reports.office import Officer, custodian, officer, unit
from tests.measures.reports.reporter import Reporter
from tests.measures.reports.views.test_protection import Desk

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgresql]


@pytest.fixture
def agency(settings: Settings, tmp_path: Path) -> Officer:
    """An officer of the agency."""
    translation.activate("en")
    settings.FILES_DIR = tmp_path / "files"
    return officer(unit("agency"), "aigul")


def at_once(*calls: Callable[[], Any]) -> list[Any]:
    """What some calls answer that are made at the same moment, each with its own language and connections."""

    def answered(call: Callable[[], Any]) -> Any:
        translation.activate("en")
        try:
            return call()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(calls)) as pool:
        return [one.result(90) for one in [pool.submit(answered, call) for call in calls]]


class Meeting:
    """A function before which two threads wait for each other, as long as both come there; once each."""

    def __init__(self, before: Callable[..., Any]) -> None:
        self.before, self.gate, self.met = before, threading.Barrier(2, timeout=5), threading.local()

    def __call__(self, *given: Any, **named: Any) -> Any:
        found = self.before(*given, **named)
        if not getattr(self.met, "was", False):
            self.met.was = True
            with suppress(threading.BrokenBarrierError):  # the other one waits for what this one holds
                self.gate.wait()
        return found


def test_a_name_that_two_pages_give_at_once_is_kept_once(agency: Officer, monkeypatch: pytest.MonkeyPatch) -> None:
    custodian(agency.unit, "keeper")
    pages = (Reporter(), Reporter())
    words = pages[0].report("They take money")
    for one in pages:
        one.come_back(words)
        one.client.raise_request_exception = False
    monkeypatch.setattr(identities, "check_identity", Meeting(identities.check_identity))

    def given(page: Reporter) -> int:
        page.post("reports-return", step="name", identity="Asel")
        return page.status

    assert at_once(lambda: given(pages[0]), lambda: given(pages[1])) == [200, 200]
    assert Identity.objects.count() == 1


def test_two_officers_who_open_a_protection_file_at_once_open_one(
    agency: Officer, monkeypatch: pytest.MonkeyPatch
) -> None:
    colleague = officer(agency.unit, "dana")
    Reporter().report("They take money")
    desks = [Desk(agency), Desk(colleague)]
    for one in desks:
        one.browser.raise_request_exception = False
    monkeypatch.setattr(protection, "require_protector", Meeting(protection.require_protector))

    def opened(desk: Desk) -> int:
        return int(desk.step("open", text="you are protected").status_code)

    found = at_once(lambda: opened(desks[0]), lambda: opened(desks[1]))
    assert 302 in found
    assert max(found) < 500
    assert ProtectionFile.objects.count() == 1


def test_two_officers_who_ask_for_a_case_at_once_ask_once(agency: Officer, monkeypatch: pytest.MonkeyPatch) -> None:
    colleague = officer(agency.unit, "dana")
    Reporter().report("They take money")
    desks = [Desk(agency), Desk(colleague)]
    page = reverse("reports-report", args=[desks[0].report])
    desks[0].browser.post(page, {"step": "acknowledge", "text": "we have it"})
    for one in desks:
        one.browser.raise_request_exception = False
    monkeypatch.setattr(cases, "require_officer", Meeting(require_officer))

    def asked(desk: Desk) -> int:
        return desk.browser.post(reverse("reports-case", args=[desk.report]), {}).status_code

    found = at_once(lambda: asked(desks[0]), lambda: asked(desks[1]))
    assert 302 in found
    assert max(found) < 500
    assert CaseRequest.objects.count() == 1


def test_two_parts_of_a_message_that_come_at_once_are_one_report(
    agency: Officer, monkeypatch: pytest.MonkeyPatch
) -> None:
    create, gate = DoorMark.objects.bulk_create, threading.Barrier(2, timeout=20)

    def met(rows: Any, **named: Any) -> Any:
        gate.wait()
        return create(rows, **named)

    monkeypatch.setattr(DoorMark.objects, "bulk_create", met, raising=False)
    text, sender, by = "They take money at the market", "+77010000000", system("door")
    names = [Came("sms", one, sender, text).name for one in ("m1", "m2")]
    parts = [
        Came("sms", "m1", sender, text, also=[names[1]], own="They take "),
        Came("sms", "m2", sender, text, also=[names[0]], own="money at the market"),
    ]

    def taken(came: Came) -> str:
        return take_in(came=came, by=by, at=beginning_of_today()).what

    assert sorted(at_once(lambda: taken(parts[0]), lambda: taken(parts[1]))) == ["filed", "known"]
    assert (Report.objects.count(), DoorMark.objects.count()) == (1, 2)
