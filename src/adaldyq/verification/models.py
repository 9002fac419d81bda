"""Runs of the rules, what they found, the rows that show it, and what analysts decided."""

from __future__ import annotations

from django.db import models

from adaldyq.base.states import TransitionTable
from adaldyq.kernel.fields import currency_field, money_field, opaque_key
from adaldyq.verification.states import FINDING

COUNTRY = ""  # name of the dataset that is the country's own registers
SEVERITIES = ("high", "medium", "low")  # in the order of the queue
STANDING = models.Q(gone_run__isnull=True)  # findings that the last run still made
GONE = models.Q(gone_run__isnull=False)  # those that it did not make any more


class Run(models.Model):
    """One run of the rules over one snapshot of one dataset."""

    class Privacy:
        """Analysts only."""

        public = ()
        restricted = (
            "id",
            "dataset",
            "snapshot",
            "snapshot_path",
            "started_at",
            "finished_at",
            "engine",
            "outcome",
            "not_reproducible_since",
        )

    id = opaque_key()
    dataset = models.CharField(max_length=60, blank=True, help_text="Name of the dataset; empty for the country.")
    snapshot = models.CharField(max_length=64, help_text="SHA-256 of the snapshot's manifest.")
    snapshot_path = models.CharField(max_length=500, help_text="Folder of the snapshot, within the data folder.")
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    engine = models.CharField(max_length=60, help_text="Engine and its version.")
    outcome = models.CharField(max_length=10, default="running", help_text="running, done or failed.")
    not_reproducible_since = models.DateTimeField(
        null=True, help_text="When records that it read were erased, and its snapshot with them."
    )

    class Meta:
        indexes = [models.Index(fields=["dataset", "started_at"], name="run_of_dataset")]

    def __str__(self) -> str:
        return f"{self.dataset or 'country'} {self.started_at:%Y-%m-%d %H:%M}"


class RuleRun(models.Model):
    """What one rule did in a run: how many units it judged, how many it could not and why."""

    class Privacy:
        """Analysts only."""

        public = ()
        restricted = ("id", "run_id", "rule", "version", "checked", "fired", "unjudged", "error", "milliseconds")

    run = models.ForeignKey(Run, models.CASCADE, related_name="rules")
    rule = models.CharField(max_length=100)
    version = models.CharField(max_length=64, help_text="SHA-256 of the rule file.")
    checked = models.BigIntegerField(default=0)
    fired = models.BigIntegerField(default=0)
    unjudged = models.JSONField(default=dict, help_text="Units that could not be judged, by reason.")
    error = models.TextField(blank=True)
    milliseconds = models.IntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "rule"], name="rule_runs_once_in_a_run")]

    def __str__(self) -> str:
        return f"{self.rule} in {self.run_id}"


class Finding(models.Model):
    """A question that a rule asks: this needs an explanation.

    The id is made of rule, dataset, subject and object, so the same question keeps its id, state and
    decisions from run to run.
    """

    LIFE: TransitionTable = FINDING

    class Privacy:
        """Analysts only; a finding names nobody in public."""

        public = ()
        restricted = (
            "id",
            "rule",
            "kind",
            "severity",
            "dataset",
            "subject_id",
            "subject_label",
            "object_id",
            "object_label",
            "amount",
            "currency",
            "since",
            "first_run_id",
            "last_run_id",
            "gone_run_id",
            "version",
            "state",
            "assignee_id",
            "rank",
        )

    id = models.CharField(max_length=26, primary_key=True, help_text="Made of rule, dataset, subject and object.")
    rule = models.CharField(max_length=100)
    kind = models.CharField(max_length=10, help_text="flag, or quality for suspected typing errors.")
    severity = models.CharField(max_length=10, help_text="high, medium or low.")
    dataset = models.CharField(max_length=60, blank=True)
    subject_id = models.CharField(max_length=40, help_text="Person or territory that the question is about.")
    subject_label = models.CharField(max_length=300, blank=True, help_text="Name to show in the queue.")
    object_id = models.CharField(max_length=100, blank=True, help_text="What it is about: a year, a thing, a company.")
    object_label = models.CharField(
        max_length=300, blank=True, help_text="Name of the company, person or body that the object names."
    )
    amount = money_field("Sum in question.")
    currency = currency_field()
    since = models.DateField(null=True, help_text="Day from which the question stands.")
    first_run = models.ForeignKey(Run, models.PROTECT, related_name="new_findings")
    last_run = models.ForeignKey(Run, models.PROTECT, related_name="seen_findings")
    gone_run = models.ForeignKey(Run, models.PROTECT, null=True, related_name="gone_findings")
    version = models.CharField(max_length=64, help_text="Version of the rule that fired last.")
    state = models.CharField(max_length=10, default=FINDING.initial)
    assignee = models.ForeignKey("kernel.Account", models.SET_NULL, null=True, related_name="findings")
    rank = models.GeneratedField(
        expression=models.Case(
            *(models.When(severity=severity, then=models.Value(rank)) for rank, severity in enumerate(SEVERITIES)),
            default=models.Value(len(SEVERITIES)),
        ),
        output_field=models.SmallIntegerField(),
        db_persist=True,
    )

    class Meta:
        indexes = [
            models.Index(fields=["dataset", "rule"], name="finding_of_rule"),
            models.Index(fields=["subject_id"], name="finding_of_subject"),
            models.Index(fields=["kind", "state"], name="finding_counts", condition=STANDING),
            models.Index(fields=["kind", "first_run"], name="finding_new", condition=STANDING),
            models.Index(fields=["kind", "state"], name="finding_gone", condition=GONE),
            models.Index(fields=["kind", "rank", "id"], name="finding_by_severity", condition=STANDING),
            models.Index(fields=["kind", "amount", "id"], name="finding_by_amount", condition=STANDING),
            models.Index(fields=["kind", "since", "id"], name="finding_by_day", condition=STANDING),
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.pk}"


class EvidenceRow(models.Model):
    """A row of a published table that made a rule fire, as it stood in the snapshot."""

    class Privacy:
        """Analysts only."""

        public = ()
        restricted = ("id", "finding_id", "table", "key", "values")

    finding = models.ForeignKey(Finding, models.CASCADE, related_name="evidence")
    table = models.CharField(max_length=60)
    key = models.CharField(max_length=100)
    values = models.JSONField(help_text="The row, column by column.")

    class Meta:
        indexes = [models.Index(fields=["key", "table"], name="evidence_of_row")]

    def __str__(self) -> str:
        return f"{self.table}/{self.key}"


class Decision(models.Model):
    """What an analyst decided about a finding, and why."""

    class Privacy:
        """Analysts only."""

        public = ()
        restricted = ("id", "finding_id", "act", "reason", "ruled_out", "by_id", "at")

    finding = models.ForeignKey(Finding, models.CASCADE, related_name="decisions")
    act = models.CharField(max_length=20, help_text="Step of the finding's life that was taken.")
    reason = models.TextField(blank=True)
    ruled_out = models.JSONField(default=list, help_text="Innocent explanations that were ruled out, by number.")
    by = models.ForeignKey("kernel.Account", models.PROTECT, related_name="decisions")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.act} {self.finding_id}"
