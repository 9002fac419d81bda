"""What the registries keep besides their present state: former values, keys of sources, merges, corrections."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Cast

from adaldyq.base.ids import LENGTH
from adaldyq.kernel.fields import opaque_key
from adaldyq.kernel.lives import CORRECTION, MERGE

REGISTER_LENGTH, FIELD_LENGTH = 30, 40


class FormerValue(models.Model):
    """A value that a field of a record held until a day; what it holds since stands in the record, or in the next row.

    Undated facts, such as the name of a company or a day of birth, get their history here. Dated rows have
    their own.
    """

    class Privacy:
        """As the field that held the value; shown only together with its record."""

        public = ()
        restricted = ("id", "register", "record_id", "field", "value", "valid_to", "source", "as_of")

    id = opaque_key()
    register = models.CharField(max_length=REGISTER_LENGTH, help_text="Name of the register's published table.")
    record_id = models.CharField(max_length=LENGTH, help_text="The record.")
    field = models.CharField(max_length=FIELD_LENGTH, help_text="Column that held the value.")
    value = models.JSONField(null=True, help_text="What it held; days and numbers as text.")
    valid_to = models.DateField(help_text="Last day on which it held it.")
    source = models.CharField(max_length=200, blank=True, help_text="Where that value came from.")
    as_of = models.DateField(null=True, blank=True, help_text="Day on which that source said so.")

    class Meta:
        indexes = [
            models.Index(fields=["register", "record_id", "field", "valid_to"], name="former_value_of_record"),
            models.Index(
                Cast("value", models.TextField()),
                name="former_head_of_company",
                condition=models.Q(register="company", field="head_id"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.register} {self.record_id}: {self.field} to {self.valid_to}"


class SourceKey(models.Model):
    """The key under which a source knows a record, so that its next file finds the same one."""

    class Privacy:
        """Internal: read by the importers only."""

        public = ()
        restricted = ("id", "register", "source", "key", "record_id")

    id = opaque_key()
    register = models.CharField(max_length=REGISTER_LENGTH, help_text="Name of the register's published table.")
    source = models.CharField(max_length=60, help_text="Short name of the source.")
    key = models.CharField(max_length=100, help_text="The source's own key.")
    record_id = models.CharField(max_length=LENGTH, help_text="Our record.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["register", "source", "key"], name="source_key_is_unique")]
        indexes = [models.Index(fields=["register", "record_id"], name="source_key_of_record")]

    def __str__(self) -> str:
        return f"{self.source}:{self.key}"


class Merge(models.Model):
    """Two records that are said to be one; proposed by one registrar, confirmed by another, undone in the same way."""

    LIFE = MERGE

    class Privacy:
        """Restricted; in public only the redirect of the old id is seen."""

        public = ("id", "register", "kept_id", "merged_id")
        restricted = (
            "state",
            "reason",
            "moved",
            "proposed_by_id",
            "proposed_at",
            "decided_by_id",
            "decided_at",
            "split_reason",
            "split_proposed_by_id",
            "split_proposed_at",
            "split_decided_by_id",
            "split_decided_at",
        )

    id = opaque_key()
    register = models.CharField(max_length=REGISTER_LENGTH, help_text="person, company or body.")
    kept_id = models.CharField(max_length=LENGTH, help_text="The record that stays.")
    merged_id = models.CharField(max_length=LENGTH, help_text="The record that is merged into it; its id redirects.")
    state = models.CharField(max_length=20, default=MERGE.initial)
    reason = models.TextField(help_text="Why the two are one.")
    moved = models.JSONField(default=list, help_text="What was moved: model, column, keys; a split moves it back.")
    proposed_by = models.ForeignKey("kernel.Account", models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey("kernel.Account", models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    split_reason = models.TextField(blank=True, help_text="Why they are two after all.")
    split_proposed_by = models.ForeignKey("kernel.Account", models.PROTECT, null=True, related_name="+")
    split_proposed_at = models.DateTimeField(null=True)
    split_decided_by = models.ForeignKey("kernel.Account", models.PROTECT, null=True, related_name="+")
    split_decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["register", "merged_id"],
                condition=~models.Q(state__in=["rejected", "split"]),
                name="record_is_merged_once",
            ),
            models.CheckConstraint(condition=~models.Q(kept_id=models.F("merged_id")), name="merge_joins_two_records"),
        ]

    def __str__(self) -> str:
        return f"{self.merged_id} into {self.kept_id}"


class CorrectionRequest(models.Model):
    """“This is wrong”: a person says that a field of a record about them, or a child of theirs, should hold something else."""

    LIFE = CORRECTION

    class Privacy:
        """Never public: seen by the person, the registrar of the register and the reviewer of an appeal."""

        public = ()
        restricted = (
            "id",
            "register",
            "record_id",
            "field",
            "present_value",
            "claimed_value",
            "evidence",
            "person_id",
            "submitted_by_id",
            "submitted_at",
            "due_date",
            "state",
            "taken_by_id",
            "taken_at",
            "decided_by_id",
            "decided_at",
            "ground",
            "appeal_text",
            "appealed_at",
            "appeal_due_date",
            "appeal_decided_by_id",
            "appeal_decided_at",
            "appeal_ground",
        )

    id = opaque_key()
    register = models.CharField(max_length=REGISTER_LENGTH, help_text="Name of the register's published table.")
    record_id = models.CharField(max_length=LENGTH, help_text="The record that is said to be wrong.")
    field = models.CharField(max_length=FIELD_LENGTH, help_text="Column that is said to be wrong.")
    present_value = models.TextField(blank=True, help_text="What it held when the request was made.")
    claimed_value = models.TextField(blank=True, help_text="What it should hold.")
    evidence = models.TextField(help_text="What shows it.")
    person = models.ForeignKey("kernel.Person", models.PROTECT, related_name="correction_requests")
    submitted_by = models.ForeignKey("kernel.Account", models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField()
    due_date = models.DateField(help_text="Last day for the registrar's decision.")
    state = models.CharField(max_length=20, default=CORRECTION.initial)
    taken_by = models.ForeignKey("kernel.Account", models.PROTECT, null=True, related_name="+")
    taken_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey("kernel.Account", models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    ground = models.TextField(blank=True, help_text="Why it was refused, or a remark of the registrar.")
    appeal_text = models.TextField(blank=True, help_text="Why the person does not accept the refusal.")
    appealed_at = models.DateTimeField(null=True)
    appeal_due_date = models.DateField(null=True, help_text="Last day for the reviewer's decision.")
    appeal_decided_by = models.ForeignKey("kernel.Account", models.PROTECT, null=True, related_name="+")
    appeal_decided_at = models.DateTimeField(null=True)
    appeal_ground = models.TextField(blank=True, help_text="Why the refusal stands or falls.")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["register", "record_id", "field", "person"],
                condition=models.Q(state__in=["submitted", "in_review", "appealed"]),
                name="field_is_in_dispute_once",
            )
        ]
        indexes = [models.Index(fields=["state", "due_date"], name="correction_queue")]

    def __str__(self) -> str:
        return f"{self.register} {self.record_id}: {self.field}"
