"""Numbers of years whose records are public no more tell of no few, whichever door they are asked for at."""

from __future__ import annotations

import csv
import re
from datetime import UTC, datetime
from io import StringIO

import pytest
from django.test import Client
from django.urls import reverse

from adaldyq.measures.declarations.models import FrozenCount

pytestmark = pytest.mark.django_db

AT, PAST = datetime(2026, 3, 1, 12, tzinfo=UTC), 2015
FEWER = {"form": ({}, "42"), "way": ({"electronic": "33"}, "9")}
"""By what is counted: what is told one by one, and how many are told together."""


def test_no_public_door_tells_few_of_a_closed_year_by_form_or_by_way(client: Client) -> None:
    rows = [("outcome", "", "income", 40), ("outcome", "", "assets", 2)]
    rows += [("way", "electronic", "", 33), ("way", "bulk", "", 7), ("way", "paper", "", 2)]
    FrozenCount.objects.bulk_create(
        FrozenCount(year=PAST, of=of, key=key, form=form, owed=owed, on_time=owed, frozen_at=AT)
        for of, key, form, owed in rows
    )
    asked = {"year": str(PAST)}
    address = "/en/declarations/statistics/"
    pages = {by: client.get(address, {**asked, "by": by}).content.decode() for by in FEWER}
    files = {
        "form": client.get(reverse("declarations-statistics-csv"), {**asked, "by": "form"}).getvalue().decode(),
        "way": client.get(reverse("declarations-ways-csv"), asked).getvalue().decode(),
    }
    answers = {
        "form": client.get(reverse("api-declarations-statistics"), {**asked, "by": "form"}).json()["items"],
        "way": client.get(reverse("api-declarations-ways"), asked).json(),
    }
    for by, (told, few) in FEWER.items():
        lines = csv.DictReader(StringIO(files[by].removeprefix("\ufeff")))
        assert {line["key"]: line["filed"] for line in lines if line["filed"] != "0"} == {**told, "few": few}
        found = {one["key"]: str(one["filed"]) for one in answers[by] if one["filed"]}
        assert found == {**told, "few": few}
        assert "of which too few are counted" in pages[by]
        assert not re.search(r">\s*[27]\s*<", pages[by].partition("<main")[2])
