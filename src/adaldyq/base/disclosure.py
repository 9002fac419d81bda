"""Which counts may be told, so that no count of fewer than a least number can be worked out from those beside it.

Whoever reads a table knows its sums. A count that is left out alone follows from them, so others go with it until each
that is left out could still be any of many numbers. Rows of few are not left blank but told together, which says no
more than their sum does and keeps how many they are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

Row = Sequence[int]

FEW = "few"
"""Key of the line of those that are told together."""


def told_together(counts: Mapping[str, int], least: int) -> frozenset[str]:
    """Keys whose counts are told only as one sum, since some of them count fewer than `least`.

    The counts add up to a number that is told. Those told together are so many, and count so much, that each of them
    may be anything from 1 to `least` at least: of two that count two in all, each is known to be one.
    """
    ordered = sorted((key for key, count in counts.items() if count), key=lambda key: (counts[key], key))
    together = [key for key in ordered if counts[key] < least]
    for key in ordered[len(together) :]:
        if not together or is_open(sum(counts[one] for one in together), len(together), least):
            break
        together.append(key)
    return frozenset(together)


def is_open(total: int, parts: int, least: int) -> bool:
    """Whether each of several parts, none of them 0, may still be anything from 1 to `least` when the sum is known."""
    return parts > 1 and total - parts >= least - 1


def untold_rows(table: Mapping[str, Row], least: int) -> frozenset[str]:
    """Rows of a table whose cells are left out, when the sums of all rows and all columns are told.

    A row is left out whole when one of its cells counts fewer than `least` but something. With the rows left out, a cell
    may be whatever both its sums leave room for (Fréchet's bounds, which are sharp for a table of two ways); while there
    is a cell of few that has room for fewer than `least` numbers, the smallest other row goes too.
    """
    ordered = sorted(table, key=lambda key: (sum(table[key]), key))
    untold = [key for key in ordered if has_few(table[key], least)]
    rest = [key for key in ordered if not has_few(table[key], least)]
    while untold and rest and not have_room([table[key] for key in untold], least):
        untold.append(rest.pop(0))
    return frozenset(untold)


def rows_together(table: Mapping[str, Row], least: int) -> frozenset[str]:
    """Rows of a table that are told only as one sum, since a cell of some of them counts fewer than `least`.

    The sums of the columns are told, those of the rows told together are not. They are so many, and count so much, that
    each of them may be anything from 1 to `least` at least.
    """
    ordered = sorted((key for key in table if sum(table[key])), key=lambda key: (sum(table[key]), key))
    together = [key for key in ordered if has_few(table[key], least)]
    rest = [key for key in ordered if not has_few(table[key], least)]
    while together and rest and not is_open(sum(sum(table[key]) for key in together), len(together), least):
        together.append(rest.pop(0))
    return frozenset(together)


def has_few(row: Row, least: int) -> bool:
    """Whether a cell of a row counts something, but too few."""
    return any(0 < count < least for count in row)


def have_room(block: Sequence[Row], least: int) -> bool:
    """Whether each cell of few in some rows may be any of `least` numbers by the sums of rows and columns."""
    columns = [sum(column) for column in zip(*block, strict=True)]
    total = sum(columns)
    return all(
        min(sum(row), column, total - sum(row), total - column) >= least - 1
        for row in block
        for count, column in zip(row, columns, strict=True)
        if 0 < count < least
    )
