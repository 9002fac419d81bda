"""Tables while the world is being made: columns of whole numbers, grown, cut and joined by row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np

from adaldyq.demo.columns import Bools, Ints


class Rows:
    """A table as whole numbers: days, cents, places in lists, rows of other tables.

    There is room behind the last row, so that adding one does not copy the table.
    """

    def __init__(self, columns: Mapping[str, Ints]) -> None:
        self._kept = {name: np.asarray(values, np.int64) for name, values in columns.items()}
        self._count = len(next(iter(self._kept.values())))

    @property
    def columns(self) -> dict[str, Ints]:
        """Arrays of one length, by name; what is written into them is written into the table."""
        return {name: values[: self._count] for name, values in self._kept.items()}

    @classmethod
    def of(cls, defaults: Mapping[str, int], count: int, **columns: Ints | int) -> Rows:
        """A table of `count` rows with all the columns of `defaults`, some of them given."""
        return cls({name: filled(columns.get(name, value), count) for name, value in defaults.items()})

    def __len__(self) -> int:
        return self._count

    def __contains__(self, name: str) -> bool:
        return name in self._kept

    def __getitem__(self, name: str) -> Ints:
        return self._kept[name][: self._count]

    def __setitem__(self, name: str, values: Ints) -> None:
        whole = np.asarray(values, np.int64)
        if len(whole) != self._count:
            raise ValueError(f"{name} has {len(whole)} values for {self._count} rows")
        self._kept[name] = np.concatenate([whole, np.zeros(self._room - self._count, np.int64)])

    def where(self, mask: Bools | Ints) -> Rows:
        """Those rows that a mask, or a list of places, picks."""
        return Rows({name: values[mask] for name, values in self.columns.items()})

    @property
    def _room(self) -> int:
        """Rows that there is room for."""
        return max((len(values) for values in self._kept.values()), default=0)

    def add(self, **values: int) -> int:
        """Append one row, all of its columns given, and return its place.

        Only for the few rows that a story plants.
        """
        if self._count == self._room:
            more = np.zeros(self._count // 8 + 16, np.int64)
            self._kept = {name: np.concatenate([kept, more]) for name, kept in self._kept.items()}
        for name, kept in self._kept.items():
            kept[self._count] = values[name]
        self._count += 1
        return self._count - 1


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
