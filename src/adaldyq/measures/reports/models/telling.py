"""What of counts may be told: nothing of few, nor anything from which it would follow (`base.disclosure`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from adaldyq.base.disclosure import is_few, left_together, untold_rows
from adaldyq.measures.reports.models.numbers import (
    LED_TO_CASE,
    PROTECTED,
    RECOVERED,
    REWARDED,
    SET_ASIDE,
    SUMS,
    ReportCount,
)
from adaldyq.measures.reports.models.reports import OUTCOMES, SUBSTANTIATED

REOPENED, REST, OTHERWISE = "reopened", "rest", "otherwise"
NO_CASE, NOTHING_BACK, NOTHING_YET = "no_case", "nothing_back", "nothing_yet"
NO_REWARD, UNPROTECTED = "no_reward", "unprotected"
REST_OF = {REST: REOPENED, NO_CASE: LED_TO_CASE, NOTHING_BACK: RECOVERED, NO_REWARD: REWARDED, UNPROTECTED: PROTECTED}
"""What is left of all received: by the name of the rest, what it is left by."""

OTHERS = "others"
"""The key of what is told together, since it is too few to be told apart."""

PARTS: Mapping[str, tuple[str, ...]] = {
    "acknowledged": ("acknowledged_in_time", "acknowledged_late", "acknowledgement_open"),
    "answered": ("answered_in_time", "answered_late", "answer_open"),
    "substantiated": (SUBSTANTIATED, OTHERWISE, "undecided"),
    REOPENED: (REOPENED, REST),
    LED_TO_CASE: (LED_TO_CASE, NO_CASE),
    RECOVERED: (RECOVERED, NOTHING_BACK),
    PROTECTED: (PROTECTED, UNPROTECTED),
}
"""How reports are parted: the counts of each add up to all that were received. The first one is what a share is of."""

CASE_CELLS = (RECOVERED, NOTHING_YET, NO_CASE)
CELLS: Mapping[str, tuple[str, ...]] = {
    **PARTS,
    LED_TO_CASE: CASE_CELLS,
    RECOVERED: CASE_CELLS,
    REWARDED: (REWARDED, NO_REWARD),
}
"""The counts that must not be few where a part is told, with those that would follow from parts told beside each other.

How many were rewarded is not told, only how much was granted: with the reports that led to a case it would tell of the few that
led to one and were not.
"""

OF: Mapping[str, tuple[str, ...]] = {
    "acknowledged": ("acknowledged_in_time", "acknowledged_late"),
    "answered": ("answered_in_time", "answered_late"),
    "substantiated": (SUBSTANTIATED, OTHERWISE),
    REOPENED: (REOPENED, REST),
    LED_TO_CASE: (LED_TO_CASE, NO_CASE),
    RECOVERED: (RECOVERED, NOTHING_BACK),
    PROTECTED: (PROTECTED, UNPROTECTED),
}
"""Of what each share is: of those whose term has ended or was kept, of those decided, of all."""


@dataclass(frozen=True, slots=True)
class Counts:
    """Counts of a group by their names, and the money that came back."""

    key: str
    numbers: Mapping[str, int] = field(default_factory=dict)
    amount: Decimal = Decimal(0)
    rewards: Decimal = Decimal(0)

    def __getitem__(self, name: str) -> int:
        if name in REST_OF:
            return self.numbers["received"] - self.numbers[REST_OF[name]]
        if name == NOTHING_YET:
            return self.numbers[LED_TO_CASE] - self.numbers[RECOVERED]
        if name == OTHERWISE:
            return sum(self.numbers[one] for one in OUTCOMES if one != SUBSTANTIATED)
        return self.numbers[name]

    def __add__(self, other: Counts) -> Counts:
        numbers = {name: self.numbers[name] + other.numbers[name] for name in SUMS}
        back, rewards = self.amount + other.amount, self.rewards + other.rewards
        return replace(self, numbers=numbers, amount=back, rewards=rewards)


def counts_of(row: ReportCount, key: str) -> Counts:
    """A row of counts."""
    return Counts(key, {name: getattr(row, name) for name in SUMS}, row.recovered_amount, row.rewarded_amount)


def told(
    found: Sequence[Counts], least: int, untold: frozenset[str] = frozenset()
) -> list[tuple[Counts, frozenset[str]]]:
    """Groups whose sum is told, those of few together, each with the parts that are not told of it; none when all are few.

    Args:
        untold: parts of which not even the sum is told.
    """
    return told_apart(found, left_together({one.key: one["received"] for one in found}, least), least, untold)


def told_apart(
    found: Sequence[Counts], together: frozenset[str], least: int, untold: frozenset[str]
) -> list[tuple[Counts, frozenset[str]]]:
    """Groups, some of them together, each with the parts that are not told of it; none when all are few."""
    few = [one for one in found if one.key in together]
    shown = [one for one in found if one.key not in together]
    if few:
        shown.append(replace(sum(few[1:], few[0]), key=OTHERS))
    if any(one["received"] < least for one in shown):
        return []
    hidden = {
        part: untold_rows({one.key: [one[name] for name in columns] for one in shown}, least)
        for part, columns in CELLS.items()
    }
    few_aside = {SET_ASIDE} if any(0 < one[SET_ASIDE] < least for one in shown) else set()
    return [(one, untold | few_aside | {part for part, keys in hidden.items() if one.key in keys}) for one in shown]


@dataclass(frozen=True, slots=True)
class Larger:
    """Groups of another table, of which those of a table are parts: regions, whose bodies are counted beside them.

    Attributes:
        groups: all of them.
        of: by the key of a part, the key of the group that it lies in; parts of none have no entry.
    """

    groups: Sequence[Counts]
    of: Mapping[str, str]


def told_beside(
    found: Sequence[Counts], larger: Larger, least: int, untold: frozenset[str] = frozenset()
) -> list[tuple[Counts, frozenset[str]]]:
    """Groups that lie in larger ones, which are told too: what a larger one counts beyond its parts is none, or not few.

    Whoever subtracts the bodies of a region from the region would else learn of the few that are left. Bodies go among the
    others, the smallest first, until none is left or it is enough. Of a part the same holds: where it is not so, no body of
    that region tells of it, nor do the others and those of no region.
    """
    lines = told(larger.groups, least, untold)
    apart = {one.key for one, _hidden in lines}
    line_of = {one.key: one.key if one.key in apart else OTHERS for one in larger.groups}
    within = {one.key: line_of.get(larger.of.get(one.key, ""), "") for one in found if one.key in larger.of}
    rows = told_apart(found, gone_beside(found, lines, within, least), least, untold)
    return [(one, hidden | parts_left(one.key, rows, lines, within, least)) for one, hidden in rows]


def gone_beside(
    found: Sequence[Counts], lines: Sequence[tuple[Counts, frozenset[str]]], within: Mapping[str, str], least: int
) -> frozenset[str]:
    """Groups that are told together only, with the larger ones told beside them.

    Where one goes for the sake of its larger group, of those that lie in none there go so many that it does not follow from
    what the larger groups count together.
    """
    counts = {one.key: one["received"] for one in found}
    outside = frozenset(counts) - frozenset(within)
    together = left_together(counts, least, first=outside)
    before = together
    for line, _hidden in lines:
        inside = sorted((key for key in within if within[key] == line.key), key=lambda key: (counts[key], key))
        inside = [key for key in inside if key not in together]
        while inside and is_few(line["received"] - sum(counts[key] for key in inside), least):
            together |= {inside.pop(0)}
    rest = sorted(outside - together)
    while together != before and rest and sum(counts[key] for key in outside & together) < least:
        together |= {rest.pop(0)}
    return left_together(counts, least, together, outside)


def parts_left(
    key: str,
    rows: Sequence[tuple[Counts, frozenset[str]]],
    lines: Sequence[tuple[Counts, frozenset[str]]],
    within: Mapping[str, str],
    least: int,
) -> frozenset[str]:
    """Parts that a line does not tell, since what a larger group counts of them beyond its parts is few."""
    found: set[str] = set()
    for line, untold in lines:
        inside = [(one, hidden) for one, hidden in rows if within.get(one.key) == line.key]
        if not inside or (key in within and within[key] != line.key):
            continue
        for part, columns in CELLS.items():
            telling = [one for one, hidden in inside if part not in hidden]
            left = (line[name] - sum(one[name] for one in telling) for name in columns)
            if telling and part not in untold and any(is_few(one, least) for one in left):
                found.add(part)
    return frozenset(found)
