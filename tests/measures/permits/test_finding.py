"""The register of licences is searched by words, narrowed and paged, whichever way the database gathers what matches."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.utils import timezone

from adaldyq.measures.permits.actions.licensing import Order, suspend_licence
from adaldyq.measures.permits.api import licences as api
from adaldyq.measures.permits.models import PermitLicence
from adaldyq.measures.permits.queries import finding
from adaldyq.measures.permits.queries.catalogue import words_of
from adaldyq.measures.permits.views import licences
from tests.measures.permits.applying import AT, applicant, company, granted, officers, opened
from tests.measures.permits.entries import entry

pytestmark = pytest.mark.django_db
Row = dict[str, Any]
HOUR = timedelta(hours=1)
FIRMS = {"«Нан» ЖШС": "190140000017", "«Нанбай» ЖШС": "190140000025", "«Сүт» ЖШС": "190140000033"}


@pytest.fixture(params=[0, 1000], ids=["many match", "few match"])
def register(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Three licences, of which the number is known by the holder; and how many are gathered in any case."""
    monkeypatch.setattr(timezone, "now", lambda: AT)
    monkeypatch.setattr(finding, "FEW", dict.fromkeys(finding.FEW, request.param))
    entry = opened()
    acting = officers(entry.body)
    for place, (name, identifier) in enumerate(FIRMS.items()):
        who = applicant(f"applicant-{place}")
        company(who.person, name, identifier)
        granted(entry, who, AT + place * HOUR)
    suspend_licence(
        licence=PermitLicence.objects.get(holder_name="«Сүт» ЖШС"), order=Order("7", "Dirt"), by=acting[0], at=AT
    )
    return dict(PermitLicence.objects.values_list("holder_name", "number"))


def listed(query: str) -> list[str]:
    """Numbers of the licences on a page of the register, in their order."""
    text = Client().get(f"/en/permits/licences/?{query}").content.decode()
    return re.findall(r"/en/permits/licences/(L-[\d-]+)/", text)


@pytest.mark.parametrize(
    ("query", "holders"),
    [
        ("q=Нан", ["«Нан» ЖШС", "«Нанбай» ЖШС"]),
        ("q=нан+ЖШС", ["«Нан» ЖШС"]),
        ("q=сүт+жшс", ["«Сүт» ЖШС"]),
        ("q=жшс+астана", list(FIRMS)),
        ("q=жшс&sort=-number", list(FIRMS)[::-1]),
        ("q=жшс&sort=-holder_name", list(FIRMS)[::-1]),
        ("q=жшс&state=suspended", ["«Сүт» ЖШС"]),
        ("q=190140000025", ["«Нанбай» ЖШС"]),
        ("q=Ақтөбе", []),
        ('q=ЖШС\' OR "x"*', []),
    ],
)
def test_every_word_is_looked_for_and_the_last_may_be_a_beginning(
    register: dict[str, str], query: str, holders: list[str]
) -> None:
    assert listed(query) == [register[one] for one in holders]


def test_the_pages_go_no_farther_than_they_count(register: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(licences, "MOST_PAGED", 2)
    text = Client().get("/en/permits/licences/?q=жшс").content.decode()
    assert "1–2 of more than 2" in text
    assert "1–3" not in text
    file = Client().get("/en/permits/licences.csv?q=жшс").getvalue().decode()
    assert len(register) == len(file.splitlines()) - 1


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> list[Row]:
    """A register that is large beside what it takes for few."""
    monkeypatch.setattr(finding, "FEW", dict.fromkeys(finding.FEW, 20))
    chance = random.Random(3)  # noqa: S311  # what is in a test is no secret
    holder, entries = company(None), [entry(f"L-00{number}") for number in (1, 2)]
    versions = {one.pk: one.versions.get() for one in entries}
    made = []
    for serial in range(1, 401):
        of, since = chance.choice(entries), date(2020, 1, 1) + timedelta(chance.randrange(90))
        facts: Row = {
            "number": f"{of.number}-{serial:05d}",
            "holder_name": f"{chance.choice(('ТОО', 'АО'))} «{chance.choice(('Нан', 'Нанбай', 'Сүт'))}»",
            "holder_identifier": "",
            "address": chance.choice(("Астана", "Алматы", "Атырау")),
        }
        made.append(
            PermitLicence(
                **facts, words=words_of([{str(place): text for place, text in enumerate(facts.values())}]), serial=serial,
                entry=of, version=versions[of.pk], body=of.body, kind="licence", company=holder, issued_at=AT,
                state="revoked" if serial > 250 or chance.random() < 0.1 else "valid", issued_date=since, valid_from=since,
                valid_until=chance.choice((None, since + timedelta(chance.randrange(300)))),
            )
        )  # fmt: skip
    PermitLicence.objects.bulk_create(made)
    return [{**row} for row in PermitLicence.objects.values()]


ASKED: list[tuple[Row, Callable[[Row], bool]]] = [
    ({}, lambda _row: True),
    ({"q": "ТОО"}, lambda row: "ТОО" in row["holder_name"]),
    ({"q": "астана"}, lambda row: row["address"] == "Астана"),
    ({"q": "ТОО Нан"}, lambda row: "ТОО «Нан" in row["holder_name"]),
    ({"q": "нан АО"}, lambda row: "АО «Нан»" in row["holder_name"]),
    ({"q": "ТОО АО"}, lambda _row: False),
    ({"q": "алматы", "state": "revoked"}, lambda row: row["address"] == "Алматы" and row["state"] == "revoked"),
    ({"state": "revoked"}, lambda row: row["state"] == "revoked"),
    ({"entry": "L-002"}, lambda row: row["number"].startswith("L-002")),
    ({"entry": "L-002", "q": "атырау"}, lambda row: row["number"] > "L-002" and row["address"] == "Атырау"),
    ({"entry": "L-009"}, lambda _row: False),
    ({"state": 'revoked" OR "x'}, lambda _row: True),
]


@pytest.mark.parametrize("sort", ["number", "holder_name", "issued_date", "valid_until"])
@pytest.mark.parametrize("page", [1, 3])
def test_every_page_shows_what_the_whole_register_put_in_order_has_there(
    large: list[Row], sort: str, page: int
) -> None:
    for asked, has in ASKED:
        for sign in ("", "-"):
            known = [row for row in large if row[sort] is not None]
            in_order = sorted(known, key=lambda row: row["id"])
            in_order.sort(key=lambda row: row[sort], reverse=bool(sign))
            in_order += sorted((row for row in large if row[sort] is None), key=lambda row: row["id"])
            numbers = [row["number"] for row in in_order if has(row)]
            last = min(page, max(1, -(-len(numbers) // 25)))
            query = urlencode({**asked, "sort": sign + sort, "page": page})
            assert listed(query) == numbers[(last - 1) * 25 : last * 25], query


def test_a_program_goes_on_where_counting_has_ended(large: list[Row], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(api, "MOST_COUNTED", 50)
    for asked, has in ASKED[:-1]:
        found, address = [], f"/api/v1/permits/licences?{urlencode({**asked, 'limit': 60})}"
        while address:
            answer = Client().get(address)
            told = answer.json()
            found += [one["number"] for one in told["items"]]
            address = "".join(re.findall(r'<([^>]+)>; rel="next"', answer["Link"]))
        numbers = sorted(row["number"] for row in large if has(row))
        assert found == numbers
        assert (told["total"], told["more"]) == (min(len(numbers), 50), len(numbers) > 50)
        assert ('rel="last"' in answer["Link"]) != told["more"]
