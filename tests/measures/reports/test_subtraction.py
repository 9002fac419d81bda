"""Tables of one edition beside each other tell of no few reports: bodies are held against the region that they serve."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime

import pytest
from django.core.cache import caches
from django.test import Client

from adaldyq.kernel.models import Body
from adaldyq.measures.reports.actions.counting import count_reports
from tests import factories
from tests.factories import BY
from tests.measures.reports.many import Desk
from tests.measures.reports.office import Officer

IN_MARCH, NIGHT = datetime(2025, 3, 3, 6, tzinfo=UTC), datetime(2025, 7, 20, 1, tzinfo=UTC)
ASTANA, ALMATY, OTHERS = "KZ-71", "KZ-75", "Others, too few to be told apart"


@pytest.fixture
def desk(agency: Officer) -> Desk:
    """The officer, and nothing kept from another test."""
    caches["recent"].clear()
    return Desk(agency)


def regional(name: str, place: str) -> Body:
    """A body that serves a region."""
    return factories.body(name=name, names={"kk": name, "en": name}, level="regional", place=place)


def table(way: str) -> dict[str, dict[str, str]]:
    """The file of a way of counting, by name of the line."""
    answer = Client().get("/en/reports/numbers/reports.csv", {"by": way, "year": "2025"})
    return {row["name"]: row for row in csv.DictReader(io.StringIO(answer.getvalue().decode("utf-8-sig")))}


def received(way: str) -> dict[str, int]:
    """How many were received, by name of the line."""
    return {name: int(row["received"]) for name, row in table(way).items()}


def test_a_region_less_its_body_does_not_tell_of_the_one_report_that_is_left(desk: Desk) -> None:
    architects, ministry = regional("Architects", ASTANA), factories.body(name="M", names={"kk": "M", "en": "Ministry"})
    desk.receive(12, IN_MARCH, about=architects, place=ASTANA)
    desk.receive(1, IN_MARCH, about=ministry, place=ASTANA)
    desk.receive(20, IN_MARCH, about=ministry, place=ALMATY)
    desk.receive(15, IN_MARCH, about=ministry)
    count_reports(by=BY, at=NIGHT)
    assert received("region")["Astana"] == 13
    assert received("body") == {OTHERS: 48}  # the body goes among others, and with it what its region holds beside it


def test_a_region_holds_the_reports_about_its_bodies_wherever_they_happened(desk: Desk) -> None:
    desk.receive(12, IN_MARCH, about=regional("Architects", ASTANA), place=ALMATY)
    desk.receive(20, IN_MARCH, about=regional("Teachers", ALMATY))
    count_reports(by=BY, at=NIGHT)
    assert received("body") == {"Architects": 12, "Teachers": 20}
    assert received("region") == {"Astana": 12, "Almaty": 20}


def test_what_came_of_a_region_less_its_body_tells_of_no_few_either(desk: Desk) -> None:
    known = desk.acknowledge(desk.receive(18, IN_MARCH, about=regional("Architects", ASTANA)), 1)
    others = desk.acknowledge(desk.receive(8, IN_MARCH, place=ASTANA), 1)
    desk.close([*known[:12], *others[:6]], 20)
    desk.close([*known[12:], *others[6:]], 20, "no_breach")
    desk.close(desk.acknowledge(desk.receive(9, IN_MARCH, place=ALMATY), 1), 20, "no_breach")
    count_reports(by=BY, at=NIGHT)
    body, region = table("body")["Architects"], table("region")["Astana"]
    assert (region["substantiated"], region["substantiated_of"]) == ("18", "26")
    assert (body["received"], body["acknowledged"]) == ("18", "18")
    assert body["substantiated"] == ""  # eight were no breach in the region, six of them by this body


def test_who_knows_the_rule_does_not_work_the_few_out_from_the_smallest_that_is_told(desk: Desk) -> None:
    for name, count in (("a", 3), ("b", 3), ("c", 6), ("d", 20)):
        desk.receive(count, IN_MARCH, about=factories.body(name=name, names={"kk": name, "en": name}))
    count_reports(by=BY, at=NIGHT)
    assert received("body") == {"d": 20, OTHERS: 12}
