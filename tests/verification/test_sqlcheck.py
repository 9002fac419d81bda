"""A rule reads only what it names, and answers the same every time."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from adaldyq.base.errors import DomainError
from adaldyq.verification.catalogue import rules
from adaldyq.verification.rulefile import Rule
from adaldyq.verification.sqlcheck import check, checked_units, parse, with_values

HEAD = """
    person_id AS subject_id,
    id AS object_id,
    CAST(NULL AS DECIMAL(18, 2)) AS amount,
    currency AS currency,
    CAST(NULL AS DATE) AS since,
    ['declaration/' || id] AS evidence
"""


@pytest.fixture
def rule() -> Rule:
    """A rule that reads only declarations and has no parameters."""
    one = rules()["declarations.undeclared-vehicle"]
    head = one.head.model_copy(
        update={
            "tables": {"declaration": []},
            "optional": {},
            "steps": [],
            "checked": "SELECT id AS unit_id, NULL AS reason FROM declaration",
        }
    )
    return replace(one, head=head, query=f"SELECT{HEAD}FROM declaration", first_line=100)


def refusal(rule: Rule, query: str) -> tuple[int, str]:
    with pytest.raises(DomainError) as caught:
        check(replace(rule, query=query))
    assert caught.value.code == "bad-rule-file"
    return int(str(caught.value.parameters["line"])), str(caught.value.parameters["problem"])


@pytest.mark.parametrize(
    ("last", "problem"),
    [("FROMM nothing WHERE (", "cannot be read"), ("FROM person", "name the table"), ("WHERE 'a", "is not closed")],
)
def test_a_parameter_does_not_move_the_line_of_what_is_wrong_after_it(rule: Rule, last: str, problem: str) -> None:
    query = f"SELECT{HEAD}FROM declaration\nWHERE $a < year AND\n$b > year\nUNION ALL\nSELECT{HEAD}{last}"
    line, said = refusal(rule, query)
    assert line == 100 + query.count("\n")
    assert problem in said


def test_plain_query_passes(rule: Rule) -> None:
    assert check(rule).named_selects[0] == "subject_id"


@pytest.mark.parametrize(
    ("clause", "problem"),
    [
        ("FROM declaration\nWHERE filed_at > now()", "the function now is not among the deterministic ones"),
        ("FROM declaration\nWHERE filed_at > current_date", "CURRENT_DATE is not among"),
        ("FROM declaration\nWHERE filed_at > today()", "CURRENT_DATE is not among"),
        ("FROM declaration\nWHERE random() > 0.5", "RAND is not among"),
        ("FROM declaration\nWHERE id = uuid()", "UUID is not among"),
        ("FROM declaration\nWHERE id = getenv('HOME')", "getenv is not among"),
        ("FROM declaration\nWHERE id = arg_max(id, year)", "ARG_MAX is not among"),
        ("FROM declaration\nWHERE id = any_value(id)", "ANY_VALUE is not among"),
        ("FROM declaration\nJOIN person ON true", "name the table “person” in the head"),
        ("FROM declaration,\n'/etc/passwd' p", "name the table “/etc/passwd” in the head"),
        ('FROM declaration,\n"/etc/passwd" p', "name the table “/etc/passwd” in the head"),
        ("FROM declaration,\nread_parquet('x.parquet') p", "is not a published table"),
        ("FROM declaration,\nread_csv('x.csv') p", "is not a published table"),
        ("FROM declaration,\nrange(10) p", "is not a published table"),
        ("FROM declaration,\nduckdb_settings() p", "is not a published table"),
        ("FROM declaration,\nmain.declaration p", "is not a published table"),
        ("FROM declaration,\ninformation_schema.tables p", "is not a published table"),
        ("FROM declaration,\nunnest([1, 2]) p", "UNNEST is not among"),
        ("FROM declaration\nTABLESAMPLE 10%", "a sample depends on chance"),
        ("FROM declaration\nUSING SAMPLE 10", "a sample depends on chance"),
        ("FROM declaration\nLIMIT 5", "give LIMIT an ORDER BY"),
        ("FROM declaration\nOFFSET 5", "give LIMIT an ORDER BY"),
        ("FROM declaration\nWHERE rowid > 5", "instead of rowid"),
        ("FROM declaration\nQUALIFY row_number() OVER (PARTITION BY person_id) = 1", "give ROW_NUMBER an ORDER BY"),
        ("FROM declaration\nQUALIFY lag(id) OVER () = id", "give LAG an ORDER BY"),
        ("FROM declaration\nPOSITIONAL JOIN declaration o", "join with ON or USING"),
        ("FROM declaration\nNATURAL JOIN declaration o", "join with ON or USING"),
        ("FROM declaration\nWHERE year > (SELECT sum(year / 2) FROM declaration)", "cast the quotient"),
        ("FROM declaration\nWHERE CAST(year AS DOUBLE) > 1.5", "use DECIMAL"),
        ("FROM declaration\nWHERE id IN (SELECT max(array_agg(id)) FROM declaration)", "sort what ARRAY_AGG lists"),
        ("FROM declaration\nWHERE year > $limit", "$limit has no value"),
        ("FROM declaration\nWHERE year > ?", "has no value"),
    ],
)
def test_query_that_may_answer_differently_is_refused(rule: Rule, clause: str, problem: str) -> None:
    assert problem in refusal(rule, f"SELECT{HEAD}{clause}")[1]


@pytest.mark.parametrize(
    "condition",
    [
        "abs(year) > ceil(year) AND floor(year) < round(year) AND sign(year) = 1",
        "coalesce(form, concat(id, 'x')) = nullif(form, 'x')",
        "date_diff('day', due_date, due_date) > 1 OR date_trunc('year', due_date) = make_date(year, 1, 1)",
        "extract(YEAR FROM due_date) = year(due_date) AND month(due_date) = 1",
        "due_date + INTERVAL 1 YEAR > due_date - 5",
        "greatest(year, 1) > least(year, 2)",
        "left(id, 1) = right(id, 1) AND length(id) > 1 AND starts_with(id, 'a') AND id LIKE 'a%'",
        "lower(trim(id)) = upper(replace(substring(id, 1, 2), 'a', 'b'))",
        "EXISTS (SELECT 1 FROM declaration) AND id IN (SELECT id FROM declaration)",
        "year = (SELECT median(year) FROM declaration) OR year = (SELECT avg(year) FROM declaration)",
        "year > (SELECT sum(CAST(year / 2 AS DECIMAL(18, 2))) FROM declaration)",
        "(SELECT bool_and(is_current) AND bool_or(is_current) FROM declaration)",
        "id = (SELECT string_agg(id, ',' ORDER BY id) FROM declaration)",
        "length(id) > (SELECT max(year) FROM (SELECT year FROM declaration ORDER BY id LIMIT 1) d)",
        "CASE WHEN year > 1 THEN true ELSE false END QUALIFY row_number() OVER (PARTITION BY form ORDER BY id) = 1",
    ],
)
def test_query_that_answers_the_same_passes(rule: Rule, condition: str) -> None:
    check(replace(rule, query=f"SELECT{HEAD}FROM declaration WHERE {condition}"))


@pytest.mark.parametrize(
    "query",
    [
        f"SELECT{HEAD}FROM declaration; DROP TABLE declaration",
        f"SELECT{HEAD}FROM declaration -- all\n; SELECT 1",
        "PRAGMA database_list",
        "ATTACH 'x.db'",
        "COPY declaration TO 'x.csv'",
        "INSTALL httpfs",
        "SET memory_limit = '1GB'",
        "EXPLAIN SELECT 1",
        "CREATE TABLE t AS SELECT 1",
        "DELETE FROM declaration",
        "",
        "-- nothing",
    ],
)
def test_anything_but_one_query_is_refused(rule: Rule, query: str) -> None:
    assert refusal(rule, query) == (100, "a rule is one query that begins with SELECT or WITH")


def test_query_writes_nothing(rule: Rule) -> None:
    assert "take FOR out" in refusal(rule, f"SELECT{HEAD}FROM declaration FOR UPDATE")[1]
    assert refusal(rule, f"SELECT{HEAD}INTO other FROM declaration")[0] == 107
    assert "take INTO out" in refusal(rule, f"SELECT{HEAD}INTO declaration FROM declaration")[1]


def test_part_of_a_query_may_not_hide_a_table(rule: Rule) -> None:
    query = f"WITH declaration AS (SELECT * FROM person) SELECT{HEAD}FROM declaration"
    assert "call the part “declaration” otherwise" in refusal(rule, query)[1]


def test_query_may_not_recur(rule: Rule) -> None:
    query = f"WITH RECURSIVE a AS (SELECT id FROM declaration UNION SELECT id FROM a) SELECT{HEAD}FROM declaration"
    assert "a rule may not recur" in refusal(rule, query)[1]


def test_comment_that_hides_a_table_is_no_use(rule: Rule) -> None:
    assert "person" in refusal(rule, f"SELECT{HEAD}FROM declaration /* */ JOIN /* declaration */ person ON true")[1]


def test_comments_do_not_reach_the_engine(rule: Rule) -> None:
    tree = check(replace(rule, query=f"SELECT{HEAD}FROM declaration -- everything\n/* all */"))
    assert "everything" not in tree.sql("duckdb", comments=False)


@pytest.mark.parametrize(
    ("query", "line"),
    [
        (f"SELECT{HEAD}FROM declaration\nWHERE year = 1 AND now() > filed_at", 108),
        (f"SELECT{HEAD}FROM declaration\nWHERE (year = 1\n", 108),
        (f"SELECT{HEAD}FROM declaration\nWHERE form = 'income", 108),
        (f"SELECT{HEAD}FROM declaration d\nJOIN person p\nON true", 108),
    ],
)
def test_refusal_names_the_line_of_the_file(rule: Rule, query: str, line: int) -> None:
    assert refusal(rule, query)[0] == line


def test_output_of_a_rule_has_its_six_columns(rule: Rule) -> None:
    assert "must return subject_id, object_id" in refusal(rule, "SELECT id FROM declaration")[1]
    assert "must return subject_id, object_id" in refusal(rule, "FROM declaration")[1]


def test_query_that_counts_units_is_held_to_the_same_rules(rule: Rule) -> None:
    for text, problem in [
        ("SELECT id AS unit_id, NULL AS reason FROM person", "name the table “person”"),
        ("SELECT id FROM declaration", "must return unit_id, reason"),
        ("SELECT id AS unit_id, uuid() AS reason FROM declaration", "UUID is not among"),
        ("SELECT id AS unit_id, NULL AS reason FROM", "cannot be read"),
    ]:
        broken = replace(rule, head=rule.head.model_copy(update={"checked": text}))
        with pytest.raises(DomainError) as caught:
            check(broken)
        assert problem in str(caught.value.parameters["problem"])
        assert caught.value.parameters["line"] == rule.line_of("checked")


def test_line_of_the_counting_query_is_that_of_the_file(rule: Rule) -> None:
    text = "SELECT id AS unit_id,\nNULL AS reason\nFROM declaration\nWHERE now() > filed_at"
    broken = replace(rule, head=rule.head.model_copy(update={"checked": text}))
    with pytest.raises(DomainError) as caught:
        checked_units(broken)
    assert caught.value.parameters["line"] == rule.line_of("checked") + 3


def test_parameter_that_nobody_uses_is_refused() -> None:
    rule = rules()["declarations.undeclared-account"]
    query = rule.query.replace("$share", "50")
    with pytest.raises(DomainError, match=r"no query uses \$share"):
        check(replace(rule, query=query))


def test_values_are_put_in_as_exact_numbers(rule: Rule) -> None:
    query = with_values(parse("SELECT $a, $b", rule.file, 1), {"a": Decimal("1E+3"), "b": -2})
    assert query.sql("duckdb") == "SELECT 1000, -2"
