"""How often the rules ask is public, of whom is not."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime

import pytest
from django.test import Client

from adaldyq.verification.models import RuleRun, Run
from tests import factories

pytestmark = pytest.mark.django_db

PAGE = "/en/declarations/statistics/rules/"
AT = datetime(2026, 3, 1, 8, tzinfo=UTC)


def ran(fired: int, *, dataset: str = "", outcome: str = "done", rule: str = "declarations.foreign-account") -> None:
    run = Run.objects.create(
        dataset=dataset, snapshot="a", snapshot_path="b", started_at=AT, engine="c", outcome=outcome
    )
    RuleRun.objects.create(run=run, rule=rule, version="d", checked=400, fired=fired, unjudged={"no-rate": 3})


def lines(client: Client) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(client.get(f"{PAGE}rates.csv").getvalue().decode("utf-8-sig"))))


def test_a_rate_is_of_what_was_judged(client: Client) -> None:
    ran(20)
    (line,) = lines(client)
    assert (line["rule"], line["checked"], line["asked"], line["share"], line["unjudged"]) == (
        "declarations.foreign-account",
        "400",
        "20",
        "5.0",
        "3",
    )
    page = client.get(PAGE).content.decode()
    assert "/rules/declarations.foreign-account/" in page
    assert "not a violation" in page


@pytest.mark.parametrize(("fired", "told"), [(0, "0"), (1, ""), (4, ""), (5, "5")])
def test_of_few_it_is_not_told_how_many(client: Client, fired: int, told: str) -> None:
    ran(fired)
    (line,) = lines(client)
    assert line["asked"] == told
    assert bool(line["share"]) == bool(told)
    assert ("fewer than 5" in client.get(PAGE).content.decode()) == (not told)


def test_only_the_last_run_over_our_own_registers_counts(client: Client) -> None:
    ran(20, dataset="ukraine")
    ran(30, outcome="failed")
    ran(40, rule="permits.too-fast")
    assert lines(client) == []
    ran(50)
    assert [line["asked"] for line in lines(client)] == ["50"]


def test_before_the_first_run_the_page_says_what_will_be_here(client: Client) -> None:
    assert "The rules have not run yet" in client.get(PAGE).content.decode()


def test_who_has_filed_is_counted_by_kind_and_level_of_the_body(client: Client) -> None:
    factories.official()
    for way, name in (("kind", "Ministry"), ("level", "national")):
        text = client.get(f"/en/declarations/statistics/statistics.csv?by={way}").getvalue().decode("utf-8-sig")
        (line,) = csv.DictReader(io.StringIO(text))
        assert (line["name"].lower(), line["owed"], line["on_time"]) == (name.lower(), "1", "1")
        assert client.get("/api/v1/declarations/statistics", {"by": way}).json()["total"] == 1
    page = client.get("/en/declarations/statistics/").content.decode()
    assert "By kind of body" in page
    assert PAGE in page


def test_the_api_tells_the_same_rates(client: Client) -> None:
    ran(20)
    (told,) = client.get("/api/v1/declarations/rates").json()
    assert (told["rule"], told["asked"], told["share"]) == ("declarations.foreign-account", 20, 5.0)
