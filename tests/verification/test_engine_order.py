"""Answers do not depend on the order of rows, the size of files or the number of threads."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from adaldyq.verification.arrow import TYPES
from adaldyq.verification.catalogue import rules
from adaldyq.verification.contracts import contracts
from adaldyq.verification.engines.answers import FINDINGS, Answer
from adaldyq.verification.engines.duckdb import opened
from adaldyq.verification.rulefile import steps

PEOPLE = range(400)
YEARS = (2022, 2023, 2024)

Rows = Sequence[Mapping[str, object]]


def declarations() -> Rows:
    fixed = {"form": "income", "version": 1, "is_current": True, "country": "KZ", "currency": "KZT"}
    return [
        fixed | {"id": f"D{n}-{year}", "person_id": f"P{n}", "year": year, "body_id": f"B{n % 7}"}
        for n in PEOPLE
        for year in YEARS
    ]


def cash() -> Rows:
    """Three rows a declaration; every second person declares the same each year."""
    return [
        {
            "row_id": f"C{n}-{year}-{part}",
            "declaration_id": f"D{n}-{year}",
            "owner": "declarant",
            "amount": Decimal(n % 50 * 1000 * part + (year % 2) * (n % 2)),
            "currency": "USD",
        }
        for n in PEOPLE
        for year in YEARS
        for part in (1, 2, 3)
    ]


def gifts() -> Rows:
    """Two of three gifts come from one giver, whose name is written in two ways."""
    return [
        {
            "row_id": f"G{n}-{part}",
            "declaration_id": f"D{n}-2024",
            "giver": name,
            "value": Decimal(1000 * part),
            "currency": "USD",
        }
        for n in PEOPLE[::4]
        for part, name in enumerate(("Әсем", "әсем", "Ерлан"), 1)
    ]


def land() -> Rows:
    """Every third couple holds one object by halves."""
    return [
        {
            "id": f"L{n}-{half}",
            "object_number": f"20-{n}",
            "owner_person_id": f"{half}{n}",
            "market_value": Decimal("10000000.33"),
            "currency": "KZT",
        }
        for n in PEOPLE[::3]
        for half in "PQ"
    ]


def reported_income() -> Rows:
    amount = Decimal("333333.33")
    return [
        {"id": f"N{n}-{part}", "person_id": f"P{n}", "year": 2024, "amount": amount * part, "currency": "USD"}
        for n in PEOPLE[::5]
        for part in (1, 2, 3)
    ]


def registers() -> Mapping[str, Rows]:
    """Registers that give several rules something to say, with ties wherever an answer could depend on order."""
    rate = {"currency": "USD", "quote_currency": "KZT", "rate": Decimal("447.123457")}
    return {
        "declaration": declarations(),
        "index_value": [{"id": f"I{year}", "year": year, "currency": "KZT", "amount": Decimal(3000)} for year in YEARS],
        "exchange_rate": [rate | {"id": f"X{year}", "year": year} for year in YEARS],
        "family_tie": [{"id": f"T{n}", "person_id": f"P{n}", "relative_id": f"Q{n}", "kind": "spouse"} for n in PEOPLE],
        "land_register": land(),
        "declared_real_estate": [{"row_id": "E0", "declaration_id": "D0-2022", "object_number": "none"}],
        "declared_income": [{"row_id": "R0", "declaration_id": "D0-2022", "amount": Decimal(1), "currency": "KZT"}],
        "declared_cash": cash(),
        "declared_gift": gifts(),
        "income_record": reported_income(),
    }


@pytest.fixture(scope="module")
def shuffled(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The same registers twice, their rows in two orders and in groups of different size."""
    folders = []
    for seed in (1, 2):
        folder = tmp_path_factory.mktemp(f"order{seed}")
        for name, given in registers().items():
            schema = pa.schema([(column.name, TYPES[column.type]) for column in contracts()[name].columns])
            rows = [dict(row) for row in given]
            random.Random(seed).shuffle(rows)  # noqa: S311  # an order for a test, no secret
            pq.write_table(
                pa.Table.from_pylist(rows, schema=schema), folder / f"{name}.parquet", row_group_size=97 * seed
            )
        folders.append(folder)
    return folders


def answers(folder: Path, threads: int) -> dict[str, Answer]:
    with opened(contracts(), folder / "spill") as engine:
        engine.connection.execute(f"SET threads = {threads}")
        for file in sorted(folder.glob("*.parquet")):
            engine.offer_files(file.stem, [file], pq.read_schema(file).names)
        engine.offer_nothing_else()
        for step in steps().values():
            engine.make_step(step)
        return {name: engine.answer(rule) for name, rule in rules().items()}


def in_bytes(answer: Answer) -> bytes:
    """Findings as they are written to a file."""
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, FINDINGS) as stream:
        stream.write_table(answer.findings.combine_chunks())
    return bytes(sink.getvalue())


@pytest.mark.parametrize("threads", [1, 2, 5])
def test_answers_are_the_same_bytes_in_any_order_of_rows(shuffled: list[Path], threads: int) -> None:
    first, second = answers(shuffled[0], 1), answers(shuffled[1], threads)
    assert sum(answer.findings.num_rows > 0 for answer in first.values()) >= 4
    for name, answer in second.items():
        assert answer.error == ""
        assert in_bytes(answer) == in_bytes(first[name]), name
        assert (answer.checked, answer.unjudged) == (first[name].checked, first[name].unjudged)
