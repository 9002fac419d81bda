"""Whoever knows all that is told of reviews, and how it is left out, cannot work out a count that is not told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import pytest

from adaldyq.measures.declarations.domain.review_rates import told

OUTCOMES = ("explained", "confirmed", "corrected", "referred", "taken_back")


def splits(total: int, parts: int) -> Iterator[tuple[int, ...]]:
    """All ways to split a number into so many counts."""
    if parts == 1:
        yield (total,)
        return
    for first in range(total + 1):
        for rest in splits(total - first, parts - 1):
            yield (first, *rest)


def fillings(selected: int) -> Iterator[dict[str, int]]:
    """Everything that can have come of a draw of some size."""
    for *outcomes, late, waiting in splits(selected, len(OUTCOMES) + 2):
        del waiting
        counts = dict(zip(OUTCOMES, outcomes, strict=True))
        found = counts["corrected"] + counts["referred"]
        yield {**counts, "decided": sum(outcomes), "overdue": late, "found": found}


@pytest.mark.parametrize(("least", "most"), [(3, 11), (4, 11), (5, 13)])
def test_each_count_that_is_not_told_may_be_several_numbers(least: int, most: int) -> None:
    for selected in range(1, most + 1):
        for shown, behind in tables(selected, least).items():
            for name, value in zip(behind[0], shown, strict=True):
                assert value is not None or len({one[name] for one in behind}) > 1, (selected, shown, name)


def tables(selected: int, least: int) -> dict[tuple[int | None, ...], list[dict[str, int]]]:
    """Each published line of a draw of some size, with everything that can be behind it."""
    found: dict[tuple[int | None, ...], list[dict[str, int]]] = defaultdict(list)
    for filling in fillings(selected):
        counts = {name: filling[name] for name in OUTCOMES}
        shown = told(counts, selected=selected, overdue=filling["overdue"], least=least)
        assert all(value in (None, filling[name]) for name, value in shown.items())
        assert not [name for name, value in shown.items() if value and value < least]
        found[tuple(shown[name] for name in filling)].append(filling)
    return found


def test_three_counts_that_make_three_leave_nothing_told() -> None:
    counts = {"explained": 1, "confirmed": 0, "corrected": 1, "referred": 1, "taken_back": 0}
    assert set(told(counts, selected=6, overdue=0, least=5).values()) == {None}


def test_many_of_each_are_told() -> None:
    counts = {"explained": 5, "confirmed": 0, "corrected": 6, "referred": 7, "taken_back": 0}
    shown = told(counts, selected=30, overdue=5, least=5)
    assert shown == {**counts, "decided": 18, "overdue": 5, "found": 13}
