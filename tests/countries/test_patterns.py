"""A pattern that could search for ages is found before it is ever tried, and no other is refused."""

from __future__ import annotations

import pytest

from adaldyq.countries.patterns import endless


@pytest.mark.parametrize(
    ("pattern", "place"),
    [
        (r"(\d+)+", 6),
        (r"(?:\d*)*X", 8),
        (r"AB(\d|\d\d){3,}", 12),
        (r"((\d{1,9}))+", 12),
        (r"(?P<a>\d\d?){9}", 13),
        (r"([^)]+)*", 8),
        (r"(?:\)+\()+?", 10),
    ],
)
def test_a_repeated_group_that_repeats_is_found(pattern: str, place: int) -> None:
    assert endless(pattern) == place


@pytest.mark.parametrize(
    "pattern",
    [
        r"\d+",
        r"(\d+)",
        r"(\d\d)+",
        r"(\d+)?-\d",
        r"\d\d(0[1-9]|1[0-2])[4-6]\d{7}",
        r"[(+*]+\(\d+\)+",
        r"[])+(]{2,5}(?:AB){2,3}",
        r"(?#(a+)(?i:ab)\d{4}(?!9)",
        r"(?P<year>\d{4})(?P=year)+",
    ],
)
def test_other_patterns_are_let_be(pattern: str) -> None:
    assert endless(pattern) is None
