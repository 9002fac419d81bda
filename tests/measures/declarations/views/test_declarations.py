"""The page of one declaration."""

from __future__ import annotations

import json

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from adaldyq.ledger.models import Leaf
from adaldyq.measures.declarations.models import Declaration
from tests import factories

pytestmark = pytest.mark.django_db


def page(client: Client, declaration: Declaration) -> str:
    with override("en"):
        answer = client.get(reverse("declarations-declaration", args=[declaration.pk]))
    assert answer.status_code == 200
    return " ".join(answer.content.decode().replace("\u202f", " ").replace("\u00a0", " ").split())


def test_it_tells_whose_it_is_and_what_it_states(client: Client) -> None:
    declaration = factories.official(2024, rows={"gift": [{"giver": "A friend", "kind": "thing", "value": 90_000}]})
    text = page(client, declaration)
    for word in (
        "Tanatarov Serik Abdievich",
        "Ministry of Finance",
        "not named in public",
        "90 000 ₸",
        "Filed on time",
    ):
        assert word in text, word
    assert f"/en/declarations/people/{declaration.person_id}/" in text


def test_what_is_said_of_the_ledger_is_true(client: Client) -> None:
    declaration = factories.official(2024)
    assert "Recorded in the ledger" in page(client, declaration)
    payloads = Leaf.objects.filter(act="declarations.declaration.file").values_list("payload", flat=True)
    assert declaration.pk in {json.loads(payload or "{}")["declaration"] for payload in payloads}


def test_a_replaced_version_stays_and_leads_to_the_one_in_force(client: Client) -> None:
    first = factories.official(2024)
    thing = {"kind": "thing", "value": 9, "giver": "Somebody"}
    second = factories.declaration(first.person, 2024, version=2, rows={"gift": [thing]})
    text = page(client, first)
    assert "A later version replaces this one" in text
    assert f"/en/declarations/{second.pk}/" in text
    later = page(client, second)
    assert "in force" in later
    assert "Compared with version 1" in later, "gifts of one year are compared, those of two are not"


def test_one_version_needs_no_list_of_versions(client: Client) -> None:
    assert "Versions" not in page(client, factories.official(2024))


def test_the_day_of_a_source_that_tells_none_is_not_invented(client: Client) -> None:
    declaration = factories.official(2024, filed_at=None, due_date=None)
    text = page(client, declaration)
    assert "not stated" in text
    assert "Filed on time" not in text
    assert "Not due yet" not in text


@pytest.mark.parametrize("key", ["000000000000", "nothing", "%00", "<script>", "A" * 400])
def test_something_unknown_is_no_page(client: Client, key: str) -> None:
    assert client.get(f"/en/declarations/{key}/").status_code == 404
