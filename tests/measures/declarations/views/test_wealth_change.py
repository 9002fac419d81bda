"""How wealth changed: the bounds for the person and for analysts, and what the public declarations say for everybody."""

from __future__ import annotations

import csv
from datetime import date
from decimal import Decimal
from io import StringIO

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from adaldyq.kernel.models import Read
from adaldyq.kernel.roles import Role
from adaldyq.measures.declarations.domain.wealth_change import Change, Interval
from adaldyq.measures.declarations.models import Declaration
from adaldyq.measures.declarations.views.wealth_change import unexplained_in_words
from tests import factories
from tests.measures.declarations.views.journey import account_of

pytestmark = pytest.mark.django_db

SALARY = {"kind": "salary", "payer": "Ministry", "country": "KZ", "amount": 6_000_000}


@pytest.fixture
def newest(declarant: object) -> Declaration:
    """Of somebody whose money grew by 12 million on 6 million of pay, and who has a flat without a value from 2023 on."""
    first = factories.declaration(factories.person(), 2022, rows={"cash": [{"amount": 1_000_000}]})
    flat = {"kind": "apartment", "basis": "ownership", "object_number": "20-1"}
    rows: factories.Rows = {"cash": [{"amount": 1_000_000}], "real_estate": [flat], "income": [SALARY]}
    factories.declaration(first.person, 2023, rows=rows)
    rows = {"cash": [{"amount": 13_000_000}], "real_estate": [flat], "income": [SALARY]}
    return factories.declaration(first.person, 2024, rows=rows)


def text_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().replace("\u202f", " ").replace("\u00a0", " ").split())


def rows_of(client: Client, address: str) -> list[dict[str, str]]:
    answer = client.get(address)
    assert answer.status_code == 200
    return list(csv.DictReader(StringIO(answer.getvalue().decode("utf-8-sig"))))


def test_the_person_sees_between_which_bounds_it_is_unexplained(newest: Declaration) -> None:
    browser = Client()
    browser.force_login(account_of(newest.person))
    page = text_of(browser, reverse("declarations-own-change"))
    assert "at least 0 ₸" in page  # a flat that came without a value
    assert "6 000 000 ₸" in page
    assert "2022–2023: the value of property, or the sum of a debt, is not stated." in page
    assert "It cannot be said whether the declarations account for how wealth changed from the end of 2022" in page
    assert "What the declarations do not account for, least and most" in page
    assert "2022–2024, altogether" in page
    first, second, both = rows_of(browser, reverse("declarations-own-change-csv"))
    assert (first["unexplained_low"], first["unexplained_high"]) == ("-6000000.00", "")
    assert (second["unexplained_low"], second["unexplained_high"]) == ("6000000.00", "6000000.00")
    assert (both["since"], both["until"], both["unexplained_low"]) == ("2022", "2024", "0.00")


def test_an_analyst_sees_the_same_and_it_is_noted(newest: Declaration, client: Client) -> None:
    client.force_login(factories.account("analyst", Role.AGENCY_ANALYST))
    open_page = text_of(client, reverse("declarations-person", args=[newest.person_id]))
    address = reverse("declarations-change", args=[newest.person_id])
    assert address in open_page
    assert "6 000 000 ₸" in text_of(client, address)
    assert Read.objects.filter(person_id=newest.person_id).exists()
    assert client.get(reverse("declarations-change", args=[factories.person().pk])).status_code == 404


def test_everybody_sees_the_parts_and_no_conclusion(newest: Declaration, client: Client) -> None:
    page = text_of(client, reverse("declarations-person", args=[newest.person_id]))
    assert "How wealth changed over the years" in page
    assert "12 000 000 ₸" in page
    assert "nexplained" not in page
    lines = rows_of(client, reverse("declarations-person-change-csv", args=[newest.person_id]))
    assert not [name for name in lines[0] if name.startswith("unexplained")]
    assert lines[1]["worth_low"] == lines[1]["worth_high"] == "12000000.00"


def test_of_a_share_that_grew_everybody_sees_what_was_paid(declarant: object, client: Client) -> None:
    flat = {"kind": "apartment", "basis": "ownership", "object_number": "20-1", "share": Decimal(1), "value": 1_000_000}
    first = factories.official(2023, rows={"real_estate": [flat]})
    bought = {"share": Decimal(100), "value": 100_000_000, "price": 99_000_000, "acquired_date": date(2024, 5, 5)}
    facts = {"body": first.body, "post_title": first.post_title, "post_titles": first.post_titles}
    factories.declaration(first.person, 2024, rows={"real_estate": [flat | bought]}, **facts)
    (line,) = rows_of(client, reverse("declarations-person-change-csv", args=[first.person_id]))
    assert line["worth_low"] == line["worth_high"] == "99000000.00"


def test_what_is_not_public_is_in_no_public_sum(newest: Declaration, client: Client) -> None:
    Declaration.objects.filter(pk=newest.pk).update(is_public=False)
    (line,) = rows_of(client, reverse("declarations-person-change-csv", args=[newest.person_id]))
    assert (line["since"], line["until"]) == ("2022", "2023")


def test_with_one_year_there_is_nothing_to_compare(declarant: object) -> None:
    one = factories.declaration(factories.person(), 2024)
    browser = Client()
    browser.force_login(account_of(one.person))
    assert "There is nothing to compare yet" in text_of(browser, reverse("declarations-own-change"))


@pytest.mark.parametrize(
    ("low", "high", "told"),
    [
        (5, 5, "wealth grew by 5 ₸ more than the declarations account for."),
        (5, 8, "wealth grew by at least 5 ₸ more than the declarations account for, and by no more than 8 ₸."),
        (5, None, "wealth grew by at least 5 ₸ more than the declarations account for. How much more cannot be said"),
        (
            -9,
            -4,
            "account for all of how wealth changed from the end of 2022 to the end of 2024. At least 4 ₸ more came in",
        ),
        (None, 0, "The declarations account for all of how wealth changed from the end of 2022 to the end of 2024."),
        (-3, 7, "or leave up to 7 ₸ of it open"),
        (None, None, "It cannot be said whether"),
    ],
)
def test_what_is_unexplained_is_said_in_plain_words(low: int | None, high: int | None, told: str) -> None:
    bounds = Interval(*(None if one is None else Decimal(one) for one in (low, high)))
    total = Change(2022, 2024, worth=bounds, inflow=Interval(), outflow=Interval())
    said = {language: in_language(language, total) for language in ("en", "ru", "kk")}
    assert told in said["en"].replace("\u00a0", " ")
    assert len({words.translate(str.maketrans("", "", "0123456789")) for words in said.values()}) == 3
    assert not [words for words in said.values() if "%" in words or "\u2212" in words or "-" in words]


def in_language(language: str, total: Change) -> str:
    with translation.override(language):
        return unexplained_in_words(total, "KZT")
