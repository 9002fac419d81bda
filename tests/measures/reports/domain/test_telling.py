"""What is told of a count pins no count: each could be more."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from itertools import product
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adaldyq.measures.reports.domain.telling import LEVELS, Teller, size

BASE = 5
TELLER = Teller(b"of a test", BASE)


def named(count: int, kind: str = "R") -> int:
    """A set of so many reports."""
    return sum(TELLER.alone(f"{kind}{number}") for number in range(count))


def possible(count: int, monkeypatch: pytest.MonkeyPatch) -> set[int]:
    """Everything that may be told of a count, however its coin falls."""
    found = set()
    for tails in range(count + BASE):
        monkeypatch.setattr(Teller, "tails", lambda _teller, _those, _table, tails=tails: tails)
        found.add(TELLER.at_least(named(count), "body"))
    monkeypatch.undo()
    return found


@given(st.integers(0, 400), st.text())
def test_at_least_so_many_there_are_and_it_is_a_multiple_of_the_base(count: int, kind: str) -> None:
    those = named(count, kind)
    assert size(those) == count
    assert 0 <= TELLER.at_least(those, "body") <= count
    assert TELLER.at_least(those, "body") % BASE == 0


def test_the_same_reports_have_the_same_number_in_whatever_order_they_are_counted() -> None:
    assert named(7) + named(5, "other") == named(5, "other") + named(7)
    assert len({TELLER.tails(named(count), "body") for count in range(1, 200)}) > 3
    assert [TELLER.tails(named(count), "body") for count in range(60)] != [
        TELLER.tails(named(count), "region") for count in range(60)
    ]
    assert Teller(b"another secret", BASE).alone("R1") != TELLER.alone("R1")


def test_the_coin_is_fair() -> None:
    tails = Counter(TELLER.tails(TELLER.alone(str(number)), "body") for number in range(8000))
    assert [tails[count] / 8000 for count in range(4)] == pytest.approx([1 / 2, 1 / 4, 1 / 8, 1 / 16], abs=0.02)


def test_whatever_is_told_may_be_told_of_one_report_more(monkeypatch: pytest.MonkeyPatch) -> None:
    for count in range(40):
        assert possible(count, monkeypatch) <= possible(count + 1, monkeypatch)


def test_one_report_more_changes_what_is_told_in_one_of_three_cases() -> None:
    """As the page and docs/reference/report-numbers.md say: a change tells that there is one more, and most often it stays untold."""

    def changes(count: int) -> float:
        told = [
            [TELLER.at_least(named(more, f"{kind} "), "body") for more in (count, count + 1)] for kind in range(300)
        ]
        return sum(before != after for before, after in told) / len(told)

    found = {count: changes(count) for count in range(5, 31)}
    assert sum(found.values()) / len(found) == pytest.approx(1 / 3, abs=0.03)
    assert (found[9], found[8]) == pytest.approx((0.53, 0.09), abs=0.08)


def test_rounding_alone_would_tell_of_two_and_chance_does_not(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two offices, each with ten reports of three kinds, of which fewer than five each are told, and of the first kind in all."""

    def fits(rows: tuple[tuple[int, ...], ...], can: list[set[int]]) -> bool:
        sums = [sum(column) for column in zip(*rows, strict=True)]
        told = [*((sum(row), 10) for row in rows), *((one, 0) for row in rows for one in row)]
        return all(least in can[count] for count, least in [*told, (sums[0], 0), (sums[1], 5), (sums[2], 5)])

    rows = [row for row in product(range(8), repeat=3) if 10 <= sum(row) < 20]
    may = [possible(count, monkeypatch) for count in range(40)]
    floor = [{count // BASE * BASE} for count in range(40)]
    assert {both[0][0] for both in product(rows, repeat=2) if fits(both, floor)} == {2}
    assert {both[0][0] for both in product(rows, repeat=2) if fits(both, may)} == set(range(8))


def of(*amounts: int) -> dict[str, Decimal]:
    """Amounts, each of a case."""
    return {f"case {number}": Decimal(amount) for number, amount in enumerate(amounts)}


@pytest.mark.usefixtures("heads")
def test_a_sum_never_hangs_on_fewer_cases_than_are_told() -> None:
    few, many = of(9, 9, 9, 9), of(1000, 1000, 1000, 1000, 1000, 1000)
    assert TELLER.sum_at_least(few, "body") is None
    assert TELLER.sum_at_least(many, "body") == 5000
    for largest in (1000, 77_000, 5_000_000_000):
        assert TELLER.sum_at_least(many | {"a": Decimal(largest), "b": Decimal(largest + 1)}, "body") == 5000
    assert TELLER.sum_at_least(of(0, 0, 0, 0, 0, 5), "body") is None
    assert TELLER.sum_at_least(of(*[400] * 5, *[40] * 5), "body") == 10 * 10 + 5 * 90


@given(st.lists(st.integers(0, 10**12), max_size=12))
def test_a_sum_is_told_of_as_many_as_are_told_and_is_no_larger_than_it_is(amounts: list[int]) -> None:
    told = TELLER.sum_at_least(of(*amounts), "body")
    if told is not None:
        assert len([one for one in amounts if one]) >= BASE
        assert 0 < told <= sum(amounts)


@given(st.lists(st.integers(1, 10**9), max_size=40), st.integers(1, 10**10), st.randoms(use_true_random=False))
def test_whatever_sum_is_told_may_be_told_of_one_case_more(amounts: list[int], more: int, chance: Random) -> None:
    """Of each level that the case more reaches the coin shows one tails more; of those above it the set is the same."""
    before, added = of(*amounts), TELLER.alone("one more")
    coins: dict[int, int] = {}
    for level in LEVELS:
        those = sum(TELLER.alone(name) for name, amount in before.items() if amount >= level)
        coins.setdefault(those, chance.choice((0, 0, 1, 2, 3)))
    after = {those + added: tails + 1 for those, tails in coins.items()}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Teller, "tails", lambda _teller, those, _table: (coins | after)[those])
        told = TELLER.sum_at_least(before, "body")
        assert TELLER.sum_at_least(before | {"one more": Decimal(more)}, "body") == told
