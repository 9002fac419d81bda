"""What a script does before its report is taken: a calculation for its page, once, and harder when many come."""

from __future__ import annotations

import base64
import json
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import altcha
import pytest
from django.utils import timezone
from pytest_django import Settings

from adaldyq.kernel import work
from adaldyq.measures.reports import jobs
from adaldyq.measures.reports.adapters.work import WORK
from adaldyq.measures.reports.models import Report, UsedPage
from tests.measures.reports.office import Officer
from tests.measures.reports.reporter import Reporter
from tests.measures.reports.script import CARRIED, Script, in_base64, solved


@pytest.fixture
def script(agency: Officer) -> Script:
    """A script of the page."""
    return Script()


def refused(script: Script, done: object) -> bool:
    """Whether a report with this for its calculation is sent back, and leaves nothing."""
    told = script.step("send", **{**script.sealed_report("what I saw"), "work": done})
    assert script.status == 200
    assert told["message"]
    return bool(told["code"] == "work-not-done" and not Report.objects.exists())


def test_a_report_without_its_calculation_or_with_that_of_another_page_is_not_taken(script: Script) -> None:
    other = solved(Script().step("route")["work"])
    for done in ("", "###", in_base64(b"{}"), in_base64(b"[" * 900), other):
        assert refused(script, done), done


@pytest.mark.parametrize("what", ["expiresAt", "cost", "data", "counter", "signature"])
def test_a_calculation_that_was_changed_is_none(script: Script, what: str) -> None:
    told = json.loads(base64.b64decode(solved(script.step("route")["work"])))
    parameters = told["challenge"]["parameters"]
    if what == "counter":
        told["solution"] = {"counter": 0, "derivedKey": parameters["keyPrefix"].ljust(64, "0")}
    elif what == "signature":
        del told["challenge"]["signature"]
    else:
        parameters[what] = {"expiresAt": parameters["expiresAt"] + 9, "cost": 1, "data": {"page": ""}}[what]
    assert refused(script, in_base64(json.dumps(told).encode()))


def test_a_calculation_grows_old(script: Script, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work, "SECONDS", -1)
    assert refused(script, solved(script.step("route")["work"]))


def test_a_page_sends_one_report_and_its_answer_may_be_lost(script: Script, reporter: Reporter) -> None:
    first, second = script.sealed_report("what I saw"), script.sealed_report("and more")
    second["lookup"] = "0" * 64
    for _time in range(2):
        assert script.step("send", **first) == {"filed": True}
    assert script.step("send", **second)["code"] == "page-used"
    script.open()
    assert script.step("send", **script.sealed_report("and more")) == {"filed": True}
    assert Report.objects.count() == 2


def test_a_page_that_reported_without_a_script_sends_nothing_more_by_one(script: Script, reporter: Reporter) -> None:
    reporter.report("what I saw")
    found = CARRIED.search(reporter.look("reports-file"))
    assert found
    script.token = found[1]
    reporter.post("reports-file", step="check", what="and more")
    reporter.post("reports-file", step="send")
    assert script.step("send", **script.sealed_report("and a third"))["code"] == "page-used"


def test_what_a_page_carries_for_something_else_sends_no_report(script: Script, reporter: Reporter) -> None:
    reporter.come_back(reporter.report("what I saw"))
    found = CARRIED.search(reporter.page)
    assert found
    script.token = found[1]
    assert script.step("route")["code"] == "page-too-old"


def test_used_pages_lead_nowhere_and_are_forgotten(script: Script) -> None:
    script.step("send", **script.sealed_report("what I saw"))
    report, page = Report.objects.get(), UsedPage.objects.get()
    assert page.name not in (script.token, bytes(report.lookup).hex())
    jobs.begin_night({}, timezone.now() + timedelta(days=1))
    assert UsedPage.objects.exists()
    jobs.begin_night({}, timezone.now() + timedelta(days=3))
    assert not UsedPage.objects.exists()


def test_the_more_reports_come_the_larger_the_calculation_up_to_a_limit_and_an_hour_later_it_is_small_again() -> None:
    clock = SimpleNamespace(now=0.0)
    load = work.Load(lambda: clock.now)
    told = []
    for _report in range(2000):
        told.append(load.times())
        load.count()
        clock.now += 0.1
    assert (told[0], told[29], told[30], told[60], max(told), told[-1]) == (1, 1, 2, 3, 16, 16)
    clock.now += 3600
    assert load.times() == 1


def test_a_calculation_has_as_many_steps_as_the_hour_and_the_operator_ask(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []

    def most(steps: int) -> int:
        asked.append(steps)
        return 0

    settings.REPORT_WORK = 7
    monkeypatch.setattr("secrets.randbelow", most)
    monkeypatch.setattr(WORK, "load", SimpleNamespace(times=lambda: 3))
    made: dict[str, Any] = WORK.challenge("a page")
    assert asked == [21]
    assert altcha.Challenge.from_dict(made).parameters.cost == work.COST
