"""The step of the rules and the page of a person work out the same interval, whatever was declared."""

from __future__ import annotations

import random
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from adaldyq.measures.declarations.domain.wealth_change import Change
from adaldyq.verification import examples
from adaldyq.verification.contracts import contracts
from adaldyq.verification.engines.duckdb import opened
from adaldyq.verification.rulefile import steps
from tests.measures.declarations.domain.test_wealth_change import FLOWS, HANDED_OVER, RATES, interval_of

PEOPLE = 500
SECTIONS = ("cash", "account", "valuable", "crypto", "real_estate", "trust", "claim", "income", "gift", "expense")
SUMS = dict.fromkeys(("valuable", "crypto", "real_estate", "trust", "gift"), "value")
BOUNDS = ("worth", "inflow", "outflow", "unexplained")


def declared(chance: random.Random) -> list[dict[str, Any]]:
    """Rows that somebody declared for both years, some without a sum."""
    return [
        {
            "section": chance.choice(SECTIONS if chance.random() < 0.4 else ("real_estate",)),
            "year": chance.choice((2023, 2024)),
            "amount": Decimal(chance.randrange(10**9)),
            "unit": chance.choice(("KZT", "USD", "EUR")),
            "number": chance.choice(("", "A", "A", "B")),
            "owed": chance.random() < 0.5,
            "known": chance.random() < 0.85,
            "share": chance.choice((None, Decimal(1), Decimal("33.3333"), Decimal(100))),
            "paid": Decimal(chance.randrange(10**9)) if chance.random() < 0.4 else None,
        }
        for _ in range(chance.randrange(10))
    ]


def tables_of(people: dict[str, list[dict[str, Any]]]) -> dict[str, str]:
    """The same as text tables."""
    rows: dict[str, list[str]] = {}
    for person, entries in people.items():
        for place, one in enumerate(entries):
            if one["section"] in FLOWS and one["year"] == 2023:
                continue
            cells = [f"{person}-{place}", f"{person}-{one['year']}", "declarant", one["unit"]]
            cells.append(str(one["amount"]) if one["known"] else "")
            cells += {
                "real_estate": [one["number"], str(one["share"] or ""), str(one["paid"] or ""), "2024-05-05"],
                "crypto": [one["number"], str(one["share"] or "")],
                "trust": [HANDED_OVER.isoformat(), one["number"]],
                "claim": ["payable" if one["owed"] else "receivable"],
                "income": ["salary"],
            }.get(one["section"], [])
            rows.setdefault(one["section"], []).append(" | ".join(cells))
    more = {
        "real_estate": " | object_number | share | price | acquired_date",
        "crypto": " | asset | quantity",
        "claim": " | direction",
        "income": " | kind",
    }
    more["trust"] = " | since_date | description"
    heads = {
        name: f"row_id | declaration_id | owner | currency | {SUMS.get(name, 'amount')}{more.get(name, '')}"
        for name in rows
    }
    tables = {f"declared_{name}": "\n".join([heads[name], *listed]) for name, listed in rows.items()}
    lines = [f"{person}-{year} | {person} | income | {year} | true | KZT" for person in people for year in (2023, 2024)]
    tables["declaration"] = "\n".join(["id | person_id | form | year | is_current | currency", *lines])
    rates = [f"{unit}{year} | {unit} | KZT | {year} | {rate}" for (unit, year), rate in RATES.items() if unit != "KZT"]
    tables["exchange_rate"] = "\n".join(["id | currency | quote_currency | year | rate", *rates])
    return tables


def worked_out(tables: dict[str, str]) -> Iterator[dict[str, Any]]:
    """What the step says of each pair of declarations."""
    known = contracts()
    with opened(known) as engine:
        for name, contract in known.items():
            engine.offer_rows(name, examples.arrow_table(tables.get(name, ""), contract))
        engine.offer_nothing_else()
        for step in steps().values():
            engine.make_step(step)
        yield from engine.arrow("SELECT * FROM wealth_change").to_pylist()


def bounds_of(found: Change) -> dict[str, Decimal | None]:
    """The bounds of a change as the step names them."""
    return {
        f"{name}_{end}": getattr(getattr(found, name), end)
        for name in BOUNDS for end in ("low", "high")
    }  # fmt: skip


def test_the_step_and_the_page_say_the_same() -> None:
    chance = random.Random(2024)  # noqa: S311  # nothing secret
    people = {f"P{number}": declared(chance) for number in range(PEOPLE)}
    rows = {row["person_id"]: row for row in worked_out(tables_of(people))}
    assert rows.keys() == people.keys()
    expected = {person: bounds_of(interval_of(entries)) for person, entries in people.items()}
    assert {person: {name: rows[person][name] for name in bounds} for person, bounds in expected.items()} == expected
    unsure = [one for one in expected.values() if None in one.values()]
    assert 0 < len(unsure) < PEOPLE
