"""What is unexplained lies between a low and a high that hold the truth, whatever the unknown is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from adaldyq.measures.declarations.domain.wealth_change import Change, Interval, Year, altogether, change, changes

RATES = {(unit, year): Decimal(rate) for year in (2022, 2023, 2024) for unit, rate in (("KZT", 1), ("USD", 400 + year))}
RATES |= {("EUR", 2023): Decimal(500), ("EUR", 2024): Decimal(450)}
MOST = 10**9
AMOUNTS = st.integers(0, MOST).map(Decimal)
SIDES = st.sampled_from([2023, 2024])


def row(amount: object, currency: str = "KZT", owner: str = "declarant", **values: Any) -> dict[str, object]:
    return {"owner": owner, "currency": currency, "amount": amount, "value": amount, **values}


def between(
    before: dict[str, list[dict[str, object]]], now: dict[str, list[dict[str, object]]], **facts: Any
) -> Change:
    return change(Year(2023, before), Year(2024, now, **facts), "KZT", RATES)


def exactly(amount: int) -> Interval:
    return Interval(Decimal(amount), Decimal(amount))


def test_money_beyond_income_is_unexplained_to_the_tenge() -> None:
    found = between(
        {"account": [row(Decimal(1_000))]},
        {"account": [row(Decimal(9_000))], "income": [row(Decimal(3_000), kind="salary")]},
    )
    assert (found.worth, found.inflow, found.unexplained) == (exactly(8_000), exactly(3_000), exactly(5_000))


def test_what_was_spent_must_have_come_from_somewhere() -> None:
    found = between({}, {"expense": [row(Decimal(700))], "income": [row(Decimal(500), kind="salary")]})
    assert found.unexplained == exactly(200)


def test_a_rate_that_moves_explains_nothing_and_asks_nothing() -> None:
    held = {"cash": [row(Decimal(1_000), "EUR")]}
    assert between(held, held).unexplained == exactly(0)


def test_new_foreign_money_counts_between_the_rates_of_both_year_ends() -> None:
    assert between({}, {"cash": [row(Decimal(10), "EUR")]}).unexplained == Interval(Decimal(4_500), Decimal(5_000))


def test_a_thing_at_both_ends_is_unchanged_whatever_it_is_said_to_be_worth() -> None:
    def flat(value: object) -> dict[str, list[dict[str, object]]]:
        return {"real_estate": [row(value, basis="ownership", object_number="20-1")]}

    for before, now in ((5, 90), (None, 90), (90, None)):
        found = between(*({**flat(Decimal(one) if one else None)} for one in (before, now)))
        assert found.unexplained == exactly(0)


def flat_of(share: int | None, value: int | None, **more: Any) -> dict[str, list[dict[str, object]]]:
    held = None if share is None else Decimal(share)
    worth = None if value is None else Decimal(value)
    return {"real_estate": [row(worth, basis="ownership", object_number="20-1", share=held, **more)]}


def test_of_a_share_that_grew_the_price_counts_else_the_part_of_the_value() -> None:
    bought = {"price": Decimal(80), "acquired_date": date(2024, 5, 5)}
    for before, now, low, high in (
        (flat_of(1, 1), flat_of(100, 100), 99, 99),
        (flat_of(1, 1), flat_of(100, 100, **bought), 80, 99),
        (flat_of(1, 1), flat_of(100, None, **bought), 80, 80),
        (flat_of(1, 1), flat_of(100, None), 0, None),
        (flat_of(25, 1), flat_of(50, 100), 25, 50),
        (flat_of(50, 100), flat_of(25, 1), -50, -25),
        (flat_of(50, None), flat_of(25, 1), None, 0),
        (flat_of(None, 30), flat_of(100, 50, **bought), 0, 80),
        (flat_of(100, 30), flat_of(None, 50), -30, 0),
    ):
        bounds = (None if one is None else Decimal(one) for one in (low, high))
        assert between(before, now).unexplained == Interval(*bounds)


def test_a_share_that_moves_within_the_family_is_no_change() -> None:
    theirs, hers = flat_of(50, 10), flat_of(50, 10, owner="spouse")
    together = {"real_estate": theirs["real_estate"] + hers["real_estate"]}
    assert between(together, flat_of(100, 90)).unexplained == exactly(0)
    assert between(theirs, together).unexplained == Interval(Decimal(0), Decimal(20))


def test_what_a_part_that_was_sold_brought_is_no_gain_beyond_its_price() -> None:
    sale = {"income": [row(Decimal(60), kind="sale")], "cash": [row(Decimal(60))]}
    found = between(flat_of(100, 80), {**flat_of(50, 40), **sale})
    assert found.inflow == Interval(Decimal(20), Decimal(60))


def test_property_in_trust_is_known_again_by_day_manager_and_what_it_is() -> None:
    share = row(None, since_date=date(2019, 5, 6), manager="Сұлтанова Жамал", description="Мерей Агро")
    assert between({"trust": [share]}, {"trust": [share]}).unexplained == exactly(0)
    for other in ({"since_date": date(2024, 5, 6)}, {"manager": "Басқа Адам"}, {"description": "Басқа"}):
        assert not between({"trust": [share]}, {"trust": [{**share, **other}]}).unexplained.exact


def test_an_unstated_value_leaves_one_side_open_unless_the_price_is_known() -> None:
    flat = row(None, basis="ownership", object_number="20-1", price=Decimal(30), acquired_date=date(2024, 3, 1))
    assert between({}, {"real_estate": [flat]}).unexplained == exactly(30)
    unpriced = between({}, {"real_estate": [{**flat, "price": None}]})
    assert unpriced.unexplained == Interval(Decimal(0), None)
    assert dict(unpriced.unknown) == {"worth": 1}
    old = between({"real_estate": [{**flat, "acquired_date": date(2001, 1, 1)}]}, {})
    assert old.unexplained == Interval(None, Decimal(0))


def test_what_was_sold_counts_as_gain_between_all_and_nothing_of_its_price() -> None:
    sale = row(Decimal(42), kind="sale")
    found = between({"valuable": [row(Decimal(40))]}, {"cash": [row(Decimal(42))], "income": [sale]})
    assert found.inflow == Interval(Decimal(2), Decimal(42))
    assert found.unexplained == Interval(Decimal(-40), Decimal(0))


def test_withheld_tax_may_be_within_the_income_or_beside_it() -> None:
    found = between({}, {"income": [row(Decimal(100), kind="salary", tax_withheld=Decimal(10))]})
    assert found.outflow == Interval(Decimal(0), Decimal(10))


def test_a_form_without_income_and_a_missing_year_leave_the_low_side_open() -> None:
    money = {"cash": [row(Decimal(9))]}
    assert between({}, money, asks_income=False).unexplained == Interval(None, Decimal(9))
    gap = change(Year(2022, {}), Year(2024, money), "KZT", RATES)
    assert gap.unexplained == Interval(None, None)
    assert dict(gap.unknown) == {"years": 1}


def test_a_currency_without_a_rate_leaves_both_sides_open() -> None:
    found = between({"cash": [row(Decimal(9), "XTS")]}, {})
    assert found.unexplained == Interval(None, None)
    assert dict(found.unknown) == {"rate": 1}


def test_the_years_add_up() -> None:
    years = [Year(year, {"cash": [row(Decimal(held))]}) for year, held in ((2022, 5), (2024, 40), (2023, 10))]
    found = changes(years, "KZT", RATES)
    assert [(one.since, one.until, one.unexplained) for one in found] == [
        (2022, 2023, exactly(5)), (2023, 2024, exactly(30)),
    ]  # fmt: skip
    total = altogether(found)
    assert total is not None
    assert (total.since, total.until, total.unexplained) == (2022, 2024, exactly(35))
    assert altogether([]) is None


def test_as_much_of_the_same_is_no_growth_whatever_it_is_said_to_be_worth() -> None:
    alike: tuple[tuple[str, dict[str, Any]], ...] = (
        ("crypto", {"asset": "Bitcoin", "quantity": Decimal(1)}),
        ("security", {"issuer": "Арна", "kind": "share", "quantity": Decimal(100)}),
        ("company_interest", {"company_name": "ЖШС «Егіз»", "share": Decimal(50)}),
    )
    for section, named in alike:
        before, now = row(Decimal(8_000_000), **named), row(Decimal(45_000_000), **named)
        assert between({section: [before]}, {section: [now]}).unexplained == exactly(0), section
        assert between({section: [before]}, {section: [now, now]}).unexplained == exactly(82_000_000), section


ENTRY = st.fixed_dictionaries(
    {
        "section": st.sampled_from(
            ["cash", "account", "valuable", "real_estate", "trust", "claim", "income", "gift", "expense"]
        ),
        "year": SIDES,
        "amount": AMOUNTS,
        "unit": st.sampled_from(["KZT", "USD", "EUR"]),
        "number": st.sampled_from(["", "A", "B"]),
        "owed": st.booleans(),
        "known": st.booleans(),
        "share": st.sampled_from([None, 1, 30, 100]).map(lambda one: None if one is None else Decimal(one)),
        "paid": st.none() | AMOUNTS,
    }
)
Entry = dict[str, Any]
FLOWS = {"income", "gift", "expense"}
KNOWN_AGAIN = {"real_estate", "trust"}
HANDED_OVER = date(2021, 5, 6)


def of_entries(entries: Sequence[Entry], year: int) -> Year:
    rows: dict[str, list[dict[str, object]]] = {}
    for one in entries:
        if one["year"] == year and (year == 2024 or one["section"] not in FLOWS):
            amount = one["amount"] if one["known"] else None
            more: dict[str, Any] = {}
            if one["section"] == "real_estate":
                more = {"object_number": one["number"], "share": one["share"]}
                more |= {"price": one["paid"], "acquired_date": date(2024, 5, 5)}
            more |= {"asset": one["number"], "quantity": one["share"]} if one["section"] == "crypto" else {}
            more |= {"since_date": HANDED_OVER, "description": one["number"]} if one["section"] == "trust" else {}
            more |= {"direction": "payable" if one["owed"] else "receivable"} if one["section"] == "claim" else {}
            rows.setdefault(one["section"], []).append(row(amount, one["unit"], kind="salary", **more))
    return Year(year, rows)


def interval_of(entries: Sequence[Entry]) -> Change:
    return change(of_entries(entries, 2023), of_entries(entries, 2024), "KZT", RATES)


def true_value(entries: Sequence[Entry], rates: dict[str, Decimal]) -> Decimal:
    """What is unexplained when every sum is known and each currency changed hands at one rate."""
    numbers = [
        {(one["section"], one["number"]) for one in entries if one["section"] in KNOWN_AGAIN and one["year"] == year}
        for year in (2023, 2024)
    ]
    kept = {pair for pair in numbers[0] & numbers[1] if pair[1]}
    total = sum((gained(entries, number, rates) for section, number in kept if section == "real_estate"), Decimal(0))
    for one in entries:
        worth = one["amount"] * rates[one["unit"]]
        if one["section"] in FLOWS:
            sign = 0 if one["year"] == 2023 else 1 if one["section"] == "expense" else -1
        elif (one["section"], one["number"]) in kept:
            sign = 0
        else:
            sign = (1 if one["year"] == 2024 else -1) * (-1 if one["section"] == "claim" and one["owed"] else 1)
        total += sign * worth
    return total


def gained(entries: Sequence[Entry], number: str, rates: dict[str, Decimal]) -> Decimal:
    """What was paid, or else what it is worth, that the share of a flat grew or shrank."""
    ends = [
        [one for one in entries if (one["section"], one["number"], one["year"]) == ("real_estate", number, year)]
        for year in (2023, 2024)
    ]
    stated = [
        (min(sum(one["share"] or 0 for one in rows), 100), sum(one["share"] is None for one in rows))
        for rows in ends
    ]  # fmt: skip
    if stated[0] == stated[1] or not (stated[0][0] or stated[1][0]):
        return Decimal(0)
    before, now = (min(sum((one["share"] or one["meant"] for one in rows), Decimal(0)), Decimal(100)) for rows in ends)
    sums = [sum((one["amount"] * rates[one["unit"]] for one in rows), Decimal(0)) for rows in ends]
    paid = [one["paid"] * rates[one["unit"]] for one in ends[1] if one["paid"]]
    if now > before:
        return sum(paid, Decimal(0)) if paid else sums[1] * (now - before) / now
    return -sums[0] * (before - now) / before


@given(
    st.lists(ENTRY, max_size=12),
    st.lists(st.tuples(AMOUNTS, st.integers(1, 100).map(Decimal)), min_size=12, max_size=12),
    st.fixed_dictionaries({"USD": st.decimals(0, 1, places=3), "EUR": st.decimals(0, 1, places=3)}),
)
def test_the_interval_holds_the_truth_whatever_the_unknown_is(
    entries: list[Entry], filled: list[tuple[Decimal, Decimal]], places: dict[str, Decimal]
) -> None:
    rates = {"KZT": Decimal(1)}
    for unit, place in places.items():
        ends = RATES[unit, 2023], RATES[unit, 2024]
        rates[unit] = ends[0] + (ends[1] - ends[0]) * place
    truth = [
        {**one, "meant": meant} if one["known"] else {**one, "meant": meant, "amount": priced(one) or amount}
        for one, (amount, meant) in zip(entries, filled, strict=False)
    ]
    held = interval_of(entries).unexplained
    cents = Interval(Decimal(-len(entries)), Decimal(len(entries)))
    assert (held + cents).holds(true_value(truth, rates))


def priced(one: Entry) -> Decimal | None:
    """What was paid for a flat between the two year ends."""
    paid: Decimal | None = one["paid"] if one["section"] == "real_estate" and one["year"] == 2024 else None
    return paid


@given(st.lists(ENTRY, min_size=1, max_size=10), st.data())
def test_more_knowledge_never_widens(entries: list[Entry], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(entries) - 1))
    entries = [{**one, "paid": None} for one in entries]  # a price is another sum than the value whose place it takes
    less = [{**one, "known": one["known"] and place != number} for number, one in enumerate(entries)]
    more = [{**one, "known": one["known"] or place == number} for number, one in enumerate(entries)]
    wide, narrow = interval_of(less).unexplained, interval_of(more).unexplained
    assert wide.low is None or (narrow.low is not None and narrow.low >= wide.low)
    assert wide.high is None or (narrow.high is not None and narrow.high <= wide.high)


@given(st.lists(ENTRY, max_size=10))
def test_years_that_nothing_happened_in_leave_nothing_unexplained(entries: list[Entry]) -> None:
    known = [{**one, "known": True, "year": 2023} for one in entries if one["section"] not in FLOWS]
    before = of_entries(known, 2023)
    assert change(before, replace(before, year=2024), "KZT", RATES).unexplained == exactly(0)
