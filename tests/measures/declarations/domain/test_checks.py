"""What is typed into a row is read exactly, or refused with its field and a code; nothing else ever happens."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from adaldyq.base.errors import DomainError
from adaldyq.kernel.problems import SENTENCES, sentence
from adaldyq.measures.declarations.domain.between_rows import shares_over_whole, wrong_together
from adaldyq.measures.declarations.domain.checks import (
    DAY_PARTS,
    Asked,
    read_row,
    typed_of,
)
from adaldyq.measures.declarations.domain.questions import (
    HELP,
    HINTS,
    KEPT_IDS,
    REQUIRED,
    asked_columns,
    hint,
    sections_of,
)
from adaldyq.measures.declarations.domain.sections import BY_NAME, SECTIONS

ASKED = Asked(
    year=2024,
    born=date(1975, 3, 1),
    currencies=["KZT", "USD"],
    countries=["KZ", "AE"],
    places=["KZ-75", "KZ-71"],
    marriage_age=16,
)
FLAT = {
    "owner": "declarant",
    "kind": "apartment",
    "object_number": "20-1",
    "address": "Абай 1",
    "area": "84,5",
    "share": "33.333333",
    "basis": "joint ownership",
    "acquired_date_day": "29",
    "acquired_date_month": "2",
    "acquired_date_year": "2020",
    "price": "30 000 000",
    "value": "41 500 000,50",
    "currency": "KZT",
    "country": "KZ",
    "territory_id": "KZ-75",
}
CHILD = {"relation": "child", "name": "Б", "birth_date_day": "1", "birth_date_month": "3"}
INCOME = {"owner": "declarant", "kind": "salary", "payer": "П", "country": "KZ", "amount": "5", "currency": "KZT"}


def wrong(section: str, typed: dict[str, str]) -> dict[str | None, str]:
    return {one.field: one.code for one in read_row(section, typed, ASKED).problems}


def test_a_row_is_read_exactly() -> None:
    reading = read_row("real_estate", FLAT, ASKED)
    assert reading.problems == []
    values = reading.values
    assert values["value"] == Decimal("41500000.50")
    assert values["share"] == Decimal("33.333333")
    assert values["area"] == Decimal("84.5")
    assert values["acquired_date"] == date(2020, 2, 29)


@pytest.mark.parametrize(
    ("typed", "field", "code"),
    [
        ({"acquired_date_day": "30"}, "acquired_date", "declared-no-such-day"),
        ({"acquired_date_day": ""}, "acquired_date", "declared-no-such-day"),
        ({"acquired_date_day": "٢"}, "acquired_date", "declared-no-such-day"),
        ({"acquired_date_year": "9" * 5000}, "acquired_date", "declared-no-such-day"),
        ({"acquired_date_year": "1820"}, "acquired_date", "declared-day-too-early"),
        ({"acquired_date_day": "1", "acquired_date_year": "2025"}, "acquired_date", "declared-day-after-year"),
        ({"value": "-1"}, "value", "declared-negative"),
        ({"value": "10000000000000"}, "value", "declared-too-large"),
        ({"value": "9" * 9000}, "value", "declared-too-large"),
        ({"value": "1e5"}, "value", "declared-not-a-number"),
        ({"value": "NaN"}, "value", "declared-not-a-number"),
        ({"value": "1.005"}, "value", "declared-too-exact"),
        ({"value": "1.000"}, "value", "declared-too-exact"),
        ({"value": "12,000"}, "value", "declared-too-exact"),
        ({"value": "１００"}, "value", "declared-not-a-number"),
        ({"share": "100.000001"}, "share", "declared-share-out-of-range"),
        ({"share": "0"}, "share", "declared-share-out-of-range"),
        ({"share": "-5"}, "share", "declared-negative"),
        ({"area": "1000000000000"}, "area", "declared-too-large"),
        ({"currency": "XXX"}, "currency", "declared-not-offered"),
        ({"currency": ""}, "currency", "declared-missing"),
        ({"country": "Qazaqstan"}, "country", "declared-not-offered"),
        ({"territory_id": "KZ-99"}, "territory_id", "declared-not-offered"),
        ({"kind": "castle"}, "kind", "declared-not-offered"),
        ({"address": ""}, "address", "declared-missing"),
        ({"address": " \u00a0 "}, "address", "declared-missing"),
        ({"address": "x" * 501}, "address", "declared-too-long"),
        ({"address": "x" * 10_001}, "address", "declared-too-long"),
        ({"address": "Абай\u200b 1"}, "address", "declared-hidden-letter"),
        ({"address": "\u202e1 йабА"}, "address", "declared-hidden-letter"),
        ({"address": "Абай\ud800"}, "address", "declared-hidden-letter"),
        ({"owner": ""}, "owner", "declared-missing"),
    ],
)
def test_what_cannot_be_is_refused_with_its_field(typed: dict[str, str], field: str, code: str) -> None:
    assert wrong("real_estate", {**FLAT, **typed}) == {field: code}


def test_emoji_and_every_script_may_be_typed() -> None:
    assert wrong("real_estate", {**FLAT, "address": "🏠 شارع ١, 東京, Ә"}) == {}


@pytest.mark.parametrize(
    ("relation", "year", "code"),
    [
        ("child", "1970", "declared-child-older"),
        ("child", "1975", "declared-child-older"),
        ("child", "2010", None),
        ("parent", "1980", "declared-parent-younger"),
        ("parent", "1950", None),
        ("spouse", "1950", None),
        ("spouse", "2008", None),
        ("spouse", "2009", "declared-spouse-too-young"),
    ],
)
def test_nobody_is_older_than_their_parent_or_married_as_a_child(relation: str, year: str, code: str | None) -> None:
    found = wrong("family", {**CHILD, "relation": relation, "birth_date_year": year})
    assert found == ({"birth_date": code} if code else {})


def test_nothing_is_had_before_its_owner_was_born_or_it_was_made() -> None:
    early = {**FLAT, "acquired_date_year": "1960"}
    assert wrong("real_estate", early) == {"acquired_date": "declared-day-before-birth"}
    assert wrong("real_estate", early | {"owner": "spouse"}) == {}
    car = {**FLAT, "kind": "car", "make": "Lada", "acquired_date_day": "28"}
    car |= {"acquired_date_year": "2019", "production_year": "2020"}
    assert wrong("vehicle", car) == {}, "makers name what they sell in autumn after the next year"
    assert wrong("vehicle", car | {"production_year": "2021"}) == {"acquired_date": "declared-had-before-made"}


def test_whose_the_row_of_a_relative_is_follows_from_the_tie() -> None:
    owners = {
        relation: read_row("family", {**CHILD, "relation": relation}, ASKED).values["owner"]
        for relation in ("spouse", "child", "parent")
    }
    assert owners == {"spouse": "spouse", "child": "child", "parent": "other"}


def test_tax_is_not_above_income_and_a_gift_was_received_in_the_year() -> None:
    assert wrong("income", {**INCOME, "tax_withheld": "6"}) == {"tax_withheld": "declared-tax-above-income"}
    gift = {"owner": "declarant", "giver": "Д", "kind": "thing", "value": "1", "currency": "KZT"}
    day = {"received_date_day": "31", "received_date_month": "12", "received_date_year": "2023"}
    assert wrong("gift", {**gift, **day}) == {"received_date": "declared-day-outside-year"}


def test_shares_in_one_object_are_at_most_the_whole() -> None:
    def flat(share: int, basis: str = "ownership") -> dict[str, object]:
        return {"object_number": "1", "share": Decimal(share), "basis": basis}

    assert shares_over_whole([("a", flat(50)), ("b", flat(50)), ("c", flat(100, "use"))]) == set()
    assert shares_over_whole([("a", flat(50)), ("b", flat(51))]) == {"a", "b"}
    assert shares_over_whole(
        [("a", flat(50) | {"object_number": "XTA 1"}), ("b", flat(51) | {"object_number": "xta1"})]
    )


def test_shares_in_one_company_are_at_most_the_whole_of_owning_and_of_benefiting() -> None:
    def part(share: int, key: str = "", name: str = "«Байтерек» ЖШС", **more: object) -> dict[str, object]:
        told = {"company_name": name, "company_id": key, "share": Decimal(share), "beneficial": False, "country": "KZ"}
        return {**told, **more}

    assert shares_over_whole([("a", part(80)), ("b", part(80, name="«байтерек»  ЖШС"))]) == {"a", "b"}
    assert shares_over_whole([("a", part(80)), ("b", part(80, "K"))]) == {"a", "b"}
    assert shares_over_whole([("a", part(80, "K", "Old name")), ("b", part(80, "K"))]) == {"a", "b"}
    assert shares_over_whole([("a", part(80)), ("b", part(80, beneficial=True)), ("c", part(20))]) == set()
    assert shares_over_whole([("a", part(80, "K")), ("b", part(80, "L"))]) == set(), "two companies of one name"
    assert shares_over_whole([("a", part(80)), ("b", part(80, country="DE"))]) == set()


def test_nobody_has_two_spouses_at_once() -> None:
    family = [("a", {"relation": "spouse"}), ("b", {"relation": "child"}), ("c", {"relation": "spouse"})]
    found = wrong_together("family", family)
    assert {key: one.code for key, one in found.items()} == dict.fromkeys("ac", "declared-two-spouses")
    assert wrong_together("family", family[:2]) == {}


def test_a_relative_who_is_named_twice_is_told_with_the_entry_that_names_them() -> None:
    child = {"relation": "child", "name": "Серікұлы Айдос", "birth_date": date(2010, 8, 19), "number": ""}
    twin = child | {"name": "Серікұлы Айбек"}
    assert wrong_together("family", [("a", child), ("b", twin)]) == {}
    again = child | {"name": "Serikuly Aidos", "relation": "other"}
    found = wrong_together("family", [("a", child), ("b", twin), ("c", again)])
    assert [(key, one.code, one.field) for key, one in found.items()] == [("c", "declared-same-relative", "name")]
    with override("en"):
        assert "entry 1 (Серікұлы Айдос)" in sentence(found["c"])
    number = {"relation": "child", "number": "100819500126"}
    found = wrong_together("family", [("a", twin | number), ("b", child | {"number": "100819 500126"})])
    assert [(key, one.field) for key, one in found.items()] == [("b", "number")]
    wife = {"relation": "spouse", "name": "Айгүл Сәрсен", "birth_date": date(1980, 1, 1)}
    assert {one.code for one in wrong_together("family", [("a", wife), ("b", wife)]).values()} == {
        "declared-same-relative"
    }


def test_a_number_is_the_same_however_it_is_parted_and_in_whatever_letters() -> None:
    def flat(number: str) -> dict[str, object]:
        return {"object_number": number, "share": Decimal(60), "basis": "ownership"}

    for one, other in (("20 313 001", "20-313-001"), ("20:313:001", "20313001"), ("А 123 ВС", "a123bc")):
        assert shares_over_whole([("a", flat(one)), ("b", flat(other))]) == {"a", "b"}
    account: dict[str, object] = {"account_number": "KZ86 125K ZT50 0410 0100", "owner": "declarant", "currency": "KZT"}
    same = account | {"account_number": "kz86125kzt5004100100"}
    assert [(key, one.code) for key, one in wrong_together("account", [("a", account), ("b", same)]).items()] == [
        ("b", "declared-same-account")
    ]
    assert wrong_together("account", [("a", account), ("b", same | {"currency": "USD"})]) == {}
    assert wrong_together("account", [("a", {"bank": "A"}), ("b", {"bank": "A"})]) == {}
    of_banks = [
        ("a", account | {"bank": "Дала банк"}),
        ("b", same | {"bank": "Жайлау банк"}),
        ("c", same | {"bank": "Dala bank"}),
    ]
    told = {key: one.parameters["place"] for key, one in wrong_together("account", of_banks).items()}
    assert told == {"c": 1}, "banks may give the same number; one of them is the same in any script"


def test_two_accounts_that_a_bank_reports_under_one_number_are_two_and_one_typed_beside_them_is_not() -> None:
    account: dict[str, object] = {"account_number": "KZ1", "bank": "Дала", "owner": "declarant", "currency": "KZT"}
    rows = [(key, account) for key in "abc"]
    assert wrong_together("account", rows, {"a", "b", "c"}) == {}
    told = {key: one.parameters["place"] for key, one in wrong_together("account", rows, {"a", "c"}).items()}
    assert told == {"b": 1, "c": 2}


def test_numbers_and_days_of_an_error_are_written_as_people_read_them() -> None:
    problem = next(one for one in read_row("cash", {"amount": "1" * 14}, ASKED).problems if one.field == "amount")
    assert "10\u202f000\u202f000\u202f000\u202f000" in sentence(problem)
    with override("ru"):
        assert "1 декабря 2023." in sentence(DomainError("declared-number-of-dead", day=date(2023, 12, 1))).replace(
            "\u00a0", " "
        )


@pytest.mark.parametrize("form", ["assets", "income"])
def test_every_section_says_what_belongs_in_it_and_asks_only_for_its_columns(form: str) -> None:
    for section in sections_of(form):
        asked = {one.name for one in asked_columns(section.name)}
        assert HELP[section.name]
        assert all(hint(section.name, column) for column in asked)
        assert REQUIRED[section.name] <= asked
    columns = {column.name for one in SECTIONS for column in one.table.columns}
    assert set(HINTS) <= columns
    assert set(KEPT_IDS) <= columns


LETTERS = st.text(st.characters(codec=None), max_size=60)
NUMBERS = st.one_of(st.decimals(), st.integers()).map(str)


@st.composite
def rows(draw: st.DrawFn) -> tuple[str, dict[str, str]]:
    section = draw(st.sampled_from(sorted(BY_NAME)))
    boxes = [
        name
        for column in asked_columns(section)
        for name in (column.name, *(f"{column.name}_{part}" for part in DAY_PARTS))
    ]
    values = st.one_of(LETTERS, NUMBERS, st.sampled_from(["KZT", "KZ", "declarant", "other", "yes", "100"]))
    return section, draw(st.dictionaries(st.sampled_from(boxes), values))


@given(rows())
def test_whatever_is_typed_is_read_or_refused_in_words(typed: tuple[str, dict[str, str]]) -> None:
    section, boxes = typed
    reading = read_row(section, boxes, ASKED)
    assert set(reading.values) >= {one.name for one in asked_columns(section)}
    for problem in reading.problems:
        assert problem.code in SENTENCES
        assert problem.field in BY_NAME[section].table.by_name
        assert sentence(problem)
        assert reading.values[str(problem.field)] is None or problem.code != "declared-not-offered"


@given(rows())
def test_what_was_read_is_read_the_same_from_its_own_boxes(typed: tuple[str, dict[str, str]]) -> None:
    section, boxes = typed
    values = read_row(section, boxes, ASKED).values
    again = read_row(section, typed_of(section, values), ASKED).values
    assert again == {name: None if value is None else value for name, value in values.items()} | {
        name: again[name] for name, value in values.items() if value is None
    }
