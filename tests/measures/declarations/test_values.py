"""What officials declare is published as medians and quartiles that a reader can work out again."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from adaldyq.base.errors import NotAllowed
from adaldyq.kernel.actor import Actor, system
from adaldyq.kernel.models import Body
from adaldyq.measures.declarations import jobs
from adaldyq.measures.declarations.actions.distributions import count_distributions
from adaldyq.measures.declarations.models import Distribution
from tests import factories

pytestmark = pytest.mark.django_db

PAGE = "/en/declarations/statistics/values/"
AT = datetime(2026, 1, 5, 21, tzinfo=UTC)


def filed(of: Body, income: int, cash: int = 0, *, is_public: bool = True) -> None:
    rows = {"income": [{"kind": "salary", "amount": income}], "cash": [{"amount": cash}]}
    factories.official(2024, of=of, rows=rows, is_public=is_public)


def counted() -> None:
    count_distributions(by=system("test"), at=AT)


def lines(client: Client, query: str = "") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(client.get(f"{PAGE}values.csv{query}").getvalue().decode("utf-8-sig"))))


def test_median_and_quartiles_are_those_of_the_declared_sums(client: Client) -> None:
    body = factories.body()
    for number in range(1, 9):
        filed(body, income=number * 100, cash=number)
    counted()
    (line,) = lines(client)
    assert (line["year"], line["officials"], line["currency"]) == ("2024", "8", "KZT")
    assert [line[f"{part}_income"] for part in ("lower", "median", "upper")] == ["200.00", "400.00", "600.00"]
    assert [line[f"{part}_cash"] for part in ("lower", "median", "upper")] == ["2.00", "4.00", "6.00"]
    for way, key in (("region", "KZ-75"), ("body", body.pk), ("kind", body.kind)):
        (same,) = lines(client, f"?by={way}&year=2024")
        assert (same["key"], same["median_income"]) == (key, "400.00")
    page = client.get(PAGE).content.decode()
    assert "Median wealth of officials by region, 2024" in page
    assert "nearest rank" in page


def test_of_a_small_group_no_value_is_told(client: Client) -> None:
    large, small = factories.body(), factories.body("Әкімдік", place="KZ-10", names={})
    for number in range(1, 6):
        filed(large, income=number)
    filed(small, income=777)
    counted()
    told = {line["key"]: line for line in lines(client, "?by=body")}
    assert told[large.pk]["median_income"] == "3.00"
    assert (told[small.pk]["officials"], told[small.pk]["median_income"]) == ("", "")
    assert "777" not in client.get(f"{PAGE}values.csv?by=region").getvalue().decode()
    assert "fewer than 5 officials" in client.get(PAGE).content.decode()


def test_what_is_not_open_or_replaced_does_not_count(client: Client) -> None:
    body = factories.body()
    for number in range(1, 6):
        filed(body, income=number)
    filed(body, income=1_000_000, is_public=False)
    first = factories.official(2024, of=body, rows={"income": [{"amount": 2_000_000}]})
    factories.declaration(first.person, 2024, version=2, body=body, rows={"income": [{"amount": 6}]})
    counted()
    (line,) = lines(client)
    assert (line["officials"], line["upper_income"]) == ("6", "5.00")


def test_a_sum_in_a_currency_without_a_rate_is_left_out(client: Client) -> None:
    body = factories.body()
    for number in range(1, 6):
        filed(body, income=number)
    factories.official(2024, of=body, rows={"income": [{"amount": 9, "currency": "XTS"}]})
    counted()
    assert lines(client)[0]["officials"] == "5"


def test_counting_again_takes_the_place_of_what_was_counted(client: Client) -> None:
    body = factories.body()
    for number in range(1, 6):
        filed(body, income=number)
    jobs.begin_night({}, AT)
    rows = Distribution.objects.count()
    for _again in range(2):
        filed(body, income=100)
    jobs.begin_night({}, AT)
    assert Distribution.objects.count() == rows
    assert lines(client)[0]["officials"] == "7"


def test_the_page_reads_what_was_counted_however_many_declare(client: Client) -> None:
    body = factories.body()
    for number in range(1, 6):
        filed(body, income=number)
    counted()

    def queries() -> int:
        client.get(PAGE)
        with CaptureQueriesContext(connection) as ran:
            client.get(PAGE)
        assert not [one for one in ran if "declarations_declared_" in one["sql"]]
        return len(ran)

    few = queries()
    for number in range(5):
        filed(factories.body(f"Орган {number}", names={}), income=number)
    counted()
    assert queries() <= few


def test_only_who_keeps_declarations_may_count() -> None:
    with pytest.raises(NotAllowed):
        count_distributions(by=Actor(id="someone", roles=frozenset()), at=AT)


@pytest.mark.parametrize("query", ["?by=name", "?year=1999", "?year=x", "?by=body&year=%00"])
def test_what_is_not_counted_has_no_file(client: Client, query: str) -> None:
    assert client.get(f"{PAGE}values.csv{query}").status_code == 404


def test_the_page_of_a_body_has_its_years_beside_each_other(client: Client) -> None:
    body = factories.body()
    for number in range(1, 6):
        filed(body, income=number * 1000)
    address = f"/en/declarations/bodies/{body.pk}/"
    assert "What its officials declared" not in client.get(address).content.decode()
    counted()
    assert "What its officials declared" in client.get(address).content.decode()
    small = factories.body("Шағын комитет", names={})
    filed(small, income=1000)
    counted()
    assert "fewer than 5 officials" in client.get(f"/en/declarations/bodies/{small.pk}/").content.decode()


def test_before_the_first_night_the_page_says_what_will_be_here(client: Client) -> None:
    assert "Nothing is counted yet" in client.get(PAGE).content.decode()
    assert lines(client) == []


def test_the_api_tells_the_same_values(client: Client) -> None:
    body = factories.body()
    for number in range(1, 6):
        filed(body, income=number)
    filed(factories.body("Сот", names={}), income=8)
    counted()
    told = client.get("/api/v1/declarations/values?by=body&year=2024").json()
    assert {one["key"]: one["median_income"] for one in told["items"]}[body.pk] == "3.00"
    assert sorted(str(one["officials"]) for one in told["items"]) == ["5", "None"]
    assert client.get("/api/v1/declarations/values", {"by": "name"}).status_code == 422


def test_bodies_of_which_something_is_told_come_first(client: Client) -> None:
    filed(factories.body("Агенттік", names={"en": "Agency"}), income=1)
    large = factories.body("Яғни министрлік", names={"en": "Zenith"})
    for number in range(1, 6):
        filed(large, income=number)
    counted()
    page = client.get(f"{PAGE}?by=body").content.decode()
    assert page.index(">Zenith<") < page.index(">Agency<")
    assert ">Zenith<" not in client.get(f"{PAGE}?by=kind").content.decode()
