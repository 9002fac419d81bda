"""Runs rules on one machine: DuckDB over the Parquet files of a snapshot.

Steps are written to Parquet files, too, where there is a folder for them: memory is then left to the joins, and what
would not fit into it is not written out row by row.
"""

from __future__ import annotations

import errno
import os
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as pd

from adaldyq.base.errors import DomainError
from adaldyq.base.tables import Column, ColumnType, Table
from adaldyq.verification.engines.answers import FINDINGS, LARGEST, MOST_ROWS, Answer
from adaldyq.verification.rulefile import Rule, Step
from adaldyq.verification.sqlcheck import check, checked_units, with_values

NAME = f"DuckDB {duckdb.__version__}"
SQL_TYPES: Mapping[ColumnType, str] = {
    ColumnType.TEXT: "VARCHAR",
    ColumnType.INTEGER: "BIGINT",
    ColumnType.MONEY: "DECIMAL(18, 2)",
    ColumnType.NUMBER: "DECIMAL(18, 6)",
    ColumnType.BOOLEAN: "BOOLEAN",
    ColumnType.DATE: "DATE",
    ColumnType.TIMESTAMP: "TIMESTAMP WITH TIME ZONE",
}
SAID_OF_NO_ROOM = tuple(
    map(os.strerror, (errno.ENOSPC, errno.EDQUOT, errno.EFBIG))
)  # the engine passes on what the system says, and no number
FEW_ROWS = 1_000_000
MOST_REPEATED = 1_000
SHAPE = f"""
SELECT CAST(subject_id AS VARCHAR) AS subject_id, coalesce(CAST(object_id AS VARCHAR), '') AS object_id,
    CAST(CASE WHEN amount > {LARGEST} THEN {LARGEST} WHEN amount < -{LARGEST} THEN -{LARGEST} ELSE amount END
        AS DECIMAL(18, 2)) AS amount,
    CAST(currency AS VARCHAR) AS currency, CAST(since AS DATE) AS since,
    [name FOR name IN CAST(evidence AS VARCHAR[]) IF name IS NOT NULL][1:{MOST_ROWS}] AS evidence
FROM ({{query}}) WHERE subject_id IS NOT NULL ORDER BY 1, 2
"""  # noqa: S608  # the rule's own query, held to reading the tables it names
COUNT = "SELECT reason, count(*) FROM ({query}) GROUP BY reason ORDER BY reason"
REASONS = """
SELECT CAST(unit_id AS VARCHAR), coalesce(min(reason), '')
FROM ({query}) SEMI JOIN wanted ON CAST(unit_id AS VARCHAR) = wanted.wanted_key
GROUP BY unit_id
"""
NAMES = """
SELECT w.wanted_key, coalesce(max(d.declarant_name), max(n.text), max(c.name), max(b.name))
FROM wanted w
LEFT JOIN declaration d ON d.person_id = w.wanted_key AND d.is_current
LEFT JOIN person_name n ON n.person_id = w.wanted_key
LEFT JOIN company c ON c.id = w.wanted_key
LEFT JOIN body b ON b.id = w.wanted_key
GROUP BY w.wanted_key
"""


class Engine:
    """A DuckDB connection in which the tables of a snapshot, and the steps made from them, can be read.

    Offer the tables, then `offer_nothing_else`, then make the steps, then ask the rules.

    Args:
        work: folder for the files of steps and for what does not fit into memory; without one, steps are kept in memory.
    """

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, contracts: Mapping[str, Table], work: Path | None = None
    ) -> None:
        self.connection = connection
        self.contracts = contracts
        self.work = work
        self.provided: dict[str, frozenset[str]] = {}
        self.files: list[str] = []
        self.keys = {table.name: table.key for table in contracts.values()}
        self.lacking_steps: dict[str, str] = {}
        self.failed_steps: dict[str, str] = {}
        self.kinds: dict[str, str] = {}

    def offer_files(self, table: str, files: Sequence[Path], columns: Sequence[str]) -> None:
        """Let rules read a table from Parquet files that hold the given columns of it.

        Raises:
            DomainError: `unreadable-table`.
        """
        self.files.extend(map(str, files))
        self._offer(table, f"read_parquet([{', '.join(literal(str(file)) for file in files)}])", columns)

    def offer_rows(self, table: str, rows: pa.Table | pd.Dataset) -> None:
        """Let rules read a table from memory, or from files that Arrow reads.

        Raises:
            DomainError: `unreadable-table`.
        """
        name = f"given_{table}"
        self.connection.register(name, rows)
        self._offer(table, name, rows.schema.names)

    def _offer(self, table: str, source: str, columns: Sequence[str]) -> None:
        """Make the view of a table: what its source lacks is null."""
        present = frozenset(columns)
        selected = ", ".join(selection(column, present) for column in self.contracts[table].columns)
        try:
            self.connection.execute(f'CREATE OR REPLACE VIEW "{table}" AS SELECT {selected} FROM {source}')  # noqa: S608  # names from our own contracts
        except duckdb.Error as error:
            raise DomainError("unreadable-table", table=table, problem=first_line(error)) from None
        self.provided[table] = present

    def offer_nothing_else(self) -> None:
        """Make every table that was not offered an empty one, and let no query reach another file."""
        for table in self.contracts.values():
            if table.name not in self.provided:
                selected = ", ".join(selection(column, frozenset()) for column in table.columns)
                self.connection.execute(f'CREATE OR REPLACE VIEW "{table.name}" AS SELECT {selected} WHERE false')
        allowed = ", ".join(map(literal, self.files))
        self.connection.execute(f"SET allowed_paths = [{allowed}]")
        if self.work:
            self.connection.execute(f"SET allowed_directories = [{literal(str(self.work))}]")
        self.connection.execute("SET enable_external_access = false")
        self.connection.execute("SET lock_configuration = true")

    def make_step(self, step: Step) -> None:
        """Write the rows of a step, or make it a view when its head says that it is not to be written.

        When its source lacks something, the table is made of what there is, so that units can still be
        counted, and the rules that read it say that they could not judge. When it fails, so do they.
        """
        name = step.head.id
        self.keys[name] = step.head.key
        if lack := self.lack_of(step):
            self.lacking_steps[name] = lack
        if failure := self.failure_of(step):
            self.failed_steps[name] = failure
            return
        query = check(step).sql("duckdb", comments=False)
        try:
            self._make(step, query)
        except duckdb.Error as error:
            self.refuse_full_disk(error)
            self.failed_steps[name] = f"step {name}: {first_line(error)}"

    def _make(self, step: Step, query: str) -> None:
        """Make the table or view of a step.

        Of a table in memory the engine knows how many different values a column has, of a file not. It orders
        joins by that, and a small table in the wrong place multiplies rows beyond all bounds. So a step of few
        rows is taken into memory from its file. Ids hardly repeat, so no dictionary of more values is begun.
        """
        name, file, source, kind = step.head.id, self.file_of(step), query, "TABLE"
        if not step.head.written:
            kind = "VIEW"
        elif file:
            options = f"FORMAT parquet, COMPRESSION snappy, DICTIONARY_SIZE_LIMIT {MOST_REPEATED}"
            written = f"COPY ({query}) TO {literal(str(file))} ({options})"
            ((rows,),) = self.connection.execute(written).fetchall()
            source = f"SELECT * FROM read_parquet({literal(str(file))})"  # noqa: S608  # a step's own file
            kind = "TABLE" if rows <= FEW_ROWS else "VIEW"
        self.connection.execute(f'CREATE {kind} "{name}" AS {source}')
        self.kinds[name] = kind

    def file_of(self, step: Step) -> Path | None:
        """Where the rows of a step are written; none when they are kept in memory."""
        return self.work / f"{step.head.id}.parquet" if self.work else None

    def drop_step(self, step: Step) -> None:
        """Free the place of a step that nothing reads any more."""
        if kind := self.kinds.pop(step.head.id, ""):
            self.connection.execute(f'DROP {kind} "{step.head.id}"')
        if file := self.file_of(step):
            file.unlink(missing_ok=True)

    def lack_of(self, file: Rule | Step) -> str:
        """The first table or column that a rule or step needs and the source lacks; empty when all are there."""
        for table, columns in file.head.tables.items():
            if table not in self.provided:
                return f"missing-table:{table}"
            for column in columns:
                if column not in self.provided[table]:
                    return f"missing-column:{table}.{column}"
        return next((self.lacking_steps[step] for step in file.head.steps if step in self.lacking_steps), "")

    def failure_of(self, file: Rule | Step) -> str:
        """Why a step failed that a rule or step reads; empty when none did."""
        return next((self.failed_steps[step] for step in file.head.steps if step in self.failed_steps), "")

    def refuse_full_disk(self, error: Exception) -> None:
        """Stop when there is no room for what does not fit into memory: no other rule would have any either.

        Raises:
            DomainError: `disk-full`.
        """
        if isinstance(error, duckdb.IOException) and any(said in str(error) for said in SAID_OF_NO_ROOM):
            raise DomainError("disk-full", file=str(self.work)) from None

    def answer(self, rule: Rule) -> Answer:
        """Run one rule. What goes wrong inside it is told in the answer and stops no other rule.

        Raises:
            DomainError: `disk-full`.
        """
        began = time.monotonic()
        try:
            answer = self._answer(rule)
        except duckdb.OutOfMemoryException as error:
            answer = Answer(error=f"memory: {first_line(error)}")
        except (duckdb.Error, pa.ArrowException) as error:
            self.refuse_full_disk(error)
            answer = Answer(error=first_line(error))
        took = round((time.monotonic() - began) * 1000)
        return Answer(answer.findings, answer.checked, answer.unjudged, answer.error, took)

    def _answer(self, rule: Rule) -> Answer:
        """Run the query of a rule and count what it checked; when something lacks, count what it could not."""
        if failure := self.failure_of(rule):
            return Answer(error=failure)
        counts = self.counts(rule)
        if lack := self.lack_of(rule):
            return Answer(unjudged={lack: sum(counts.values())})
        unjudged = {reason: count for reason, count in counts.items() if reason is not None}
        if unexplained := sorted(set(unjudged) - set(rule.head.reasons)):
            return Answer(error=f"the reason “{unexplained[0]}” has no sentence under reasons")
        query = with_values(check(rule), rule.parameters).sql("duckdb", comments=False)
        findings = self.arrow(SHAPE.format(query=query)).cast(FINDINGS)
        if twice := repeated(findings):
            return Answer(error=f"the rule gives two findings for {twice}")
        return Answer(findings, counts.get(None, 0), unjudged)

    def counts(self, rule: Rule) -> Mapping[str | None, int]:
        """How many units a rule could judge (under no reason), and how many not, by reason."""
        query = with_values(checked_units(rule), rule.parameters).sql("duckdb", comments=False)
        return dict(self.connection.execute(COUNT.format(query=query)).fetchall())

    def reasons(self, rule: Rule, keys: Sequence[str]) -> Mapping[str, str]:
        """Those of the keys that are units of a rule, each with why it could not be judged; empty when it could.

        Raises:
            duckdb.Error: the query of the units fails.
        """
        query = with_values(checked_units(rule), rule.parameters).sql("duckdb", comments=False)
        with self.wanted(keys):
            return dict(self.connection.execute(REASONS.format(query=query)).fetchall())

    def rows(self, table: str, keys: Sequence[str]) -> pa.Table:
        """Rows of a table or step by their keys, in the order of the key, for evidence."""
        key = self.keys[table]
        with self.wanted(keys):
            return self.arrow(
                f'SELECT t.* FROM "{table}" t SEMI JOIN wanted ON CAST(t."{key}" AS VARCHAR) = wanted.wanted_key '  # noqa: S608  # names from our own contracts
                f'ORDER BY t."{key}"'
            )

    def names_of(self, ids: Sequence[str]) -> Mapping[str, str]:
        """Names by id: of people as they declared them, else as the register has them; of companies and bodies."""
        with self.wanted(ids):
            found = self.connection.execute(NAMES).fetchall()
        return {one: name for one, name in found if name is not None}

    def arrow(self, query: str) -> pa.Table:
        """The answer of a query as Arrow."""
        answer: pa.Table = self.connection.sql(query).to_arrow_table()
        return answer

    @contextmanager
    def wanted(self, keys: Sequence[str]) -> Iterator[None]:
        """Let one query read a list of keys."""
        self.connection.register("wanted", pa.table({"wanted_key": pa.array(keys, pa.string())}))
        try:
            yield
        finally:
            self.connection.unregister("wanted")


@contextmanager
def opened(contracts: Mapping[str, Table], work: Path | None = None, memory: str = "") -> Iterator[Engine]:
    """Open an engine.

    Args:
        contracts: descriptions of the tables by name.
        work: folder for steps and for what does not fit into memory; without one, a rule that needs more fails.
        memory: limit, such as `4GB`; DuckDB's own when empty.
    """
    if work:
        work.mkdir(mode=0o700, parents=True, exist_ok=True)
    with duckdb.connect(":memory:") as connection:
        # Rules carry their own order, so keeping that of the files would only cost memory.
        connection.execute("SET preserve_insertion_order = false")
        connection.execute("SET python_enable_replacements = false")
        connection.execute("SET TimeZone = 'UTC'")
        connection.execute(f"SET temp_directory = {literal(str(work or ''))}")
        if memory:
            connection.execute(f"SET memory_limit = {literal(memory)}")
        yield Engine(connection, contracts, work)


def selection(column: Column, present: frozenset[str]) -> str:
    """A column of a view, in its contract's type; null when the source has it not."""
    value = f'"{column.name}"' if column.name in present else "NULL"
    return f'CAST({value} AS {SQL_TYPES[column.type]}) AS "{column.name}"'


def repeated(findings: pa.Table) -> str:
    """A subject and object that stand in two findings; empty when none does. Findings come ordered."""
    pairs = findings.select(["subject_id", "object_id"]).combine_chunks()
    subjects, objects = pairs.column(0), pairs.column(1)
    before, after = slice(None, -1), slice(1, None)
    same = pc.and_(pc.equal(subjects[before], subjects[after]), pc.equal(objects[before], objects[after]))
    first = pc.index(same, value=True).as_py()
    return "" if first < 0 else f"{subjects[first]} and {objects[first]}"


def literal(text: str) -> str:
    """A text as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"


def first_line(error: Exception) -> str:
    """The part of an engine's message that a person can read."""
    return str(error).strip().splitlines()[0]
