"""Programs read numbers of reviews freely, and the reviews themselves by a token that says so, never of their own body."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from adaldyq.kernel.actor import actor_of
from adaldyq.kernel.models import Account, Read
from adaldyq.kernel.scopes import Scope
from adaldyq.measures.declarations.actions.reviewing import ask
from adaldyq.measures.declarations.models import Review
from tests import factories
from tests.measures.declarations.views.reviewing import analyst, found, many_filed, select

pytestmark = pytest.mark.django_db
REVIEWS = "/api/v1/reviews"


@pytest.fixture(autouse=True)
def own_counts(settings: Settings, tmp_path: Path) -> None:
    """Requests of other tests do not count."""
    settings.DATA_DIR = tmp_path


def test_a_token_reads_reviews_but_of_its_own_body_and_everybody_the_numbers() -> None:
    agency = factories.body("Агенттік")
    declared = many_filed(120)
    found(declared[0])
    found(declared[1])
    found(declared[2])
    factories.appointment(declared[1].person, factories.post(agency))
    analyst()
    select()
    one = Review.objects.get(declaration=declared[0])
    account = Account.objects.get(username="analyst")
    ask(review=one, questions=["Who paid?"], by=actor_of(account), at=timezone.now())
    bearer = {"Authorization": f"Bearer {factories.token(Scope.REVIEWS_READ, of=agency)[1]}"}
    page = Client().get(f"{REVIEWS}?part=risk", headers=bearer).json()
    assert {line["declaration_id"] for line in page["items"]} == {declared[0].pk, declared[2].pk}
    assert page["total"] == 2
    assert Client().get(f"{REVIEWS}?state=asked&year=2024", headers=bearer).json()["total"] == 1
    whole = Client().get(f"{REVIEWS}/{one.pk}", headers=bearer).json()
    assert (whole["questions"][0]["text"], whole["reasons"][0]["severity"]) == ("Who paid?", "high")
    own = Review.objects.get(declaration=declared[1])
    assert Client().get(f"{REVIEWS}/{own.pk}", headers=bearer).status_code == 404
    assert Read.objects.filter(kind="review", person_id=one.person_id).exists()
    assert Client().get(REVIEWS).status_code == 401
    other = {"Authorization": f"Bearer {factories.token(Scope.PEOPLE_READ)[1]}"}
    assert Client().get(REVIEWS, headers=other).status_code == 403
    numbers = Client().get(f"{REVIEWS}/statistics").json()
    assert [(line["part"], line["selected"], line["frame"]) for line in numbers] == [
        ("risk", 3, 120),
        ("random", 2, 120),
    ]
