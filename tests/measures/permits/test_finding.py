"""The register of licences is searched by words, narrowed and paged, whichever way the database gathers what matches."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from adaldyq.measures.permits.actions.licensing import Order, suspend_licence
from adaldyq.measures.permits.models import PermitLicence
from adaldyq.measures.permits.queries import finding
from adaldyq.measures.permits.views import licences
from tests.measures.permits.applying import AT, applicant, company, granted, officers, opened

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
FIRMS = {"«Нан» ЖШС": "190140000017", "«Нанбай» ЖШС": "190140000025", "«Сүт» ЖШС": "190140000033"}


@pytest.fixture(params=[1, 1000], ids=["many match", "few match"])
def register(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Three licences, of which the number is known by the holder; and from how many on they are gone through in order."""
    monkeypatch.setattr(timezone, "now", lambda: AT)
    monkeypatch.setattr(finding, "MANY", {"postgresql": request.param, "sqlite": request.param})
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
