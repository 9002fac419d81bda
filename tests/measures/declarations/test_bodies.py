"""Who of a body had to declare, and what came, is public."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from adaldyq.kernel.models import Body
from tests import factories

pytestmark = pytest.mark.django_db

OTHER = ("Әлиева Гүлнар", "Алиева Гульнар", "Aliyeva Gulnar")


def address(body: Body) -> str:
    return f"/en/declarations/bodies/{body.pk}/"


def lines(client: Client, body: Body, query: str = "") -> list[dict[str, str]]:
    answer = client.get(f"{address(body)}declarants.csv{query}")
    assert answer.status_code == 200
    return list(csv.DictReader(io.StringIO(b"".join(answer).decode("utf-8-sig"))))


def test_the_page_names_who_filed_who_was_late_and_who_did_not(client: Client) -> None:
    body = factories.body()
    factories.official(of=body)
    factories.official(of=body, names=OTHER, filed_at=datetime(2025, 10, 1, tzinfo=UTC))
    factories.obligation(factories.person(("Омаров Нұрлан", "Омаров Нурлан", "Omarov Nurlan")), body=body)
    outcomes = {line["name"]: line["outcome"] for line in lines(client, body)}
    assert outcomes == {factories.NAMES[2]: "on-time", OTHER[2]: "late", "Omarov Nurlan": "missing"}
    page = client.get(address(body)).content.decode()
    for words in ("Ministry of Finance", "Omarov Nurlan", "Filed late", "Not filed", "national"):
        assert words in page


def test_only_who_has_an_open_declaration_has_a_page(client: Client) -> None:
    body = factories.body()
    filed = factories.official(of=body)
    missing = factories.obligation(factories.person(OTHER), body=body)
    page = client.get(address(body)).content.decode()
    assert f"/people/{filed.person_id}/" in page
    assert f"/people/{missing.person_id}/" not in page
    assert client.get(f"/en/declarations/people/{missing.person_id}/").status_code == 404


def test_those_whom_the_law_does_not_open_are_not_named(client: Client) -> None:
    body = factories.body()
    factories.official(of=body)
    closed = factories.person(OTHER)
    factories.obligation(closed, body=body, is_public=False, reason="employee")
    factories.declaration(closed, body=body, is_public=False, declarant_name=OTHER[0])
    assert len(lines(client, body)) == 1
    page = client.get(address(body)).content.decode()
    assert OTHER[2] not in page
    assert closed.pk not in page


def test_the_newest_year_is_shown_unless_another_is_asked_for(client: Client) -> None:
    body = factories.body()
    factories.official(2023, of=body)
    factories.official(2024, of=body, names=OTHER)
    assert [line["name"] for line in lines(client, body)] == [OTHER[2]]
    assert [line["name"] for line in lines(client, body, "?year=2023")] == [factories.NAMES[2]]


def test_a_body_of_which_nobody_declares_openly_has_no_page(client: Client) -> None:
    body = factories.body()
    factories.obligation(factories.person(), body=body, is_public=False)
    assert client.get(address(body)).status_code == 404
    assert client.get("/en/declarations/bodies/00000000ZZZZ/").status_code == 404
    assert client.get("/en/declarations/bodies/%00/").status_code == 404
    assert client.get("/en/declarations/bodies/' OR 1=1/").status_code == 404


@pytest.mark.parametrize("query", ["?year=1999", "?year=abc", "?year=%00"])
def test_a_file_of_a_year_that_is_not_there_is_not_found(client: Client, query: str) -> None:
    body = factories.official().body
    assert body is not None
    assert client.get(f"{address(body)}declarants.csv{query}").status_code == 404
    answer = client.get(f"{address(body)}{query}")
    assert answer.status_code == 200
    assert "is not one of the choices." in answer.content.decode()


def test_the_number_of_questions_to_the_database_does_not_grow(client: Client) -> None:
    body = factories.body()
    factories.official(of=body)
    client.get(address(body))
    with CaptureQueriesContext(connection) as few:
        client.get(address(body))
    for _ in range(10):
        factories.official(of=body)
    with CaptureQueriesContext(connection) as many:
        client.get(address(body))
    assert len(many) == len(few)
