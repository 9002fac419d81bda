"""The counter tells how many there were on any day; two public records come out of it as they went in."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from adaldyq.countries.permits import PermitKind
from adaldyq.kernel.actor import Actor, actor_of
from adaldyq.kernel.deadlines.clock import tick
from adaldyq.kernel.models import Body
from adaldyq.measures.permits import statistics
from adaldyq.measures.permits.actions.catalogue import load_catalogue
from adaldyq.measures.permits.actions.deciding import decide
from adaldyq.measures.permits.actions.reviewing import assess_legality
from adaldyq.measures.permits.models import PermitEntry
from adaldyq.measures.permits.statistics import Part
from tests import factories
from tests.factories import BY
from tests.measures.permits.entries import AT as BEGINNING
from tests.measures.permits.entries import entry, new, spoken
from tests.measures.permits.reviewing import (
    LATER,
    decided,
    decision,
    justified,
    lighter,
    officer,
    opened,
    reviewer,
)

pytestmark = pytest.mark.django_db
AFTER = datetime(2025, 11, 7, 3, tzinfo=UTC)


@pytest.fixture(autouse=True)
def on_that_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """The day on which it is counted."""
    monkeypatch.setattr(timezone, "now", lambda: datetime(2025, 12, 1, 9, tzinfo=UTC))


def inventory(count: int, of: Body, letter: str = "L", **facts: Any) -> list[PermitEntry]:
    """So many entries, brought in together."""
    listed = [
        new(f"{letter}-{number:03}", of, names=spoken(f"Activity {number}"), **facts) for number in range(1, count + 1)
    ]
    return list(load_catalogue(new=listed, by=BY, at=BEGINNING))


def end(some: Sequence[PermitEntry], outcome: str, of: Actor, by: Actor) -> None:
    """Find that no law asks for some, and let them end."""
    for one in some:
        review = justified(one, of)
        assess_legality(review=review, lawful=False, words="No act asks for it", by=by, at=LATER)
        decide(review=review, decision=decision(outcome), by=by, at=LATER)


def test_861_activities_become_343_since_the_others_are_not_justified() -> None:
    body = factories.body()
    of, by = actor_of(officer(body)), reviewer()
    entries = inventory(861, body)
    assert statistics.kinds_on(date(2025, 9, 30), Part()).total() == 861
    opened(by, entries)
    for one in entries[:343]:
        justified(one, of)
    while tick(at=AFTER):
        pass
    assert statistics.kinds_on(date(2025, 11, 6), Part()).total() == 861
    assert statistics.kinds_on(date(2025, 11, 7), Part()).total() == 343
    last = statistics.years()[-1]
    assert (last.total, last.lapsed, last.year) == (343, 861 - 343, 2025)
    assert statistics.changes().filter(happened="lapsed").count() == 518
    assert last.saved_amount == 518 * Decimal(2_500_000)


def test_925_less_51_cancelled_and_116_excluded_are_719_permits_and_39_notifications() -> None:
    body = factories.body()
    of, by = actor_of(officer(body)), reviewer()
    permits = inventory(892, body, "P", kind=PermitKind.PERMIT)
    inventory(33, body, "N", kind=PermitKind.NOTIFICATION)
    assert statistics.kinds_on(date(2025, 9, 30), Part()).total() == 925
    opened(by, permits)
    end(permits[:51], "abolish", of, by)
    end(permits[51:167], "exclude", of, by)
    for one in permits[167:173]:
        decided(one, "move", of, by, lighter=lighter(days=1, fee=Decimal(0), hours=Decimal(1), costs=Decimal(0)))
    kinds = statistics.kinds_on(date(2025, 11, 1), Part())
    assert (kinds["permit"], kinds["notification"], kinds.total()) == (719, 39, 758)
    last = statistics.years()[-1]
    assert (last.abolished, last.excluded, last.moved, last.total) == (51, 116, 6, 758)


def test_each_year_tells_what_came_and_went() -> None:
    body, other = factories.body(), factories.body("Басқа министрлік")
    of, by = actor_of(officer(body)), reviewer()
    first = entry(of=body)
    entry("P-002", of=other, since=date(2018, 3, 1), kind=PermitKind.PERMIT, sector="health")
    opened(by, [first])
    decided(first, "abolish", of, by)
    lines = {one.year: one for one in statistics.years()}
    assert list(lines) == list(range(2015, 2026))
    assert [(lines[year].licences, lines[year].permits) for year in (2015, 2017, 2018, 2025)] == [
        (1, 0),
        (1, 0),
        (1, 1),
        (0, 1),
    ]
    assert (lines[2018].introduced, lines[2025].abolished, lines[2025].saved_amount) == (1, 1, Decimal(1_300_000))
    assert [one.total for one in statistics.years(Part(body=other.pk))][-1] == 1
    assert statistics.years(Part(sector="energy")) == []
    sectors = {one.key: (one.ever, one.ended, one.now, one.saved_days) for one in statistics.by("sector")}
    assert sectors == {"trade": (1, 1, 0, 1000), "health": (1, 0, 1, 0)}
    assert [one.now for one in statistics.by("body")] == [1, 0]


def test_everybody_sees_the_counter_and_its_files() -> None:
    client = Client()
    assert "Nothing to count yet" in client.get("/en/permits/counter/").content.decode()
    body = factories.body()
    of, by = actor_of(officer(body)), reviewer()
    made = entry(of=body)
    entry("P-002", of=body, sector="health")
    opened(by, [made])
    decided(made, "abolish", of, by)
    page = client.get("/en/permits/counter/").content.decode()
    for words in ("Permits in force at the end of each year", "What it saves a year, by sector", "<svg", "By body"):
        assert words in page, words
    assert "<script" not in page.partition("<main")[2].partition("</main")[0]
    answer = client.get("/en/permits/counter.csv", {"sector": "health"})
    rows = list(csv.DictReader(io.StringIO(answer.getvalue().decode("utf-8-sig"))))
    assert [(row["year"], row["total"]) for row in rows][-1] == ("2025", "1")
    changes = client.get("/en/permits/changes/").content.decode()
    assert "120-VIII" in changes
    answer = client.get("/en/permits/changes.csv")
    rows = list(csv.DictReader(io.StringIO(answer.getvalue().decode("utf-8-sig"))))
    assert [(row["number"], row["happened"], row["saved_amount"]) for row in rows] == [
        ("L-001", "abolished", "1300000.00"),
        ("L-001", "introduced", ""),
        ("P-002", "introduced", ""),
    ]


def test_programs_count_too() -> None:
    entry()
    found = Client().get("/api/v1/permits/counter").json()
    assert (found[-1]["year"], found[-1]["total"], found[-1]["saved_amount"]) == (2025, 1, "0")
    listed = Client().get("/api/v1/permits/changes").json()
    assert (listed["total"], listed["items"][0]["number"], listed["items"][0]["happened"]) == (1, "L-001", "introduced")
    assert [one.value for one in statistics.headline()] == [1]
