"""A declaration, the registers and last year are held against each other entry by entry."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pytest

from adaldyq.measures.declarations.domain.side_by_side import Row, beside

FLAT: Row = {"owner": "declarant", "object_number": "20-1", "area": Decimal("60.000000"), "address": "Абай  1"}
SAME: Row = {**FLAT, "area": Decimal(60), "address": "абай 1", "price": None}
CAR: Row = {"owner": "declarant", "object_number": "A1", "make": "Lada"}
ABROAD: Row = {"owner": "declarant", "object_number": "", "kind": "house", "country": "TR"}


@pytest.mark.parametrize(
    ("declared", "registered", "before", "told"),
    [
        ([FLAT], [SAME], [FLAT], [("agrees", (), "same", ())]),
        ([FLAT], [{**SAME, "area": Decimal(61)}], None, [("differs", ("area",), "", ())]),
        ([FLAT], [], [], [("not_registered", (), "new", ())]),
        ([], [FLAT], [FLAT], [("not_declared", (), "gone", ())]),
        (
            [{**FLAT, "value": Decimal(5)}],
            [SAME],
            [{**FLAT, "value": Decimal(4)}],
            [("agrees", (), "changed", ("value",))],
        ),
        ([ABROAD], [], None, [("", (), "", ())]),
        ([], [], [FLAT], [("", (), "gone", ())]),
    ],
)
def test_an_entry_is_told_by_how_it_differs(
    declared: Sequence[Row], registered: Sequence[Row], before: Sequence[Row] | None, told: list[tuple[object, ...]]
) -> None:
    found = beside("real_estate", declared, registered, before, "KZ")
    assert [(one.register, one.unlike, one.year, one.changed) for one in found] == told


def test_each_row_stands_once_and_of_two_owners_the_same_one_is_found() -> None:
    spouse = {**FLAT, "owner": "spouse"}
    found = beside("real_estate", [FLAT, spouse], [spouse, FLAT], None, "KZ")
    assert [(one.declared, one.registered) for one in found] == [(FLAT, FLAT), (spouse, spouse)]
    two = beside("vehicle", [CAR], [CAR, CAR], [CAR, CAR, CAR], "KZ")
    assert sum(one.declared is not None for one in two) == 1
    assert sum(one.registered is not None for one in two) == 2
    assert sum(one.before is not None for one in two) == 3


def test_gifts_happen_once_and_are_held_against_no_year_and_no_register() -> None:
    gift: Row = {"owner": "declarant", "giver": "А", "kind": "money"}
    (one,) = beside("gift", [gift], [], [gift], "KZ")
    assert (one.register, one.year, one.before, one.stands_out) == ("", "", None, False)


def test_pay_is_the_same_by_payer_and_kind() -> None:
    pay: Row = {"owner": "declarant", "payer": "Қаржы министрлігі", "kind": "salary", "amount": Decimal(5)}
    (one,) = beside("income", [pay], [{**pay, "payer": "ҚАРЖЫ министрлігі", "amount": Decimal(6)}], None, "KZ")
    assert (one.register, one.unlike) == ("differs", ("amount",))


def test_a_debt_that_no_lender_reports_says_nothing_and_one_left_out_does() -> None:
    debt: Row = {"owner": "declarant", "direction": "payable", "counterparty": "Дала Банк", "amount": Decimal(5)}
    own = {**debt, "counterparty": "Досым"}
    declared, hidden = beside("claim", [own], [debt], None, "KZ")
    assert (declared.register, hidden.register) == ("", "not_declared")
    (one,) = beside("claim", [debt], [{**debt, "amount": Decimal(6)}], None, "KZ")
    assert (one.register, one.unlike) == ("differs", ("amount",))


def test_a_post_in_a_company_may_be_called_otherwise_than_in_the_register() -> None:
    post: Row = {"owner": "declarant", "organisation": "Shop", "title": "Директор"}
    (one,) = beside("position", [post], [{**post, "title": "Басшысы"}], None, "KZ")
    assert (one.register, one.unlike) == ("agrees", ())


def test_a_number_of_a_thing_is_the_same_however_it_is_written() -> None:
    written: Row = {**FLAT, "object_number": "20 1"}
    (one,) = beside("real_estate", [written], [FLAT], [{**FLAT, "object_number": "20/1"}], "KZ")
    assert (one.register, one.unlike, one.year, one.changed) == ("agrees", (), "same", ())
