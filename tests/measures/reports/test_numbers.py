"""Public numbers of reports come from what was done and when, and tell nothing of few. Chance is held still here."""

from __future__ import annotations

import csv
import io
import re
from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.cache import caches
from django.test import Client

from adaldyq.base.errors import NotAllowed
from adaldyq.kernel.actor import actor_of
from adaldyq.kernel.deadlines.clock import tick
from adaldyq.measures.reports.actions import retention
from adaldyq.measures.reports.actions.counting import count_reports, keep_edition
from adaldyq.measures.reports.actions.reopening import reopen_report
from adaldyq.measures.reports.actions.retention import erase_due
from adaldyq.measures.reports.jobs import begin_night
from adaldyq.measures.reports.models import Report, ReportEdition
from adaldyq.measures.reports.queries.retention import to_go
from adaldyq.measures.reports.tables import numbers
from adaldyq.measures.reports.views.quiet import NOBODY
from tests import factories
from tests.factories import BY
from tests.measures.reports.many import Desk
from tests.measures.reports.office import Officer

IN_MARCH, IN_JUNE = datetime(2025, 3, 3, 6, tzinfo=UTC), datetime(2025, 6, 9, 6, tzinfo=UTC)
NIGHT = datetime(2025, 10, 8, 1, tzinfo=UTC)
pytestmark = pytest.mark.usefixtures("heads")


@pytest.fixture
def desk(agency: Officer) -> Desk:
    """The officer, and nothing kept from another test."""
    caches["recent"].clear()
    return Desk(agency)


def lines_of(way: str, year: int = 2025) -> dict[str, dict[str, str]]:
    """The file of a way of counting, by name of the line."""
    answer = Client().get("/en/reports/numbers/reports.csv", {"by": way, "year": str(year)})
    assert answer.status_code == 200
    return {row["name"]: row for row in csv.DictReader(io.StringIO(answer.getvalue().decode("utf-8-sig")))}


def page(**query: Any) -> str:
    """The page."""
    return Client().get("/en/reports/numbers/", query).content.decode()


def test_numbers_come_from_what_was_done_and_when(desk: Desk) -> None:
    body = factories.body(name="Жер комитеті")
    quick = desk.receive(16, IN_MARCH, about=body, place="KZ-75")
    slow = desk.receive(14, IN_MARCH, about=body, place="KZ-75")
    desk.receive(9, IN_JUNE, about=body, place="KZ-75")
    done = desk.close(desk.acknowledge(quick, 2), 30)
    desk.close(desk.acknowledge(slow, 9), 200, "no_breach")
    for one in done[:5]:
        reopen_report(report=one, by=NOBODY, at=datetime(2025, 5, 1, tzinfo=UTC))
    begin_night({}, NIGHT)
    begin_night({}, NIGHT)
    assert ReportEdition.objects.get().as_of_date.isoformat() == "2025-09-30"
    (line,) = lines_of("body").values()
    assert line["key"] == body.pk
    assert (line["received"], line["acknowledged"], line["acknowledged_of"]) == ("35", "15", "35")
    assert (line["reopened"], line["reopened_of"], line["as_of"]) == ("5", "35", "2025-09-30")
    assert (line["acknowledged_low"], line["acknowledged_high"]) == ("22", "77")
    assert "22–77 %" in page(by="topic").replace("\N{NO-BREAK SPACE}", " ")


def test_the_page_sorts_by_the_lower_end_of_a_share_and_has_those_without_a_range_last(desk: Desk) -> None:
    for name, count, in_time in (("Few", 25, 25), ("Slow", 100, 40), ("Quick", 100, 90), ("Small", 30, 30)):
        body = factories.body(name=name, names={"kk": name, "en": name})
        found = desk.receive(count, IN_MARCH, about=body)
        desk.acknowledge(found[:in_time], 2)
        desk.acknowledge(found[in_time:], 9)
    count_reports(by=BY, at=NIGHT)
    for sort, wanted in (("-acknowledged", "Quick Small Slow Few"), ("acknowledged", "Slow Small Quick Few")):
        rows = re.findall(r">(Few|Slow|Quick|Small)<", page(by="body", sort=sort))
        assert list(dict.fromkeys(rows)) == wanted.split()


def test_what_was_said_after_the_last_day_counts_in_the_next_edition(desk: Desk) -> None:
    found = desk.close(desk.acknowledge(desk.receive(10, IN_MARCH), 2), 30)
    for number, one in enumerate(found):
        reopen_report(report=one, by=NOBODY, at=datetime(2025, 6 + number // 5, 20, tzinfo=UTC))
    told = []
    for month in (7, 10):
        count_reports(by=BY, at=datetime(2025, month, 20, 1, tzinfo=UTC))
        told.append(lines_of("year")["2025"]["reopened"])
    assert told == ["5", "10"]


def test_an_office_does_not_do_better_by_silence(desk: Desk) -> None:
    desk.receive(8, IN_MARCH)
    desk.close(desk.acknowledge(desk.receive(7, IN_MARCH), 40), 110)
    desk.close(desk.acknowledge(desk.receive(20, IN_MARCH), 2), 60)
    tick(at=datetime(2025, 3, 12, 6, tzinfo=UTC))
    tick(at=datetime(2025, 8, 12, 6, tzinfo=UTC))
    count_reports(by=BY, at=NIGHT)
    counted = ReportEdition.objects.get().counts.get(by="all")
    assert (counted.answered, counted.answer_due) == (20, 35)


def test_a_quarter_is_counted_when_its_terms_to_acknowledge_have_passed(desk: Desk) -> None:
    found = desk.receive(10, datetime(2025, 9, 29, 6, tzinfo=UTC))
    late = desk.receive(6, datetime(2025, 9, 30, 6, tzinfo=UTC))
    desk.receive(7, datetime(2025, 10, 1, 6, tzinfo=UTC))
    desk.close(desk.acknowledge(found, 2), 5)
    desk.acknowledge(late, 8)
    count_reports(by=BY, at=datetime(2025, 10, 7, 1, tzinfo=UTC))
    assert ReportEdition.objects.get().as_of_date.isoformat() == "2025-06-30"
    count_reports(by=BY, at=NIGHT)
    (line,) = lines_of("year").values()
    assert (line["received"], line["acknowledged"], line["acknowledged_of"]) == ("15", "10", "15")
    assert (line["answered"], line["substantiated"], line["as_of"]) == ("", "", "2025-09-30")  # that was done after it


def test_of_bodies_and_cells_of_few_nothing_is_told(desk: Desk) -> None:
    large, small, other = (
        factories.body(name=name, names={"kk": name, "en": name}) for name in ("Үлкен", "Шағын", "Басқа")
    )
    desk.close(desk.acknowledge(desk.receive(24, IN_MARCH, about=large), 1), 20)
    desk.close(desk.acknowledge(desk.receive(4, IN_MARCH, about=small), 1), 20)
    desk.close(desk.acknowledge(desk.receive(4, IN_MARCH, about=other), 1), 20)
    desk.close(desk.acknowledge(desk.receive(5, IN_MARCH, about=other), 9), 20)
    count_reports(by=BY, at=NIGHT)
    found = lines_of("body")
    assert {name: one["received"] for name, one in found.items()} == {"Үлкен": "20", "Басқа": "5"}
    assert [one["acknowledged"] for one in found.values()] == ["20", ""]
    assert [(one["answered"], one["answered_of"], one["answered_low"]) for one in found.values()] == [
        ("20", "20", ""),
        ("5", "5", ""),
    ]
    shown = page(by="body")
    assert "Шағын" not in shown
    assert ">at least 20<" in shown  # no percentage of fewer than thirty
    assert "none or few" in shown
    card = re.search(r"Led to a case</h3>\s*<p class=\"app-figure__value\">([^<]*)<", shown)
    assert card
    assert card[1].replace("\N{NO-BREAK SPACE}", " ") == "0–36 %"  # never that it were none


def test_only_bodies_of_thirty_stand_beside_the_country_and_only_where_ranges_lie_apart(desk: Desk) -> None:
    lucky, known, late, usual = (
        factories.body(name=name, names={"kk": name, "en": name}) for name in ("Бақытты", "Белгілі", "Кеш", "Кәдімгі")
    )
    desk.close(desk.acknowledge(desk.receive(6, IN_MARCH, about=lucky), 1), 20)
    desk.close(desk.acknowledge(desk.receive(50, IN_MARCH, about=known), 1), 20)
    desk.close(desk.acknowledge(desk.receive(50, IN_MARCH, about=late), 1), 150)
    desk.close(desk.acknowledge(desk.receive(15, IN_MARCH, about=usual), 1), 20)
    desk.close(desk.acknowledge(desk.receive(15, IN_MARCH, about=usual), 1), 150)
    count_reports(by=BY, at=NIGHT)
    found = lines_of("body")
    assert [(name, one["standing"]) for name, one in found.items()] == [
        ("Белгілі", "more"),
        ("Кәдімгі", "as"),
        ("Кеш", "less"),
        ("Бақытты", ""),
    ]
    assert (found["Белгілі"]["answered_low"], found["Белгілі"]["answered_high"]) == ("76", "100")
    assert (found["Кеш"]["answered_low"], found["Кеш"]["answered_high"]) == ("0", "27")
    assert "less often" in page(by="body")
    (office,) = lines_of("office").values()
    assert (office["received"], office["standing"]) == ("135", "")  # one alone stands beside nobody


def test_programs_are_told_the_same(desk: Desk) -> None:
    reports = desk.acknowledge(desk.receive(100, IN_MARCH), 1)
    desk.close(reports[:20], 14)
    desk.close(reports[20:40], 28)
    desk.close(reports[40:], 40)
    count_reports(by=BY, at=NIGHT)
    told = Client().get("/api/v1/reports/statistics", {"by": "topic"}).json()
    (line,) = told["lines"]
    assert (told["as_of"], line["received"], line["acknowledged"]["found"]) == ("2025-09-30", 100, 100)
    (curve,) = Client().get("/api/v1/reports/waiting").json()
    for point, waits in zip(curve["points"], (100, 80, 60, 0), strict=False):
        assert point["low"] <= waits <= point["high"] <= point["low"] + 31
    assert "Weeks since the report" in page()


def test_rules_and_everybody_read_how_many_of_a_region_led_to_a_case(desk: Desk) -> None:
    assert list(numbers()) == []
    desk.close(desk.acknowledge(desk.receive(9, IN_MARCH, place="KZ-75"), 2), 30)
    desk.receive(3, IN_MARCH, place="KZ-71")
    desk.receive(7, IN_MARCH)
    desk.close(desk.acknowledge(desk.receive(3, IN_MARCH, place="KZ-75"), 2), 30)
    count_reports(by=BY, at=NIGHT)
    found = {row["id"]: (row["received"], row["led_to_case"]) for row in numbers()}
    assert found == {"2025:*": (20, 0), "2025:KZ-75": (10, 0)}


def test_before_the_first_count_the_page_says_when_there_will_be_one(agency: Officer) -> None:
    caches["recent"].clear()
    assert "Nothing has been counted yet" in page()
    assert Client().get("/api/v1/reports/statistics").json() == {"as_of": None, "lines": []}
    assert Client().get("/en/reports/numbers/reports.csv").status_code == 404


def test_erased_reports_count_as_before(desk: Desk) -> None:
    desk.close(desk.acknowledge(desk.receive(9, IN_MARCH), 1), 20)
    count_reports(by=BY, at=NIGHT)
    before = lines_of("year")["2025"]
    then = datetime(2040, 1, 20, 1, tzinfo=UTC)
    assert erase_due(by=BY, at=then) == 9
    count_reports(by=BY, at=then)
    assert ReportEdition.objects.count() == 2
    assert lines_of("year")["2025"] == before | {"as_of": "2039-12-31"}


def test_the_night_goes_on_after_a_report_that_somebody_reached_first(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.close(desk.acknowledge(desk.receive(3, IN_MARCH), 1), 20)
    then = datetime(2040, 1, 20, 1, tzinfo=UTC)
    listed = list(to_go(then))
    desk.receive(1, then)
    (reached,) = Report.objects.exclude(pk__in=[one.pk for one in listed])
    monkeypatch.setattr(retention, "to_go", lambda _at: [reached, *listed])
    assert erase_due(by=BY, at=then) == 3
    assert Report.objects.filter(pk=reached.pk, erased_date=None).exists()


def test_nobody_writes_the_numbers_by_hand(desk: Desk) -> None:
    with pytest.raises(NotAllowed):
        keep_edition(as_of=IN_MARCH.date(), rows=[], by=actor_of(desk.officer.account), at=NIGHT)


@pytest.mark.parametrize("query", [{"by": "phrase"}, {"by": "body", "year": "1999"}])
def test_a_way_that_is_not_counted_is_not_there(desk: Desk, query: dict[str, str]) -> None:
    desk.receive(9, IN_MARCH)
    count_reports(by=BY, at=NIGHT)
    assert Client().get("/en/reports/numbers/reports.csv", query).status_code == 404
    newest = Client().get("/en/reports/numbers/reports.csv", {"by": "body"})
    assert "reports-by-body-2025.csv" in newest["Content-Disposition"]
    assert "Of the year “1999” nothing is told" in page(year="1999")
