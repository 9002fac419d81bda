"""What everybody is told of reports, gathered as whoever subtracts numbers would: from the file, programs' answers and the open table."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from datetime import date

import pytest
from django.core.cache import caches
from django.test import Client

from adaldyq.measures.reports.domain.ranges import most_more
from adaldyq.measures.reports.domain.telling import Teller
from adaldyq.measures.reports.domain.waiting import curve
from adaldyq.measures.reports.models import ReportCount, ReportEdition
from adaldyq.measures.reports.models.numbers import ALL, COUNTS, REGION, SET_ASIDE, SHARES, WAYS
from adaldyq.measures.reports.queries import counting
from adaldyq.measures.reports.tables import numbers

LEAST = 5
Statement = tuple[int, str, str, str]
"""Year, way of counting, key of the line, and count."""


def file_of(way: str, year: int | str = 2025) -> list[dict[str, str]]:
    """The lines of the file of a way of counting."""
    caches["recent"].clear()
    answer = Client().get("/en/reports/numbers/reports.csv", {"by": way, "year": str(year)})
    return list(csv.DictReader(io.StringIO(answer.getvalue().decode("utf-8-sig")))) if answer.status_code == 200 else []


def everything_told() -> dict[Statement, int]:
    """Every count that the public is told of the newest edition; the doors tell the same."""
    found: dict[Statement, int] = {}
    for way in ("year", *WAYS[1:]):
        for told in [one["key"] for one in file_of("year")]:
            year = int(told)
            rows = [one for one in file_of(way, told) if way != "year" or one["key"] == told]
            said = Client().get("/api/v1/reports/statistics", {"by": way, "year": told}).json()["lines"]
            for row in rows:
                (line,) = [one for one in said if one["key"] == row["key"]]
                key = (year, ALL if way == "year" else way, "" if way == "year" else row["key"])
                assert line["received"] == int(row["received"])
                found |= {(*key, name): count for name, count in of_line(row).items()}
                assert of_line(row) == of_answer(line)
    for number in numbers():
        line = (REGION, str(number["territory_id"])) if number["territory_id"] else (ALL, "")
        year = int(str(number["year"]))
        for name in ("received", "led_to_case"):
            assert number[name] == found.get((year, *line, name), 0)
    return found | steps_told()


def of_line(row: Mapping[str, str]) -> dict[str, int]:
    """The counts of a line of a file."""
    told = {"received": row["received"], SET_ASIDE: row[SET_ASIDE]}
    for part, whole in SHARES.items():
        told |= {part: row[part], whole: row[f"{part}_of"]}
    return {name: int(count) for name, count in told.items() if count}


def of_answer(line: Mapping[str, object]) -> dict[str, int]:
    """The counts of a line of a program's answer."""
    told: dict[str, object] = {"received": line["received"], SET_ASIDE: line[SET_ASIDE]}
    for part, whole in SHARES.items():
        share = line[part]
        if isinstance(share, dict):
            told |= {part: share["found"], whole: share["of"]}
    return {name: int(str(count)) for name, count in told.items() if count}


def steps_told() -> dict[Statement, int]:
    """The counts behind the curves, which are worked out from these alone."""
    rows = ReportCount.objects.filter(edition=ReportEdition.objects.latest("as_of_date"), by=ALL)
    answer = {one["year"]: one["points"] for one in Client().get("/api/v1/reports/waiting").json()}
    for row in rows:
        shown = [(one.days, one.low, one.high) for one in curve(row.waits, most_more(LEAST))]
        assert row.year not in answer or [tuple(one.values()) for one in answer[row.year]] == shown
    return {name: count for row in rows for name, count in steps_of(row).items()}


def steps_of(row: ReportCount) -> dict[Statement, int]:
    """The counts behind the curve of a year."""
    ends = ("watched", "still")
    return {
        (row.year, ALL, "", f"{end} {place}"): count
        for place, step in enumerate(row.waits)
        for end, count in zip(ends, step, strict=True)
        if count
    }


def counted_exactly(as_of: date) -> dict[Statement, int]:
    """What an edition would tell if it told all as it is."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Teller, "tails", lambda _teller, _those, _table: 0)
        patch.setattr(counting, "teller", lambda _as_of: Teller(b"of a test", 1))
        rows = counting.counted(as_of)
    found = {(row.year, row.by, row.key, name): getattr(row, name) for row in rows for name in (*COUNTS, SET_ASIDE)}
    return found | {name: count for row in rows for name, count in steps_of(row).items()}


def may_be_told(most: int, base: int) -> list[frozenset[int]]:
    """Of each count up to some number all that may be told of it, however its coin falls."""
    found: list[set[int]] = [set() for _count in range(most + 1)]
    with pytest.MonkeyPatch.context() as patch:
        for tails in range(most + 1):
            patch.setattr(Teller, "tails", lambda _teller, _those, _table, tails=tails: tails)
            for count, can in enumerate(found):
                can.add(Teller(b"of a test", base).at_least(count, ALL))
    return [frozenset(one) for one in found]
