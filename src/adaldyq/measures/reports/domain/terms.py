"""How terms of a report stood on a day, and which office each of them counts at.

A term counts when its last day has passed, whether it was kept or not. Counted at once when it is kept, it would make whoever
has young reports look better: of those only what was done quickly would be known.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

RUNNING, IN_TIME, LATE = range(3)
"""How a term stands; of several terms the last one here counts."""

Stay = tuple[str, date]
"""An office that has a report, and since when."""


@dataclass(frozen=True, slots=True)
class Term:
    """A term of a report.

    Attributes:
        office: the body that it binds, or bound last.
        due: its last day.
        closed: when it was kept, missed or cancelled.
        cancelled: whether it ended because the report went on elsewhere.
    """

    office: str
    began: date
    due: date
    closed: date | None
    cancelled: bool = False

    def stands(self, day: date) -> int:
        """How it stood at the end of a day; one that was cancelled in time counts as little as one that runs."""
        if self.due > day:
            return RUNNING
        in_time = self.closed is not None and self.closed <= self.due
        if in_time and self.cancelled:
            return RUNNING
        return IN_TIME if in_time else LATE

    def answers(self, stays: Sequence[Stay], day: date) -> str:
        """The office that it counts at: one that was kept, where it was; one that was missed, where the report lay longest meanwhile.

        Else a report that is passed on in the last days of its term would count against whoever got it.

        Args:
            stays: offices that had the report, the first one first.
        """
        if len(stays) <= 1 or self.stands(day) != LATE:
            return self.office
        lay: Counter[str] = Counter()
        for (office, since), (_next, until) in pairwise([*stays, ("", self.due)]):
            lay[office] += max(0, (min(until, self.due) - max(since, self.began)).days)
        longest, days = lay.most_common(1)[0]
        return longest if days else self.office


def worst(terms: Sequence[Term], day: date) -> int:
    """How some terms of a report stood together at the end of a day."""
    return max((one.stands(day) for one in terms), default=RUNNING)
