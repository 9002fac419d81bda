"""Tells findings whose ground is gone from those that this run could not judge."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from adaldyq.verification.actions.runs import could_judge, finding_id
from adaldyq.verification.engines.answers import Answer
from adaldyq.verification.engines.duckdb import Engine
from adaldyq.verification.models import EvidenceRow, Finding, Run
from adaldyq.verification.rulefile import Rule

BATCH = 500


@dataclass(frozen=True)
class Vanished:
    """A finding that stood and that the rule did not make again.

    Attributes:
        rows: tables and keys of its evidence, in the order in which the rule named them.
    """

    id: str
    subject: str
    rows: Sequence[tuple[str, str]]


def not_judged(run: Run, rule: Rule, answer: Answer, engine: Engine) -> frozenset[str]:
    """Ids of the findings that did not fire again because their unit could not be judged in this run.

    The unit of a finding is what its evidence names first: of the tables of its rows, in their order, the
    first whose keys are units of the rule. When no row is a unit, it is the subject.
    """
    if not could_judge(answer):
        return frozenset()
    found: set[str] = set()
    for vanished in vanished_of(run, rule, answer):
        keys = {one.subject for one in vanished} | {key for one in vanished for _, key in one.rows}
        reasons = engine.reasons(rule, sorted(keys))
        found.update(one.id for one in vanished if reason_of(one, reasons))
    return frozenset(found)


def reason_of(one: Vanished, reasons: Mapping[str, str]) -> str:
    """Why the unit of a finding could not be judged; empty when it could, or is there no more."""
    first = next((table for table, key in one.rows if key in reasons), "")
    units = [key for table, key in one.rows if table == first] if first else [one.subject]
    return next((reasons[unit] for unit in units if reasons.get(unit)), "")


def vanished_of(run: Run, rule: Rule, answer: Answer) -> Iterator[list[Vanished]]:
    """Findings of a rule that stood after the run before and are not in its answer, some at a time."""
    names = zip(*(answer.findings.column(name).to_pylist() for name in ("subject_id", "object_id")), strict=True)
    again = {finding_id(rule.id, run.dataset, str(subject), str(thing or "")) for subject, thing in names}
    stood = Finding.objects.filter(dataset=run.dataset, rule=rule.id, gone_run=None)
    gone = [one for one in stood.order_by("pk").values_list("pk", "subject_id") if one[0] not in again]
    for first in range(0, len(gone), BATCH):
        some = dict(gone[first : first + BATCH])
        rows: dict[str, list[tuple[str, str]]] = {pk: [] for pk in some}
        evidence = EvidenceRow.objects.filter(finding__in=some).order_by("pk")
        for finding, table, key in evidence.values_list("finding_id", "table", "key"):
            rows[finding].append((table, key))
        yield [Vanished(pk, subject, rows[pk]) for pk, subject in some.items()]
