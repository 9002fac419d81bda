"""A question about a region names the place and what it is about, and concerns no person."""

from __future__ import annotations

import csv
import html
import io
from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from adaldyq.kernel.models import Account, Read
from adaldyq.verification.models import Finding
from tests import factories
from tests.verification.records import Fact, analyst, made_run

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_dir")]
RULE = "street.bribe-asked-often"


@pytest.fixture
def desk(browser_of: Callable[[Account], Client]) -> Client:
    """The browser of an analyst, after a run that asks about two services in a region."""
    about: Fact = {"subject_id": "KZ-75", "amount": None, "currency": "", "since": date(2025, 1, 1), "evidence": []}
    facts = [{**about, "object_id": f"{service}:2025"} for service in ("health", "tax")]
    made_run(facts, rule=RULE, names={"KZ-75": "Алматы қаласы"})
    return browser_of(analyst())


def text_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return html.unescape(answer.content.decode())


def test_the_queue_and_its_file_name_the_place(desk: Client) -> None:
    text = text_of(desk, "/en/verification/findings/")
    assert "Person, body or place" in text
    assert "clinic and hospital, 2025" in text
    file = desk.get("/en/verification/findings/findings.csv")
    rows = list(csv.DictReader(io.StringIO(file.getvalue().decode("utf-8-sig"))))
    assert {(row["subject_id"], row["subject_label"]) for row in rows} == {("KZ-75", "Алматы қаласы")}


def test_the_page_asks_about_the_place_and_no_read_of_a_person_is_noted(desk: Client) -> None:
    text = text_of(desk, f"/en/verification/findings/{Finding.objects.get(object_id='health:2025').pk}/")
    assert "Almaty, clinic and hospital, 2025: this needs an explanation" in text
    assert "Other questions about the same place" in text
    assert ">Place<" in text.replace("\n", "")
    assert set(Read.objects.filter(kind="finding").values_list("person_id", flat=True)) == {""}


def test_the_catalogue_says_that_it_asks_no_person() -> None:
    text = text_of(Client(), f"/en/verification/rules/{RULE}/")
    assert "Question about a place" in text
    assert "It is no question about a person" in text


def test_a_question_to_a_body_names_the_body_and_concerns_no_person(browser_of: Callable[[Account], Client]) -> None:
    body = factories.body()
    about: Fact = {"subject_id": body.pk, "amount": None, "currency": "", "since": date(2025, 1, 1), "evidence": []}
    numbers = ("L-001-2026-000001", "L-001-2026-000002")
    rule = "permits.licence-to-debtor"
    made_run([{**about, "object_id": one} for one in numbers], rule=rule, names={body.pk: body.name})
    client = browser_of(analyst())
    text = text_of(client, f"/en/verification/findings/{Finding.objects.get(object_id=numbers[0]).pk}/")
    assert f"{body.name}, {numbers[0]}: this needs an explanation" in text
    assert "Other questions to the same body" in text
    assert ">Body<" in text.replace("\n", "")
    assert set(Read.objects.filter(kind="finding").values_list("person_id", flat=True)) == {""}
    assert "Question to a body" in text_of(Client(), f"/en/verification/rules/{rule}/")
