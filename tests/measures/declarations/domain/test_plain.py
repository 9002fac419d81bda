"""What is read as plainly right is right, and the same, when it is read with care."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adaldyq.base.ids import ALPHABET, LENGTH, TOGETHER, new_ids
from adaldyq.base.tables import Column, ColumnType
from adaldyq.measures.declarations.domain.between_rows import wrong_together
from adaldyq.measures.declarations.domain.checks import Asked, read_row
from adaldyq.measures.declarations.domain.examples import example
from adaldyq.measures.declarations.domain.fingerprint import row_line
from adaldyq.measures.declarations.domain.plain import Plain, Reader
from adaldyq.measures.declarations.domain.questions import OF_INCOME_ONLY, asked_columns, is_required
from adaldyq.measures.declarations.domain.schemas import codes_of
from adaldyq.measures.declarations.domain.sections import SECTIONS
from adaldyq.measures.declarations.domain.sent import Sent, sections
from adaldyq.measures.declarations.models import SECTION_MODELS
from adaldyq.measures.declarations.queries.sending import kept_columns

YEAR, BORN = 2024, date(1980, 5, 1)
ASKED = Asked(YEAR, BORN, ["KZT", "USD"], ["KZ", "DE"], ["75"], marriage_age=16)
LISTS = {"currency": ["KZT", "USD"], "country": ["KZ", "DE"], "territory_id": ["75"]}
READER = Reader(ASKED, *kept_columns())
STRANGE: dict[ColumnType, list[Any]] = {
    ColumnType.TEXT: ["", " ", " екі  сөз ", "a\u200bb", "a\u00a0b", "a\nb", "x" * 500, "x" * 501, 7, None, ["x"]],
    ColumnType.MONEY: ["", "0", "7.5", "007", "1e5", "-1", "+1", ".5", "5.", "1.005", "9" * 13, "9" * 14, "٣", 5, None],
    ColumnType.NUMBER: ["", "0", "7.5", "007", "100.000001", "0.0000001", "9" * 12, "9" * 13, "1/3", "50%", 5, None],
    ColumnType.DATE: [
        "",
        "2024-02-29",
        "2023-02-29",
        "1899-12-31",
        "2025-01-01",
        "20240101",
        "2024-W01-1",
        "٢٠٢٤-01-01",
        5,
    ],
    ColumnType.INTEGER: ["", 1899, 1900, YEAR + 1, 2019.0, True, "2019", 10**30, None],
    ColumnType.BOOLEAN: ["", 1, "yes", "true", None],
}
USUAL: dict[ColumnType, list[Any]] = {
    ColumnType.TEXT: ["Қаржы министрлігі", "20-313"],
    ColumnType.MONEY: ["6400000.50", "350000"],
    ColumnType.NUMBER: ["60", "33.333333"],
    ColumnType.DATE: ["2024-05-12", "2024-12-31", "1979-12-31"],
    ColumnType.INTEGER: [2019, 1979],
    ColumnType.BOOLEAN: [True, False],
}


def usual(section: str, column: Column) -> list[Any]:
    return LISTS.get(column.name) or list(codes_of(section, column))[:2] or USUAL[column.type]


@st.composite
def rows(draw: st.DrawFn, section: str) -> list[dict[str, Any]]:
    """Rows that are right but for a column or two."""
    made = []
    for _row in range(draw(st.integers(1, 2))):
        row = {one.name: draw(st.sampled_from(usual(section, one))) for one in asked_columns(section)}
        row |= {"number": ""} if "number" in row else {}
        for one in draw(st.lists(st.sampled_from(asked_columns(section)), max_size=2)):
            row[one.name] = draw(st.sampled_from(STRANGE[one.type]))
        left_out = draw(st.lists(st.sampled_from(sorted(row)), max_size=1))
        made.append({name: value for name, value in row.items() if name not in left_out})
    return made


def careful(section: str, listed: list[dict[str, Any]]) -> tuple[list[dict[str, Any]], bool]:
    """Values of the rows as the careful reading finds them, and whether all is right."""
    sent = Sent(form="income")
    typed = dict(sections(sent, {one.name: listed if one.name == section else [] for one in SECTIONS}))[section]
    readings = [read_row(section, one, ASKED) for one in typed]
    together = wrong_together(section, [(str(place), one.values) for place, one in enumerate(readings)])
    right = not (sent.wrong or together or any(one.problems for one in readings))
    return [one.values for one in readings], right


def plain(section: str, listed: list[dict[str, Any]]) -> Plain | None:
    found = READER.read("income", YEAR, {one.name: listed if one.name == section else [] for one in SECTIONS})
    return found if found and found.fits(BORN) else None


@given(data=st.data(), section=st.sampled_from([one.name for one in SECTIONS]))
def test_what_is_plain_is_right_and_kept_and_committed_to_as_the_careful_reading_has_it(
    data: st.DataObject, section: str
) -> None:
    listed = data.draw(rows(section))
    found = plain(section, listed)
    if found is None:
        return
    values, right = careful(section, listed)
    assert right
    fields = SECTION_MODELS[section]._meta.concrete_fields
    for row, line, read in zip(found.rows[section], found.lines, values, strict=True):
        kept = {field.attname: field.to_python(value) for field, value in zip(fields, row, strict=True)}
        blank = {field.attname: field.get_default() for field in fields}
        said = {name: value for name, value in read.items() if value is not None}
        own = {name: kept[name] for name in ("row_id", "declaration_id")}
        assert kept == blank | said | own
        assert own["declaration_id"] == found.declaration
        assert line == row_line(section, lambda name, all_of=kept: all_of.get(name))  # type: ignore[misc]  # a default binds it


@pytest.mark.parametrize("section", [one.name for one in SECTIONS])
def test_rows_that_are_right_are_plain(section: str) -> None:
    row = {one.name: usual(section, one)[0] for one in asked_columns(section) if one.name != "number"}
    row |= {"relation": "child"} if section == "family" else {}
    few = {name: value for name, value in row.items() if is_required(section, name)}
    few |= {"company_name": "Өзге"} if "company_name" in few else {}  # shares in one are added up with care
    few |= {"birth_date": "2011-04-05"} if section == "family" else {}  # who was born on one day may be one
    assert plain(section, [row, few]) is not None
    assert plain(section, [row | {"moon": 1}]) is None


def test_the_published_example_is_plain_and_a_form_has_only_its_own_sections() -> None:
    declaration = example()["declarations"][0]
    assert READER.read(declaration["form"], declaration["year"], declaration["sections"]) is not None
    assert READER.read("assets", YEAR, declaration["sections"]) is None
    assets = {name: rows for name, rows in declaration["sections"].items() if name not in OF_INCOME_ONLY}
    assert READER.read("assets", declaration["year"], assets) is not None


def test_a_relative_who_cannot_be_and_one_with_a_number_are_read_with_care() -> None:
    child = {"relation": "child", "name": "Ерлан", "birth_date": "2010-02-28"}
    assert plain("family", [child]) is not None
    assert plain("family", [child | {"birth_date": BORN.isoformat()}]) is None
    assert plain("family", [child | {"relation": "parent"}]) is None
    assert plain("family", [child | {"number": "100228500126"}]) is None


def test_what_is_had_before_its_owner_was_born_or_it_was_made_is_read_with_care() -> None:
    car = {one.name: usual("vehicle", one)[0] for one in asked_columns("vehicle")}
    assert plain("vehicle", [car | {"acquired_date": "2018-01-31", "production_year": 2019}]) is not None
    assert plain("vehicle", [car | {"acquired_date": "2017-12-31", "production_year": 2019}]) is None
    young = car | {"acquired_date": "1979-12-31", "production_year": 1979}
    assert plain("vehicle", [car, young]) is None
    assert plain("vehicle", [young | {"owner": "spouse"}]) is not None


def test_a_name_without_letters_and_what_a_child_had_before_birth_are_read_with_care() -> None:
    child = {"relation": "child", "name": "Ерлан", "birth_date": "2010-02-28"}
    assert plain("family", [child | {"name": "12345"}]) is None
    car = {one.name: usual("vehicle", one)[0] for one in asked_columns("vehicle")}
    for day, fits in (("2010-02-28", True), ("2010-02-27", False)):
        young = car | {"owner": "child", "acquired_date": day, "production_year": 2010}
        there = {"family": [child], "vehicle": [young]}
        found = READER.read("income", YEAR, {one.name: there.get(one.name, []) for one in SECTIONS})
        assert found is not None
        assert found.fits(BORN) == found.fits(None) == fits


def test_two_spouses_and_one_who_is_young_are_read_with_care() -> None:
    wife = {"relation": "spouse", "name": "Айгүл", "birth_date": f"{YEAR - 40}-02-28"}
    assert plain("family", [wife]) is not None
    assert plain("family", [wife, wife]) is None
    assert plain("family", [wife | {"birth_date": f"{YEAR - 15}-02-28"}]) is None


def test_ids_drawn_together_are_ids_and_never_the_same() -> None:
    drawn = new_ids()
    some = [next(drawn) for _one in range(TOGETHER + 1)]
    assert len(set(some)) == len(some)
    assert all(len(one) == LENGTH and set(one) <= set(ALPHABET) for one in some)
    assert len({letter for one in some for letter in one}) == len(ALPHABET)


def test_who_may_be_named_twice_and_an_account_that_stands_twice_are_read_with_care() -> None:
    child = {"relation": "child", "name": "Ерлан", "birth_date": "2010-02-28"}
    assert plain("family", [child, child | {"birth_date": "2012-02-28"}]) is not None
    assert plain("family", [child, child | {"name": "Erlan"}]) is None
    account = {one.name: usual("account", one)[0] for one in asked_columns("account")}
    assert plain("account", [account | {"account_number": "KZ1 2"}, account | {"account_number": "KZ-12"}]) is None
    assert plain("account", [account | {"account_number": "KZ1 2"}, account | {"account_number": "KZ-13"}]) is not None
