"""Sums of a declaration: each row once, in one currency, nothing silently."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from adaldyq.measures.declarations.domain.wealth import ASSET_CLASSES, MONEY, OTHER, REAL_ESTATE, SALARY, totals

RATES = {("KZT", 2024): Decimal(1), ("EUR", 2024): Decimal("545.5"), ("USD", 2024): Decimal(525)}
AMOUNTS = st.decimals(0, 10**9, places=2)


def row(owner: str = "declarant", currency: str = "KZT", **values: object) -> dict[str, object]:
    return {"owner": owner, "currency": currency, **values}


def cash(amount: object, currency: str = "KZT", owner: str = "declarant") -> dict[str, object]:
    return row(owner, currency, amount=amount)


def test_debts_are_taken_off_and_claims_are_added() -> None:
    claims = [row(direction="payable", amount=Decimal(300)), row(direction="receivable", amount=Decimal(50))]
    sums = totals({"cash": [cash(Decimal(1000))], "claim": claims}, 2024, "KZT", RATES)
    assert [sums.assets[MONEY], sums.debts, sums.net] == [Decimal(1050), Decimal(300), Decimal(750)]


def test_property_that_is_only_used_is_not_wealth() -> None:
    homes = [row(value=Decimal(10), basis=basis) for basis in ("ownership", "joint ownership", "", "lease", "use")]
    assert totals({"real_estate": homes}, 2024, "KZT", RATES).assets[REAL_ESTATE] == 30


def test_what_others_own_is_not_counted() -> None:
    owners = [cash(Decimal(1), owner=owner) for owner in ("declarant", "spouse", "child", "other")]
    assert totals({"cash": owners}, 2024, "KZT", RATES).net == 3


def test_another_currency_is_converted_at_the_rate_of_the_year_and_said() -> None:
    sums = totals({"cash": [cash(Decimal(100), "EUR"), cash(Decimal(5))]}, 2024, "KZT", RATES)
    assert (sums.net, sums.converted) == (Decimal("54555.00"), {"EUR"})


def test_two_foreign_currencies_are_converted_through_the_country_s() -> None:
    sums = totals({"cash": [cash(Decimal(525), "EUR")]}, 2024, "USD", RATES)
    assert sums.net == Decimal("545.50")


def test_a_sum_without_a_rate_is_left_out_and_said() -> None:
    sums = totals({"cash": [cash(Decimal(9), "XXX"), cash(Decimal(9), "EUR")]}, 1990, "KZT", RATES)
    assert sums.net == 0
    assert dict(sums.without_rate) == {"XXX": 1, "EUR": 1}


def test_a_row_without_a_sum_is_said() -> None:
    sums = totals({"cash": [cash(None)], "real_estate": [row(value=None, basis="")]}, 2024, "KZT", RATES)
    assert sums.net == 0
    assert sums.unstated == 2


def test_income_is_counted_by_class_and_a_kind_that_no_list_knows_is_other() -> None:
    income = [row(kind=kind, amount=Decimal(1)) for kind in ("salary", "pension", "gift", "other", "lottery", "")]
    sums = totals({"income": income}, 2024, "KZT", RATES)
    assert [sums.income[SALARY], sums.income[OTHER], sums.all_income] == [Decimal(2), Decimal(4), Decimal(6)]


@given(st.lists(st.tuples(st.sampled_from(["cash", "account", "real_estate", "vehicle", "valuable"]), AMOUNTS)))
def test_classes_add_up_to_the_rows(rows: list[tuple[str, Decimal]]) -> None:
    listed: dict[str, list[dict[str, object]]] = {}
    for section, amount in rows:
        listed.setdefault(section, []).append(row(amount=amount, value=amount, basis="ownership"))
    sums = totals(listed, 2024, "KZT", RATES)
    assert sum(sums.assets.values()) == sum(amount for _, amount in rows)
    assert set(sums.assets) == set(ASSET_CLASSES)


def test_a_form_that_does_not_ask_for_income_states_none_which_is_not_zero() -> None:
    assert totals({"cash": [cash(Decimal(1))]}, 2024, "KZT", RATES, asks_income=False).all_income is None
    assert totals({"cash": [cash(Decimal(1))]}, 2024, "KZT", RATES).all_income == 0
