"""Reads days as registers write them."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import Final

IMPOSSIBLE: Final = "impossible-date"
EARLIEST, LATEST = 1900, 2100

ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:[T ]([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.[0-9]+)?Z?)?", re.ASCII)
DOTTED = re.compile(r"([0-9]{2})\.([0-9]{2})\.([0-9]{4})(?: ([0-9]{2}):([0-9]{2}):([0-9]{2}))?", re.ASCII)


def read_instant(raw: object) -> tuple[datetime | None, str]:
    """Read an instant and the kind of note it deserves; a day counts as its first instant, in UTC.

    Args:
        raw: `2025-04-30T00:00:00`, `2025-04-30`, `30.04.2025`, `30.04.2025 22:40:16`, or nothing.
    """
    if raw is None or raw == "":
        return None, ""
    if not isinstance(raw, str):
        return None, IMPOSSIBLE
    text = raw.strip()
    if found := ISO.fullmatch(text):
        year, month, day, hour, minute, second = (int(part or 0) for part in found.groups())
    elif found := DOTTED.fullmatch(text):
        day, month, year, hour, minute, second = (int(part or 0) for part in found.groups())
    else:
        return None, IMPOSSIBLE
    try:
        instant = datetime(year, month, day, hour, minute, second, tzinfo=UTC)
    except ValueError:
        return None, IMPOSSIBLE
    return (instant, "") if EARLIEST <= year <= LATEST else (None, IMPOSSIBLE)


def read_day(raw: object) -> tuple[date | None, str]:
    """Read a day and the kind of note it deserves."""
    instant, problem = read_instant(raw)
    return (instant.date() if instant else None), problem
