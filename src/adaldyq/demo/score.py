"""Scores the findings of a run against the known truth of the sample country."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from adaldyq.base.errors import DomainError
from adaldyq.demo.truth import SCHEMA, Kind


class Found(NamedTuple):
    """A finding: the rule that fired, about whom, about what."""

    rule: str
    subject_id: str
    object_id: str


@dataclass(frozen=True, slots=True)
class RuleScore:
    """How well one rule did.

    Attributes:
        rule: its id.
        schemes: planted schemes that the rule is about, those that leave no trace among them.
        caught: schemes with at least one finding.
        hidden: schemes that leave no trace in what the rule reads.
        findings: of the rule in all.
        right: findings about a scheme.
        near_misses: planted ones, and how many of them a finding names.
        look_alikes: planted ones, and how many of them a finding names.
        unplanned: findings about nothing that was planted.
    """

    rule: str
    schemes: int
    caught: int
    hidden: int
    findings: int
    right: int
    near_misses: tuple[int, int]
    look_alikes: tuple[int, int]
    unplanned: int

    @property
    def precision(self) -> float | None:
        """Part of the findings that are about a scheme; none without findings."""
        return self.right / self.findings if self.findings else None

    @property
    def recall(self) -> float | None:
        """Part of the schemes that were caught; none without schemes."""
        return self.caught / self.schemes if self.schemes else None

    @property
    def f1(self) -> float | None:
        """Harmonic mean of precision and recall; none when either is."""
        precision, recall = self.precision, self.recall
        if precision is None or recall is None:
            return None
        return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


@dataclass
class Tally:
    """What is counted of one rule: cases by kind, those named by a finding, findings by what they are about."""

    cases: dict[Kind, set[str]] = field(default_factory=lambda: {kind: set() for kind in Kind})
    named: dict[Kind, set[str]] = field(default_factory=lambda: {kind: set() for kind in Kind})
    hidden: set[str] = field(default_factory=set)
    findings: int = 0
    right: int = 0
    unplanned: int = 0


class Clue(NamedTuple):
    """A row of the truth, as it is looked up: what it is about, which case, of which kind."""

    thing: str
    case: str
    kind: Kind


def read_truth(file: Path) -> pa.Table:
    """Read the truth of a sample country.

    Raises:
        DomainError: `no-truth` when there is none, or what is there is no truth of ours.
    """
    try:
        table = pq.read_table(file)
    except (FileNotFoundError, pa.ArrowInvalid):
        raise DomainError("no-truth", file=str(file)) from None
    if table.schema.names != SCHEMA.names:
        raise DomainError("no-truth", file=str(file))
    return table


def score(findings: Iterable[Found], truth: pa.Table) -> list[RuleScore]:
    """Compare findings with the truth, rule by rule.

    A finding is about a clue of the truth when rule and person are equal and the objects are: see
    `same_thing`. A finding that fits several clues counts for a scheme first. Recall counts cases, so that a
    scheme seen in three years counts once; precision counts findings.

    Returns:
        A score for each rule that the truth or a finding names, in the order of their ids.
    """
    clues: dict[tuple[str, str], list[Clue]] = defaultdict(list)
    tallies: dict[str, Tally] = defaultdict(Tally)
    for row in truth.to_pylist():
        kind, case = Kind(row["kind"]), row["case_id"]
        clues[row["rule"], row["subject_id"]].append(Clue(row["object_id"], case, kind))
        tallies[row["rule"]].cases[kind].add(case)
        if row["hidden"]:
            tallies[row["rule"]].hidden.add(case)
    for finding in findings:
        fitting = [
            clue for clue in clues[finding.rule, finding.subject_id] if same_thing(clue.thing, finding.object_id)
        ]
        count(tallies[finding.rule], fitting)
    return [score_of(rule, tally) for rule, tally in sorted(tallies.items())]


def same_thing(planted: str, found: str) -> bool:
    """Whether the truth and a finding speak of one object.

    An empty object in the truth stands for whatever the person's finding is about. Parts of composed objects
    (`2023:KZ86…`, `income:2023`) may come in either order.
    """
    return not planted or planted == found or sorted(planted.split(":")) == sorted(found.split(":"))


def count(tally: Tally, fitting: list[Clue]) -> None:
    """Count one finding and what it is about."""
    tally.findings += 1
    tally.right += any(clue.kind is Kind.SCHEME for clue in fitting)
    tally.unplanned += not fitting
    for clue in fitting:
        tally.named[clue.kind].add(clue.case)


def score_of(rule: str, tally: Tally) -> RuleScore:
    """The score that a tally gives."""
    planted = {kind: (len(tally.cases[kind]), len(tally.named[kind])) for kind in Kind}
    schemes, caught = planted[Kind.SCHEME]
    return RuleScore(
        rule=rule,
        schemes=schemes,
        caught=caught,
        hidden=len(tally.hidden),
        findings=tally.findings,
        right=tally.right,
        near_misses=planted[Kind.NEAR_MISS],
        look_alikes=planted[Kind.LOOK_ALIKE],
        unplanned=tally.unplanned,
    )
