"""Which cells of a table of services and regions may be told, with its sums, so that no small one follows from them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from adaldyq.base.disclosure import told_together

ALL = ""
Cell = tuple[str, str]
"""A service and a region; `ALL` for all of them together."""


def told(counts: Mapping[Cell, int], least: int) -> frozenset[Cell]:
    """Cells of a year that may be told; `counts` holds the sums of rows, of columns and of all too.

    A cell of few is left out, and with it so many others of its row and of its column that it could still be any of
    `least` numbers. Where the sum of a row or column is left out, its cells are too.
    """
    if counts.get((ALL, ALL), 0) < least:
        return frozenset()
    services, regions = ({cell[place] for cell in counts} for place in (0, 1))
    untold = left_out(counts, [[(service, region) for region in regions - {ALL}] for service in services], least)
    untold |= left_out(counts, [[(service, region) for service in services - {ALL}] for region in regions], least)
    return frozenset(
        (service, region)
        for (service, region), count in counts.items()
        if count >= least and not {(service, region), (service, ALL), (ALL, region)} & untold
    )


def left_out(counts: Mapping[Cell, int], lines: Iterable[Sequence[Cell]], least: int) -> set[Cell]:
    """Cells that must not be told beside the sum of their line."""
    found: set[Cell] = set()
    for line in lines:
        ordered = sorted(line)
        together = told_together({str(place): counts.get(cell, 0) for place, cell in enumerate(ordered)}, least)
        found |= {ordered[int(place)] for place in together}
    return found
