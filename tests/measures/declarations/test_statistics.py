"""Numbers of who has filed are those of the register, with their definition, day and file."""

from __future__ import annotations

import csv
import io
import time
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from adaldyq.measures.declarations import statistics
from adaldyq.measures.declarations.actions.groups import count_groups
from adaldyq.measures.declarations.models import Obligation
from tests import factories

pytestmark = pytest.mark.django_db

PAGE = "/en/declarations/statistics/"
TODAY = date(2025, 12, 1)


def lines(client: Client, query: str) -> list[dict[str, str]]:
    answer = client.get(f"{PAGE}statistics.csv{query}")
    assert answer.status_code == 200
    return list(csv.DictReader(io.StringIO(b"".join(answer).decode("utf-8-sig"))))


def four_outcomes() -> None:
    """One official on time, one late and one missing in Astana; one on time in Abay; one not open at all."""
    body = factories.body()
    factories.official(of=body)
    factories.official(of=body, filed_at=datetime(2025, 9, 16, 6, tzinfo=UTC))
    factories.obligation(factories.person(), body=body)
    factories.official(of=factories.body("Әкімдік", place="KZ-10", names={}))
    factories.obligation(factories.person(), body=body, is_public=False, reason="employee")


def test_every_obligation_has_one_outcome() -> None:
    four_outcomes()
    sums = statistics.total(statistics.counted(TODAY))
    assert (sums.owed, sums.on_time, sums.late, sums.missing, sums.awaited) == (4, 2, 1, 1, 0)
    assert sums.share == 50.0


def test_what_came_is_counted_by_its_way_on_the_page_and_in_the_file(client: Client) -> None:
    factories.official(way="electronic")
    factories.official(way="electronic", filed_at=datetime(2025, 10, 1, tzinfo=UTC))
    on_paper = factories.official(way="paper")
    factories.declaration(on_paper.person, version=2, way="electronic", is_public=True)
    factories.declaration(way="bulk", is_public=False)
    answer = client.get(f"{PAGE}ways.csv?year=2024")
    rows = list(csv.DictReader(io.StringIO(b"".join(answer).decode("utf-8-sig"))))
    assert [(one["key"], one["filed"], one["on_time"], one["share"]) for one in rows] == [
        ("electronic", "2", "1", "66.7"),
        ("bulk", "0", "0", "0.0"),
        ("paper", "1", "1", "33.3"),
    ]
    found = client.get("/api/v1/declarations/ways", {"year": 2024}).json()
    assert [(one["key"], one["filed"], one["share"]) for one in found] == [
        ("electronic", 2, 66.7), ("bulk", 0, 0.0), ("paper", 1, 33.3),
    ]  # fmt: skip
    page = client.get(f"{PAGE}?year=2024&by=way").content.decode()
    assert "On paper, keyed in by two people" in page
    assert "/en/declarations/statistics/ways.csv?year=2024" in page
    assert client.get(f"{PAGE}ways.csv?year=1950").status_code == 404


def test_before_the_last_day_nothing_is_missing() -> None:
    factories.obligation(factories.person())
    on_the_day = statistics.total(statistics.counted(date(2025, 9, 15)))
    after = statistics.total(statistics.counted(date(2025, 9, 16)))
    assert (on_the_day.awaited, on_the_day.missing, on_the_day.share) == (1, 0, None)
    assert (after.awaited, after.missing, after.share) == (0, 1, 0.0)


def test_the_last_evening_in_the_country_is_on_time() -> None:
    factories.official(filed_at=datetime(2025, 9, 15, 18, 59, tzinfo=UTC))
    factories.official(filed_at=datetime(2025, 9, 15, 19, 1, tzinfo=UTC))
    sums = statistics.total(statistics.counted(TODAY))
    assert (sums.on_time, sums.late) == (1, 1)


def test_an_amendment_is_not_counted_again() -> None:
    first = factories.official()
    factories.declaration(first.person, version=2, filed_at=datetime(2025, 11, 1, tzinfo=UTC))
    sums = statistics.total(statistics.counted(TODAY))
    assert (sums.owed, sums.on_time) == (1, 1)


def test_each_way_of_counting_adds_up(client: Client) -> None:
    four_outcomes()
    factories.obligation(factories.person(), 2023, body=factories.body(place="KZ"))
    for way in ("year", "body", "form"):
        assert sum(int(line["owed"]) for line in lines(client, f"?by={way}")) == 5, way
    regions = {line["key"]: line for line in lines(client, "?by=region")}
    assert len(regions) == 20
    assert (regions["KZ-75"]["owed"], regions["KZ-10"]["owed"], regions["KZ-71"]["owed"]) == ("3", "1", "0")
    assert regions["KZ-71"]["share"] == ""
    assert all(line["as_of"] for line in regions.values())


def test_everybody_is_counted_by_group_of_the_law_and_nothing_tells_of_few(client: Client) -> None:
    body = factories.body()
    for group, public, late in (
        *(("official", True, False),) * 2,
        *(("state_employee", False, False),) * 9,
        *(("state_employee", False, True),) * 6,
        *(("company_head", False, False),) * 12,
        *(("company_head", False, True),) * 5,
    ):
        due = TODAY - timedelta(1) if late else TODAY + timedelta(1)
        factories.obligation(factories.person(), body=body, is_public=public, group=group, due_date=due)
    count_groups(by=factories.BY, at=datetime(2025, 12, 1, 6, tzinfo=UTC))
    rows = {line["key"]: (line["owed"], line["missing"]) for line in lines(client, "?by=group&year=2024")}
    assert rows == {
        "official:public": ("2", "0"),
        "state_employee:": ("15", "6"),
        "company_head:": ("17", "5"),
        "": ("34", "11"),
    }
    Obligation.objects.filter(group="company_head").exclude(due_date__gt=TODAY)[0].delete()
    count_groups(by=factories.BY, at=datetime(2025, 12, 1, 6, tzinfo=UTC))
    untold = {line["key"]: line["owed"] for line in lines(client, "?by=group&year=2024")}
    assert untold == {"official:public": "2", "state_employee:": "", "company_head:": "", "": "33"}
    found = client.get("/api/v1/declarations/statistics", {"by": "group", "year": "2024"}).json()["items"]
    assert [(one["key"], one["owed"]) for one in found if one["owed"]] == [("official:public", 2), ("", 33)]
    assert client.get("/api/v1/declarations/statistics", {"by": "group"}).json()["items"] == found
    page = client.get(f"{PAGE}?year=2024&by=group").content.decode()
    assert "Heads and founders of companies, entrepreneurs and their spouses" in page
    assert "fewer than 5 people" in page
    assert client.get(f"{PAGE}statistics.csv?by=group").status_code == 404


def test_a_file_of_a_year_holds_that_year_only(client: Client) -> None:
    four_outcomes()
    factories.obligation(factories.person(), 2023)
    assert [line["key"] for line in lines(client, "?by=year&year=2023")] == ["2023"]
    assert [line["owed"] for line in lines(client, "?by=form&year=2024")] == ["4"]


@pytest.mark.parametrize("query", ["?by=person", "?by=body&year=abc", "?year=1999", "?by=%00", "?year=%00"])
def test_a_file_that_is_not_counted_is_not_found(client: Client, query: str) -> None:
    four_outcomes()
    assert client.get(f"{PAGE}statistics.csv{query}").status_code == 404


def test_the_page_shows_numbers_map_ranking_and_definitions(client: Client) -> None:
    four_outcomes()
    page = client.get(PAGE).content.decode()
    assert "Declarations owed for 2024" in page
    assert "Abay Region" in page
    assert page.count("<svg") >= 2
    for sentence in statistics.DEFINITIONS.values():
        assert str(sentence).replace("'", "&#x27;") in page
    assert "Танатаров" not in page
    assert "Tanatarov" not in page


def test_one_way_of_counting_is_open_and_the_others_are_a_link_away(client: Client) -> None:
    four_outcomes()
    for way, shown, other in (
        ("body", "Ministry of Finance", "Abay Region"),
        ("region", "Abay Region", "Ministry of Finance"),
        ("form", "Declaration of income and property", "Abay Region"),
        ("kind", "Kind of body", "Abay Region"),
        ("year", "/en/declarations/statistics/statistics.csv?by=year", "Abay Region"),
        ("moon", "Abay Region", "Ministry of Finance"),
    ):
        page = client.get(f"{PAGE}?year=2024&by={way}").content.decode()
        assert shown in page, way
        assert other not in page, way
        assert "?year=2024&amp;by=category" in page


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("?year=abc", "is not one of the choices."),
        ("?year=%00", "is not one of the choices."),
        ("?by=body&page=999", "There is no page “999”"),
        ("?by=body&sort=evil", "There is no such order"),
    ],
)
def test_what_cannot_be_followed_is_told(client: Client, query: str, said: str) -> None:
    four_outcomes()
    answer = client.get(f"{PAGE}{query}")
    assert answer.status_code == 200
    assert said in answer.content.decode()


def test_without_obligations_the_page_says_so(client: Client) -> None:
    assert "Nothing is owed yet" in client.get(PAGE).content.decode()
    assert statistics.headline() == []


def test_headline_figures_have_definition_day_page_and_file(client: Client) -> None:
    four_outcomes()
    figures = statistics.headline()
    assert [figure.value for figure in figures] == [4, 50.0, 1, 1]
    for figure in figures:
        assert str(figure.definition)
        assert figure.as_of
        assert client.get(figure.href).status_code == 200
        assert client.get(figure.download).status_code == 200


def test_the_number_of_questions_to_the_database_does_not_grow(client: Client) -> None:
    factories.official()
    client.get(PAGE)
    caches["recent"].clear()
    with CaptureQueriesContext(connection) as few:
        client.get(PAGE)
    caches["recent"].clear()
    for year in (2021, 2022, 2023):
        for _ in range(5):
            factories.official(year)
    with CaptureQueriesContext(connection) as many:
        client.get(PAGE)
    assert len(many) == len(few)


def test_whoever_asks_within_a_minute_gets_the_numbers_that_were_counted(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def numbers() -> str:
        return client.get(PAGE).content.decode().partition("Declarations owed for 2024")[2]

    factories.official()
    first = numbers()
    factories.official()
    assert numbers() == first
    later = time.time() + 61
    monkeypatch.setattr(time, "time", lambda: later)
    assert numbers() != first


def test_counting_reads_an_index_alone() -> None:
    factories.official()
    with CaptureQueriesContext(connection) as asked:
        statistics.counted(TODAY)
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            count = next(one["sql"] for one in asked.captured_queries if "COUNT(*)" in one["sql"])
            cursor.execute(f"EXPLAIN QUERY PLAN {count}")
            plan = " ".join(str(row[-1]) for row in cursor.fetchall())
        assert "USING COVERING INDEX obligation_outcome" in plan


def test_a_year_of_which_nothing_is_due_yet_does_not_come_first(client: Client) -> None:
    four_outcomes()
    factories.obligation(factories.person(), 2099, body=factories.body())
    page = client.get(PAGE).content.decode()
    assert "2024" in page[page.index("<h1") :][:1500]
    years = statistics.counted_years(TODAY)
    assert [one.name for one in years][:1] == ["2099"]
    assert statistics.leading_year(years) == 2024
    assert statistics.leading_year(years[:1]) == 2099
    assert statistics.leading_year([]) is None


def test_officials_are_counted_by_the_category_of_the_post_that_they_held(client: Client) -> None:
    four_outcomes()
    body = factories.body("Сот", names={})
    judge = factories.obligation(factories.person(), body=body).person
    factories.appointment(judge, factories.post(body, "Судья", category="judge"))
    factories.appointment(judge, factories.post(title="Бұрынғы", category="political"), until=date(2020, 1, 1))
    found = {row["key"]: row for row in lines(client, "?by=category&year=2024")}
    assert {key: (row["owed"], row["filed"], row["missing"]) for key, row in found.items()} == {
        "corps_a": ("3", "3", "0"),
        "judge": ("1", "0", "1"),
    }
    page = client.get(f"{PAGE}?year=2024&by=category").content.decode()
    assert "Category of post" in page
    assert client.get(f"{PAGE}statistics.csv?by=category").status_code == 404
