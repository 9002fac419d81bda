"""What of counts may be told: nothing of few, nor anything from which it would follow (`base.disclosure`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from adaldyq.base.disclosure import told_together, untold_rows
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
    together = told_together({one.key: one["received"] for one in found}, least)
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
