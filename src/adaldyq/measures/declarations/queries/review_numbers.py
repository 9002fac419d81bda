"""Numbers of reviews that name nobody: how many were selected, what came of them, how often something was found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Sum

from adaldyq.base.proportions import PERCENT, PLACES, wilson
from adaldyq.kernel import naming
from adaldyq.measures.declarations.domain.review_rates import told
from adaldyq.measures.declarations.models import Review, ReviewSelection
from adaldyq.measures.declarations.queries.frozen import frozen_reviews
from adaldyq.measures.declarations.queries.reviews import overdue
from adaldyq.measures.declarations.states import (
    APPEALED,
    CONFIRMED,
    CORRECTED,
    EXPLAINED,
    OVERTURNED,
    REFERRED,
    UPHELD,
)

OUTCOMES = {
    "explained": (EXPLAINED,),
    "confirmed": (CONFIRMED,),
    "corrected": (CORRECTED,),
    "referred": (REFERRED, APPEALED, UPHELD),
    "taken_back": (OVERTURNED,),
}
"""States that each outcome counts; a referral counts while it stands."""


@dataclass(frozen=True, slots=True)
class Numbers:
    """What came of the reviews of a year and part.

    Attributes:
        frame: how many declarations could have been selected.
        selected: how many were.
        decided: how many of them are decided; None, as each number below, when it would tell of too few.
        overdue: of how many a last day has passed.
        explained, confirmed, corrected, referred, taken_back: of those decided.
        found: of how many of those decided something was wrong.
        share: the same of a hundred decided; None with `found`.
        low, high: the interval in which that share lies in 95 of 100 draws.
    """

    year: int
    part: str
    frame: int
    selected: int
    decided: int | None
    overdue: int | None
    explained: int | None
    confirmed: int | None
    corrected: int | None
    referred: int | None
    taken_back: int | None
    found: int | None
    share: float | None
    low: float | None
    high: float | None


def least_told(today: date) -> int:
    """The least number that public statistics tell of, by the country pack."""
    return int(naming.pack().threshold("suppressed_below", today).amount)


def numbers(today: date) -> Sequence[Numbers]:
    """Numbers of all years drawn from, the newest first, each by risk and by lot; later draws of a year count with it."""
    states = frozen_reviews()
    gone = {year for year, _part, _state in states}
    for year, part, state in Review.objects.values_list("selection__year", "part", "state"):
        if year not in gone:
            states[year, part, state] += 1
    late: Counter[tuple[int, str]] = Counter(
        Review.objects.filter(overdue(today)).values_list("selection__year", "part")
    )
    least = least_told(today)
    drawn = ReviewSelection.objects.exclude(drawn_at=None).values_list("year")
    sums = drawn.annotate(frame=Sum("frame_size"), risk=Sum("risk_count"), random=Sum("random_count"))
    return [
        counted(Drawn(year, part, frame, taken), states, late[year, part], least)
        for year, frame, risk, random in sums.order_by("-year")
        for part, taken in (("risk", risk), ("random", random))
    ]


@dataclass(frozen=True, slots=True)
class Drawn:
    """All draws of a year together: how many could be taken, and how many a part took."""

    year: int
    part: str
    frame: int
    taken: int


def counted(one: Drawn, states: Counter[tuple[int, str, str]], late: int, least: int) -> Numbers:
    """Numbers of one part of a year; of years that were erased it is the numbers kept then."""
    counts = {name: sum(states[one.year, one.part, state] for state in of) for name, of in OUTCOMES.items()}
    shown = told(counts, selected=one.taken, overdue=late, least=least)
    found, decided = shown["found"], shown["decided"]
    range_of = None if found is None or decided is None else wilson(found, decided)
    return Numbers(
        year=one.year,
        part=one.part,
        frame=one.frame,
        selected=one.taken,
        **shown,
        share=round(PERCENT * found / decided, PLACES) if found is not None and decided else None,
        low=range_of[0] if range_of else None,
        high=range_of[1] if range_of else None,
    )
