"""The pack of Kazakhstan is whole, and its numbers are checked as the state checks them."""

from __future__ import annotations

import csv
import json
from datetime import UTC, date, datetime

import polib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from adaldyq.base.money import Money
from adaldyq.countries.facts import ILLUSTRATIVE
from adaldyq.countries.loader import HERE, load
from adaldyq.countries.phases import Duty, Form, Membership, duty_of

KZ = load("kz")
IIN, BIN = KZ.schemes["IIN"], KZ.schemes["BIN"]

days = st.dates(date(1900, 1, 1), date(2026, 1, 1))


def iin(day: date, century: int, serial: int) -> str | None:
    body = f"{day:%y%m%d}{century}{serial:04d}"
    digit = IIN.control_digit([int(one) for one in body])
    return None if digit is None else f"{body}{digit}"


@given(days, st.booleans(), st.integers(0, 9999))
def test_a_number_made_by_the_rule_is_accepted_and_tells_its_birth_date(day: date, woman: bool, serial: int) -> None:
    number = iin(day, (3 if day.year < 2000 else 5) + woman, serial)
    if number is not None:
        assert IIN.check(number)
        assert IIN.birth_date(number) == day


@given(days, st.integers(0, 9999), st.integers(0, 11), st.integers(1, 9))
def test_one_wrong_digit_is_noticed(day: date, serial: int, place: int, shift: int) -> None:
    number = iin(day, 3 if day.year < 2000 else 5, serial)
    if number is not None and place == 11:
        assert not IIN.check(number[:11] + str((int(number[11]) + shift) % 10))


@pytest.mark.parametrize("number", ["", "12345678901", "1234567890123", "99991330000x", "٠٠٠٠٠٠٠٠٠٠٠٠", "000000000000"])
def test_what_is_no_number_is_refused(number: str) -> None:
    assert not IIN.check(number)
    assert not BIN.check(number)


def test_the_pack_has_twenty_regions_with_borders_and_three_names() -> None:
    regions = {one.code for one in KZ.territories if one.parent == "KZ"}
    shapes = json.loads(KZ.borders.read_text(encoding="utf-8"))["features"]
    assert {shape["properties"]["iso"] for shape in shapes} == regions
    assert len(regions) == 20
    assert all(set(one.names) == {"kk", "ru", "en"} and all(one.names.values()) for one in KZ.territories)


def test_rates_and_index_values_cover_the_same_years_and_keep_their_sources() -> None:
    years = {year for _, year in KZ.exchange_rates}
    assert years == set(range(min(years), max(years) + 1))
    assert years <= set(KZ.index_values)
    assert KZ.rates.rate("USD", date(2025, 6, 1)).source == ILLUSTRATIVE
    assert "republican budget" in KZ.index_on(date(2025, 6, 1)).source


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_where_a_number_comes_from_is_said_in_every_language(language: str) -> None:
    words = polib.mofile(str(HERE / "kz" / "words" / language / "LC_MESSAGES" / "django.mo"))
    said = {entry.msgid for entry in words if entry.msgstr}
    rows = csv.DictReader((HERE / "kz" / "thresholds.csv").read_text(encoding="utf-8").splitlines())
    assert {row["source"] for row in rows} - said == {ILLUSTRATIVE}


def test_the_index_changed_within_a_year() -> None:
    assert [KZ.index_on(date(2020, month, 1)).amount for month in (3, 4)] == [2651, 2778]
    assert KZ.index_values[2020] == 2651


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        (datetime(2023, 9, 15, 17, 59, 59, tzinfo=UTC), date(2023, 9, 15)),
        (datetime(2023, 9, 15, 18, 0, tzinfo=UTC), date(2023, 9, 16)),
        (datetime(2024, 9, 15, 18, 59, 59, tzinfo=UTC), date(2024, 9, 15)),
        (datetime(2024, 9, 15, 19, 0, tzinfo=UTC), date(2024, 9, 16)),
    ],
)
def test_a_day_ends_by_the_clock_of_its_time(instant: datetime, day: date) -> None:
    assert KZ.day_of(instant) == day


def test_a_year_has_as_many_working_days_as_the_ministry_of_labour_published() -> None:
    assert KZ.calendar.count(date(2020, 12, 31), date(2021, 12, 31)) == 365 - 120


def test_moved_days_are_worked_and_rested() -> None:
    assert KZ.calendar.is_working(date(2022, 10, 22))
    assert not KZ.calendar.is_working(date(2022, 10, 24))
    assert KZ.calendar.is_working(date(2026, 8, 31))


def test_an_answer_is_due_after_fifteen_working_days() -> None:
    assert KZ.due("question_answer", date(2025, 10, 20)) == date(2025, 11, 11)
    assert KZ.terms(date(2025, 1, 1))["question_answer"].length == 15
    assert "question_answer" not in KZ.terms(date(2020, 1, 1))


def test_a_threshold_is_worth_what_the_index_of_the_day_makes_it() -> None:
    large = Money(KZ.index_values[2025] * 20_000, "KZT")
    assert KZ.threshold_amount("large_acquisition", date(2025, 3, 1)) == large
    assert KZ.threshold_amount("gift_limit", date(2019, 3, 1)).amount == 25_250
    assert KZ.threshold("gift_limit", date(2021, 3, 1)).amount == 0


def duty(
    year: int, *groups: str, spouse_of: str = "", known: tuple[str, ...] = (), on: date | None = None
) -> Duty | None:
    memberships = [*map(Membership, groups), *([Membership(spouse_of, as_spouse=True)] if spouse_of else [])]
    return duty_of(
        KZ.phases, year, memberships, known, asked_on=on or date(year + 1, 12, 31), declared_before=year > 2020
    )


def test_the_law_brought_people_in_year_by_year() -> None:
    reached = {
        group: [year for year in range(2018, 2025) if duty(year, group, on=date(2025, 6, 1))] for group in GROUPS
    }
    assert {group: min(years) for group, years in reached.items()} == {
        "official": 2020,
        "state_employee": 2022,
        "company_head": 2023,
        "other": 2024,
    }


GROUPS = ("official", "state_employee", "company_head", "other")


def test_the_release_of_july_2025_let_the_last_group_go_unless_they_own_abroad() -> None:
    assert duty(2024, "other", on=date(2025, 7, 17)) is not None
    assert duty(2024, "other", on=date(2025, 7, 18)) is None
    assert duty(2024, "other", on=date(2025, 7, 18), known=("foreign_assets",)) is not None
    assert duty(2024, "official", on=date(2025, 7, 18)) is not None


def test_own_work_comes_before_a_spouses_and_only_officials_are_public() -> None:
    assert duty(2024, "state_employee", spouse_of="official") == Duty(2024, Form.INCOME, "state_employee", False, False)
    assert duty(2020, spouse_of="official") == Duty(2020, Form.ASSETS, "official", True, False)
    assert duty(2024, "official") == Duty(2024, Form.INCOME, "official", False, True)
    assert duty(2024, spouse_of="other") is None
