"""Anybody finds what is public by one box, in their language and in any letters; and nothing else."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from adaldyq.kernel.actions.facts import change_facts
from adaldyq.kernel.actions.periods import Provenance
from adaldyq.kernel.models import Company, SearchEntry
from tests import factories

pytestmark = pytest.mark.django_db

OTHER = ("Әлиева Гүлнар Қайратқызы", "Алиева Гульнар Кайратовна", "Aliyeva Gulnar Kairatovna")
TITLE = re.compile(r'app-hits__title">(?:<a class="govuk-link" href="([^"]*)">)?([^<]*)<')


def shown(client: Client, query: str, language: str = "en") -> str:
    answer = client.get(f"/{language}/search/", query_params={"q": query} if "=" not in query else None)
    assert answer.status_code == 200
    return answer.content.decode()


def hits(client: Client, query: str, language: str = "en", **more: str) -> list[tuple[str, str]]:
    answer = client.get(f"/{language}/search/", query_params={"q": query, **more})
    assert answer.status_code == 200
    return TITLE.findall(answer.content.decode())


@pytest.mark.parametrize("typed", ["Таңатаров", "танатарова", "Serik Tanatarov", "серік таң", "TANATAROV", "Танатароф"])
def test_an_official_is_found_in_three_scripts_by_a_beginning_and_mistyped(client: Client, typed: str) -> None:
    filed = factories.official()
    factories.official(names=OTHER)
    assert hits(client, typed) == [(f"/en/declarations/people/{filed.person_id}/", factories.NAMES[2])]
    assert hits(client, typed, "kk")[0][1] == factories.NAMES[0]


def test_a_body_is_found_by_a_suffixed_form_and_its_page_opens(client: Client) -> None:
    made = factories.body()
    for typed, language, name in (
        ("министрлікке", "kk", "Қаржы министрлігі"),
        ("министерству финансов", "ru", "Министерство финансов"),
        ("ministries finance", "en", "Ministry of Finance"),
    ):
        assert (f"/{language}/registers/bodies/{made.pk}/", name) in hits(client, typed, language, kind="body")
    assert client.get(hits(client, "qarzhy", kind="body")[0][0]).status_code == 200


def test_a_company_is_found_by_name_and_number(client: Client) -> None:
    company = Company(
        name="Алатау құрылыс ЖШС", identifier="050140003214", legal_form="llp", source="a test", as_of=date(2025, 1, 1)
    )
    factories.loaded("company", company)
    for typed in ("алатау", "Alatau qurylys", "050140003214"):
        assert hits(client, typed) == [(f"/en/registers/companies/{company.pk}/", "Алатау құрылыс ЖШС")]


def test_rules_and_pages_are_found_in_the_reader_s_language(client: Client) -> None:
    assert ("/ru/accessibility/", "Доступность") in hits(client, "доступности", "ru")
    found = hits(client, "незадекларированный транспорт", "ru") + hits(client, "vehicle", "en")
    assert any("/verification/rules/" in href for href, _ in found)
    assert all(href for href, _ in found)
    assert client.get(found[0][0]).status_code == 200


@pytest.mark.parametrize(("words", "language"), [("взятки", "ru"), ("пара", "kk"), ("bribe", "en"), ("report", "en")])
def test_where_to_report_is_found(client: Client, words: str, language: str) -> None:
    assert f"/{language}/reports/" in [href for href, _ in hits(client, words, language)]


def test_whoever_s_declaration_is_not_open_is_not_found(client: Client) -> None:
    factories.declaration(factories.person(OTHER), is_public=False, declarant_name=OTHER[0])
    factories.person(("Жасырын Адам", "Жасырын Адам", "Zhasyryn Adam"))
    assert hits(client, "Алиева") == []
    assert hits(client, "Жасырын") == []
    assert not SearchEntry.objects.filter(kind="official").exists()


def test_a_changed_name_is_found_and_the_former_one_is_not(client: Client) -> None:
    company = Company(name="Бұрынғы атау", legal_form="llp", source="a test", as_of=date(2025, 1, 1))
    factories.loaded("company", company)
    change_facts(
        register="company",
        record_id=company.pk,
        facts={"name": "Мүлде басқаша"},
        since=date(2025, 6, 1),
        origin=Provenance("a test", date(2025, 6, 1)),
        by=factories.BY,
        at=datetime(2025, 6, 1, tzinfo=UTC),
    )
    assert hits(client, "басқаша", kind="company") == [(f"/en/registers/companies/{company.pk}/", "Мүлде басқаша")]
    assert hits(client, "бұрынғы", kind="company") == []


def test_kinds_are_counted_and_chosen_and_pages_follow(client: Client) -> None:
    for number in range(23):
        factories.body(f"Тексеру комиссиясы {number}", names={"kk": f"Тексеру комиссиясы {number}"})
    text = shown(client, "комиссия")
    assert len(hits(client, "комиссия")) == 20
    assert len(hits(client, "комиссия", page="2")) == 3
    assert len(hits(client, "комиссия", page="99")) == 3
    assert re.search(r'kind=body"[^>]*>State bodies<span class="app-sections__count">23<', text)
    assert "1–20 of 23" in text


def test_nothing_found_says_what_to_do_and_nothing_asked_shows_no_list(client: Client) -> None:
    assert "Nothing was found" in shown(client, "фщшыв")
    assert "app-hits" not in shown(client, "")
    assert "Nothing was found" not in shown(client, "")


@pytest.mark.parametrize("typed", ["<script>", '"', "%00", "' OR 1", "а" * 3000, "* & |"])
def test_whatever_is_typed_is_shown_back_as_text(client: Client, typed: str) -> None:
    assert "<script>" not in shown(client, typed)


def test_every_page_carries_the_box(client: Client) -> None:
    for path in ("/kk/", "/kk/about/", "/kk/declarations/", "/kk/sign-in/"):
        assert 'action="/kk/search/" role="search" aria-label="' in client.get(path).content.decode()


def test_a_search_asks_the_database_few_questions(client: Client) -> None:
    for names in (factories.NAMES, OTHER):
        factories.official(names=names)
    hits(client, "министрлік")  # what is read once a process
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert hits(client, "министрлік")
    assert len(asked) <= 6
