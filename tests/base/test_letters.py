"""What somebody sent is told so that it can be read: spaces stand, and what cannot be seen is told by its code point."""

from __future__ import annotations

import pytest

from adaldyq.base.letters import as_told


@pytest.mark.parametrize("space", [" ", "\u00a0", "\u2009", "\u202f", "\u3000"])
def test_a_sum_with_any_space_between_thousands_is_told_as_it_was_written(space: str) -> None:
    written = f"1{space}250{space}000 теңге"
    assert as_told(written) == written


@pytest.mark.parametrize("letter", ["\u200b", "\u202e", "\u2028", "\x00", "\n", "\ud800"])
def test_what_cannot_be_seen_is_told_by_its_code_point(letter: str) -> None:
    assert as_told(f"1\u00a0250{letter}") == f"1\u00a0250U+{ord(letter):04X}"
