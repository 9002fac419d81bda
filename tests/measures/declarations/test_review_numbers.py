"""Numbers of reviews tell how often something was wrong, and of too few nothing."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import Any

import pytest
from django.test import Client

from adaldyq.measures.declarations.models import Review, ReviewSelection
from tests import factories
from tests.measures.declarations.views.reviewing import analyst, found, many_filed, select

pytestmark = pytest.mark.django_db


def client_numbers() -> list[dict[str, Any]]:
    """What programs are told."""
    rows: list[dict[str, Any]] = Client().get("/api/v1/reviews/statistics").json()
    return rows


@pytest.mark.parametrize(
    ("states", "told"),
    [
        (["confirmed"] * 6 + ["corrected"] * 6, {"confirmed": "6", "corrected": "6", "found": "6", "share": "50.0"}),
        (["confirmed"] * 9 + ["corrected"] * 3, {"confirmed": "", "corrected": "", "found": "", "share": ""}),
        (["explained"] * 7, {"explained": "7", "corrected": "0", "found": "0", "high": "35.4"}),
        (["corrected", "explained", "referred"] * 2, {"decided": "", "confirmed": "", "corrected": "", "overdue": ""}),
        (["overturned"] * 5 + ["upheld"] * 5, {"taken_back": "5", "referred": "5", "found": "5", "low": "23.7"}),
    ],
)
def test_numbers_tell_how_often_something_was_wrong_and_of_too_few_nothing(
    states: list[str], told: dict[str, str]
) -> None:
    found(factories.declaration(factories.person(), 2023))
    declared = many_filed(len(states))
    analyst()
    select()
    ReviewSelection.objects.update(random_count=len(states))
    made = ReviewSelection.objects.get()
    Review.objects.all().delete()
    Review.objects.bulk_create(
        Review(
            selection=made,
            declaration=declaration,
            person_id=declaration.person_id,
            part="random",
            weight=0,
            state=state,
            decision_due_date=date(2099, 1, 1),
        )
        for declaration, state in zip(declared, states, strict=True)
    )
    page = Client().get("/en/declarations/statistics/reviews/").content.decode()
    file = Client().get("/en/declarations/statistics/reviews/reviews.csv").getvalue().decode("utf-8-sig")
    (line,) = [row for row in csv.DictReader(io.StringIO(file)) if row["part"] == "random"]
    assert {name: line[name] for name in told} == told
    assert (page.count("not told") > 1) == ("" in told.values())
    by_program = next(row for row in client_numbers() if row["part"] == "random")
    assert {name: "" if by_program[name] is None else str(by_program[name]) for name in told} == told
    assert not any(declaration.person_id in page + file for declaration in declared)
