"""Tables while the world is being made: columns of whole numbers, grown, cut and joined by row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np

from adaldyq.demo.columns import NONE, Bools, Ints


class Rows:
    """A table as whole numbers: days, cents, places in lists, rows of other tables.

    Attributes:
        columns: arrays of one length, by name.
    """

    def __init__(self, columns: Mapping[str, Ints]) -> None:
        self.columns = {name: np.asarray(values, np.int64) for name, values in columns.items()}

    @classmethod
    def of(cls, defaults: Mapping[str, int], count: int, **columns: Ints | int) -> Rows:
        """A table of `count` rows with all the columns of `defaults`, some of them given."""
        return cls({name: filled(columns.get(name, value), count) for name, value in defaults.items()})

    def __len__(self) -> int:
        return len(next(iter(self.columns.values())))

    def __getitem__(self, name: str) -> Ints:
        return self.columns[name]

    def __setitem__(self, name: str, values: Ints) -> None:
        self.columns[name] = np.asarray(values, np.int64)

    def where(self, mask: Bools | Ints) -> Rows:
        """Those rows that a mask, or a list of places, picks."""
        return Rows({name: values[mask] for name, values in self.columns.items()})

    def add(self, **values: int) -> int:
        """Append one row and return its place; a column that is not given repeats the last row's value.

        Only for the few rows that a story plants.
        """
        for name, column in self.columns.items():
            self.columns[name] = np.append(column, np.int64(values.get(name, column[-1] if len(column) else NONE)))
        return len(self) - 1


def filled(value: Ints | int, count: int) -> Ints:
    """An array of `count` values, from one value or from as many."""
    return np.full(count, value, np.int64) if isinstance(value, int | np.integer) else np.asarray(value, np.int64)


def joined(tables: Iterable[Rows]) -> Rows:
    """Tables of the same columns below each other."""
    listed = list(tables)
    return Rows({name: np.concatenate([one[name] for one in listed]) for name in listed[0].columns})


def spread(keys: Ints, owners: Ints) -> tuple[Ints, Ints]:
    """Every pair of a place in `keys` and a place in `owners` that hold the same value.

    Returns:
        Places in `keys`, ascending, and beside them places in `owners`.
    """
    order = np.argsort(owners, kind="stable")
    sorted_owners = owners[order]
    starts = np.searchsorted(sorted_owners, keys, "left")
    counts = np.searchsorted(sorted_owners, keys, "right") - starts
    left = np.repeat(np.arange(len(keys)), counts)
    within = np.arange(len(left)) - np.repeat(np.cumsum(counts) - counts, counts)
    right: Ints = order[np.repeat(starts, counts) + within] if len(left) else left
    return left, right
