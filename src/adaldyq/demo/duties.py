"""Who must declare what by when, and when it was filed: phases of the law, late ones, missing ones, amendments."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta

import numpy as np

from adaldyq.countries.loader import load
from adaldyq.demo.chance import happens
from adaldyq.demo.columns import NONE, Bools, Ints, day, year_of
from adaldyq.demo.families import TODAY
from adaldyq.demo.identifiers import PACK
from adaldyq.demo.lists import YEARS
from adaldyq.demo.rows import Rows, joined
from adaldyq.demo.work import EMPLOYEE, OFFICIAL, OWNER

FORMS = ("assets", "income")
ASSETS, INCOME = 0, 1
REASONS = (
    "official",
    "spouse of an official",
    "state employee",
    "spouse of a state employee",
    "company head",
    "spouse of a company head",
    "other",
)
OTHER = len(REASONS) - 1
GROUPS = {OFFICIAL: "official", EMPLOYEE: "state_employee", OWNER: "company_head"}
"""Groups of the law by the work that puts people into them; `other` are all the rest."""

GROUPS_OF_REASONS = dict(
    zip(REASONS, (*(group for group in GROUPS.values() for _whose in range(2)), "other"), strict=True)
)
"""The group of the law by the reason that an obligation states: people of the group, and their spouses."""
REASON_OF_JOB = {OFFICIAL: 0, EMPLOYEE: 2, OWNER: 4}
BY_POST = (REASON_OF_JOB[OFFICIAL], REASON_OF_JOB[EMPLOYEE])
NOT_YET = 9999
MISSING, LATE, AMENDED, PAPER, LAST_MINUTE = 0.01, 0.015, 0.02, 0.0015, 0.004
SECONDS, MINUTE, MICROSECONDS = 86_400, 60, 1_000_000
ON_TIME, WAS_LATE, WAS_MISSING, ON_PAPER, AT_LAST, JUST_AFTER = range(6)


def brought_in(group: str) -> int:
    """First year that the law makes a group declare."""
    return next(phase.year for phase in load(PACK).phases if phase.group == group)


def law_of(reason: str, year: int) -> Mapping[str, object]:
    """By which phase of the law somebody declares a year, as an obligation keeps it; nothing when no phase says so."""
    group = GROUPS_OF_REASONS[reason]
    brought = [phase for phase in load(PACK).phases if phase.group == group and phase.year <= year]
    return {"law": brought[-1].source, "phase_since": brought[-1].since} if brought else {}


def first_years(people: Rows) -> tuple[Ints, Ints]:
    """The first year that each person's own work makes them declare, and the reason."""
    first, reason = np.full(len(people), NOT_YET), np.full(len(people), OTHER)
    for job, group in GROUPS.items():
        phase = brought_in(group)
        mine = people["job"] == job
        since = year_of(people["since"]) if job != OWNER else np.full(len(people), phase)
        first = np.where(mine, np.maximum(since, phase), first)
        reason = np.where(mine, REASON_OF_JOB[job], reason)
    return first, reason


def married_on(people: Rows, person: Ints, when: Ints | int) -> Bools:
    """Who has a spouse in force on a day."""
    spouse = people["spouse"][person]
    alive = (people["death"][spouse] == NONE) | (people["death"][spouse] > when)
    lasting = (people["parted"][person] == NONE) | (people["parted"][person] > when)
    in_force: Bools = (spouse >= 0) & alive & lasting & (people["wed"][person] <= when)
    return in_force


def obligations_of(people: Rows, with_other: Ints, deadlines: Mapping[int, date]) -> Rows:
    """That people must declare, year by year; the first time all assets, then income and property.

    Args:
        people: with their work.
        with_other: those who must declare in the last phase for other reasons, such as accounts abroad.
        deadlines: last day to file by declared year.
    """
    first, own_reason = first_years(people)
    holds = np.zeros(len(people), bool)
    holds[with_other] = True
    everybody = np.arange(len(people))
    filed_before = np.zeros(len(people), bool)
    tables = []
    for year in YEARS:
        due = deadlines[year].toordinal() - date(1970, 1, 1).toordinal()
        spouse = people["spouse"]
        by_spouse = married_on(people, everybody, day(year, 12, 31)) & (first[spouse] <= year)
        own = first <= year
        alive = (people["death"] == NONE) | (people["death"] > due)
        last = holds & (year >= brought_in("other"))
        person = np.flatnonzero((own | by_spouse | last) & alive & (people["birth"] < day(year - 18)))
        reason = np.where(own, own_reason, np.where(by_spouse, own_reason[spouse] + 1, OTHER))[person]
        tables.append(
            Rows(
                {
                    "person": person,
                    "year": np.full(len(person), year),
                    "form": np.where(filed_before[person], INCOME, ASSETS),
                    "reason": reason,
                    "due": np.full(len(person), due),
                    "body": np.where(np.isin(reason, BY_POST), people["body"][person], -1),
                    "public": reason == 0,
                }
            )
        )
        filed_before[person] = True
    return joined(tables)


def file_all(obligations: Rows, spared: Bools, chance: np.random.Generator) -> Rows:
    """How and when each obligation was met.

    Args:
        obligations: what must be filed.
        spared: people whom a planted story needs to file on time.
        chance: decides who is late.

    Returns:
        The obligations with `how` they were met, the day in the country, and the instant in microseconds UTC.
    """
    count, due = len(obligations), obligations["due"]
    draw = chance.random(count)
    edges = np.cumsum([MISSING, LATE, PAPER, LAST_MINUTE, PAPER])
    kinds = np.array((WAS_MISSING, WAS_LATE, ON_PAPER, AT_LAST, JUST_AFTER, ON_TIME))
    how = kinds[np.searchsorted(edges, draw, "right")]
    how = np.where(spared[obligations["person"]], ON_TIME, how)
    early = due - 1 - (chance.beta(1, 3, count) * 75).astype(np.int64)
    late = np.minimum(due + 1 + (chance.beta(1, 3, count) * 150).astype(np.int64), TODAY - 1)
    on = np.select([np.isin(how, (WAS_LATE, ON_PAPER)), how == AT_LAST, how == JUST_AFTER], [late, due, due + 1], early)
    usual = 8 * 3600 + (chance.random(count) * 14 * 3600).astype(np.int64)
    seconds = np.select([how == AT_LAST, how == JUST_AFTER], [SECONDS - 50, 20 * MINUTE], usual)
    met = Rows(dict(obligations.columns))
    met["how"], met["filed_on"], met["filed"] = how, on, instant(on, seconds)
    return met


def instant(days: Ints, seconds: Ints) -> Ints:
    """Microseconds UTC of a day and second of the country's own clock."""
    in_utc: Ints = (days * SECONDS + seconds - ahead_of_utc(days)) * MICROSECONDS
    return in_utc


def local_day(instants: Ints) -> Ints:
    """The day that the country's own clock shows at instants in microseconds UTC."""
    in_utc = instants // MICROSECONDS
    local: Ints = (in_utc + ahead_of_utc(in_utc // SECONDS)) // SECONDS
    return local


def ahead_of_utc(days: Ints) -> Ints:
    """Seconds that the country's clock is ahead of UTC at noon of days."""
    zone = load(PACK).zone
    distinct, places = np.unique(days, return_inverse=True)
    noons = [datetime.fromtimestamp(int(one) * SECONDS + SECONDS // 2, UTC) for one in distinct]
    offsets = [noon.astimezone(zone).utcoffset() or timedelta() for noon in noons]
    seconds: Ints = np.array([one.total_seconds() for one in offsets], np.int64)[places]
    return seconds


def declarations_of(met: Rows, planted: Mapping[tuple[int, int], int], chance: np.random.Generator) -> Rows:
    """The filed declarations, an amended one in two versions; rows point to their obligation.

    Args:
        met: how obligations were met.
        planted: by person and year, days after the last day on which a story amends a declaration.
        chance: decides who amends without a story.
    """
    filed = np.flatnonzero(met["how"] != WAS_MISSING)
    one = Rows(
        {
            "obligation": filed,
            "person": met["person"][filed],
            "year": met["year"][filed],
            "form": met["form"][filed],
            "filed": met["filed"][filed],
            "version": np.ones(len(filed), np.int64),
            "current": np.ones(len(filed), np.int64),
        }
    )
    days = np.array([planted.get(key, 0) for key in zip(one["person"].tolist(), one["year"].tolist(), strict=True)])
    usual = happens(chance, len(filed), AMENDED) & (met["how"][filed] == ON_TIME)
    amended = np.flatnonzero(usual | (days > 0))
    two = one.where(amended)
    two["version"] = np.full(len(two), 2)
    later = (5 + chance.random(len(two)) * 40).astype(np.int64) * SECONDS * 1_000_000
    noon = np.full(len(two), 43_200)
    told = instant(met["due"][filed][amended] + days[amended], noon)
    soon = np.minimum(two["filed"] + later, instant(np.full(len(two), TODAY - 1), noon))
    two["filed"] = np.where(days[amended] > 0, told, soon)
    one["current"][amended] = 0
    return joined([one, two])


def span_of(person: int, obligations: Rows) -> list[int]:
    """Years that a person declares."""
    return sorted(int(year) for year in obligations["year"][obligations["person"] == person])
