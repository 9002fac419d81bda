"""Which counts of a published table are not told, so that neither they nor their differences tell of few."""

from __future__ import annotations

from collections.abc import Sequence


def untold(values: Sequence[int], least: int) -> set[int]:
    """Places of the counts of a column that are not told: those of fewer than `least`, but zero.

    The sum of a column is known, so what is left out together counts none or not few either: the smallest of the others go
    with them until it does.
    """
    found = {place for place, value in enumerate(values) if 0 < value < least}
    rest = sorted((value, place) for place, value in enumerate(values) if value >= least)
    while found and rest and sum(values[place] for place in found) < least:
        found.add(rest.pop(0)[1])
    return found
