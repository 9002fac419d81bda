"""The estimate of time left follows what is missing."""

from __future__ import annotations

from adaldyq.measures.declarations.domain.effort import Left, minutes, usual_minutes


def test_what_is_complete_leaves_only_checking_and_signing() -> None:
    assert minutes([]) == 2


def test_each_thing_that_is_missing_takes_its_time() -> None:
    sixteen = [Left() for _ in range(16)]
    assert minutes(sixteen) == 5
    assert minutes([Left()] * 8) < minutes([Left(rows=1)] * 8) - 2, "empty sections are asked about on one page"
    assert minutes(sixteen) < usual_minutes(16) <= 10
    assert minutes([Left(rows=4)]) < minutes([Left(rows=4, boxes=8)]) < minutes([Left(rows=4, boxes=8, documents=2)])
    assert minutes([Left(documents=1)]) - minutes([Left()]) == 2
