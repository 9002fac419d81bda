"""Reads days as foreign registers write them."""

from __future__ import annotations

import re
from datetime import date

ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ][\d:.]+(?:Z|[+-]\d{2}:?\d{2})?)?")
POINTS = re.compile(r"(\d{2})\.(\d{2})\.(\d{4})(?: [\d:.]+)?")
EARLIEST = 1900


def read_day(value: object) -> date | None:
    """A day from `2024-12-31`, `2024-12-31T00:00:00` or `31.12.2024`; none for anything else."""
    text = str(value).strip()
    if found := ISO.fullmatch(text):
        year, month, day = found.groups()
    elif found := POINTS.fullmatch(text):
        day, month, year = found.groups()
    else:
        return None
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def is_possible(day: date, last: date) -> bool:
    """Whether something declared can have happened that day: after 1900 and not after `last`."""
    return day.year >= EARLIEST and day <= last
