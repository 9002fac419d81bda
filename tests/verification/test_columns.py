"""A column that nobody has is refused when the rules are read, at the line where it stands."""

from __future__ import annotations

from dataclasses import replace

import pytest

from adaldyq.base.errors import DomainError
from adaldyq.verification.catalogue import rules
from adaldyq.verification.columns import check_columns_exist
from adaldyq.verification.contracts import contracts
from adaldyq.verification.rulefile import Rule, Step, steps

LOAN = "declarations.private-loan"


def refusal(rule: Rule, known_steps: list[Step] | None = None) -> tuple[int, str]:
    with pytest.raises(DomainError) as caught:
        check_columns_exist(steps().values() if known_steps is None else known_steps, [rule], contracts())
    assert caught.value.code == "bad-rule-file"
    return int(str(caught.value.parameters["line"])), str(caught.value.parameters["problem"])


def told(column: str) -> str:
    return f"the column “{column}” is in no table that is read there, or in several"


def with_query(find: str, put: str) -> tuple[Rule, int]:
    """The rule about loans with a piece of its query changed, and the line of the file on which it stands."""
    rule = rules()[LOAN]
    assert rule.query.count(find) == 1
    line = rule.first_line + rule.query[: rule.query.index(find)].count("\n")
    return replace(rule, query=rule.query.replace(find, put)), line


def test_every_column_of_the_rules_is_there() -> None:
    check_columns_exist(steps().values(), rules().values(), contracts())


@pytest.mark.parametrize("column", ["c.counterpart_id", "d.counterparty", "nobody.counterparty", "counterpart_id"])
def test_unknown_column_of_a_table_is_refused_at_its_line(column: str) -> None:
    rule, line = with_query("lower(c.counterparty)", f"lower({column})")
    name = column.rpartition(".")[2]
    assert refusal(rule) == (line, told(name))


def test_column_that_a_part_of_the_query_does_not_return_is_refused() -> None:
    rule, line = with_query("l.rows_of_loan,\n", "l.rows_of_debt,\n")
    assert refusal(rule) == (line, told("rows_of_debt"))


def test_column_that_a_step_does_not_return_is_refused() -> None:
    rule, line = with_query("AND t.relative_id = CASE", "AND t.relation = CASE")
    assert refusal(rule) == (line, told("relation"))


def test_unknown_column_of_the_query_of_units_is_refused_at_its_line() -> None:
    rule = rules()[LOAN]
    head = rule.head.model_copy(update={"checked": rule.head.checked.replace("c.row_id", "c.row_number_of_it")})
    line, problem = refusal(replace(rule, head=head))
    assert line == rule.line_of("checked") + 2
    assert problem == told("row_number_of_it")


def test_unknown_column_of_a_step_is_refused_at_its_line() -> None:
    household = steps()["household"]
    broken = replace(
        household, query=household.query.replace("AND p.birth_date <= d.year_end", "AND p.born <= d.year_end")
    )
    known = [broken if one is household else one for one in steps().values()]
    line, problem = refusal(rules()[LOAN], known)
    assert line == household.first_line + household.query[: household.query.index("p.birth_date <=")].count("\n")
    assert problem == told("born")


def test_column_that_several_tables_have_is_refused_until_it_is_said_which() -> None:
    rule, line = with_query("        d.currency,\n", "        currency,\n")
    assert refusal(rule) == (line, told("currency"))
