"""Who must not get a report, and what was told to another body because a term passed."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from adaldyq.kernel.fields import opaque_key


class Bar(models.Model):
    """Somebody whom a report must never reach: a unit, an officer, or all who belong to a body."""

    class Privacy:
        """Who may be named in a report is seen by nobody but those who receive it."""

        public = ()
        restricted = ("id", "report_id", "unit_id", "account_id", "body_id", "by_id", "made_date")

    id = opaque_key()
    report = models.ForeignKey("reports.Report", models.CASCADE, related_name="bars")
    unit = models.ForeignKey("reports.ReceivingUnit", models.PROTECT, null=True, related_name="+")
    account = models.ForeignKey("kernel.Account", models.CASCADE, null=True, related_name="+")
    body = models.ForeignKey("kernel.Body", models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey(
        "kernel.Account",
        models.PROTECT,
        null=True,
        related_name="+",
        help_text="Officer who saw it; none: the reporter.",
    )
    made_date = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(unit__isnull=False, account__isnull=True, body__isnull=True)
                | Q(unit__isnull=True, account__isnull=False, body__isnull=True)
                | Q(unit__isnull=True, account__isnull=True, body__isnull=False),
                name="bar_keeps_one_out",
            ),
            *(
                models.UniqueConstraint(fields=["report", one], name=f"bar_of_{one}_is_once")
                for one in ("unit", "account", "body")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report_id} {self.unit_id or self.account_id or self.body_id}"


class Escalation(models.Model):
    """A term of a report that passed, told to another body: which report, by whom it was due, never what it says."""

    class Privacy:
        """Seen by the late unit and by the one that was told; how many there are is public."""

        public = ()
        restricted = ("id", "report_id", "name", "late_id", "told_id", "due_date", "made_date")

    id = opaque_key()
    report = models.ForeignKey("reports.Report", models.CASCADE, related_name="escalations")
    name = models.CharField(max_length=60, help_text="Term that passed, as the pack calls it.")
    late = models.ForeignKey(
        "reports.ReceivingUnit", models.PROTECT, related_name="+", help_text="Unit that the term bound."
    )
    told = models.ForeignKey(
        "reports.ReceivingUnit",
        models.PROTECT,
        null=True,
        related_name="escalations",
        help_text="Unit that was told; none when the report may be about every other one.",
    )
    due_date = models.DateField(help_text="Last day of the term.")
    made_date = models.DateField(help_text="Day on which it was passed on.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "name", "due_date"], name="term_escalates_once")]
        indexes = [models.Index(fields=["told", "made_date"], name="escalation_told")]

    def __str__(self) -> str:
        return f"{self.report_id} {self.name}"


class Referral(models.Model):
    """A report that one unit gave to another, its key sealed anew to those who read there."""

    class Privacy:
        """Seen by the units; how many there are is public."""

        public = ()
        restricted = ("id", "report_id", "source_id", "target_id", "reason", "by_id", "made_date")

    id = opaque_key()
    report = models.ForeignKey("reports.Report", models.CASCADE, related_name="referrals")
    source = models.ForeignKey("reports.ReceivingUnit", models.PROTECT, related_name="+")
    target = models.ForeignKey("reports.ReceivingUnit", models.PROTECT, related_name="+")
    reason = models.CharField(max_length=20, help_text="competence, conflict or overdue.")
    by = models.ForeignKey("kernel.Account", models.PROTECT, related_name="+", help_text="Officer who referred it.")
    made_date = models.DateField()

    class Meta:
        ordering = ("made_date", "pk")

    def __str__(self) -> str:
        return f"{self.report_id} {self.target_id}"
