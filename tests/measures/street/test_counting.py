"""Numbers come once a month, with noise, of few none, and stay when what was told is let go."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from adaldyq.base.errors import DomainError, NotAllowed
from adaldyq.kernel.actor import actor_of
from adaldyq.kernel.roles import Role
from adaldyq.ledger.models import Leaf
from adaldyq.measures.street import statistics
from adaldyq.measures.street.actions.counting import count_openly, erase_year, keep_edition
from adaldyq.measures.street.jobs import begin_night
from adaldyq.measures.street.models import StreetCell, StreetEdition, StreetReport
from adaldyq.measures.street.queries.limits import MOST_OF_A_DAY
from adaldyq.measures.street.tables import cells
from adaldyq.measures.street.views import numbers
from tests import factories
from tests.factories import BY
from tests.measures.street.telling import sums, tell

AT = datetime(2025, 9, 20, tzinfo=UTC)
NIGHT = datetime(2025, 10, 1, 1, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_noise(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Counts as they are, but where a test is about the noise."""
    if "noise" not in request.node.name:
        monkeypatch.setattr("adaldyq.measures.street.queries.counting.perturbed", len)


def lines(**query: str) -> dict[tuple[str, str], dict[str, str]]:
    """The file of numbers, by service and region."""
    return {(row["service"], row["region"]): row for row in file(**query) if not row["body_kind"]}


def file(**query: str) -> list[dict[str, str]]:
    """The file of numbers."""
    answer = Client().get("/en/street/numbers.csv", query)
    assert answer.status_code == 200
    return list(csv.DictReader(io.StringIO(answer.getvalue().decode("utf-8-sig"))))


def counts(row: dict[str, Any]) -> tuple[int, ...]:
    """The three counts of a row."""
    return tuple(int(row[name]) for name in ("paid", "refused", "honest"))


def test_numbers_are_of_the_month_that_has_ended() -> None:
    tell(7, AT)
    tell(6, AT, happened="honest", service="tax", place="KZ-71")
    tell(9, datetime(2025, 10, 1, tzinfo=UTC))
    begin_night({}, NIGHT)
    begin_night({}, NIGHT)
    assert StreetEdition.objects.get().as_of_date == date(2025, 9, 30)
    found = lines()
    assert counts(found["health", "KZ-75"]) == (7, 0, 0)
    assert counts(found["", ""]) == (7, 0, 6)
    assert found["", ""]["honest_share"] == "46.2"
    assert (found["", ""]["honest_low"], found["", ""]["honest_high"]) == ("23.2", "70.9")
    assert found["tax", ""]["as_of"] == "2025-09-30"
    said = json.loads(Leaf.objects.filter(act="street.edition.keep").values_list("payload", flat=True)[0] or "")
    assert (said["as_of"], said["cells"]) == ("2025-09-30", len(found))


def test_of_few_nothing_is_told_nor_what_it_would_follow_from() -> None:
    tell(30, AT)
    tell(2, AT, place="KZ-71")
    tell(8, AT, place="KZ-10")
    count_openly(by=BY, at=NIGHT)
    assert set(lines()) == {("", ""), ("health", ""), ("", "KZ-75"), ("health", "KZ-75")}


def test_sums_are_told_by_steps_where_five_named_one() -> None:
    sums([10_000, 20_000, 30_000, 40_000, 50_000_000], AT)
    sums([5_000, 6_000, 7_000, 8_000], AT, service="tax", happened="refused")
    tell(3, AT, service="tax")
    count_openly(by=BY, at=NIGHT)
    found = lines()
    row = found["health", "KZ-75"]
    assert [row[name] for name in ("sum_low", "sum_median", "sum_high", "currency")] == [
        "20000.00",
        "20000.00",
        "50000.00",
        "KZT",
    ]
    assert [found["tax", "KZ-75"][name] for name in ("sum_low", "sum_median", "sum_high", "currency")] == [""] * 4


def test_hundreds_of_one_day_move_a_number_no_further_than_twenty() -> None:
    tell(40, AT)
    tell(5, AT, happened="honest", place="KZ-71")
    tell(5, datetime(2025, 9, 21, tzinfo=UTC))
    count_openly(by=BY, at=NIGHT)
    assert counts(lines()["health", "KZ-75"]) == (MOST_OF_A_DAY + 5, 0, 0)


def test_kinds_of_bodies_are_told_of_all_services_together() -> None:
    tell(12, AT, body_kind="police")
    tell(8, AT, body_kind="akimat", happened="honest", service="tax", place="KZ-71")
    tell(6, AT)
    count_openly(by=BY, at=NIGHT)
    found = {row["body_kind"]: counts(row) for row in file() if row["body_kind"]}
    assert found == {"police": (12, 0, 0), "akimat": (0, 0, 8)}
    assert "By kind of body" in Client().get("/en/street/").content.decode()


def test_a_kind_of_few_takes_others_with_it() -> None:
    tell(12, AT, body_kind="police")
    tell(2, AT, body_kind="akimat")
    tell(6, AT)
    count_openly(by=BY, at=NIGHT)
    assert [row["body_kind"] for row in file() if row["body_kind"]] == ["police"]


def test_what_is_set_aside_is_not_counted() -> None:
    tell(9, AT)
    StreetReport.objects.filter(pk__in=[one.pk for one in tell(5, AT)]).update(state="set_aside")
    count_openly(by=BY, at=NIGHT)
    assert counts(lines()["", ""]) == (9, 0, 0)


def test_noise_is_drawn_by_keys_that_nobody_is_told() -> None:
    reports = tell(12, AT)
    key = sum(one.record_key for one in reports)
    StreetReport.objects.filter(pk=reports[0].pk).update(record_key=(reports[0].record_key - key) % 2**32)
    count_openly(by=BY, at=NIGHT)
    assert counts(lines()["health", "KZ-75"]) == (10, 0, 0)  # a cell whose key is 0 falls by two
    assert all("key" not in name for row in lines().values() for name in row)


def test_a_place_below_a_region_counts_for_the_region() -> None:
    tell(6, AT, place="751110000")
    count_openly(by=BY, at=NIGHT)
    assert counts(lines()["", "KZ-75"]) == (6, 0, 0)


def test_numbers_stay_when_the_term_of_their_year_has_passed() -> None:
    tell(9, datetime(2022, 5, 10, tzinfo=UTC), month=date(2022, 5, 1))
    count_openly(by=BY, at=datetime(2025, 12, 31, 1, tzinfo=UTC))
    with pytest.raises(DomainError, match="report-kept"):
        erase_year(year=2022, by=BY, at=datetime(2025, 12, 31, 1, tzinfo=UTC))
    tell(6, datetime(2025, 12, 3, tzinfo=UTC), month=date(2025, 12, 1))
    begin_night({}, datetime(2026, 1, 2, 1, tzinfo=UTC))
    assert StreetReport.objects.filter(month__year=2022).count() == 0
    assert counts(lines(year="2022")["", ""]) == (9, 0, 0)
    assert counts(lines(year="2025")["", ""]) == (6, 0, 0)
    said = json.loads(Leaf.objects.filter(act="street.year.erase").values_list("payload", flat=True)[0] or "")
    assert said == {"year": 2022, "reports": 9}


def test_nobody_writes_the_numbers_by_hand() -> None:
    by = actor_of(factories.account("reviewer", Role.REVIEWER))
    with pytest.raises(NotAllowed):
        keep_edition(as_of=date(2025, 9, 30), cells=[], by=by, at=NIGHT)


def test_rules_and_everybody_read_the_same_table() -> None:
    tell(12, AT, amount=Decimal(5000))
    count_openly(by=BY, at=NIGHT)
    found = {row["id"]: row for row in cells()}
    assert set(found) == {"2025:*:*", "2025:*:KZ-75", "2025:health:*", "2025:health:KZ-75"}
    assert found["2025:health:KZ-75"] == {
        "id": "2025:health:KZ-75",
        "year": 2025,
        "service": "health",
        "territory_id": "KZ-75",
        "paid": 12,
        "refused": 0,
        "honest": 0,
        "price_median": Decimal(5000),
        "fee": Decimal(0),
        "currency": "KZT",
        "as_of": date(2025, 9, 30),
    }
    assert (found["2025:health:*"]["fee"], found["2025:*:KZ-75"]["fee"]) == (0, None)


def test_programs_are_told_the_same() -> None:
    assert Client().get("/api/v1/street/statistics").json() == {"as_of": None, "cells": []}
    tell(12, AT, amount=Decimal(5000))
    tell(8, AT, happened="honest")
    count_openly(by=BY, at=NIGHT)
    told = (
        Client()
        .get("/api/v1/street/statistics", {"service": "health", "region": ""}, headers={"Accept-Language": "en"})
        .json()
    )
    (cell,) = told["cells"]
    assert (told["as_of"], cell["paid"], cell["honest"], cell["honest_share"]) == ("2025-09-30", 12, 8, 40.0)
    assert (cell["sum_median"], cell["currency"], cell["name"]) == ("5000.00", "KZT", "Clinic and hospital")


def test_before_the_first_count_the_page_says_when_there_will_be_one() -> None:
    assert "Nothing has been counted yet" in Client().get("/en/street/").content.decode()
    assert Client().get("/en/street/numbers.csv").status_code == 404
    assert statistics.headline() == []


def test_the_page_tells_of_a_service_a_region_and_both() -> None:
    tell(12, AT, amount=Decimal(5000))
    tell(8, AT, happened="honest", service="tax")
    tell(7, AT, happened="refused", place="KZ-71")
    count_openly(by=BY, at=NIGHT)
    page = Client().get("/en/street/").content.decode()
    assert 'href="/en/street/service/tax/?year=2025"' in page
    assert "What is asked for, 2025" in page
    both = Client().get("/en/street/", {"service": "health", "region": "KZ-75"}).content.decode()
    assert "2025, Clinic and hospital, Almaty" in both
    few = Client().get("/en/street/service/tax/", {"region": "KZ-71"}).content.decode()
    assert "Too few to tell" in few
    assert Client().get("/en/street/service/magic/").status_code == 404
    assert Client().get("/en/street/", {"year": "1066", "service": "magic"}).status_code == 200


def test_words_are_shown_with_the_edition_that_counts_them() -> None:
    tell(9, AT)
    early, late = tell(1, AT, words="а")[0], tell(1, datetime(2025, 10, 2, tzinfo=UTC), words="б")[0]
    StreetReport.objects.filter(pk=early.pk).update(state="shown", words="Сұрамады")
    StreetReport.objects.filter(pk=late.pk).update(state="shown", words="Күттірді")
    tell(1, AT, words="Күтіп тұр")
    count_openly(by=BY, at=NIGHT)
    page = Client().get("/en/street/service/health/").content.decode()
    assert "Сұрамады" in page
    assert "Күттірді" not in page
    assert "Күтіп тұр" not in page


def test_a_share_is_told_with_its_interval() -> None:
    assert numbers.with_interval(None) == "—"


def test_an_edition_of_before_sums_were_kept_by_steps_is_told_by_them_and_so_is_what_is_copied_of_it() -> None:
    named = [12_000, 14_000, 21_000, 70_000, 80_000]
    sums(named, datetime(2022, 5, 10, tzinfo=UTC), month=date(2022, 5, 1))
    count_openly(by=BY, at=datetime(2025, 12, 31, 1, tzinfo=UTC))
    StreetCell.objects.update(price_low=14_000, price_median=21_000, price_high=70_000)
    told = [lines()["health", "KZ-75"][f"sum_{one}"] for one in ("low", "median", "high")]
    assert told == ["10000.00", "20000.00", "100000.00"]
    assert {one["price_median"] for one in cells()} == {Decimal(20_000)}
    tell(6, datetime(2025, 12, 3, tzinfo=UTC), month=date(2025, 12, 1))
    begin_night({}, datetime(2026, 1, 2, 1, tzinfo=UTC))
    copied = StreetEdition.objects.latest("as_of_date").cells.filter(year=2022)
    assert {(one.price_low, one.price_high) for one in copied} == {(Decimal(10_000), Decimal(100_000))}
