"""Two keyings of one paper are compared by what they mean, entry by entry."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from adaldyq.measures.declarations.domain.comparison import Difference, Row, agreed, differences, meant

VEHICLE = {"owner": "declarant", "kind": "car", "make": "Niva", "price": "1000", "acquired_date_day": "7"}
ROWS = st.lists(
    st.fixed_dictionaries(
        {"make": st.sampled_from(["Niva", "Камаз", "Volga"])},
        optional={
            "kind": st.sampled_from(["car", "truck"]),
            "price": st.sampled_from(["1", "1,0", "2", "x"]),
            "acquired_date_day": st.sampled_from(["7", "07", "8"]),
        },
    ),
    max_size=6,
)


def meanings(rows: list[Row]) -> list[tuple[object, ...]]:
    return [meant("vehicle", row) for row in rows]


def first_of(one: Difference) -> Row:
    return one.first_boxes


def second_of(one: Difference) -> Row:
    return one.second_boxes


@given(ROWS, ROWS)
def test_there_is_a_difference_where_and_only_where_the_two_mean_something_else(
    first: list[Row], second: list[Row]
) -> None:
    found = differences("vehicle", first, second)
    assert (not found) == (meanings(first) == meanings(second))
    assert len({one.key for one in found}) == len(found)
    assert differences("vehicle", first, first) == []


@given(ROWS, ROWS)
def test_deciding_for_one_keying_everywhere_gives_that_keying(first: list[Row], second: list[Row]) -> None:
    assert meanings(agreed("vehicle", first, second, first_of)) == meanings(first)
    assert meanings(agreed("vehicle", first, second, second_of)) == meanings(second)


@given(ROWS.filter(bool), st.data())
def test_a_skipped_entry_is_one_difference_and_a_mistyped_box_is_one(rows: list[Row], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(rows) - 1))
    (skipped,) = differences("vehicle", rows, rows[:place] + rows[place + 1 :])
    assert skipped.column == ""
    assert skipped.second is None
    assert meant("vehicle", skipped.first_boxes) == meant("vehicle", rows[place])
    mistyped = [*rows[:place], rows[place] | {"make": "Lada"}, *rows[place + 1 :]]
    (wrong,) = differences("vehicle", rows, mistyped)
    assert (wrong.column, wrong.second_boxes) == ("make", {"make": "Lada"})


def test_the_same_sum_day_and_name_may_be_written_otherwise() -> None:
    other = VEHICLE | {"make": " Niva  ", "price": "1\u00a0000,00", "acquired_date_day": "07"}
    assert differences("vehicle", [VEHICLE], [other]) == []
    assert [one.column for one in differences("vehicle", [VEHICLE], [other | {"price": "1000.01"}])] == ["price"]
