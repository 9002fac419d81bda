"""No count of few can be worked out from the numbers that are told beside it."""

from __future__ import annotations

from collections import deque
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from adaldyq.base.disclosure import has_few, rows_together, told_together, untold_rows

LEAST = 5
counts = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 12), max_size=8)
tables = st.integers(2, 3).flatmap(
    lambda width: st.dictionaries(
        st.sampled_from("abcd"), st.lists(st.integers(0, 9), min_size=width, max_size=width), min_size=1, max_size=4
    )
)


@given(counts)
def test_counts_told_together_could_each_be_many_numbers(found: dict[str, int]) -> None:
    together = told_together(found, LEAST)
    assert all(count >= LEAST for key, count in found.items() if count and key not in together)
    total, parts = sum(found[key] for key in together), len(together)
    if 0 < len(together) < sum(1 for count in found.values() if count):
        possible = {value for value in range(1, total) if total - value >= parts - 1}
        assert possible >= set(range(1, LEAST + 1))


def test_two_of_one_each_take_a_third_with_them() -> None:
    assert told_together({"a": 1, "b": 1, "c": 7, "d": 9}, LEAST) == {"a", "b", "c"}
    assert told_together({"a": 4, "b": 6, "c": 9}, LEAST) == {"a", "b"}
    assert told_together({"a": 6, "b": 9}, LEAST) == set()


@given(tables)
def test_rows_told_together_are_so_many_that_none_is_known(table: dict[str, list[int]]) -> None:
    together = rows_together(table, LEAST)
    assert not [key for key in table if key not in together and has_few(table[key], LEAST)]
    counted = {key for key in table if sum(table[key])}
    if together and together != counted:
        assert len(together) > 1
        assert sum(sum(table[key]) for key in together) - len(together) >= LEAST - 1


@given(tables)
def test_no_untold_cell_of_few_follows_from_the_sums(table: dict[str, list[int]]) -> None:
    untold = sorted(untold_rows(table, LEAST))
    assert all(count == 0 or count >= LEAST for key, row in table.items() if key not in untold for count in row)
    columns = [sum(row[place] for row in table.values()) for place in range(len(next(iter(table.values()))))]
    small_total = any(0 < count < LEAST for count in [*columns, *map(sum, table.values())])
    if small_total or not untold:
        return  # the page tells no such sums: the year or the row is told with others
    block = [table[key] for key in untold]
    few = {(place, column) for place, row in enumerate(block) for column, count in enumerate(row) if 0 < count < LEAST}
    assert open_cells(block, few) == few


def open_cells(block: list[list[int]], few: set[tuple[int, int]]) -> set[tuple[int, int]]:
    """Those of some cells that may be any of many numbers, found by moving counts along the corners of rectangles."""
    possible: dict[tuple[int, int], set[int]] = {cell: set() for cell in few}
    seen, waiting = {tuple(map(tuple, block))}, deque([block])
    rows, columns = range(len(block)), range(len(block[0]))
    while waiting and not all(len(one) >= LEAST for one in possible.values()):
        now = waiting.popleft()
        for (upper, left), found in possible.items():
            found.add(now[upper][left])
        for upper, lower, left, right in product(rows, rows, columns, columns):
            if upper == lower or left == right or not now[upper][left] or not now[lower][right]:
                continue
            moved = [list(row) for row in now]
            for row, column, change in ((upper, left, -1), (lower, right, -1), (upper, right, 1), (lower, left, 1)):
                moved[row][column] += change
            key = tuple(map(tuple, moved))
            if key not in seen:
                seen.add(key)
                waiting.append(moved)
    return {cell for cell, found in possible.items() if len(found) >= LEAST}
