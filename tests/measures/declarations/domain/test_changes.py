"""What differs from the year before is found, and nothing closed is told by it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adaldyq.base.tables import Privacy
from adaldyq.measures.declarations.domain.changes import CHANGED, GONE, NEW, SAME, differences
from adaldyq.measures.declarations.domain.sections import BY_NAME

FLAT = {"owner": "declarant", "kind": "apartment", "object_number": "20-1", "address": "Абай 1", "value": Decimal(5)}
CASH = st.lists(
    st.fixed_dictionaries({"owner": st.sampled_from(["declarant", "spouse"]), "amount": st.integers(0, 3)}), max_size=6
)


def found(section: str, now: list[dict[str, object]], before: list[dict[str, object]] | None) -> list[str]:
    return [one.change for one in differences(section, now, before)]


def test_without_a_declaration_of_the_year_before_nothing_is_said() -> None:
    assert found("real_estate", [FLAT], None) == [SAME]


def test_new_gone_changed_and_same() -> None:
    dearer = {**FLAT, "value": Decimal(6)}
    other = {**FLAT, "object_number": "20-2"}
    assert found("real_estate", [FLAT], [FLAT]) == [SAME]
    assert found("real_estate", [FLAT, other], [FLAT]) == [SAME, NEW]
    assert found("real_estate", [], [FLAT]) == [GONE]
    changed = differences("real_estate", [dearer], [FLAT])
    assert [(one.change, one.columns) for one in changed] == [(CHANGED, ("value",))]


def test_a_change_of_a_closed_column_alone_is_not_told() -> None:
    assert found("real_estate", [{**FLAT, "address": "Абай 2"}], [FLAT]) == [SAME]


def test_what_passes_to_the_spouse_is_gone_there_and_new_here() -> None:
    assert found("real_estate", [{**FLAT, "owner": "spouse"}], [FLAT]) == [NEW, GONE]


@pytest.mark.parametrize("section", ["gift", "acquisition", "expense"])
def test_what_happens_once_is_not_compared(section: str) -> None:
    assert found(section, [{"owner": "declarant"}], []) == [SAME]


@given(CASH, CASH)
def test_every_row_is_told_once(now: list[dict[str, object]], before: list[dict[str, object]]) -> None:
    told = differences("cash", now, before)
    assert [one.row for one in told if one.change != GONE] == now
    assert len(told) - len(now) == len(before) - sum(one.change in {SAME, CHANGED} for one in told)


@given(CASH)
def test_nothing_differs_from_itself(rows: list[dict[str, object]]) -> None:
    assert set(found("cash", rows, rows)) <= {SAME}


def test_changed_columns_are_open_ones() -> None:
    for name, section in BY_NAME.items():
        before: dict[str, object] = dict.fromkeys(section.table.by_name, 1)
        now: dict[str, object] = {column: 1 if column in IDENTIFYING else 2 for column in before}
        for one in differences(name, [now], [before]):
            for column in one.columns:
                assert section.table.by_name[column].privacy is Privacy.PUBLIC


IDENTIFYING = {"object_number", "account_number", "company_id", "counterparty_id", "relative_id", "owner"}


def test_a_thing_whose_number_is_written_otherwise_is_the_same_thing() -> None:
    one = {"owner": "declarant", "object_number": "20-313-001", "kind": "apartment"}
    (found,) = differences("real_estate", [one], [{**one, "object_number": "20 313 001"}], whole=True)
    assert (found.change, found.columns) == ("same", ())
