"""No small cell of services and regions follows from the sums that are told beside it."""

from __future__ import annotations

from collections import defaultdict

from hypothesis import given
from hypothesis import strategies as st

from adaldyq.measures.street.domain.cells import ALL, Cell, told

LEAST = 5
tables = st.dictionaries(st.tuples(st.sampled_from("abcd"), st.sampled_from("XYZ")), st.integers(1, 14), max_size=12)


def with_sums(inner: dict[Cell, int]) -> dict[Cell, int]:
    """A table with the sums of its rows and columns."""
    counts: dict[Cell, int] = defaultdict(int)
    for (service, region), count in inner.items():
        for cell in ((service, region), (service, ALL), (ALL, region), (ALL, ALL)):
            counts[cell] += count
    return dict(counts)


@given(tables)
def test_a_cell_of_few_is_never_told(inner: dict[Cell, int]) -> None:
    counts = with_sums(inner)
    assert all(counts[cell] >= LEAST for cell in told(counts, LEAST))


@given(tables)
def test_of_a_line_whose_sum_is_told_what_is_left_could_be_shared_out_in_many_ways(inner: dict[Cell, int]) -> None:
    counts = with_sums(inner)
    shown = told(counts, LEAST)
    services, regions = ({cell[place] for cell in inner} for place in (0, 1))
    lines = [((service, ALL), [(service, region) for region in regions]) for service in services]
    lines += [((ALL, region), [(service, region) for service in services]) for region in regions]
    for total, line in lines:
        hidden = [cell for cell in line if counts.get(cell) and cell not in shown]
        few = [cell for cell in hidden if counts[cell] < LEAST]
        if total in shown and few and len(hidden) < sum(cell in counts for cell in line):
            rest = sum(counts[cell] for cell in hidden)
            assert len(hidden) > 1
            assert rest - len(hidden) >= LEAST - 1


def test_where_a_sum_is_left_out_so_are_its_cells() -> None:
    shown = told(with_sums({("a", "X"): 2, ("b", "X"): 8, ("c", "X"): 30}), LEAST)
    assert shown == {(ALL, ALL), (ALL, "X"), ("c", ALL), ("c", "X")}


def test_of_too_few_in_all_nothing_is_told() -> None:
    assert told(with_sums({("a", "X"): 4}), LEAST) == set()
