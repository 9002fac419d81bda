"""What became of an obligation depends on the two days and on today only."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from adaldyq.measures.declarations.domain.outcomes import AWAITED, LATE, MISSING, ON_TIME, outcome

DUE = date(2025, 9, 15)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("due", "filed", "today", "expected"),
    [
        (DUE, None, DUE, AWAITED),
        (DUE, None, DUE + DAY, MISSING),
        (DUE, DUE, DUE + DAY, ON_TIME),
        (DUE, DUE + DAY, DUE + DAY, LATE),
        (None, DUE, DUE, ON_TIME),
        (None, None, DUE, AWAITED),
    ],
)
def test_the_outcome_of_two_days(due: date | None, filed: date | None, today: date, expected: str) -> None:
    assert outcome(due, filed, today) == expected
