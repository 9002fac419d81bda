"""Working days add up as a person with a wall calendar would count them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adaldyq.base.calendar import Term, TermUnit, WorkCalendar, months_later
from adaldyq.base.errors import DomainError

days = st.dates(date(2020, 1, 1), date(2030, 12, 31))
numbers = st.integers(0, 400)


@st.composite
def calendars(draw: st.DrawFn) -> WorkCalendar:
    holidays = draw(st.frozensets(days, max_size=40))
    worked = draw(st.frozensets(days, max_size=20)) - holidays
    return WorkCalendar(draw(st.frozensets(st.integers(1, 7), max_size=6)), holidays, worked)


def counted_by_hand(calendar: WorkCalendar, after: date, until: date) -> int:
    return sum(calendar.is_working(after + timedelta(one)) for one in range(1, (until - after).days + 1))


@given(calendars(), days, numbers)
def test_what_was_added_is_counted(calendar: WorkCalendar, day: date, number: int) -> None:
    assert calendar.count(day, calendar.add(day, number)) == number


@given(calendars(), days, st.integers(0, 120))
def test_counting_agrees_with_a_look_at_each_day(calendar: WorkCalendar, day: date, span: int) -> None:
    until = day + timedelta(span)
    assert calendar.count(day, until) == counted_by_hand(calendar, day, until)
    assert calendar.count(until, day) == -calendar.count(day, until)


@given(calendars(), days, st.integers(1, 400))
def test_what_is_reached_is_a_working_day(calendar: WorkCalendar, day: date, number: int) -> None:
    assert calendar.is_working(calendar.add(day, number))


@given(calendars(), days, numbers, numbers)
def test_adding_twice_is_adding_the_sum(calendar: WorkCalendar, day: date, one: int, other: int) -> None:
    assert calendar.add(calendar.add(day, one), other) == calendar.add(day, one + other)


@given(calendars(), days, days, st.integers(1, 200))
def test_who_begins_earlier_never_ends_later(calendar: WorkCalendar, one: date, other: date, number: int) -> None:
    first, second = sorted((one, other))
    assert calendar.add(first, number) <= calendar.add(second, number)
    assert calendar.next_working(first) <= calendar.next_working(second)


@given(calendars(), days)
def test_the_next_working_day_is_the_first(calendar: WorkCalendar, day: date) -> None:
    found = calendar.next_working(day)
    assert calendar.is_working(found)
    assert not any(calendar.is_working(day + timedelta(one)) for one in range((found - day).days))


@given(calendars(), days, days, st.integers(1, 60))
def test_a_holiday_declared_later_only_ever_puts_off(
    calendar: WorkCalendar, day: date, holiday: date, number: int
) -> None:
    before = calendar.add(day, number)
    after = calendar.declare(holidays=[holiday])
    assert not after.is_working(holiday)
    assert after.add(day, number) >= before
    assert calendar.add(day, number) == before
    assert after.declare(worked=[holiday]).is_working(holiday)


def test_a_saturday_worked_for_a_monday_of_rest() -> None:
    october = WorkCalendar(
        holidays=frozenset({date(2022, 10, 24), date(2022, 10, 25)}), worked=frozenset({date(2022, 10, 22)})
    )
    assert october.add(date(2022, 10, 20), 3) == date(2022, 10, 26)
    assert october.count(date(2022, 10, 20), date(2022, 10, 28)) == 5
    assert october.next_working(date(2022, 10, 23)) == date(2022, 10, 26)


def test_friday_and_saturday_may_be_the_days_of_rest() -> None:
    assert WorkCalendar(rest_days=frozenset({5, 6})).add(date(2025, 1, 2), 1) == date(2025, 1, 5)


@pytest.mark.parametrize(
    "facts",
    [
        {"rest_days": frozenset(range(1, 8))},
        {"rest_days": frozenset({0})},
        {"holidays": frozenset({date(2025, 1, 1)}), "worked": frozenset({date(2025, 1, 1)})},
    ],
    ids=["no working day", "no such day", "both"],
)
def test_a_calendar_that_makes_no_sense_is_refused(facts: dict[str, frozenset[int]]) -> None:
    with pytest.raises(ValueError, match="day"):
        WorkCalendar(**facts)  # type: ignore[arg-type]  # the sets of the cases hold what their names say


def test_nothing_is_counted_backward_or_beyond_the_calendar() -> None:
    with pytest.raises(ValueError, match="forward"):
        WorkCalendar().add(date(2025, 1, 1), -1)
    with pytest.raises(DomainError, match="day-out-of-range"):
        WorkCalendar().add(date(9999, 12, 1), 40)


@pytest.mark.parametrize(
    ("term", "start", "end"),
    [
        (Term(3, TermUnit.WORKING_DAYS), date(2025, 5, 30), date(2025, 6, 4)),
        (Term(0, TermUnit.WORKING_DAYS), date(2025, 6, 1), date(2025, 6, 1)),
        (Term(1, TermUnit.DAYS), date(2025, 5, 30), date(2025, 6, 2)),
        (Term(1, TermUnit.MONTHS), date(2025, 1, 31), date(2025, 2, 28)),
        (Term(3, TermUnit.MONTHS), date(2024, 11, 30), date(2025, 2, 28)),
        (Term(1, TermUnit.YEARS), date(2024, 2, 29), date(2025, 2, 28)),
    ],
    ids=lambda value: str(value) if isinstance(value, date) else "",
)
def test_a_term_ends_as_the_law_counts_it(term: Term, start: date, end: date) -> None:
    assert term.last_day(start, WorkCalendar()) == end


@given(calendars(), days, st.integers(0, 60), st.sampled_from([TermUnit.DAYS, TermUnit.MONTHS, TermUnit.YEARS]))
def test_a_term_of_calendar_days_ends_on_a_working_day(
    calendar: WorkCalendar, start: date, length: int, unit: TermUnit
) -> None:
    assert calendar.is_working(Term(length, unit).last_day(start, calendar))


@given(days, numbers)
def test_months_later_keeps_the_day_where_the_month_has_it(day: date, months: int) -> None:
    later = months_later(day, months)
    assert (later.year - day.year) * 12 + later.month - day.month == months
    assert later.day == day.day or (later.day < day.day and (later + timedelta(1)).day == 1)


def test_a_term_beyond_the_calendar_is_refused_and_a_negative_one_never_made() -> None:
    with pytest.raises(DomainError, match="day-out-of-range"):
        Term(9000, TermUnit.YEARS).last_day(date(2025, 1, 1), WorkCalendar())
    with pytest.raises(ValueError, match="forward"):
        Term(-1, TermUnit.DAYS)
