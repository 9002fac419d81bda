"""Whoever subtracts one edition from another learns of no few reports."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adaldyq.measures.reports.domain.editions import WHOLE, Line, Told, mixed, rest, staying

LEAST = 5
Row = tuple[int, int]
counts = st.tuples(st.integers(0, 30), st.integers(0, 30))
rows = st.dictionaries(st.sampled_from("abcde"), counts, min_size=1)


def told(table: Mapping[str, Row], whole: Row) -> Told:
    """Lines of rows with two counts each, of few none, and their whole."""
    lines = {WHOLE: whole, **table}
    return {
        key: Line({name: count for name, count in zip(("received", "late"), row, strict=True) if not 0 < count < LEAST})
        for key, row in lines.items()
    }


def total(table: Mapping[str, Row]) -> Row:
    """The sums of both counts."""
    return sum(row[0] for row in table.values()), sum(row[1] for row in table.values())


def edition(
    now: dict[str, Row], before: dict[str, Row], whole: Row, earlier: list[Told]
) -> tuple[dict[str, Row], Told] | None:
    """The rows that the next edition keeps, and what it tells; None when all must stay with their whole."""
    held = staying(now, before, lambda those: told(those, whole), earlier, least=LEAST)
    return None if held is None else ((kept := mixed(now, before, held)), told(kept, whole))


def may_be_known(change: int) -> bool:
    """Whether a change tells of none, or of many."""
    return change == 0 or abs(change) >= LEAST


@given(st.lists(rows, min_size=2, max_size=6))
def test_no_difference_of_two_editions_is_of_few(counted: list[dict[str, Row]]) -> None:
    kept, whole = counted[0], total(counted[0])
    earlier = [told(kept, whole)]
    for now in counted[1:]:
        sums = total(now)
        if not all(may_be_known(count - then) for count, then in zip(sums, whole, strict=True)):
            continue  # the year stays
        found = edition(now, kept, sums, earlier)
        if found is None:
            continue
        kept, lines = found
        for before in earlier:
            for key in lines.keys() & before.keys() - {WHOLE}:
                for name in lines[key].counts.keys() & before[key].counts.keys():
                    assert may_be_known(lines[key].counts[name] - before[key].counts[name])
        whole = sums
        earlier.append(lines)


@given(rows, rows)
def test_what_the_lines_leave_of_the_whole_is_not_few(first: dict[str, Row], then: dict[str, Row]) -> None:
    before = told(first, total(first))
    found = edition(then, first, total(then), [before])
    if found is not None:
        assert all(map(may_be_known, rest(found[1], before).values()))


@given(rows, rows)
def test_a_row_is_kept_as_it_is_counted_or_as_it_was(first: dict[str, Row], then: dict[str, Row]) -> None:
    found = edition(then, first, total(then), [told(first, total(first))])
    if found is not None:
        assert all(row in {then[key], first.get(key)} for key, row in found[0].items())
        assert {key for key in then if key in first} <= found[0].keys()


def test_one_report_more_is_told_with_the_fifth() -> None:
    before = {"a": (8, 0), "b": (20, 0)}
    earlier = [told(before, total(before))]
    for more in range(1, LEAST):
        now = {"a": (8 + more, 0), "b": (30 - more, 0)}
        assert edition(now, before, total(now), earlier) == (before, told(before, total(now)))
    now = {"a": (13, 0), "b": (25, 0)}
    assert edition(now, before, total(now), earlier) == (now, told(now, total(now)))


def test_a_line_stays_when_the_sum_of_all_would_give_away_another() -> None:
    before = {"a": (8, 0), "b": (20, 0)}
    now = {"a": (9, 0), "b": (26, 0)}  # seven came: six about b would leave the one about a
    assert edition(now, before, total(now), [told(before, total(before))]) == (before, told(before, total(now)))


def test_the_first_edition_is_subtracted_too() -> None:
    first, second, third = {"a": (20, 10)}, {"a": (20, 16)}, {"a": (20, 11)}  # six more, then five fewer
    earlier = [told(first, (30, 30)), told(second, (30, 30))]
    assert staying(third, second, lambda those: told(those, (30, 30)), earlier, least=LEAST) == frozenset("a")


def test_none_is_left_when_the_whole_itself_tells_of_one() -> None:
    before = {"a": (8, 0)}
    assert edition({"a": (9, 0)}, before, (9, 0), [told(before, (8, 0))]) is None


@pytest.mark.parametrize(("reports", "stays"), [(6, True), (11, False)])
def test_money_changes_only_with_the_reports_by_which_it_came(reports: int, stays: bool) -> None:
    def tell(those: Mapping[str, tuple[int, int]]) -> Told:
        return {key: Line({"recovered": one}, {"recovered": Decimal(sum_)}) for key, (one, sum_) in those.items()}

    before = {"a": (6, 100)}
    held = staying({"a": (reports, 900)}, before, tell, [tell(before)], least=LEAST)
    assert held == (frozenset("a") if stays else frozenset())
