"""Whoever subtracts published numbers from each other, within an edition or over several, learns of no few reports."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from itertools import combinations

import pytest
from django.core.cache import caches
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from adaldyq.kernel.models import Body
from adaldyq.measures.reports.actions.counting import count_reports
from adaldyq.measures.reports.models import ReportEdition
from adaldyq.measures.reports.models.numbers import ALL, WAYS
from tests import factories
from tests.factories import BY
from tests.measures.reports.many import Desk
from tests.measures.reports.office import Officer
from tests.measures.reports.public_numbers import (
    Statement,
    counted_exactly,
    everything_told,
    file_of,
    may_be_told,
    of_line,
)

LEAST, MOST = 5, 90
SPRING, SUMMER, AUTUMN = (datetime(2025, month, 3, 6, tzinfo=UTC) for month in (3, 7, 10))
NIGHTS = tuple(datetime(*day, 1, tzinfo=UTC) for day in ((2025, 7, 20), (2025, 10, 20), (2026, 1, 20)))
ASTANA, ALMATY = "KZ-71", "KZ-75"


@pytest.fixture
def desk(agency: Officer) -> Desk:
    """The officer, bodies of two regions and of the whole country, and nothing kept from another test."""
    caches["recent"].clear()
    for name, place in (("Architects", ASTANA), ("Builders", ASTANA), ("Teachers", ALMATY)):
        factories.body(name=name, names={"kk": name, "en": name}, level="regional", place=place)
    factories.body(name="Ministry", names={"kk": "Ministry", "en": "Ministry"})
    return Desk(agency)


def about(name: str) -> Body | None:
    """A body by its name; none when it is empty."""
    return Body.objects.get(name=name) if name else None


@dataclass(frozen=True)
class Lot:
    """Reports of one day that are alike: how many, about what, and after how many days what was done."""

    count: int
    about: str
    place: str
    topic: str
    acknowledged: int | None
    closed: int | None
    outcome: str

    def file(self, desk: Desk, at: datetime, count: int) -> None:
        """File so many of them, and do what was done."""
        found = desk.receive(count, at, about=about(self.about), place=self.place, topic=self.topic)
        if self.acknowledged is not None:
            desk.acknowledge(found, self.acknowledged)
            if self.closed is not None:
                desk.close(found, self.closed, self.outcome)


lots = st.builds(
    Lot,
    st.integers(1, 7),
    st.sampled_from(("Architects", "Builders", "Teachers", "Ministry", "")),
    st.sampled_from((ASTANA, ALMATY, "")),
    st.sampled_from(("bribe", "abuse")),
    st.sampled_from((1, 1, 9, None)),
    st.sampled_from((20, 60, 98, 150, None)),
    st.sampled_from(("substantiated", "no_breach")),
)


@cache
def may() -> list[frozenset[int]]:
    """Of each count all that may be told of it."""
    return may_be_told(MOST, LEAST)


@cache
def fitting(told: int) -> tuple[int, int]:
    """The least and the largest count, of those up to a large one, of which something may be told."""
    those = [count for count, can in enumerate(may()) if told in can]
    return those[0], those[-1]


def assert_no_difference_is_known(told: Mapping[Statement, int], exact: Mapping[Statement, int]) -> None:
    """Of two numbers of which one is a few more than the other it is not known by how many."""
    pairs = {
        (told.get(one, 0), told.get(other, 0)) for one, other in combinations(exact, 2) if is_few(exact, one, other)
    }
    for one, other in pairs:
        (least, most), (other_least, other_most) = fitting(one), fitting(other)
        assert {abs(difference) for difference in range(least - other_most, most - other_least + 1)} >= set(
            range(1, LEAST + 1)
        )


def is_few(exact: Mapping[Statement, int], one: Statement, other: Statement) -> bool:
    """Whether two numbers differ by few."""
    return 0 < abs(exact[one] - exact[other]) < LEAST


def assert_no_rest_is_known(told: Mapping[Statement, int], exact: Mapping[Statement, int]) -> None:
    """What the parts leave of the whole, if it is little, may be less and more."""
    for year, name in {(year, name) for year, by, _key, name in exact if by == ALL and " " not in name}:
        for way in WAYS[1:]:
            parts = [one for one in told if one[:2] == (year, way) and one[3] == name]
            rest = exact[year, ALL, "", name] - sum(exact[one] for one in parts)
            if 0 < rest < LEAST:
                least, most = fitting(told.get((year, ALL, "", name), 0))
                assert least - sum(fitting(told[one])[1] for one in parts) < rest
                assert most - sum(fitting(told[one])[0] for one in parts) > rest


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(lots, min_size=1, max_size=6), min_size=2, max_size=3), st.data())
def test_all_that_was_ever_told_fits_one_report_more(
    desk: Desk, quarters: list[list[Lot]], data: st.DataObject
) -> None:
    with transaction.atomic():
        told: list[dict[Statement, int]] = []
        exact: list[dict[Statement, int]] = []
        for at, night, those in zip((SPRING, SUMMER, AUTUMN), NIGHTS, quarters, strict=False):
            for lot in those:
                lot.file(desk, at, lot.count)
            count_reports(by=BY, at=night)
            told.append(everything_told())
            exact.append(counted_exactly(ReportEdition.objects.latest("as_of_date").as_of_date))
        for said, true in zip(told, exact, strict=True):
            assert all(count % LEAST == 0 and count <= true[which] for which, count in said.items())
            assert_no_rest_is_known(said, true)
        assert_no_difference_is_known(*(of_all(those) for those in (told, exact)))
        at, those = data.draw(st.sampled_from(list(zip((SPRING, SUMMER, AUTUMN), quarters, strict=False))))
        data.draw(st.sampled_from(those)).file(desk, at, 1)
        for said, edition in zip(told, ReportEdition.objects.order_by("as_of_date"), strict=True):
            with_one_more = counted_exactly(edition.as_of_date)
            assert all(said.get(which, 0) in may()[count] for which, count in with_one_more.items())
        transaction.set_rollback(True)


def of_all(editions: Sequence[Mapping[Statement, int]]) -> dict[Statement, int]:
    """The statements of several editions together."""
    return {
        (year, by, key, f"{name} {number}"): count
        for number, one in enumerate(editions)
        for (year, by, key, name), count in one.items()
    }


def received(way: str) -> dict[str, int]:
    """How many were received, by name of the line."""
    return {row["name"]: int(row["received"]) for row in file_of(way)}


def told_of(way: str, name: str) -> int:
    """How many are told of a line; 0 where none is."""
    return received(way).get(name, 0)


def test_a_region_less_its_body_over_two_quarters_does_not_tell_of_the_one_that_came(desk: Desk) -> None:
    desk.receive(20, SPRING, about=about("Architects"))
    desk.receive(10, SPRING, about=about("Builders"))
    desk.receive(9, SPRING, about=about("Teachers"))
    count_reports(by=BY, at=NIGHTS[0])
    before = told_of("region", "Astana") - told_of("body", "Architects")
    desk.receive(5, SUMMER, about=about("Architects"))
    desk.receive(1, SUMMER, about=about("Builders"))
    count_reports(by=BY, at=NIGHTS[1])
    after = told_of("region", "Astana") - told_of("body", "Architects")
    assert (after - before) % LEAST == 0  # thirty-six less thirty, less twenty-five less twenty, was one


def test_neither_the_curve_nor_what_was_decided_tells_of_one_beside_what_was_answered(desk: Desk) -> None:
    reports = desk.acknowledge(desk.receive(60, SPRING), 1)
    desk.close(reports[:6], 20)
    desk.close(reports[6:7], 98)
    desk.close(reports[7:15], 110)
    count_reports(by=BY, at=NIGHTS[0])
    told = everything_told()
    beside = [
        told.get((2025, ALL, "", name), 0)
        for name in ("received", "answered", "decided", *(f"still {place}" for place in range(9)))
    ]
    assert {count % LEAST for count in beside} == {0}
    still = [told[2025, ALL, "", f"still {place}"] for place in (6, 7)]
    assert told[2025, ALL, "", "received"] - still[1] != 7


@pytest.mark.usefixtures("heads")
def test_a_region_holds_the_reports_about_its_bodies_wherever_they_happened(desk: Desk) -> None:
    desk.receive(12, SPRING, about=about("Architects"), place=ALMATY)
    desk.receive(20, SPRING, about=about("Teachers"))
    count_reports(by=BY, at=NIGHTS[0])
    assert received("body") == {"Architects": 10, "Teachers": 20}
    assert received("region") == {"Astana": 10, "Almaty": 20}


def test_the_same_reports_have_the_same_number_in_every_quarter(desk: Desk) -> None:
    desk.receive(38, SPRING, about=about("Teachers"))
    found = []
    for night in NIGHTS:
        count_reports(by=BY, at=night)
        found.append(everything_told())
    assert found[0]
    assert all(
        {which: one.get(which) for which in found[0] if " " not in which[3]} == counts(found[0]) for one in found
    )
    assert ReportEdition.objects.count() == len(NIGHTS)


def counts(told: Mapping[Statement, int]) -> dict[Statement, int]:
    """What is told but for the curves, which grow with each quarter."""
    return {which: count for which, count in told.items() if " " not in which[3]}


@pytest.mark.parametrize(
    ("language", "words"), [("kk", "кемінде осынша"), ("ru", "не меньше стольких"), ("en", "at least so many")]
)
def test_the_page_says_that_every_count_is_at_least_so_many(desk: Desk, language: str, words: str) -> None:
    desk.receive(50, SPRING)
    count_reports(by=BY, at=NIGHTS[0])
    page = Client().get(f"/{language}/reports/numbers/").content.decode()
    assert page.index(words) < page.index("app-figure__value") < page.index("<table")  # before the first number


def test_the_page_tells_no_other_counts_than_the_file(desk: Desk) -> None:
    desk.acknowledge(desk.receive(27, SPRING, about=about("Teachers")), 1)
    desk.receive(39, SPRING, about=about("Builders"), topic="abuse")
    count_reports(by=BY, at=NIGHTS[0])
    for way in ("year", *WAYS[1:]):
        page = Client().get("/en/reports/numbers/", {"by": way}).content.decode()
        cells = re.findall(r'data-label="([^"]*)"[^>]*><span class="app-table__value">(?:at least )?(\d+)<', page)
        told = {int(cell) for label, cell in cells if label not in {"at least", "at most"}}
        of_file = [of_line(row) for row in file_of(way)]
        assert {one["received"] for one in of_file} <= told
        assert told <= {count for one in of_file for count in one.values()}
        card = re.search(r"Reports received in 2025, at least</h3>\s*<p class=\"app-figure__value\">(\d+)<", page)
        assert card
        assert int(card[1]) == received("year")["2025"]
