"""Tables sort, page, and keep what else was asked."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.template import engines
from django.test import RequestFactory

from adaldyq.kernel.models import Account
from adaldyq.ui.downloads import csv_response
from adaldyq.ui.tables import Cell, Column, Link, State, Table, sorted_page

COLUMNS = (
    Column("name", "Name", sort="name", link=lambda row: f"/{row['name']}/"),
    Column("sum", "Sum", kind="money", currency="currency", sort="sum"),
    Column("state", "State"),
)
ROWS = [
    {"name": "b", "sum": Decimal(5), "currency": "KZT", "state": State("open", "open")},
    {"name": "a", "sum": None, "currency": "KZT", "state": Link("more", "/more/")},
    {"name": "c", "sum": Decimal(7), "currency": "EUR", "state": "closed"},
]


def page_of(query: str, rows: Any = ROWS, **options: Any) -> Any:
    return sorted_page(RequestFactory().get(f"/{query}"), rows, COLUMNS, **options)


def names(query: str, **options: Any) -> str:
    return "".join(row["name"] for row in page_of(query, **options).rows)


def test_rows_are_sorted_as_the_address_asks_with_the_unknown_last() -> None:
    assert names("?sort=name") == "abc"
    assert names("?sort=sum") == "bca"
    assert names("?sort=-sum") == "cba"


def test_a_sort_that_no_column_offers_is_ignored() -> None:
    assert names("?sort=password", default="-name") == names("", default="-name") == "cba"


@pytest.mark.parametrize("asked", ["99", "-1", "x", "", "1e9", "२"])
def test_a_page_that_is_not_there_does_no_harm(asked: str) -> None:
    assert 1 <= page_of(f"?page={asked}", per_page=2).number <= 2


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["rows", "query"])
def test_a_very_long_list_is_paged_as_far_as_it_is_counted(kind: str) -> None:
    for number in range(5):
        Account.objects.create(username=f"u{number}", name=f"n{number}")
    rows = Account.objects.order_by("name") if kind == "query" else list(Account.objects.values("name"))
    found = [page_of("?page=9", rows, per_page=2, most=most) for most in (4, 5, 6)]
    assert [(one.total, one.pages, one.last, one.more) for one in found] == [
        (4, 2, 4, True),
        (5, 3, 5, False),
        (5, 3, 5, False),
    ]


def test_links_keep_what_else_was_asked() -> None:
    page = page_of("?q=%D3%98&sort=name", per_page=2)
    assert page.next_address == "?q=%D3%98&sort=name&page=2"
    assert page.previous_address == ""
    heading = Table("t", COLUMNS, page.rows, page=page).headings[0]
    assert (heading.direction, heading.href) == ("ascending", "?q=%D3%98&sort=-name&page=1")


def test_links_to_pages_leave_out_the_middle() -> None:
    rows = [{"name": str(number)} for number in range(100)]
    links = page_of("?page=10", rows=rows, per_page=5).links
    assert [link and link.text for link in links] == [1, None, 9, 10, 11, None, 20]


@pytest.mark.django_db
def test_a_database_sorts_with_the_unknown_last() -> None:
    Account.objects.create(username="b", name="b", last_login=None)
    Account.objects.create(username="a", name="a", last_login="2025-01-01T00:00Z")
    columns = (Column("username", "Name", sort="username"), Column("last_login", "Last", sort="last_login"))
    for query in ("?sort=last_login", "?sort=-last_login", "?sort=username"):
        found = sorted_page(RequestFactory().get(f"/{query}"), Account.objects.all(), columns)
        assert [account.username for account in found.rows] == ["a", "b"]


def test_a_row_is_shown_with_links_states_and_the_column_of_each_cell() -> None:
    shown = engines["django"].from_string("{% table t %}").render({"t": Table("People", COLUMNS, ROWS)})
    assert '<a class="govuk-link" href="/b/">b</a>' in shown
    assert 'data-label="Sum"' in shown
    assert "app-tag--open" in shown
    assert '<a class="govuk-link" href="/more/">more</a>' in shown
    assert "5\u00a0₸" in shown
    assert "7\u00a0€" in shown


def test_a_sentence_stands_under_its_label_on_a_phone() -> None:
    rows = [{"name": "a", "what": "short"}, {"name": "b", "what": "a sentence that says at length " * 3}]
    table = Table("t", (Column("name", "Name"), Column("what", "What")), rows)
    shown = engines["django"].from_string("{% table t %}").render({"t": table})
    assert shown.count("app-table__wordy") == 1


def test_values_of_others_are_never_markup() -> None:
    rows = [{"name": "<script>x</script>", "sum": None, "currency": "", "state": State("<b>")}]
    shown = engines["django"].from_string("{% table t %}").render({"t": Table("<i>", COLUMNS, rows)})
    assert "<script>" not in shown
    assert "<b>" not in shown
    assert "<i>" not in shown


def test_an_empty_table_says_what_will_be_here() -> None:
    table = Table("Companies", COLUMNS, [], empty="They come with the first declaration.")
    shown = engines["django"].from_string("{% table t %}").render({"t": table})
    assert "They come with the first declaration." in shown
    assert "<table" not in shown


def test_a_file_holds_raw_values_and_runs_no_formula() -> None:
    rows = [*ROWS, {"name": "=1+1", "sum": Decimal(-5), "currency": "KZT", "state": "@x"}]
    response = csv_response("қызмет.csv", COLUMNS, rows)
    text = b"".join(response).decode("utf-8-sig")
    assert text.splitlines() == [
        "name,sum,sum_currency,state",
        "b,5,KZT,open",
        "a,,KZT,more",
        "c,7,EUR,closed",
        "'=1+1,-5,KZT,'@x",
    ]
    assert "filename*=UTF-8''%D2%9B" in response["Content-Disposition"]


def test_a_cell_knows_when_a_word_is_wider_than_a_column() -> None:
    column = Column("source", "Source")
    assert Cell(column, "https://example.org/" + "a" * 40).unbroken
    assert not Cell(column, "Several words that are short but many and so break where they may").unbroken


def test_a_table_of_more_columns_than_a_tablet_holds_scrolls_within_a_named_frame() -> None:
    def shown(columns: int) -> str:
        many = [Column("name", f"Column {number}") for number in range(columns)]
        table = Table("Rights", many, ROWS)
        return engines["django"].from_string("{% table table %}").render({"table": table})

    assert 'role="group" aria-label="Rights" tabindex="0"' in shown(5)
    assert 'role="group"' not in shown(4)


def test_two_columns_stay_beside_each_other_on_the_phone_unless_they_hold_sentences() -> None:
    columns = (Column("name", "Name"), Column("area", "Area"))
    assert not Table("Land", columns, ROWS).cards
    assert Table("Land", columns, ROWS, sentences=True).cards


def test_a_card_of_the_phone_says_the_unit_that_stands_under_the_title() -> None:
    columns = (Column("name", "Name"), Column("area", "Area", kind="number", hint="m²"))
    table = Table("Land", columns, [{"name": "a", "area": Decimal(5)}])
    shown = engines["django"].from_string("{% table table %}").render({"table": table})
    assert 'data-label="Area, m²"' in shown
