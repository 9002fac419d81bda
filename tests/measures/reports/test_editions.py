"""Two editions beside each other tell of no single report."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime

import pytest
from django.core.cache import caches
from django.test import Client

from adaldyq.kernel.models import Body
from adaldyq.measures.reports.actions.counting import count_reports
from adaldyq.measures.reports.models import ReportEdition
from adaldyq.measures.reports.tables import numbers
from tests import factories
from tests.factories import BY
from tests.measures.reports.many import Desk
from tests.measures.reports.office import Officer

SPRING, SUMMER, AUTUMN = (datetime(2025, month, 3, 6, tzinfo=UTC) for month in (3, 8, 11))
JUNE, SEPTEMBER, DECEMBER = (
    datetime(2025, 7, 20, 1, tzinfo=UTC),
    datetime(2025, 10, 20, 1, tzinfo=UTC),
    datetime(2026, 1, 20, 1, tzinfo=UTC),
)
NEXT_SPRING = datetime(2026, 4, 20, 1, tzinfo=UTC)


@pytest.fixture
def desk(agency: Officer) -> Desk:
    """The officer who got eight reports about one body and twenty about another, by June."""
    desk = Desk(agency)
    for name, count in (("Aa", 8), ("Bb", 20)):
        desk.receive(count, SPRING, about=factories.body(name=name, names={"kk": name, "en": name}), place="KZ-75")
    count_reports(by=BY, at=JUNE)
    return desk


def about(name: str) -> Body:
    """A body by its name."""
    return Body.objects.get(name=name)


def received(way: str = "body") -> dict[str, int]:
    """What the file tells, by name of the line."""
    caches["recent"].clear()
    answer = Client().get("/en/reports/numbers/reports.csv", {"by": way, "year": "2025"})
    rows = csv.DictReader(io.StringIO(answer.getvalue().decode("utf-8-sig")))
    return {row["name"]: int(row["received"]) for row in rows}


def test_a_body_with_one_report_more_stays_until_there_are_five(desk: Desk) -> None:
    assert received() == {"Aa": 8, "Bb": 20}
    desk.receive(1, SUMMER, about=about("Aa"), place="KZ-75")
    desk.receive(10, SUMMER, about=about("Bb"), place="KZ-75")
    count_reports(by=BY, at=SEPTEMBER)
    assert received("year") == {"2025": 39}
    assert received() == {"Aa": 8, "Bb": 20}  # 30 about the other would leave the one
    assert {row["id"]: row["received"] for row in numbers()} == {"2025:*": 39, "2025:KZ-75": 39}
    desk.receive(4, AUTUMN, about=about("Aa"), place="KZ-75")
    desk.receive(1, AUTUMN, about=about("Bb"), place="KZ-75")
    count_reports(by=BY, at=DECEMBER)
    assert received() == {"Aa": 13, "Bb": 31}


def test_a_year_with_one_report_more_stays_whole_also_after_its_end(desk: Desk) -> None:
    desk.receive(1, SUMMER, about=about("Aa"), place="KZ-75")
    for at in (SEPTEMBER, DECEMBER, NEXT_SPRING):
        count_reports(by=BY, at=at)
        assert received("year") == {"2025": 28}
        assert received() == {"Aa": 8, "Bb": 20}
        assert [row["received"] for row in numbers()] == [28, 28]
    assert ReportEdition.objects.count() == 4


def test_a_body_about_which_the_first_few_came_is_not_told_by_the_sum(desk: Desk) -> None:
    new = factories.body(name="Cc", names={"kk": "Cc", "en": "Cc"})
    desk.receive(2, SUMMER, about=new, place="KZ-75")
    desk.receive(6, SUMMER, about=about("Bb"), place="KZ-75")
    count_reports(by=BY, at=SEPTEMBER)
    assert received("year") == {"2025": 36}
    assert received() == {"Aa": 8, "Bb": 20}


def test_what_became_of_reports_changes_by_no_few_either(desk: Desk) -> None:
    some = desk.acknowledge(desk.receive(20, SUMMER, about=about("Bb"), place="KZ-75"), 2)
    desk.close(some[:6], 20)
    count_reports(by=BY, at=SEPTEMBER)
    assert (received()["Bb"], as_reported("Bb")) == (40, 6)
    desk.close(some[6:8], 100)
    desk.receive(5, AUTUMN, about=about("Bb"), place="KZ-75")
    count_reports(by=BY, at=DECEMBER)
    assert (received()["Bb"], as_reported("Bb")) == (40, 6)  # all numbers of the line wait, and the year with it
    assert received("year") == {"2025": 48}


def curve() -> list[float | None]:
    """How many still wait by the points of the curve of 2025, as programs are told."""
    (found,) = Client().get("/api/v1/reports/waiting").json()
    return [one["waiting"] for one in found["points"]]


def test_a_curve_of_waiting_changes_by_no_few_answers_between_two_of_its_points(desk: Desk) -> None:
    reports = desk.acknowledge(desk.receive(40, SPRING, about=about("Bb"), place="KZ-75"), 2)
    desk.close(reports[:6], 110)
    count_reports(by=BY, at=SEPTEMBER)
    before = curve()
    desk.close(reports[6:7], 106)
    desk.close(reports[7:13], 230)  # so that the year itself takes its new numbers
    count_reports(by=BY, at=DECEMBER)
    assert received("year") == {"2025": 68}
    assert decided() == 13
    assert curve() == before
    desk.close(reports[13:18], 107)
    count_reports(by=BY, at=NEXT_SPRING)
    after = curve()
    assert after[:8] == before[:8]
    assert after[8:] != before[8:]


def decided() -> int:
    """In how many reports of 2025 it was as reported, as programs are told."""
    (year,) = Client().get("/api/v1/reports/statistics", {"by": "year"}).json()["lines"]
    return int(year["substantiated"]["found"])


def as_reported(name: str) -> int:
    """In how many reports of a line it was as reported, as programs are told."""
    answer = Client().get("/api/v1/reports/statistics", {"by": "body", "year": "2025"}).json()
    (line,) = [one for one in answer["lines"] if one["name"] == name]
    return int(line["substantiated"]["found"])


@pytest.mark.parametrize(
    ("language", "words"),
    [("kk", "Шағын өзгерістер кейінірек"), ("ru", "О небольших изменениях сообщается позже"), ("en", "Small changes")],
)
def test_the_page_says_that_small_changes_are_told_later(desk: Desk, language: str, words: str) -> None:
    caches["recent"].clear()
    assert words in Client().get(f"/{language}/reports/numbers/").content.decode()
