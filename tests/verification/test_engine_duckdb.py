"""The engine gives the same bytes every time, lets no rule out of its tables, and stops for none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from adaldyq.base.errors import DomainError
from adaldyq.base.tables import Column, ColumnType, Table
from adaldyq.kernel.problems import sentence
from adaldyq.verification.arrow import schema_of
from adaldyq.verification.catalogue import rules
from adaldyq.verification.engines.answers import FINDINGS, LARGEST, MOST_ROWS
from adaldyq.verification.engines.duckdb import Engine, opened
from adaldyq.verification.rulefile import Rule, Step, steps

DECLARATIONS = Table(
    "declaration",
    "Declarations.",
    (
        Column("id", ColumnType.TEXT, "Id."),
        Column("person_id", ColumnType.TEXT, "Person."),
        Column("year", ColumnType.INTEGER, "Year."),
        Column("amount", ColumnType.MONEY, "Amount."),
        Column("is_current", ColumnType.BOOLEAN, "Current."),
        Column("declarant_name", ColumnType.TEXT, "Name."),
    ),
    "id",
)
NAMES = Table(
    "person_name",
    "Names.",
    (
        Column("id", ColumnType.TEXT, "Id."),
        Column("person_id", ColumnType.TEXT, "Person."),
        Column("text", ColumnType.TEXT, "Name."),
    ),
    "id",
)
NAMED = (Column("id", ColumnType.TEXT, "Id."), Column("name", ColumnType.TEXT, "Name."))
COMPANIES, BODIES = Table("company", "Companies.", NAMED, "id"), Table("body", "Bodies.", NAMED, "id")
TABLES = {"declaration": DECLARATIONS, "person_name": NAMES, "company": COMPANIES, "body": BODIES}
QUERY = """SELECT person_id AS subject_id, id AS object_id, amount AS amount, NULL AS currency, NULL AS since,
    ['declaration/' || id] AS evidence FROM declaration"""
CHECKED = "SELECT id AS unit_id, CASE WHEN amount IS NULL THEN 'no-amount' END AS reason FROM declaration"


def rule_of(
    query: str = QUERY,
    checked: str = CHECKED,
    tables: dict[str, list[str]] | None = None,
    steps_: list[str] | None = None,
) -> Rule:
    """A rule over the small tables above."""
    one = rules()["declarations.late-or-missing"]
    head = one.head.model_copy(
        update={
            "tables": tables or {"declaration": []},
            "optional": {},
            "parameters": [],
            "steps": steps_ or [],
            "checked": checked,
            "reasons": {"no-amount": one.head.title},
        }
    )
    return replace(one, head=head, query=query)


def step_of(query: str, tables: dict[str, list[str]] | None = None) -> Step:
    """A step that writes `made`."""
    one = steps()["current_declaration"]
    head = one.head.model_copy(
        update={"id": "made", "tables": tables or {"declaration": []}, "optional": {}, "steps": []}
    )
    return replace(one, head=head, query=query)


def rows(*values: tuple[str, str, str | None]) -> pa.Table:
    given = [
        {
            "id": key,
            "person_id": person,
            "year": 2024,
            "amount": None if amount is None else Decimal(amount),
            "is_current": True,
            "declarant_name": f"Name of {person}",
        }
        for key, person, amount in values
    ]
    return pa.Table.from_pylist(given, schema=schema_of(DECLARATIONS))


@pytest.fixture
def engine() -> Iterator[Engine]:
    with opened(TABLES) as one:
        one.offer_rows("declaration", rows(("D2", "B", "5"), ("D1", "A", None), ("D3", "a", "7")))
        yield one


def test_findings_come_in_binary_order_of_subject_and_object(engine: Engine) -> None:
    engine.offer_rows(
        "declaration", rows(("d", "б", "1"), ("c", "a", "1"), ("b", "Z", "1"), ("a", "a", "1"), ("A", "a", "1"))
    )
    engine.offer_nothing_else()
    found = engine.answer(rule_of()).findings
    assert found.schema == FINDINGS
    assert list(zip(found["subject_id"].to_pylist(), found["object_id"].to_pylist(), strict=True)) == [
        ("Z", "b"),
        ("a", "A"),
        ("a", "a"),
        ("a", "c"),
        ("б", "d"),
    ]


def test_what_could_not_be_judged_is_counted_by_reason(engine: Engine) -> None:
    engine.offer_nothing_else()
    answer = engine.answer(rule_of())
    assert (answer.checked, answer.unjudged) == (2, {"no-amount": 1})


def test_reason_without_a_sentence_is_an_error(engine: Engine) -> None:
    engine.offer_nothing_else()
    answer = engine.answer(rule_of(checked="SELECT id AS unit_id, 'because' AS reason FROM declaration"))
    assert answer.error == "the reason “because” has no sentence under reasons"


def test_two_findings_of_one_name_are_an_error(engine: Engine) -> None:
    engine.offer_nothing_else()
    query = QUERY.replace("id AS object_id", "'x' AS object_id").replace("person_id AS", "lower(person_id) AS")
    assert engine.answer(rule_of(query)).error == "the rule gives two findings for a and x"


def test_amount_beyond_what_is_kept_becomes_the_largest(engine: Engine) -> None:
    engine.offer_rows(
        "declaration", rows(("1", "A", "9999999999999999.99"), ("2", "A", "-9999999999999999.99"), ("3", "A", None))
    )
    engine.offer_nothing_else()
    query = QUERY.replace("amount AS amount", "CAST(amount AS DECIMAL(38, 2)) * 100000 AS amount")
    assert engine.answer(rule_of(query)).findings["amount"].to_pylist() == [LARGEST, -LARGEST, None]


def test_rule_that_fails_stops_no_other(engine: Engine) -> None:
    engine.offer_nothing_else()
    assert "nothing" in engine.answer(rule_of(QUERY + " WHERE nothing = 1")).error
    assert "Conversion" in engine.answer(rule_of(QUERY + " WHERE CAST(id AS BIGINT) = 1")).error
    assert engine.answer(rule_of()).error == ""


def test_missing_table_or_column_is_named(engine: Engine) -> None:
    with opened(TABLES) as bare:
        bare.offer_rows("declaration", rows(("D1", "A", "1")).select(["id", "person_id"]))
        bare.offer_nothing_else()
        lacking = bare.answer(rule_of(tables={"declaration": ["id", "amount"]}))
        assert (lacking.checked, lacking.unjudged) == (0, {"missing-column:declaration.amount": 1})
        lacking = bare.answer(rule_of(tables={"declaration": ["id"], "person_name": []}))
        assert lacking.unjudged == {"missing-table:person_name": 1}


def test_step_that_lacks_a_table_leaves_its_rules_unjudged() -> None:
    with opened(TABLES) as bare:
        bare.offer_rows("declaration", rows(("D1", "A", "1")))
        bare.offer_nothing_else()
        bare.make_step(step_of("SELECT id FROM declaration", {"declaration": [], "person_name": []}))
        checked = "SELECT id AS unit_id, NULL AS reason FROM made"
        answer = bare.answer(rule_of(steps_=["made"], checked=checked))
        assert answer.unjudged == {"missing-table:person_name": 1}


def test_step_that_fails_breaks_only_its_rules(engine: Engine) -> None:
    engine.offer_nothing_else()
    engine.make_step(step_of("SELECT CAST(id AS BIGINT) AS id FROM declaration"))
    assert engine.answer(rule_of(steps_=["made"])).error.startswith("step made: Conversion Error")
    assert engine.answer(rule_of()).error == ""


def test_rows_of_tables_and_steps_are_found_by_key(engine: Engine) -> None:
    engine.offer_nothing_else()
    engine.make_step(step_of("SELECT id, year FROM declaration"))
    assert engine.rows("declaration", ["D3", "D1", "D9"])["id"].to_pylist() == ["D1", "D3"]
    assert engine.rows("made", ["D2"]).to_pylist() == [{"id": "D2", "year": 2024}]


def test_step_that_is_not_written_follows_its_source(engine: Engine) -> None:
    engine.offer_nothing_else()
    step = step_of("SELECT id, year FROM declaration")
    engine.make_step(replace(step, head=step.head.model_copy(update={"written": False})))
    kinds = engine.connection.execute("SELECT view_name FROM duckdb_views() WHERE NOT internal").fetchall()
    assert ("made",) in kinds
    assert engine.rows("made", ["D2"]).to_pylist() == [{"id": "D2", "year": 2024}]


@pytest.mark.parametrize(("few", "kind"), [(2, "VIEW"), (3, "TABLE")])
def test_step_of_many_rows_is_read_from_its_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, few: int, kind: str
) -> None:
    monkeypatch.setattr("adaldyq.verification.engines.duckdb.FEW_ROWS", few)
    step = step_of("SELECT id, year FROM declaration")
    with opened(TABLES, tmp_path / "work") as engine:
        engine.offer_rows("declaration", rows(("D2", "B", "5"), ("D1", "A", None), ("D3", "a", "7")))
        engine.offer_nothing_else()
        engine.make_step(step)
        assert engine.kinds == {"made": kind}
        assert engine.rows("made", ["D2"]).to_pylist() == [{"id": "D2", "year": 2024}]
        assert [one.name for one in (tmp_path / "work").iterdir()] == ["made.parquet"]
        engine.drop_step(step)
        assert engine.kinds == {}
        assert list((tmp_path / "work").iterdir()) == []


def test_evidence_is_bounded_and_leaves_out_rows_without_a_key(engine: Engine) -> None:
    engine.offer_nothing_else()
    many = ", ".join(["NULL", *(f"'declaration/' || '{number:02}'" for number in range(50))])
    answer = engine.answer(rule_of(QUERY.replace("'declaration/' || id", many)))
    expected = [f"declaration/{number:02}" for number in range(MOST_ROWS)]
    assert answer.findings["evidence"].to_pylist() == [expected] * answer.findings.num_rows
    assert answer.findings.num_rows > 0


def test_names_are_those_declared_else_those_of_the_register(engine: Engine) -> None:
    names = [{"id": "1", "person_id": "A", "text": "Other"}, {"id": "2", "person_id": "C", "text": "C of the register"}]
    engine.offer_rows("person_name", pa.Table.from_pylist(names, schema=schema_of(NAMES)))
    engine.offer_nothing_else()
    assert engine.names_of(["A", "C", "X"]) == {"A": "Name of A", "C": "C of the register"}


def test_companies_and_bodies_have_names_too(engine: Engine) -> None:
    engine.offer_rows("company", pa.Table.from_pylist([{"id": "K", "name": "A company"}], schema=schema_of(COMPANIES)))
    engine.offer_rows("body", pa.Table.from_pylist([{"id": "M", "name": "A ministry"}], schema=schema_of(BODIES)))
    engine.offer_nothing_else()
    assert engine.names_of(["K", "M", "2024"]) == {"M": "A ministry", "K": "A company"}


def test_reasons_are_told_of_the_units_that_are_asked_about(engine: Engine) -> None:
    engine.offer_nothing_else()
    one = rule_of(checked="SELECT id AS unit_id, CASE WHEN id = 'D2' THEN 'no-amount' END AS reason FROM declaration")
    assert engine.reasons(one, ["D1", "D2", "elsewhere"]) == {"D1": "", "D2": "no-amount"}


def test_no_query_reaches_other_files(tmp_path: Path, engine: Engine) -> None:
    secret = tmp_path / "secret.parquet"
    pq.write_table(pa.table({"a": [1]}), secret)
    engine.offer_nothing_else()
    for query in (
        f"FROM read_parquet('{secret}')",
        f"ATTACH '{tmp_path}/x.db'",
        f"COPY declaration TO '{tmp_path}/x.csv'",
    ):
        with pytest.raises(duckdb.PermissionException):
            engine.connection.execute(query)
    with pytest.raises(duckdb.InvalidInputException, match="locked"):
        engine.connection.execute("SET enable_external_access = true")


def test_no_query_reaches_variables_of_python(engine: Engine) -> None:
    local_table = pa.table({"a": [1]})
    engine.offer_nothing_else()
    with pytest.raises(duckdb.CatalogException):
        engine.connection.execute("FROM local_table")
    assert local_table.num_rows == 1


def test_file_that_is_no_table_is_named(tmp_path: Path) -> None:
    broken = tmp_path / "declaration.parquet"
    broken.write_bytes(b"PAR1 and no more")
    with opened(TABLES) as one, pytest.raises(DomainError) as caught:
        one.offer_files("declaration", [broken], ["id"])
    assert caught.value.code == "unreadable-table"
    assert "declaration" in sentence(caught.value)


def test_too_little_memory_is_told() -> None:
    with opened(TABLES, memory="20MB") as small:
        small.offer_rows("declaration", rows(*((f"D{number}", "A", "1") for number in range(2000))))
        small.offer_nothing_else()
        pairs = "SELECT a.id || b.id AS pair, count(*) AS n FROM declaration a CROSS JOIN declaration b GROUP BY a.id || b.id"
        answer = small.answer(rule_of(f"{QUERY} WHERE year > (SELECT max(n) FROM ({pairs}) p)"))
        assert answer.error.startswith("memory: ")
        assert small.answer(rule_of()).findings.num_rows == 2000
