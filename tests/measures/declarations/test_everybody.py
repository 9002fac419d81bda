"""Everybody whom the law obliges is counted by region and by way too, and no number tells of too few."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from adaldyq.kernel.models import Residence
from adaldyq.measures.declarations.actions.groups import count_groups
from adaldyq.measures.declarations.models import FrozenCount
from tests import factories

pytestmark = pytest.mark.django_db

PAGE = "/en/declarations/statistics/"
NIGHT = datetime(2025, 12, 1, 6, tzinfo=UTC)


def lines(client: Client, by: str) -> dict[str, tuple[str, str, str]]:
    answer = client.get(f"{PAGE}statistics.csv?by={by}&year=2024").getvalue().decode("utf-8-sig")
    rows = csv.DictReader(io.StringIO(answer))
    return {row["key"]: (row["owed"], row["filed"], row["on_time"]) for row in rows}


def filers(count: int, place: str, way: str = "") -> None:
    """People whose declarations are not public, who live in a region and filed on a way, or did not."""
    for _each in range(count):
        who = factories.person()
        territory = factories.territory(place)
        Residence.objects.create(
            person=who,
            territory=territory,
            dwelling="D",
            valid_from=date(2020, 1, 1),
            source="r",
            as_of=date(2024, 1, 1),
        )
        due = timezone.localdate() + timedelta(9)
        factories.obligation(
            who, group="state_employee", is_public=False, due_date=due, filed_date=date(2025, 7, 1) if way else None
        )
        if way:
            factories.declaration(who, 2024, is_public=False, way=way)


def test_everybody_is_counted_by_region_and_way(client: Client) -> None:
    filers(8, "KZ-75", "electronic")
    filers(6, "KZ-10", "paper")
    filers(7, "KZ-10")
    official = factories.person()
    factories.obligation(official, group="official", is_public=True, body=factories.body())
    count_groups(by=factories.BY, at=NIGHT)
    regions = lines(client, "everybody-region")
    assert (regions["KZ-75:"], regions["KZ-10:"]) == (("8", "8", "8"), ("13", "6", "6"))
    assert regions[""] == ("22", "14", "14")
    ways = lines(client, "everybody-way")
    assert (ways["electronic:"], ways["paper:"], ways["unfiled:"]) == (
        ("8", "8", "8"),
        ("6", "6", "6"),
        ("7", "0", "0"),
    )
    for by, found in (("everybody-region", regions), ("everybody-way", ways)):
        told = client.get("/api/v1/declarations/statistics", {"by": by, "year": "2024"}).json()["items"]
        assert {one["key"]: str(one["owed"]) for one in told} == {key: numbers[0] for key, numbers in found.items()}
    page = client.get(f"{PAGE}?year=2024&by=group").content.decode()
    assert "Everybody, by region" in page
    assert "On paper, keyed in by two people" in page


def test_no_region_and_no_way_tells_of_few(client: Client) -> None:
    filers(8, "KZ-75", "electronic")
    filers(2, "KZ-10", "paper")
    factories.obligation(factories.person(), group="official", is_public=True, body=factories.body())
    count_groups(by=factories.BY, at=NIGHT)
    for by in ("everybody-region", "everybody-way"):
        told = lines(client, by)
        assert {key: numbers for key, numbers in told.items() if not key.endswith(":public")} == {
            "few": ("10", "10", "10"),
            "": ("11", "10", "10"),
        }
    page = client.get(f"{PAGE}?year=2024&by=group").content.decode()
    assert "Regions of which too few are counted" in page
    assert "Ways of which too few are counted" in page


def kept(of: str, **filed: int) -> None:
    """Obligations that are not public, all filed on time, as many as are said of each key."""
    FrozenCount.objects.bulk_create(
        FrozenCount(year=2024, of=of, key=f"{key}:", owed=count, on_time=count, late=0, missing=0, awaited=0,
                    frozen_at=NIGHT)
        for key, count in filed.items()
    )  # fmt: skip


def test_one_person_whose_region_nobody_knows_leaves_the_others_their_numbers(client: Client) -> None:
    factories.obligation(factories.person(), group="official", is_public=True, body=factories.body())
    kept("all_region", **{"KZ-75": 500, "KZ-10": 300, "": 1})
    kept("group", **{"state_employee": 500, "company_head": 300, "": 1})
    for by, large in (("everybody-region", "KZ-75:"), ("group", "state_employee:")):
        assert lines(client, by) == {
            large: ("500", "500", "500"),
            "few": ("301", "301", "301"),
            "": ("801", "801", "801"),
        }
        page = client.get(f"{PAGE}?year=2024&by=group").content.decode()
        assert f"{'Regions' if large == 'KZ-75:' else 'Groups'} of which too few are counted" in page


def test_where_all_together_are_too_few_nothing_is_told_of_them(client: Client) -> None:
    factories.obligation(factories.person(), group="official", is_public=True, body=factories.body())
    kept("all_region", **{"KZ-75": 2, "KZ-10": 2, "": 2})
    assert set(lines(client, "everybody-region").values()) == {("", "", "")}


def test_no_table_tells_the_sum_from_which_a_number_of_another_follows(client: Client) -> None:
    factories.obligation(factories.person(), group="official", is_public=True, body=factories.body())
    kept("all_region", **{"KZ-75": 2, "KZ-10": 2, "": 2})
    kept("group", state_employee=6)
    kept("all_way", electronic=6)
    for by in ("everybody-region", "group", "everybody-way"):
        told = lines(client, by)
        assert "" not in told, by
        assert set(told.values()) == {("", "", "")}, by
