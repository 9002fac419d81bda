"""Verifies: takes or opens a snapshot, runs every rule over it, stores what they say."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from django.conf import settings

from adaldyq.base.errors import DomainError
from adaldyq.base.ids import new_id
from adaldyq.base.locks import held_alone
from adaldyq.base.words import gettext_noop as _
from adaldyq.countries.loader import load
from adaldyq.kernel.actor import system
from adaldyq.verification.actions.runs import DONE, FAILED, Evidence, begin_run, finish_run, record_answer
from adaldyq.verification.catalogue import rules
from adaldyq.verification.contracts import contracts
from adaldyq.verification.country import Progress, row_in_json, take_snapshot
from adaldyq.verification.engines import duckdb
from adaldyq.verification.engines.answers import Answer
from adaldyq.verification.models import COUNTRY, Run
from adaldyq.verification.rulefile import FOLDER, Rule, steps
from adaldyq.verification.schedule import Schedule, frugal
from adaldyq.verification.sealed_parquet import readable
from adaldyq.verification.snapshot_keys import is_sealed
from adaldyq.verification.snapshots import Origin, Snapshot, read_snapshot
from adaldyq.verification.vanished import not_judged

KEPT_SNAPSHOTS = 5
LOCK = "verify.lock"
SPILL = "spill"
PROCESS = system("verification")
BY_ID = "_id"
"""How a column is called that names a record, beside one of the same name without it."""

Clock = Callable[[], datetime]


@dataclass(frozen=True)
class RuleReport:
    """What one rule said, for whoever started the run.

    Attributes:
        new: findings seen for the first time; none when nothing was stored.
        gone: findings of the run before that did not fire again; none when nothing was stored.
    """

    rule: Rule
    answer: Answer
    new: int | None = None
    gone: int | None = None


@dataclass(frozen=True)
class Report:
    """What a run said.

    Attributes:
        run: as stored; none when the snapshot was only looked at.
    """

    snapshot: Snapshot
    run: Run | None
    rules: list[RuleReport] = field(default_factory=list)

    @property
    def failed(self) -> list[RuleReport]:
        """Rules that could not run."""
        return [one for one in self.rules if one.answer.error]

    def put_in_order_of(self, catalogue: Mapping[str, Rule]) -> None:
        """List rules as the catalogue does, not as they were asked."""
        places = {name: place for place, name in enumerate(catalogue)}
        self.rules.sort(key=lambda one: places[one.rule.id])


def verify_country(*, data: Path, clock: Clock, progress: Progress, rule_folder: Path = FOLDER) -> Report:
    """Take a snapshot of the country's registers, verify it and store the findings.

    Args:
        data: the data folder.
        rule_folder: where the rule files are.

    Raises:
        DomainError: `run-under-way`, `disk-full`, or `bad-rule-file`.
    """
    with held_alone(data / LOCK, "run-under-way"):
        rules(rule_folder)
        place = data / "snapshots" / f"{clock():%Y%m%dT%H%M%S.%f}-{new_id()}"
        take_snapshot(place, country_origin(), at=clock(), progress=progress)
        forget_old_snapshots(place.parent)
        forget_plain_snapshots(place.parent)
        return verify_and_store(place, data, clock, progress, rule_folder)


def verify_dataset(name: str, *, data: Path, clock: Clock, progress: Progress, rule_folder: Path = FOLDER) -> Report:
    """Verify an imported collection and store the findings.

    Args:
        data: the data folder.
        rule_folder: where the rule files are.

    Raises:
        DomainError: `no-such-dataset`, `run-under-way`, `snapshot-changed`, `bad-rule-file` and others of
            `snapshots`.
    """
    if name not in datasets(data):
        raise DomainError("no-such-dataset", value=name, known=", ".join(datasets(data)) or "—")
    with held_alone(data / LOCK, "run-under-way"):
        return verify_and_store(data / "datasets" / name, data, clock, progress, rule_folder)


def look_at(folder: Path, *, work: Path, progress: Progress, memory: str = "", rule_folder: Path = FOLDER) -> Report:
    """Run every rule over a snapshot anywhere on disk, and store nothing.

    Args:
        work: folder for what does not fit into memory.
        memory: limit, such as `4GB`; the engine's own when empty.
        rule_folder: where the rule files are.

    Raises:
        DomainError: as `verify_dataset`.
    """
    snapshot = read_snapshot(folder, contracts())
    report = Report(snapshot, None)
    with answering(snapshot, work, progress, rule_folder, memory) as answers:
        report.rules.extend(RuleReport(rule, answer) for rule, answer, _ in answers)
    report.put_in_order_of(rules(rule_folder))
    return report


def verify_and_store(place: Path, data: Path, clock: Clock, progress: Progress, rule_folder: Path) -> Report:
    """Run every rule over a snapshot in the data folder and store what they say, rule by rule."""
    snapshot = read_snapshot(place, contracts())
    run = begin_run(snapshot=snapshot, path=str(place.relative_to(data)), engine=duckdb.NAME, by=PROCESS, at=clock())
    report = Report(snapshot, run)
    outcome = FAILED
    try:
        with answering(snapshot, data, progress, rule_folder) as answers:
            for rule, answer, engine in answers:
                rows = evidence(engine, answer)
                recording = record_answer(
                    run=run,
                    rule=rule,
                    answer=answer,
                    labels=labels(engine, answer, rows.values()),
                    evidence=rows,
                    by=PROCESS,
                    at=clock(),
                    not_judged=not_judged(run, rule, answer, engine),
                )
                report.rules.append(RuleReport(rule, answer, recording.new, recording.gone))
        report.put_in_order_of(rules(rule_folder))
        outcome = FAILED if report.failed else DONE
    finally:
        finish_run(run=run, outcome=outcome, rules=list(rules(rule_folder)), by=PROCESS, at=clock())
    return report


@contextmanager
def answering(
    snapshot: Snapshot, work: Path, progress: Progress, rule_folder: Path, memory: str = ""
) -> Iterator[Iterator[tuple[Rule, Answer, duckdb.Engine]]]:
    """Open an engine over a snapshot whose files were checked, and give each rule's answer in turn."""
    catalogue = frugal(list(rules(rule_folder).values()), steps(rule_folder))
    schedule = Schedule(catalogue, steps(rule_folder))
    for number, _file in enumerate(snapshot.check_files(), 1):
        progress("check", number, len(snapshot.manifest.tables))
    sealed = {table: snapshot.file_of(table) for table in snapshot.manifest.tables}
    with (
        work_folder(work) as spill,
        readable(sealed, snapshot.key, spill) as files,
        duckdb.opened(contracts(), spill, memory) as engine,
    ):
        for table, entry in snapshot.manifest.tables.items():
            engine.offer_files(table, [files[table]], entry.columns)
        engine.offer_nothing_else()

        def answers() -> Iterator[tuple[Rule, Answer, duckdb.Engine]]:
            for number, rule in enumerate(catalogue, 1):
                for step in schedule.before(rule):
                    engine.make_step(step)
                yield rule, engine.answer(rule), engine
                for step in schedule.after(rule):
                    engine.drop_step(step)
                progress("rules", number, len(catalogue))

        yield answers()


@contextmanager
def work_folder(work: Path) -> Iterator[Path]:
    """A folder for what a run writes on its way: gone afterwards or, when the run was killed, before the next."""
    folder = work / SPILL
    shutil.rmtree(folder, ignore_errors=True)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def is_left_behind(data: Path) -> bool:
    """Whether a run that was killed left what it wrote on its way; while another one works, nothing is said."""
    if not (data / SPILL).is_dir():
        return False
    with suppress(DomainError), held_alone(data / LOCK, "run-under-way"):
        return (data / SPILL).is_dir()
    return False


def labels(engine: duckdb.Engine, answer: Answer, rows: Iterable[Evidence]) -> Mapping[str, str]:
    """Names of the people that findings ask about, and of the people, companies and bodies in their objects.

    Of whom the registers do not know, such as a lender in another country, the name that a row of the evidence gives.
    """
    ids = {str(subject) for subject in answer.findings.column("subject_id").unique().to_pylist()}
    for thing in answer.findings.column("object_id").unique().to_pylist():
        ids.update(str(thing).split(":"))
    places = {one.code: one.names for one in load(settings.COUNTRY).territories if one.code in ids}
    languages = load(settings.COUNTRY).languages
    named = {code: names[languages[0]] for code, names in places.items()}
    return {**names_beside_ids(rows), **named, **engine.names_of(sorted(ids - {""}))}


def names_beside_ids(rows: Iterable[Evidence]) -> Mapping[str, str]:
    """Names that stand in a row beside the id of whom they name, such as `counterparty` beside `counterparty_id`."""
    pairs = (
        (str(value), one.values.get(column.removesuffix(BY_ID)))
        for one in rows
        for column, value in one.values.items()
        if value and column.endswith(BY_ID)
    )
    return {key: name for key, name in pairs if isinstance(name, str) and name}


def evidence(engine: duckdb.Engine, answer: Answer) -> Mapping[str, Evidence]:
    """Rows of published tables and of steps that the findings name as evidence, by the name they give them."""
    wanted: dict[str, set[str]] = {}
    for names in answer.findings.column("evidence").to_pylist():
        for table, _slash, key in (name.partition("/") for name in names or ()):
            wanted.setdefault(table, set()).add(key)
    found: dict[str, Evidence] = {}
    for table, keys in sorted(wanted.items()):
        if table not in engine.keys:
            continue
        key_column = engine.keys[table]
        for row in engine.rows(table, sorted(keys)).to_pylist():
            key = str(row[key_column])
            found[f"{table}/{key}"] = Evidence(table, key, row_in_json(row))
    return found


def country_origin() -> Origin:
    """Where the country's own snapshot comes from."""
    pack = load(settings.COUNTRY)
    return Origin(
        dataset=COUNTRY,
        title=pack.names.get("en", pack.code),
        source=_("base registries and measures"),
        country=pack.code,
    )


def datasets(data: Path) -> list[str]:
    """Names of the collections that were imported."""
    folder = data / "datasets"
    if not folder.is_dir():
        return []
    return sorted(one.name for one in folder.iterdir() if one.is_dir() and not one.name.startswith("."))


def forget_old_snapshots(folder: Path, kept: int = KEPT_SNAPSHOTS) -> None:
    """Keep the newest snapshots of the country; findings keep their evidence rows themselves."""
    there = snapshots_in(folder)
    for one in there[: max(len(there) - kept, 0)]:
        shutil.rmtree(one)


def forget_plain_snapshots(folder: Path) -> None:
    """Remove snapshots of the country that no key protects, which earlier versions of the program took."""
    for one in snapshots_in(folder):
        if not is_sealed(one):
            shutil.rmtree(one)


def snapshots_in(folder: Path) -> list[Path]:
    """Folders of whole snapshots, the oldest first."""
    if not folder.is_dir():
        return []
    return sorted(one for one in folder.iterdir() if one.is_dir() and not one.name.startswith("."))
