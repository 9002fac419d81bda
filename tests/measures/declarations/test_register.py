"""Anybody finds an official's declaration in the register, whatever they type."""

from __future__ import annotations

import csv
import io

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from adaldyq.measures.declarations.models import Declaration
from tests import factories

pytestmark = pytest.mark.django_db

REGISTER = "/en/declarations/"
OTHER = ("Әлиева Гүлнар Қайратқызы", "Алиева Гульнар Кайратовна", "Aliyeva Gulnar Kairatovna")


def shown(client: Client, query: str = "") -> str:
    answer = client.get(f"{REGISTER}{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def lines(client: Client, query: str = "") -> list[dict[str, str]]:
    answer = client.get(f"{REGISTER}declarations.csv{query}")
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/csv")
    text = b"".join(answer).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


@pytest.mark.parametrize(
    "words",
    [
        "Таңатаров",
        "танатаров серик",
        "SERIK TANATAROV",
        "серік таң",
        "Танатаров Серик Абдиевич",
        "директор танатаров",
        "ministry serik",
        "Қаржы",
        "ТАҢАТАРОВ",
    ],
)
def test_a_declaration_is_found_by_names_in_three_scripts_post_and_body(client: Client, words: str) -> None:
    factories.official()
    factories.official(names=OTHER, of=factories.body("Сот", names={"kk": "Сот"}), post_titles={}, post_title="Судья")
    found = lines(client, f"?q={words}")
    assert [line["name"] for line in found] == [factories.NAMES[2]]


def test_words_that_nobody_has_find_nothing_and_say_what_to_do(client: Client) -> None:
    factories.official()
    assert "No declaration fits" in shown(client, "?q=Ярослав")
    assert "No declaration fits" in shown(client, "?q=—")


def test_a_name_is_shown_in_the_language_of_the_page(client: Client) -> None:
    factories.official()
    for language, name in zip(("kk", "ru", "en"), factories.NAMES, strict=True):
        assert name in client.get(f"/{language}/declarations/").content.decode()


def test_what_is_not_public_or_replaced_is_not_in_the_register(client: Client) -> None:
    closed = factories.declaration(factories.person(OTHER), is_public=False, declarant_name=OTHER[0])
    first = factories.official()
    second = factories.declaration(first.person, version=2)
    assert [line["id"] for line in lines(client)] == [second.pk]
    assert closed.person_id not in shown(client)


def test_the_register_is_narrowed_by_year_form_body_and_region(client: Client) -> None:
    astana = factories.official(2023)
    region = factories.official(2024, names=OTHER, of=factories.body("Әкімдік", place="KZ-10"), form="assets")
    expected = {
        "?year=2023": [astana],
        "?form=assets": [region],
        f"?body={astana.body_id}": [astana],
        "?region=KZ-10": [region],
        "?region=KZ-75&year=2024": [],
        "": [region, astana],
    }
    for query, declarations in expected.items():
        assert [line["id"] for line in lines(client, query)] == [one.pk for one in declarations], query


def test_a_district_counts_to_its_region(client: Client) -> None:
    factories.official(of=factories.body(place="KZ-75-1"))
    assert len(lines(client, "?region=KZ-75")) == 1


def test_names_are_sorted_by_the_kazakh_alphabet(client: Client) -> None:
    for name in ("Яхин А", "Қадыров А", "Әлиев А", "Кадыров А", "Алиев А"):
        factories.declaration(factories.person([name]), declarant_name=name)
    page = shown(client, "?sort=name_order")
    places = [page.index(name) for name in ("Алиев А", "Әлиев А", "Кадыров А", "Қадыров А", "Яхин А")]
    assert places == sorted(places)


def test_a_declaration_is_found_by_its_number(client: Client) -> None:
    first, other = factories.official(2024), factories.official(2023, names=("Басқа Кісі", "Другой Некто", "Other One"))
    assert [line["id"] for line in lines(client, f"?q={first.pk.lower()}")] == [first.pk]
    hidden = factories.declaration(other.person, 2022, is_public=False)
    assert lines(client, f"?q={hidden.pk}") == []


def test_an_amended_declaration_is_not_called_late(client: Client) -> None:
    first = factories.official()
    factories.declaration(first.person, version=2, filed_at=factories.AT.replace(month=11))
    assert [line["outcome"] for line in lines(client)] == ["amended"]


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("?year=abc", "“abc” is not one of the choices."),
        ("?region=%00", "is not one of the choices."),
        ("?body=1' OR 1=1", "Check the spelling, or type a part of the name."),
        ("?form=<script>", "is not one of the choices."),
        ("?q=" + "a" * 5000, "Search for at most 200 characters."),
        ("?q=%00", "Null characters are not allowed."),
        ("?page=99999", "There is no page “99999”"),
        ("?page=-3", "There is no page “-3”"),
        ("?page=abc", "There is no page “abc”"),
        ("?sort=evil", "There is no such order"),
        ("?sort=person__identifiers__value", "There is no such order"),
    ],
)
def test_what_cannot_be_followed_is_told_and_the_rest_is_shown(client: Client, query: str, said: str) -> None:
    factories.official()
    page = shown(client, query)
    assert said in page
    assert "<script>" not in page.replace("<script src=", "")
    assert factories.NAMES[2] in page
    of_order_or_page = said.startswith("There is no")
    assert client.get(f"{REGISTER}declarations.csv{query}").status_code == (200 if of_order_or_page else 400)


@pytest.mark.parametrize("words", ["%", "_", "%25_", "' OR 1=1 --", "\\", "𝕊erik", "a" * 200, "ابجد", "🙂"])
def test_odd_words_are_words(client: Client, words: str) -> None:
    factories.official()
    shown(client, f"?q={words}")


def test_the_number_of_questions_to_the_database_does_not_grow(client: Client) -> None:
    factories.official()
    shown(client)
    with CaptureQueriesContext(connection) as few:
        shown(client)
    for _ in range(12):
        factories.official(2023)
    with CaptureQueriesContext(connection) as many:
        shown(client)
    assert Declaration.objects.count() == 13
    assert len(many) == len(few)


def test_a_search_is_answered_from_an_index(client: Client) -> None:
    factories.official()
    with CaptureQueriesContext(connection) as asked:
        shown(client, "?q=serik")
    count = next(one["sql"] for one in asked.captured_queries if "COUNT(*)" in one["sql"])
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN QUERY PLAN {count}")
            plan = " ".join(str(row[-1]) for row in cursor.fetchall())
        assert "USING COVERING INDEX declaration_" in plan


def test_an_empty_register_says_so(client: Client) -> None:
    assert "No declaration fits" in shown(client)
    assert lines(client) == []
