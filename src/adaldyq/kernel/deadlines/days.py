"""Days by the country's calendar and clock: the one place where deadlines ask the country pack."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from adaldyq.base.calendar import TermUnit, months_later
from adaldyq.kernel.naming import pack

MONTHS = {TermUnit.MONTHS: 1, TermUnit.YEARS: 12}
MORNING = time(9)  # when reminders go out


def day_of(instant: datetime) -> date:
    """The country's day on which an instant falls."""
    return pack().day_of(instant)


def end_of(day: date) -> datetime:
    """The first instant that is no longer of a day."""
    return at_time(day + timedelta(1), time())


def morning_of(day: date) -> datetime:
    """When people begin to work on a day."""
    return at_time(day, MORNING)


def at_time(day: date, moment: time) -> datetime:
    """A time of the country's clock as an instant."""
    return datetime.combine(day, moment, tzinfo=pack().zone).astimezone(UTC)


def pack_due(name: str, day: date) -> date:
    """Last day of the pack's deadline `name` that begins to run on the day after `day`.

    Raises:
        DomainError: `no-such-value` when the pack states no such deadline.
    """
    return pack().due(name, day)


def later(day: date, days: int, *, working: bool) -> date:
    """The day so many days after another."""
    return pack().calendar.add(day, days) if working else day + timedelta(days)


def earlier(day: date, days: int, *, working: bool) -> date:
    """The day so many days before another; with working days it is itself one."""
    found = day
    while days_between(found, day, working=working) < days or (working and not pack().calendar.is_working(found)):
        found -= timedelta(1)
    return found


def kept_since(instant: datetime, kind: str) -> datetime:
    """The beginning of what the pack still keeps of a kind of record; what is older is forgotten."""
    day = day_of(instant)
    term = pack().kept_for(kind, day).term
    if term.unit in MONTHS:
        first = months_later(day, -term.length * MONTHS[term.unit])
    else:
        first = earlier(day, term.length, working=term.unit is TermUnit.WORKING_DAYS)
    return at_time(first, time())


def kept_until(day: date, kind: str, *, on: date) -> date:
    """The last day on which a record of a kind is kept that begins to be old on a day.

    Args:
        on: whose law is asked; a term that changes holds for what is there already too.
    """
    term = pack().kept_for(kind, on).term
    if term.unit in MONTHS:
        return months_later(day, term.length * MONTHS[term.unit])
    return later(day, term.length, working=term.unit is TermUnit.WORKING_DAYS)


def days_between(start: date, end: date, *, working: bool) -> int:
    """Days after one day up to another and with it; none when that has passed."""
    return max(pack().calendar.count(start, end) if working else (end - start).days, 0)
