"""The page of an official shows posts, years, wealth, sections and what differs."""

from __future__ import annotations

import csv
import json
from datetime import UTC, datetime
from io import StringIO

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from pytest_django import DjangoAssertNumQueries

from adaldyq.measures.declarations.models import Declaration
from tests import factories

pytestmark = pytest.mark.django_db

FLAT = {"kind": "apartment", "area": 80, "basis": "ownership", "object_number": "20-1", "value": 30_000_000}
CAR = {"kind": "car", "make": "Toyota Camry", "basis": "ownership", "object_number": "A1", "value": 9_000_000}
SALARY = {"kind": "salary", "payer": "Ministry", "country": "KZ", "amount": 6_000_000}


def page(client: Client, declaration: Declaration, language: str = "en", query: str = "") -> str:
    with override(language):
        address = reverse("declarations-person", args=[declaration.person_id])
    answer = client.get(f"{address}{query}")
    assert answer.status_code == 200
    return " ".join(answer.content.decode().replace("\u202f", " ").replace("\u00a0", " ").split())


def two_years() -> Declaration:
    """An official who sold the flat of last year, keeps the car, whose price fell, and has new cash."""
    first = factories.official(2023, rows={"real_estate": [FLAT], "vehicle": [CAR], "income": [SALARY]})
    factories.obligation(first.person, 2024, body=first.body)
    cheaper = {**CAR, "value": 8_000_000}
    rows: factories.Rows = {"vehicle": [cheaper], "cash": [{"amount": 25_000_000}], "income": [SALARY]}
    return factories.declaration(first.person, 2024, rows=rows, body=first.body)


def test_a_person_is_called_as_in_the_language_of_the_page(client: Client) -> None:
    declaration = factories.official()
    for language, name in zip(("kk", "ru", "en"), factories.NAMES, strict=True):
        assert name in page(client, declaration, language)


def test_posts_are_listed_with_their_body(client: Client) -> None:
    declaration = factories.official()
    text = page(client, declaration)
    assert "Director of a department" in text
    assert "Ministry of Finance" in text
    assert f"/en/declarations/bodies/{declaration.body_id}/" in text


def test_each_year_says_when_it_was_filed_and_whether_in_time(client: Client) -> None:
    declaration = factories.official(2022)
    factories.obligation(declaration.person, 2023)
    factories.obligation(declaration.person, 2024)
    factories.declaration(declaration.person, 2024, filed_at=datetime(2025, 10, 2, 5, tzinfo=UTC))
    text = page(client, declaration)
    for word in ("Filed on time", "Not filed", "Filed late", "2 October 2025"):
        assert word in text, word


def test_a_filing_in_the_first_minutes_after_the_last_day_is_late_in_the_country(client: Client) -> None:
    declaration = factories.official(2024, filed_at=datetime(2025, 9, 15, 19, 10, tzinfo=UTC))
    assert "Filed late" in page(client, declaration)


def test_wealth_is_shown_by_class_and_year(client: Client) -> None:
    text = page(client, two_years())
    for sum_of in ("30 000 000 ₸", "39 000 000 ₸", "33 000 000 ₸", "6 000 000 ₸"):
        assert sum_of in text, sum_of


def test_what_is_only_rented_is_not_wealth(client: Client) -> None:
    rented = {**FLAT, "basis": "lease"}
    declaration = factories.official(2024, rows={"real_estate": [rented], "cash": [{"amount": 1_111_111}]})
    with override("en"):
        answer = client.get(reverse("declarations-person-json", args=[declaration.person_id]))
    assert answer.json()["totals"][0]["net"] == "1111111.00"


def test_other_currencies_are_converted_and_it_is_said(client: Client) -> None:
    declaration = factories.official(2023, rows={"account": [{"amount": 1000, "currency": "USD", "bank": "Bank"}]})
    text = page(client, declaration)
    assert "converted at the rate of the end of their year" in text
    assert "1 000 USD" in text
    assert "Rates used" in text


def test_a_currency_without_a_rate_is_left_out_and_it_is_said(client: Client) -> None:
    declaration = factories.official(2023, rows={"account": [{"amount": 1000, "currency": "XAF", "bank": "Bank"}]})
    assert "1 sum in XAF is left out" in page(client, declaration)


def test_a_row_without_a_sum_is_said(client: Client) -> None:
    without = {name: value for name, value in FLAT.items() if name != "value"}
    declaration = factories.official(2024, rows={"real_estate": [without]})
    assert "1 row states no sum" in page(client, declaration)


def test_differences_from_the_year_before_are_marked(client: Client) -> None:
    text = page(client, two_years())
    assert "Compared with 2023" in text
    assert "no longer there" in text
    assert "changed: Value" in text
    assert "new" in text


def test_an_earlier_declaration_can_be_chosen(client: Client) -> None:
    latest = two_years()
    first = Declaration.objects.get(person=latest.person, year=2023)
    text = page(client, latest, query=f"?declaration={first.pk}")
    assert "What was declared for 2023" in text
    assert "There is no declaration for the year before" in text


def test_a_negative_sum_does_not_break_the_plot(client: Client) -> None:
    declaration = factories.official(2024, rows={"cash": [{"amount": -5}]})
    assert "Wealth over the years" in page(client, declaration)


def test_a_declaration_without_rows_has_a_page(client: Client) -> None:
    assert "The declaration states nothing in any section." in page(client, factories.official(2024))


def test_a_declaration_whose_source_tells_no_days_gets_no_outcome(client: Client) -> None:
    declaration = factories.declaration(factories.person(), 2024, filed_at=None, due_date=None)
    text = page(client, declaration)
    assert "Not due yet" not in text
    assert "Filed on time" not in text
    assert client.get("/en/declarations/").status_code == 200


def test_codes_are_words_in_the_language_of_the_page(client: Client) -> None:
    declaration = factories.official(2024, rows={"real_estate": [FLAT]})
    assert "квартира" in page(client, declaration, "ru")
    assert "пәтер" in page(client, declaration, "kk")


@pytest.mark.parametrize("query", ["?declaration=nonsense", "?declaration=%00", "?declaration=" + "x" * 5000])
def test_a_declaration_that_is_not_theirs_is_no_page(client: Client, query: str) -> None:
    declaration = factories.official()
    with override("en"):
        address = reverse("declarations-person", args=[declaration.person_id])
    assert client.get(f"{address}{query}").status_code == 404


@pytest.mark.parametrize("key", ["000000000000", "abc", "%00", "A" * 300])
def test_somebody_unknown_is_no_page(client: Client, key: str) -> None:
    for ending in ("", "declarations.csv", "declarations.json"):
        assert client.get(f"/en/declarations/people/{key}/{ending}").status_code == 404


def test_the_csv_holds_a_line_for_each_row(client: Client) -> None:
    declaration = two_years()
    answer = client.get(reverse("declarations-person-csv", args=[declaration.person_id]))
    lines = list(csv.DictReader(StringIO(answer.getvalue().decode("utf-8-sig"))))
    assert [(line["year"], line["section"]) for line in lines].count(("2023", "real_estate")) == 1
    assert len(lines) == 6
    car = next(line for line in lines if (line["year"], line["section"]) == ("2024", "vehicle"))
    assert (car["make"], car["value"], car["currency"]) == ("Toyota Camry", "8000000.00", "KZT")


def test_a_text_that_a_spreadsheet_would_run_is_harmless(client: Client) -> None:
    declaration = factories.official(2024, rows={"vehicle": [{**CAR, "make": "=cmd|calc"}]})
    answer = client.get(reverse("declarations-person-csv", args=[declaration.person_id]))
    assert "'=cmd|calc" in answer.getvalue().decode()


def test_the_json_holds_posts_years_and_sections(client: Client) -> None:
    declaration = two_years()
    answer = client.get(reverse("declarations-person-json", args=[declaration.person_id]))
    document = json.loads(answer.content)
    assert document["person_id"] == declaration.person_id
    assert [one["year"] for one in document["declarations"]] == [2024, 2023]
    assert document["declarations"][0]["sections"]["cash"][0]["amount"] == "25000000.00"
    assert [one["net"] for one in document["totals"]] == ["39000000.00", "33000000.00"]


def test_reading_more_years_asks_no_more_questions(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    declaration = two_years()
    for year in range(2015, 2023):
        factories.declaration(declaration.person, year, rows={"vehicle": [CAR, CAR], "cash": [{"amount": 5}]})
    with override("en"):
        address = reverse("declarations-person", args=[declaration.person_id])
    with django_assert_max_num_queries(29):
        client.get(address)


def test_rows_stand_with_the_declarants_first_and_the_largest_before_the_smaller(client: Client) -> None:
    cars = [
        {**CAR, "make": "Of the spouse", "owner": "spouse", "value": 99_000_000, "object_number": "1"},
        {**CAR, "make": "Small", "value": 1_000_000, "object_number": "2"},
        {**CAR, "make": "Large", "value": 5_000_000, "object_number": "3"},
    ]
    text = page(client, factories.official(2024, rows={"vehicle": cars}))
    assert text.index("Large") < text.index("Small") < text.index("Of the spouse")


def test_what_is_the_spouses_and_the_childrens_stands_beside_the_declarants(client: Client) -> None:
    rows: factories.Rows = {
        "cash": [{"amount": 1_000_001}, {"owner": "spouse", "amount": 2_000_002}],
        "income": [{"owner": "spouse", "kind": "salary", "amount": 4_000_004}],
        "claim": [{"owner": "child", "direction": "payable", "amount": 3_000_003}],
        "account": [{"owner": "other", "amount": 5_000_005}],
    }
    text = page(client, factories.official(2024, rows=rows))
    part = text[text.index("Whose it is, by year") : text.index("What counts here")]
    for said in ("1 000 001 ₸", "2 000 002 ₸", "4 000 004 ₸", "−3 000 003 ₸", "Spouse’s income"):
        assert said in part, said
    assert "5 000 005" not in part


def test_where_all_is_the_declarants_nothing_is_parted(client: Client) -> None:
    assert "Whose it is, by year" not in page(client, two_years())


def test_a_declaration_is_compared_with_that_of_any_other_year(client: Client) -> None:
    latest = two_years()
    oldest = factories.declaration(latest.person, 2021, rows={"vehicle": [CAR, {**CAR, "object_number": "A2"}]})
    assert "Compared with 2023" in page(client, latest)
    text = page(client, latest, query=f"?declaration={latest.pk}&compare={oldest.pk}")
    assert "Compared with 2021" in text
    assert f"?declaration={latest.pk}&amp;compare={oldest.pk}#sections" in page(client, latest)


def test_with_what_is_not_theirs_nothing_is_compared(client: Client) -> None:
    latest, other = two_years(), factories.declaration(factories.person(), 2022)
    hidden = factories.declaration(latest.person, 2022, is_public=False)
    for key in (other.pk, hidden.pk, latest.pk, "x"):
        address = f"/en/declarations/people/{latest.person_id}/?declaration={latest.pk}&compare={key}"
        assert client.get(address).status_code == 404, key
