"""Which counts of reviews are too small to be told."""

from __future__ import annotations

from collections.abc import Mapping


def told(counts: Mapping[str, int], least: int) -> dict[str, int | None]:
    """Counts that add up to a number that is told, without those from which somebody could be guessed.

    A count from 1 up to, but not including, `least` is left out; where it would follow from the sum, the smallest other
    one that is not 0 is left out with it.
    """
    shown: dict[str, int | None] = {name: None if 0 < count < least else count for name, count in counts.items()}
    left_out = [name for name, count in shown.items() if count is None]
    if len(left_out) == 1:
        others = [(count, name) for name, count in counts.items() if count and name not in left_out]
        if others:
            shown[min(others)[1]] = None
    return shown
