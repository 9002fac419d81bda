"""The page on which declaring starts."""

from __future__ import annotations

import html
from datetime import UTC, date, datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from adaldyq.kernel.naming import pack
from adaldyq.measures.declarations.queries import words
from adaldyq.ui.formats.values import money

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_it_says_to_everybody_who_until_when_and_by_which_law(client: Client, language: str) -> None:
    with translation.override(language):
        address = reverse("declarations-start")
    page = client.get(address).content.decode()
    year = timezone.localdate().year - 1
    assert str(year) in page
    assert str(pack().filing_deadlines[year].day) in page
    for phase in pack().phases:
        assert phase.names[language][1:] in page
        with translation.override(language):
            assert words.law(phase.source) in html.unescape(page)
        assert (phase.source in page) == (language == "en"), "the law is named in the language of the page"
    with translation.override(language):
        for name in (
            *("cash_most", "valuable_declared", "debt_declared", "large_acquisition"),
            "foreign_account_declared",
        ):
            assert money(pack().threshold_amount(name, date(year, 12, 31))) in page, name
    assert f"/{language}/declarations/mine/" in page
    assert f"/{language}/declarations/paper/" in page


def test_a_group_that_the_law_let_go_has_its_exceptions(client: Client) -> None:
    page = client.get("/en/declarations/start/").content.decode()
    assert "only whoever" in page
    assert "owns digital assets" in page


@pytest.mark.parametrize(
    ("month", "told", "of_paper"),
    [
        (6, "On paper it must come by", "the last day on paper is"),
        (8, "has passed", "has passed; online it is"),
        (10, "counts as late", "both last days have passed"),
    ],
)
def test_each_last_day_is_told_as_it_stands(
    client: Client, monkeypatch: pytest.MonkeyPatch, month: int, told: str, of_paper: str
) -> None:
    day = datetime(timezone.localdate().year, month, 20, 6, tzinfo=UTC)
    monkeypatch.setattr(timezone, "now", lambda: day)
    assert told in client.get("/en/declarations/start/").content.decode()
    assert of_paper in client.get("/en/declarations/paper/").content.decode()
