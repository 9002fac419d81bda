"""The page of a finding: the question, the sums that were compared, the rows that fired and those beside them."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.utils.translation import override

from adaldyq.base.tables import Column, ColumnType, Table
from adaldyq.kernel.models import Account
from adaldyq.verification.catalogue import rules
from adaldyq.verification.evidence import EvidenceTable
from adaldyq.verification.models import COUNTRY, Finding, Run
from adaldyq.verification.views.register_values import names_in, written
from tests import factories
from tests.verification.records import ESTATE, INCOME, NAME, PAY, PERSON, analyst, made_run, the_finding

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_dir")]


@pytest.fixture
def desk(browser_of: Callable[[Account], Client]) -> Client:
    """The browser of an analyst."""
    return browser_of(analyst())


def page_of(finding: Finding) -> str:
    return f"/en/verification/findings/{finding.pk}/"


def text_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return html.unescape(answer.content.decode())


def test_a_finding_shows_question_rows_and_explanations(desk: Client) -> None:
    made_run()
    text = text_of(desk, page_of(the_finding()))
    assert f"{NAME}, 20-100: 30\u202f000\u202f000\u00a0₸ needs an explanation" in text
    assert "Market value" in text
    assert "apartment" in text
    for one in rules()[ESTATE].head.innocent:
        assert one.en in text
    assert Run.objects.get().snapshot[:16] in text


def test_a_finding_shows_the_sums_that_were_compared_and_the_rows_they_are_of(desk: Client) -> None:
    made_run([PAY], rule=INCOME)
    text = text_of(desk, page_of(the_finding()))
    sums = text[text.index("What was compared") : text.index("The rows that made the rule fire")]
    assert "Income that payers reported" in sums
    assert "9\u202f500\u202f000\u00a0₸" in sums
    assert "Declared income of the declarant" in sums
    assert "6\u202f000\u202f000\u00a0₸" in sums
    assert "777" not in re.sub("[0-9A-Za-z]{12,}", "", text)  # an id may hold it by chance
    rows = text[text.index("The rows that made the rule fire") :]
    assert rows.index("Өскемен қалалық әкімдігі") < rows.index("Income, from the tax service")
    assert "Declared total" not in rows


@pytest.mark.parametrize(
    ("language", "title"), [("kk", "Төлеушілер хабарлаған кіріс"), ("ru", "Доход по данным плательщиков")]
)
def test_the_sums_that_were_compared_are_named_in_every_language(language: str, title: str, desk: Client) -> None:
    made_run([PAY], rule=INCOME)
    address = page_of(the_finding()).replace("/en/", f"/{language}/")
    assert title in text_of(desk, address)


def test_a_finding_of_a_rule_that_compares_no_sums_says_nothing_of_sums(desk: Client) -> None:
    made_run()
    assert "What was compared" not in text_of(desk, page_of(the_finding()))


def test_a_finding_shows_the_other_years_beside_sums_of_steps(desk: Client) -> None:
    made_run([PAY], rule=INCOME)
    text = text_of(desk, f"{page_of(the_finding())}?years=all")
    assert "2023 (in question)" in text
    assert "Өскемен қалалық әкімдігі" in text


def test_a_finding_shows_the_other_years_beside_when_asked(desk: Client) -> None:
    made_run()
    address = page_of(the_finding())
    assert "2022" not in re.sub(r"1 March 2022|1\u00a0March 2022", "", text_of(desk, address))
    text = text_of(desk, f"{address}?years=all")
    assert "2021" in text
    assert "2023 (in question)" in text


def test_other_years_are_told_to_be_gone_with_the_snapshot(desk: Client) -> None:
    made_run()
    (Path(settings.DATA_DIR) / "snapshots" / "first" / "manifest.json").unlink()
    text = text_of(desk, f"{page_of(the_finding())}?years=all")
    assert "no longer kept" in text
    assert "Market value" in text


def test_a_person_of_an_imported_collection_gets_no_link_to_a_public_page(desk: Client) -> None:
    made_run(dataset="nacp")
    assert f"/declarations/people/{PERSON}" not in text_of(desk, page_of(the_finding()))


def test_the_rule_is_named_by_its_title_and_the_dataset_in_words(desk: Client) -> None:
    made_run()
    text = text_of(desk, page_of(the_finding()))
    assert re.search(rf'href="/en/verification/rules/{re.escape(ESTATE)}/">\s*{rules()[ESTATE].head.title.en}', text)
    assert "Registers of the country" in text


@pytest.mark.parametrize(
    ("language", "country", "body"),
    [("kk", "Қазақстан", "Өскемен қалалық әкімдігі"), ("ru", "Казахстан", "Акимат Усть-Каменогорска")],
)
def test_rows_name_countries_bodies_and_people_in_the_language_of_the_reader(
    language: str, country: str, body: str
) -> None:
    akimat = factories.body("Өскемен қалалық әкімдігі", names={"ru": "Акимат Усть-Каменогорска"})
    columns = (
        Column("country", ColumnType.TEXT, "Country."),
        Column("payer_body_id", ColumnType.TEXT, "Body that paid."),
        Column("share", ColumnType.NUMBER, "Share.", unit="percent"),
    )
    row = {"country": "KZ", "payer_body_id": akimat.pk, "share": Decimal(50), "in_question": True}
    evidence = EvidenceTable(Table("pay", "Payments.", columns, key="country"), columns, [row])
    with override(language):
        names = names_in(evidence, COUNTRY)
        assert [written(one, row, names) for one in columns][:2] == [country, body]
        assert "50" in written(columns[2], row, names)
        assert "%" in written(columns[2], row, names)
        assert names_in(evidence, "sejm") == {}


def test_a_currency_that_every_sum_says_has_no_line_of_its_own(desk: Client) -> None:
    made_run([PAY], rule=INCOME)
    text = text_of(desk, page_of(the_finding()))
    rows = text[text.index("Income, from the tax service") :]
    table = rows[: rows.index("</table>")]
    assert "₸" in table
    assert ">Currency<" not in table
