"""Reports about the same: offered by what stands in the open, compared where they are open, tied by a recorded act."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from adaldyq.kernel.actor import actor_of
from adaldyq.kernel.models import Deadline
from adaldyq.measures.reports.actions.handling import assign_report
from adaldyq.measures.reports.actions.resealing import bar_from_report
from adaldyq.measures.reports.domain.likeness import Pair, alike
from adaldyq.measures.reports.models import Report, ReportTie
from adaldyq.measures.reports.queries import ties
from adaldyq.project.cli.reporting import reports as command
from tests import factories
from tests.measures.reports.many import Desk
from tests.measures.reports.office import Officer, lines_of, officer
from tests.measures.reports.reporter import Reporter

IN_MARCH = datetime(2025, 3, 3, 6, tzinfo=UTC)
FIRST = "Инспектор Сериков попросил пятьдесят тысяч за справку, это было в марте в кабинете 7."
AGAIN = "В марте инспектор Сериков просил у меня пятьдесят тысяч за справку в кабинете 7."
ELSE = "Директор школы продаёт места в первый класс, родители платят в кассу ларька."


def test_texts_that_tell_the_same_are_alike_and_others_are_not() -> None:
    (pair,) = alike({"a": FIRST, "b": AGAIN, "c": ELSE, "d": "", "e": "?!"}, 25)
    assert (pair.one, pair.other) == ("a", "b")
    assert alike({"a": FIRST, "b": FIRST.upper()}, 100) == [Pair("a", "b", 100)]


@pytest.fixture
def colleague(agency: Officer) -> Officer:
    """Another officer of the agency."""
    return officer(agency.unit, "marat")


@pytest.fixture
def pair(agency: Officer) -> tuple[Report, Report]:
    """Two reports about one body; the earlier one has an officer."""
    desk, body = Desk(agency), factories.body(name="Жер комитеті")
    (first,) = desk.acknowledge(desk.receive(1, IN_MARCH, about=body), 0)
    (later,) = desk.receive(1, IN_MARCH + timedelta(days=9), about=body)
    return first, later


def browser_of(one: Officer) -> Client:
    """An officer's browser."""
    found = Client()
    found.force_login(one.account)
    return found


def test_a_duplicate_goes_to_the_officer_of_the_report_that_it_repeats(
    pair: tuple[Report, Report], agency: Officer, colleague: Officer
) -> None:
    first, later = pair
    browser, page = browser_of(colleague), reverse("reports-tie", args=[later.pk])
    shown = browser.get(page).content.decode()
    assert f'value="{first.pk}"' in shown
    assert "same body, same topic" in shown
    lacking = browser.post(page, {"kind": "duplicate"})
    assert (lacking.status_code, "Choose a report, or type its number" in lacking.content.decode()) == (422, True)
    unseen = browser.post(page, {"kind": "related", "reason": "event", "number": "NOBODYS"})
    assert "You see no report “NOBODYS”" in unseen.content.decode()
    assert browser.post(page, {"kind": "duplicate", "reason": "event", "other": first.pk}).status_code == 302
    later.refresh_from_db()
    assert later.assigned_to == agency.account
    assert Deadline.objects.get(subject_id=later.pk).account == agency.account
    assert first.pk in browser.get(reverse("reports-report", args=[later.pk])).content.decode()
    assert len(lines_of("reports.tie.make")) == 1
    assign_report(report=first, to=colleague.account, by=actor_of(agency.account), at=timezone.now())
    later.refresh_from_db()
    assert later.assigned_to == colleague.account
    assert browser.post(page, {"kind": "related", "reason": "event", "other": first.pk}).status_code == 422
    assert browser.post(page, {"kind": "apart", "other": first.pk}).status_code == 302
    assert not ReportTie.objects.exists()


def test_whom_a_report_must_not_reach_does_not_get_it_as_a_duplicate_nor_learns_of_it(
    pair: tuple[Report, Report], agency: Officer, colleague: Officer
) -> None:
    first, later = pair
    by = actor_of(colleague.account)
    bar_from_report(report=later, whom=agency.account, by=by, at=IN_MARCH)
    page = reverse("reports-tie", args=[later.pk])
    sent = {"kind": "duplicate", "reason": "people", "other": first.pk}
    assert browser_of(colleague).post(page, sent).status_code == 302
    later.refresh_from_db()
    assert later.assigned_to is None
    desk = browser_of(agency)
    assert later.pk not in desk.get(reverse("reports-report", args=[first.pk])).content.decode()
    assert later.pk not in desk.get(reverse("reports-tie", args=[first.pk])).content.decode()
    guessed = desk.post(
        reverse("reports-tie", args=[first.pk]), {"kind": "related", "reason": "event", "number": later.pk}
    )
    assert "You see no report" in guessed.content.decode()


def test_only_reports_with_enough_in_common_are_offered(agency: Officer) -> None:
    desk, body = Desk(agency), factories.body(name="Жер комитеті")
    (one,) = desk.receive(1, IN_MARCH, about=body, place="KZ-75")
    (region,) = desk.receive(1, IN_MARCH, place="KZ-75")
    desk.receive(1, IN_MARCH)  # the same topic only
    desk.receive(1, IN_MARCH + timedelta(days=300), about=body)  # too long after
    offered = ties.near(desk.by, one, IN_MARCH.date())
    assert [near.report.pk for near in offered] == ([region.pk] if region.territory_id else [])


def test_an_officer_compares_words_on_the_own_computer(agency: Officer, reporter: Reporter, tmp_path: Path) -> None:
    desk, key = browser_of(agency), tmp_path / "my-key"
    key.write_text(agency.secret)
    bundles: list[Path] = []
    for number, text in enumerate((FIRST, AGAIN, ELSE)):
        reporter.report(text)
        report = Report.objects.exclude(pk__in=[one.stem for one in bundles]).get()
        bundles.append(tmp_path / f"{report.pk}.zip")
        answer: Any = desk.get(reverse("reports-bundle", args=[report.pk]))
        bundles[number].write_bytes(b"".join(answer.streaming_content))
    shown = CliRunner().invoke(command, ["alike", *map(str, bundles), "--key", str(key)], input="none\n")
    assert "1 pair is alike" in shown.output
    assert bundles[0].name in shown.output
    assert bundles[1].name in shown.output
    assert bundles[2].name not in shown.output
    assert [one.name for one in tmp_path.iterdir() if one.is_dir() and one.name != "files"] == []
