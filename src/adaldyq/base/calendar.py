"""Working days: what a country's calendar says about a day, and terms counted on it.

A calendar is a value. Holidays that are declared later make a new calendar and change only what is counted
with it: a due day that was once written down stays what it was.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum

from adaldyq.base.errors import DomainError

DAYS_OF_WEEK = 7
MONTHS_OF_YEAR = 12
LONGEST_REST = 366
"""Days without a working day after which a calendar must be a mistake."""

Ordinals = tuple[int, ...]


@dataclass(frozen=True)
class WorkCalendar:
    """Which days are worked.

    Attributes:
        rest_days: days of the week that are not worked, by ISO 8601 number: 1 is Monday, 7 is Sunday.
        holidays: days that are not worked whatever day of the week they are, days of rest moved there among them.
        worked: days that are worked although their day of the week is not.

    Raises:
        ValueError: every day of the week is a day of rest, there is no such day, or a day is both holiday and worked.
    """

    rest_days: frozenset[int] = frozenset({6, 7})
    holidays: frozenset[date] = frozenset()
    worked: frozenset[date] = frozenset()
    _holidays: Ordinals = field(init=False, repr=False, compare=False)
    _worked: Ordinals = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        week = set(range(1, DAYS_OF_WEEK + 1))
        if not self.rest_days < week:
            raise ValueError("a calendar needs a working day in the week, and days of the week are 1 to 7")
        if self.holidays & self.worked:
            raise ValueError("a day cannot be both a holiday and worked")
        # Only days that differ from their day of the week count; a holiday on a day of rest changes nothing.
        object.__setattr__(self, "_holidays", ordinals(day for day in self.holidays if not self.rests_weekly(day)))
        object.__setattr__(self, "_worked", ordinals(day for day in self.worked if self.rests_weekly(day)))

    def rests_weekly(self, day: date) -> bool:
        """Whether the day of the week is one of rest."""
        return day.isoweekday() in self.rest_days

    def is_working(self, day: date) -> bool:
        """Whether a day is worked."""
        return day in self.worked or (day not in self.holidays and not self.rests_weekly(day))

    def count(self, after: date, until: date) -> int:
        """Working days after one day, up to another and with it; negative when `until` comes first."""
        return self._worked_until(until.toordinal()) - self._worked_until(after.toordinal())

    def add(self, day: date, working_days: int) -> date:
        """The working day that comes so many working days after a day; zero gives the day itself.

        Raises:
            ValueError: the number is negative.
            DomainError: `day-out-of-range` when the answer lies beyond the year 9999.
        """
        if working_days < 0:
            raise ValueError("working days are counted forward")
        if working_days == 0:
            return day
        wanted = self._worked_until(day.toordinal()) + working_days
        start, last = day.toordinal(), date.max.toordinal()
        span = 2 * working_days + LONGEST_REST
        while start + span < last and self._worked_until(start + span) < wanted:
            span *= 2
        end = min(start + span, last)
        if self._worked_until(end) < wanted:
            raise DomainError("day-out-of-range", field="day", value=f"{day} + {working_days}")
        return date.fromordinal(bisect_left(range(start, end + 1), wanted, key=self._worked_until) + start)

    def next_working(self, day: date) -> date:
        """The day itself when it is worked, else the first working day after it."""
        return day if self.is_working(day) else self.add(day, 1)

    def declare(self, holidays: Iterable[date] = (), worked: Iterable[date] = ()) -> WorkCalendar:
        """The calendar after more days were declared; a later declaration about a day replaces the earlier one."""
        off, on = frozenset(holidays), frozenset(worked)
        return replace(self, holidays=(self.holidays - on) | off, worked=(self.worked - off) | on)

    def _worked_until(self, ordinal: int) -> int:
        """Working days from the first day of the calendar of Python up to a day and with it."""
        weeks, rest = divmod(ordinal, DAYS_OF_WEEK)
        usual = weeks * (DAYS_OF_WEEK - len(self.rest_days))
        usual += sum(1 for day in range(1, rest + 1) if day not in self.rest_days)  # day 1 was a Monday
        return usual - bisect_right(self._holidays, ordinal) + bisect_right(self._worked, ordinal)


def ordinals(days: Iterable[date]) -> Ordinals:
    """Days as numbers, in order."""
    return tuple(sorted(day.toordinal() for day in days))


class TermUnit(StrEnum):
    """What a term is counted in."""

    WORKING_DAYS = "working_days"
    DAYS = "days"
    MONTHS = "months"
    YEARS = "years"


@dataclass(frozen=True, slots=True)
class Term:
    """A stretch of time that the law gives, such as ten working days or three months.

    Raises:
        ValueError: it is negative.
    """

    length: int
    unit: TermUnit

    def __post_init__(self) -> None:
        if self.length < 0:
            raise ValueError("a term runs forward")

    def last_day(self, start: date, calendar: WorkCalendar) -> date:
        """The last day of a term that begins to run on the day after `start`.

        A term in months or years ends on the day of that number, or on the month's last when it has none;
        a term in calendar days, months or years that would end on a day of rest ends on the next working day.

        Raises:
            DomainError: `day-out-of-range` when it ends beyond the year 9999.
        """
        try:
            match self.unit:
                case TermUnit.WORKING_DAYS:
                    return calendar.add(start, self.length)
                case TermUnit.DAYS:
                    end = start + timedelta(self.length)
                case TermUnit.MONTHS:
                    end = months_later(start, self.length)
                case TermUnit.YEARS:
                    end = months_later(start, self.length * MONTHS_OF_YEAR)
        except (OverflowError, ValueError):
            raise DomainError("day-out-of-range", field="day", value=f"{start} + {self.length} {self.unit}") from None
        return calendar.next_working(end)


def months_later(day: date, months: int) -> date:
    """The day of the same number so many months later; the month's last day when it has no such day."""
    year, month = divmod(day.year * MONTHS_OF_YEAR + day.month - 1 + months, MONTHS_OF_YEAR)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
