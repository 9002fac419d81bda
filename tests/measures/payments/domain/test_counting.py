"""Fees are counted exactly, by formulas that are data; money becomes least units and comes back."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adaldyq.base.errors import DomainError
from adaldyq.base.money import Money, minor_places
from adaldyq.countries.facts import AmountUnit
from adaldyq.countries.loader import load
from adaldyq.measures.payments.adapters.pack_fees import fees_of, waiver_grounds
from adaldyq.measures.payments.domain import fees
from adaldyq.measures.payments.domain.amounts import minor, money
from adaldyq.measures.payments.domain.formulas import formula_of, part
from adaldyq.measures.payments.domain.standing import NOTHING, Standing, changes, pairs

UNITS = st.integers(0, 10**12)


@given(st.integers(1 - 10**13, 10**13 - 1), st.sampled_from(["KZT", "JPY", "KWD", "EUR"]))
def test_least_units_become_money_and_come_back(units: int, currency: str) -> None:
    assert minor(money(units, currency)) == units
    assert money(units, currency).amount == Decimal(units).scaleb(-minor_places(currency))


def test_what_is_finer_than_the_least_coin_cannot_be_paid() -> None:
    with pytest.raises(DomainError, match="amount-not-payable"):
        minor(Money(Decimal("0.5"), "JPY"))


@pytest.mark.parametrize(
    ("data", "quantity", "units"),
    [
        ({"unit": "index", "base": "10"}, 1, "10"),
        ({"unit": "index", "base": "0.5", "each": "0.5", "most": "10"}, 3, "2.0"),
        ({"unit": "index", "base": "0.5", "each": "0.5", "most": "10"}, 500, "10"),
        ({"unit": "currency", "each": "3", "least": "20"}, 2, "20"),
    ],
)
def test_a_formula_counts_within_its_bounds(data: dict[str, str], quantity: int, units: str) -> None:
    formula = formula_of(data)
    assert formula.units(quantity) == Decimal(units)
    assert formula_of(formula.as_data) == formula
    assert formula.unit in {AmountUnit.INDEX, AmountUnit.CURRENCY}


@pytest.mark.parametrize(
    "data",
    [
        {"unit": "days", "base": "1"},
        {"unit": "index", "base": "-1"},
        {"unit": "index", "base": "NaN"},
        {"unit": "index", "base": "__import__"},
        {"unit": "index", "base": "1", "least": "3", "most": "2"},
        {"base": "1"},
    ],
)
def test_what_is_no_formula_is_refused(data: dict[str, str]) -> None:
    with pytest.raises(DomainError, match="fee-formula"):
        formula_of(data)


def test_no_thing_and_too_many_cannot_be_counted() -> None:
    for quantity in (0, 10_001):
        with pytest.raises(DomainError, match="fee-quantity"):
            formula_of({"unit": "index", "base": "1"}).units(quantity)


@given(UNITS, st.integers(1, 100))
def test_a_part_is_rounded_for_the_payer_and_never_more_than_the_whole(units: int, per_cent: int) -> None:
    found = part(units, per_cent)
    assert 0 <= found <= units
    assert units * per_cent <= found * 100 < units * per_cent + 100 or found == units


@pytest.mark.parametrize("code", ["kz", "zz"])
def test_the_fees_of_a_pack_can_be_published(code: str) -> None:
    pack = load(code)
    listed = list(fees_of(pack))
    for one in listed:
        fees.check(one.terms, waiver_grounds(pack), pack.languages)
        assert one.terms.source
    assert [one.code for one in listed if one.terms.formula is None] == ["stated"]


STANDINGS = st.builds(Standing, claimed=st.booleans(), gross=UNITS, waived=st.just(0), held=st.integers(0, 10**12))


@given(STANDINGS, STANDINGS)
def test_entries_of_any_change_balance_and_carry_it_whole(before: Standing, after: Standing) -> None:
    moved = changes(before, after, {"clearing.test": after.held - before.held})
    listed = list(pairs(moved))
    assert all(amount > 0 and debit != credit for debit, credit, amount in listed)
    found = dict.fromkeys(moved, 0)
    for debit, credit, amount in listed:
        found[debit] += amount
        found[credit] -= amount
    assert found == moved
    assert sum(moved.values()) == 0


def test_money_from_nowhere_is_refused() -> None:
    with pytest.raises(ValueError, match="out of balance"):
        changes(NOTHING, Standing(claimed=True, gross=5, waived=0, held=3), {})
