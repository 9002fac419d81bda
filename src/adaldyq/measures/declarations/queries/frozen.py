"""Numbers of past years that were kept when their records went."""

from __future__ import annotations

from collections import Counter

from adaldyq.measures.declarations.models import FrozenCount
from adaldyq.measures.declarations.models.frozen import OUTCOME, REVIEW


def frozen_years(of: str = OUTCOME) -> set[int]:
    """Years of which numbers were kept."""
    return set(FrozenCount.objects.filter(of=of).values_list("year", flat=True).distinct())


def frozen_reviews() -> Counter[tuple[int, str, str]]:
    """How many reviews ended in which state, by year and part."""
    found: Counter[tuple[int, str, str]] = Counter()
    for one in FrozenCount.objects.filter(of=REVIEW):
        part, _, state = one.key.partition(":")
        found[one.year, part, state] += one.owed
    return found
