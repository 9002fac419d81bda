"""Holds a rule's SQL to what a rule may do: read the tables it names, the same way every time.

The dialect is DuckDB's, kept to what sqlglot understands, so that the same text runs elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

import sqlglot
from sqlglot import exp
from sqlglot.errors import ParseError, TokenError

from adaldyq.base.tables import Table
from adaldyq.verification.behind import check_part, with_rows_behind
from adaldyq.verification.rulefile import Rule, Step, bad

OUTPUT = ("subject_id", "object_id", "amount", "currency", "since", "evidence")
CHECKED = ("unit_id", "reason")

DETERMINISTIC = frozenset(
    [
        "ABS",
        "AND",
        "ARRAY",
        "ARRAY_AGG",
        "ARRAY_CONCAT",
        "ARRAY_SORT",
        "AVG",
        "CASE",
        "CAST",
        "CEIL",
        "COALESCE",
        "CONCAT",
        "COUNT",
        "DATE",
        "DATEDIFF",
        "DATE_ADD",
        "DATE_DIFF",
        "DATE_FROM_PARTS",
        "DATE_SUB",
        "DATE_TRUNC",
        "DENSE_RANK",
        "EXISTS",
        "EXTRACT",
        "FLOOR",
        "GREATEST",
        "GROUP_CONCAT",
        "IF",
        "LAG",
        "LEAD",
        "LEAST",
        "LEFT",
        "LENGTH",
        "LOGICAL_AND",
        "LOGICAL_OR",
        "LOWER",
        "MAX",
        "MEDIAN",
        "MIN",
        "MONTH",
        "NULLIF",
        "OR",
        "RANK",
        "REPLACE",
        "RIGHT",
        "ROUND",
        "ROW_NUMBER",
        "SIGN",
        "STARTS_WITH",
        "SUBSTRING",
        "SUM",
        "TIMESTAMP_TRUNC",
        "TRIM",
        "TS_OR_DS_TO_DATE",
        "UPPER",
        "XOR",
        "YEAR",
    ]
)
"""Functions, by the names of sqlglot, whose answer depends on nothing but their arguments."""

LISTS = (exp.ArrayAgg, exp.GroupConcat)
RANKED = (exp.RowNumber, exp.Rank, exp.DenseRank, exp.Lag, exp.Lead)
REFUSED: Mapping[type[exp.Expr], str] = {
    exp.TableSample: "a sample depends on chance: read the whole table",
    exp.Into: "a rule writes nothing: take INTO out",
    exp.Lock: "a rule writes nothing: take FOR out",
    exp.Parameter: "write a parameter as $name",
    exp.Pivot: "write the columns out instead of PIVOT",
}
FLOATS = (exp.DataType.Type.DOUBLE, exp.DataType.Type.FLOAT)
ROW_NAME = re.compile(r"([a-z_]+)/\Z")
TOKEN_PLACE = re.compile(r"from (\d+):\d+")
PARAMETER = re.compile(r"\$(?=[a-z_])")


def check(file: Rule | Step) -> exp.Query:
    """Parse the query of a rule or step and hold it to the rules above; a rule's with the rows behind its sums.

    Raises:
        DomainError: `bad-rule-file` with file, line and problem.
    """
    tree = parse(file.query, file.file, file.first_line)
    check_query(tree, file, file.first_line)
    queries = [tree]
    if isinstance(file, Rule):
        check_output(tree, OUTPUT, file, file.first_line)
        queries.append(checked_units(file))
        check_evidence(tree, file)
        check_part(tree, file)
    else:
        check_columns(tree, file)
    check_parameters(queries, file)
    return with_rows_behind(tree, file) if isinstance(file, Rule) else tree


def checked_units(rule: Rule) -> exp.Query:
    """Parse the query that says which units a rule judged, and hold it to the same rules.

    Raises:
        DomainError: `bad-rule-file` with file, line and problem.
    """
    line = rule.line_of("checked")
    tree = parse(rule.head.checked, rule.file, line)
    check_query(tree, rule, line)
    check_output(tree, CHECKED, rule, line)
    return tree


def check_names(file: Rule | Step, contracts: Mapping[str, Table], known_steps: Mapping[str, Step]) -> None:
    """Refuse a head that names a table, column or step that does not exist.

    Raises:
        DomainError: `bad-rule-file` with file, line and problem.
    """
    for part, named in (("tables", file.head.tables), ("optional", file.head.optional)):
        for table, columns in named.items():
            if table not in contracts:
                raise bad(file.file, file.line_of(part, table), f"there is no published table “{table}”")
            for column in columns:
                if column not in contracts[table].by_name:
                    raise bad(file.file, file.line_of(part, table), f"the table {table} has no column “{column}”")
    for number, step in enumerate(file.head.steps):
        if step not in known_steps:
            raise bad(file.file, file.line_of("steps", number), f"there is no step “{step}”")
    if isinstance(file, Step) and file.head.id in contracts:
        raise bad(file.file, file.line_of("id"), "a step may not take the name of a published table")
    if isinstance(file, Rule):
        check_compared(file, known_steps)


def check_compared(rule: Rule, known_steps: Mapping[str, Step]) -> None:
    """Refuse to show columns of a step that the rule does not read, or that the step does not describe."""
    for step, columns in rule.head.compared.items():
        line = rule.line_of("compared", step)
        if step not in rule.head.steps:
            raise bad(rule.file, line, f"name the step “{step}” under steps too")
        for column in columns:
            if column not in known_steps[step].head.columns:
                raise bad(rule.file, line, f"the step {step} describes no column “{column}” under columns")


@lru_cache(maxsize=512)
def parse(sql: str, file: Path, first_line: int) -> exp.Query:
    """Parse one query in DuckDB's dialect. Whoever wants to change the tree changes a copy."""
    try:
        statements = [one for one in sqlglot.parse(sql, dialect="duckdb") if one is not None]
    except (ParseError, TokenError) as error:
        line, problem = broken_at(sql, error)
        raise bad(file, first_line + line - 1, f"the query cannot be read: {problem}") from None
    except RecursionError:
        raise bad(file, first_line, "the query is nested too deeply") from None
    if len(statements) != 1 or not isinstance(statements[0], exp.Query):
        raise bad(file, first_line, "a rule is one query that begins with SELECT or WITH")
    for node in statements[0].walk():
        if "start" in node.meta:  # its own lines run ahead after a parameter, which it first takes for an open quote
            node.meta["line"] = sql.count("\n", 0, node.meta["start"]) + 1
    return statements[0]


def broken_at(sql: str, error: ParseError | TokenError) -> tuple[int, str]:
    """The line of a query, from 1, at which it cannot be read, and why; parameters, which mislead, stand as names for it."""
    try:
        sqlglot.parse(PARAMETER.sub("_", sql), dialect="duckdb")
    except (ParseError, TokenError) as plain:
        error = plain
    except RecursionError:
        return 1, "it is nested too deeply"
    if isinstance(error, ParseError):
        place = error.errors[0] if error.errors else {}
        return int(place.get("line") or 1), str(place.get("description", error))
    found = TOKEN_PLACE.search(f"{error} {error.__cause__}")
    return int(found[1]) if found else 1, "a quote or a comment is not closed"


def check_query(query: exp.Query, file: Rule | Step, first_line: int) -> None:
    """Refuse what a rule may not say, at the line where it stands."""
    own = {cte.alias for cte in query.find_all(exp.CTE)}
    for node in query.walk():
        problem = (
            table_problem(node, own, file)
            or join_problem(node)
            or function_problem(node)
            or order_problem(node)
            or float_problem(node)
            or REFUSED.get(type(node), "")
        )
        if problem:
            raise bad(file.file, line_in(node, first_line), problem)


def table_problem(node: exp.Expr, own: set[str], file: Rule | Step) -> str:
    """A table that the head does not name, or something that is no table's name; empty when fine."""
    if isinstance(node, exp.CTE) and node.alias in file.reads:
        return f"call the part “{node.alias}” otherwise: a table has that name"
    if isinstance(node, exp.With) and node.args.get("recursive"):
        return "a rule may not recur: it might never end"
    if isinstance(node, exp.Column) and node.name.lower() == "rowid":
        return "the place of a row in a file depends on chance: use the key instead of rowid"
    if not isinstance(node, exp.Table):
        return ""
    if not isinstance(node.this, exp.Identifier) or node.args.get("db"):
        return f"“{node.sql('duckdb', comments=False)}” is not a published table"
    return "" if node.name in own | file.reads else f"name the table “{node.name}” in the head, under tables"


def join_problem(node: exp.Expr) -> str:
    """A join whose pairs do not follow from a condition; empty when fine."""
    if isinstance(node, exp.Join) and node.args.get("method"):
        return f"join with ON or USING, not with {node.args['method']}"
    return ""


def function_problem(node: exp.Expr) -> str:
    """A function that is not known to give the same answer every time; empty when fine."""
    if not isinstance(node, exp.Func):
        return ""
    name = node.name if isinstance(node, exp.Anonymous) else node.sql_name()
    return "" if name.upper() in DETERMINISTIC else f"the function {name} is not among the deterministic ones"


def order_problem(node: exp.Expr) -> str:
    """A list, limit or rank whose answer would depend on chance for lack of an order; empty when fine."""
    if isinstance(node, LISTS) and not isinstance(node.find_ancestor(exp.ArraySort, exp.Select), exp.ArraySort):
        order = node.find(exp.Order)
        if order is None or listed(node) not in [term.this for term in order.expressions]:
            return f"sort what {node.sql_name()} lists, with list_sort() around it"
    if isinstance(node, exp.Limit | exp.Offset) and (node.parent is None or not node.parent.args.get("order")):
        return "give LIMIT an ORDER BY"
    if isinstance(node, exp.Distinct) and node.args.get("on"):
        return "which row DISTINCT ON keeps depends on chance: use QUALIFY row_number() with an ORDER BY"
    if isinstance(node, exp.Window) and isinstance(node.this, RANKED) and not node.args.get("order"):
        return f"give {node.this.sql_name()} an ORDER BY"
    return ""


def listed(function: exp.Expr) -> exp.Expr:
    """What a list is made of, without DISTINCT and ORDER BY around it."""
    inner: exp.Expr = function.this
    while isinstance(inner, exp.Order | exp.Distinct):
        inner = inner.this if isinstance(inner, exp.Order) else inner.expressions[0]
    return inner


def float_problem(node: exp.Expr) -> str:
    """A sum that would differ in its last digits from run to run; empty when fine."""
    if isinstance(node, exp.DataType) and node.this in FLOATS:
        return "use DECIMAL: sums of binary fractions differ from run to run"
    if isinstance(node, exp.Sum | exp.Avg) and any(has_float(argument) for argument in node.iter_expressions()):
        return f"cast the quotient inside {node.sql_name()} to DECIMAL: sums of binary fractions differ from run to run"
    return ""


def has_float(node: exp.Expr) -> bool:
    """Whether an expression is a quotient or mean, of a kind that engines answer in binary fractions."""
    if isinstance(node, exp.Cast):
        return False
    return isinstance(node, exp.Div | exp.Avg) or any(has_float(child) for child in node.iter_expressions())


def check_output(query: exp.Query, names: tuple[str, ...], rule: Rule, line: int) -> None:
    """Hold a query to the columns it must return."""
    if tuple(query.named_selects) != names:
        raise bad(rule.file, line, f"the query must return {', '.join(names)}, in this order")


def check_evidence(query: exp.Query, rule: Rule) -> None:
    """Refuse evidence of a step of which the rule does not say what to show, and of a table that it does not read."""
    for node in query.find_all(exp.Literal):
        found = ROW_NAME.match(node.this) if node.is_string else None
        if found is None:
            continue
        if found[1] in rule.head.steps and found[1] not in rule.head.compared:
            raise bad(rule.file, rule.line_of("steps"), f"say under compared what to show of the step “{found[1]}”")
        if found[1] not in rule.reads:
            raise bad(rule.file, rule.first_line, f"evidence names “{found[1]}”, which the head does not name")


def check_columns(query: exp.Query, step: Step) -> None:
    """Hold a step to return its key, the columns that it describes, and the currency of their sums."""
    returned = query.named_selects
    if step.head.key not in returned:
        raise bad(step.file, step.line_of("key"), f"the query must return the key {step.head.key}")
    for name, column in step.head.columns.items():
        if name not in returned:
            raise bad(step.file, step.line_of("columns", name), f"the query returns no column “{name}”")
        if column.type == "money" and "currency" not in returned:
            raise bad(step.file, step.line_of("columns", name), "the query must return the currency of its sums")


def check_parameters(queries: list[exp.Query], file: Rule | Step) -> None:
    """Refuse a parameter without a value, and one that nobody uses."""
    values = file.parameters if isinstance(file, Rule) else {}
    used = {node.name for query in queries for node in query.find_all(exp.Placeholder)}
    if unknown := sorted(used - set(values)):
        raise bad(file.file, file.line_of("parameters"), f"parameters: ${unknown[0]} has no value")
    if idle := sorted(set(values) - used):
        raise bad(file.file, file.line_of("parameters"), f"parameters: no query uses ${idle[0]}")


def line_in(node: exp.Expr, first_line: int) -> int:
    """The line of the file on which a piece of a query stands, as nearly as the parser tells."""
    around: exp.Expr | None = node
    while around is not None:
        lines = [int(piece.meta["line"]) for piece in around.walk() if "line" in piece.meta]
        if lines:
            return first_line + min(lines) - 1
        around = around.parent
    return first_line


def with_values(query: exp.Query, values: Mapping[str, int | Decimal]) -> exp.Query:
    """Put the values of the parameters in the place of `$name`."""

    def put(node: exp.Expr) -> exp.Expr:
        if not isinstance(node, exp.Placeholder):
            return node
        return exp.Literal.number(format(Decimal(values[node.name]), "f"))

    filled = query.transform(put)
    if not isinstance(filled, exp.Query):
        raise TypeError("a query stays a query when values are put in")
    return filled
