"""Acts on runs: begun, each rule's answer recorded, finished."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from adaldyq.base.ids import ALPHABET
from adaldyq.kernel.actor import Actor, require
from adaldyq.kernel.acts import Recorded, act
from adaldyq.verification.engines.answers import Answer
from adaldyq.verification.models import EvidenceRow, Finding, RuleRun, Run
from adaldyq.verification.rulefile import Rule
from adaldyq.verification.snapshots import Snapshot

BATCH = 1000
LONGEST_NAME = 300
FINDING_ID_LENGTH = 26  # 130 bits of a SHA-256

RUNNING, DONE, FAILED = "running", "done", "failed"

SEEN_AGAIN = (
    "kind",
    "severity",
    "subject_label",
    "object_id",
    "object_label",
    "amount",
    "currency",
    "since",
    "last_run",
    "gone_run",
    "version",
)


@dataclass(frozen=True)
class Evidence:
    """A row of a published table that made a rule fire, its values in JSON's types."""

    table: str
    key: str
    values: Mapping[str, object]


@dataclass(frozen=True)
class Recording:
    """What one rule's answer changed.

    Attributes:
        new: findings that no run had before.
        gone: findings of the run before that did not fire again, although they could be judged.
    """

    rule_run: RuleRun
    digest: str
    new: int
    gone: int


def begun(run: Run) -> Recorded:
    """The ledger line of a run: over which snapshot."""
    return Recorded([{"run": run.pk, "dataset": run.dataset, "snapshot": run.snapshot}], {"run": run.pk})


def recorded(recording: Recording) -> Recorded:
    """The ledger line of a rule's answer: its version, its counts, and a digest of the findings' ids."""
    one = recording.rule_run
    facts: dict[str, object] = {
        "run": one.run_id,
        "rule": one.rule,
        "version": one.version,
        "checked": one.checked,
        "fired": one.fired,
        "findings": recording.digest,
    }
    return Recorded([facts], {"run": one.run_id, "rule": one.rule})


def finished(run: Run) -> Recorded:
    """The ledger line of a run's end."""
    return Recorded([{"run": run.pk, "outcome": run.outcome}], {"run": run.pk})


@act("verification.run.begin", records=begun)
def begin_run(*, snapshot: Snapshot, path: str, engine: str, by: Actor, at: datetime) -> Run:
    """Begin a run over a snapshot. A run of the same dataset that never ended is closed as failed.

    The caller holds the lock that lets only one run at a time.

    Args:
        path: folder of the snapshot, within the data folder.

    Raises:
        NotAllowed: `by` is not the verification process.
    """
    require(by.system, "verification.run.begin")
    dataset = snapshot.manifest.origin.dataset
    Run.objects.filter(dataset=dataset, outcome=RUNNING).update(outcome=FAILED, finished_at=at)
    return Run.objects.create(
        dataset=dataset, snapshot=snapshot.hash, snapshot_path=path, started_at=at, engine=engine, outcome=RUNNING
    )


@act("verification.answer.record", records=recorded)
def record_answer(
    *,
    run: Run,
    rule: Rule,
    answer: Answer,
    labels: Mapping[str, str],
    evidence: Mapping[str, Evidence],
    by: Actor,
    at: datetime,
    not_judged: Collection[str] = (),
) -> Recording:
    """Store what one rule said: new findings, those still there, those gone, and the rows that show them.

    A finding that stands again keeps its id, state and decisions. One is gone only when the rule could
    judge it: a rule that failed or lacked a register proves nothing, and about a unit that it gave a reason
    for it proved nothing either.

    Args:
        labels: names by id, of the subjects and of whom or what the objects name.
        evidence: rows by the name that findings give them, `table/key`.
        not_judged: ids of findings that did not fire again because their unit could not be judged.

    Raises:
        NotAllowed: `by` is not the verification process.
    """
    require(by.system, "verification.answer.record")
    rule_run = RuleRun.objects.create(
        run=run,
        rule=rule.id,
        version=rule.version,
        checked=answer.checked,
        fired=answer.findings.num_rows,
        unjudged=dict(answer.unjudged),
        error=answer.error,
        milliseconds=answer.milliseconds,
    )
    facts = answer.findings.to_pylist()
    findings = [finding_of(fact, run, rule, labels) for fact in facts]
    Finding.objects.bulk_create(
        findings, batch_size=BATCH, update_conflicts=True, unique_fields=["id"], update_fields=SEEN_AGAIN
    )
    replace_evidence(run, rule, findings, [list(fact["evidence"] or ()) for fact in facts], evidence)
    of_rule = Finding.objects.filter(dataset=run.dataset, rule=rule.id)
    gone = 0
    if could_judge(answer):
        gone = mark_gone(of_rule, run, not_judged)
    new = of_rule.filter(first_run=run).count()
    return Recording(rule_run, digest_of(findings), new, gone)


@act("verification.run.finish", records=finished)
def finish_run(*, run: Run, outcome: str, rules: Sequence[str], by: Actor, at: datetime) -> Run:
    """End a run. Findings of rules that are no longer in the catalogue are gone.

    Args:
        outcome: `done` or `failed`.
        rules: ids of the rules of the catalogue.

    Raises:
        NotAllowed: `by` is not the verification process.
    """
    require(by.system, "verification.run.finish")
    run.outcome, run.finished_at = outcome, at
    run.save(update_fields=["outcome", "finished_at"])
    Finding.objects.filter(dataset=run.dataset, gone_run=None).exclude(rule__in=rules).update(gone_run=run)
    return run


def finding_of(fact: Mapping[str, Any], run: Run, rule: Rule, labels: Mapping[str, str]) -> Finding:
    """A row of an answer as a finding of a run."""
    subject, thing = str(fact["subject_id"]), str(fact["object_id"] or "")
    return Finding(
        id=finding_id(rule.id, run.dataset, subject, thing),
        rule=rule.id,
        kind=rule.head.kind,
        severity=rule.head.severity,
        dataset=run.dataset,
        subject_id=subject,
        subject_label=labels.get(subject, "")[:LONGEST_NAME],
        object_id=thing,
        object_label=next((labels[part] for part in thing.split(":") if part in labels), "")[:LONGEST_NAME],
        amount=fact["amount"],
        currency=fact["currency"] or "",
        since=fact["since"],
        first_run=run,
        last_run=run,
        gone_run=None,
        version=rule.version,
    )


def replace_evidence(
    run: Run, rule: Rule, findings: Sequence[Finding], named: Sequence[list[str]], evidence: Mapping[str, Evidence]
) -> None:
    """Put this run's rows in the place of those of the run before."""
    EvidenceRow.objects.filter(finding__last_run=run, finding__rule=rule.id).delete()
    EvidenceRow.objects.bulk_create(
        (
            EvidenceRow(finding=finding, table=row.table, key=row.key, values=dict(row.values))
            for finding, names in zip(findings, named, strict=True)
            for row in (evidence[name] for name in names if name in evidence)
        ),
        batch_size=BATCH,
    )


def mark_gone(of_rule: QuerySet[Finding], run: Run, not_judged: Collection[str]) -> int:
    """Mark the findings of a rule that this run did not make again, but for those that it could not judge."""
    vanished = of_rule.filter(gone_run=None).exclude(last_run=run)
    if not not_judged:
        return vanished.update(gone_run=run)
    gone = [pk for pk in vanished.values_list("pk", flat=True) if pk not in not_judged]
    return sum(
        of_rule.filter(pk__in=gone[first : first + BATCH]).update(gone_run=run) for first in range(0, len(gone), BATCH)
    )


def could_judge(answer: Answer) -> bool:
    """Whether silence of a rule means that there is nothing: it ran, and lacked no table or column."""
    return not answer.error and not any(reason.startswith("missing-") for reason in answer.unjudged)


def finding_id(rule: str, dataset: str, subject: str, thing: str) -> str:
    """The id that the same question has in every run."""
    hashed = hashlib.sha256(f"{rule}\x1f{dataset}\x1f{subject}\x1f{thing}".encode()).digest()
    number = int.from_bytes(hashed) >> 256 - 5 * FINDING_ID_LENGTH
    return "".join(ALPHABET[number >> shift & 31] for shift in range(5 * (FINDING_ID_LENGTH - 1), -1, -5))


def digest_of(findings: Sequence[Finding]) -> str:
    """SHA-256 over the ids of findings in their order, in hexadecimal."""
    return hashlib.sha256("\n".join(finding.pk for finding in findings).encode()).hexdigest()
