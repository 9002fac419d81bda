"""The report itself: only what routing and counting need is in the open, and never a time of day."""

from __future__ import annotations

from django.db import models

from adaldyq.base.states import TransitionTable
from adaldyq.kernel.fields import opaque_key
from adaldyq.measures.reports.models.channels import CHANNELS
from adaldyq.measures.reports.states import REPORT

SUBSTANTIATED, NOT_SUBSTANTIATED, NO_BREACH, NOT_COMPETENT = (
    "substantiated",
    "not_substantiated",
    "no_breach",
    "not_competent",
)
OUTCOMES = (SUBSTANTIATED, NOT_SUBSTANTIATED, NO_BREACH, NOT_COMPETENT)
NOT_A_REPORT = "not_a_report"
"""That two officers found it to be none; it is counted apart."""


class Report(models.Model):
    """What somebody reported. Its text, files and contact are sealed; the server has no key to them."""

    LIFE: TransitionTable = REPORT

    class Privacy:
        """Officers of the unit see what stands here; of the sealed part only those to whom its key is wrapped."""

        public = ()
        restricted = (
            "id",
            "unit_id",
            "about_body_id",
            "topic",
            "territory_id",
            "channel",
            "state",
            "received_date",
            "acknowledged_date",
            "closed_date",
            "erased_date",
            "outcome",
            "was_reopened",
            "reopened_date",
            "assigned_to_id",
            "needs_attention",
            "delay_reason",
            "recipient",
            "lookup",
            "locked_mailbox",
            "mailbox_recipient",
        )

    id = opaque_key()
    unit = models.ForeignKey("reports.ReceivingUnit", models.PROTECT, related_name="reports")
    about_body = models.ForeignKey(
        "kernel.Body",
        models.PROTECT,
        null=True,
        related_name="+",
        help_text="Body it is about, if the reporter named one.",
    )
    topic = models.CharField(max_length=40, help_text="What it is about: a code of the pack's list.")
    territory = models.ForeignKey(
        "kernel.Territory", models.PROTECT, null=True, related_name="+", help_text="Where it happened, by region."
    )
    channel = models.CharField(max_length=20, choices=CHANNELS, help_text="How it came, which says how secret it is.")
    state = models.CharField(max_length=20, default=REPORT.initial)
    received_date = models.DateField(help_text="Day on which it came; no time is kept.")
    acknowledged_date = models.DateField(null=True)
    closed_date = models.DateField(null=True)
    erased_date = models.DateField(null=True, help_text="Day on which what it says was destroyed.")
    outcome = models.CharField(max_length=30, blank=True, choices=[(one, one) for one in (*OUTCOMES, NOT_A_REPORT)])
    was_reopened = models.BooleanField(default=False, help_text="Whether the reporter said that it is not resolved.")
    reopened_date = models.DateField(null=True, help_text="Day of that; not known of some before it was kept.")
    assigned_to = models.ForeignKey(
        "kernel.Account", models.PROTECT, null=True, related_name="+", help_text="Officer who answers for it."
    )
    needs_attention = models.BooleanField(default=True, help_text="Whether the reporter wrote last.")
    delay_reason = models.CharField(
        max_length=40, blank=True, help_text="Why what was done is told later: a code of the pack's list."
    )
    recipient = models.CharField(max_length=80, help_text="Public half of the report's own key.")
    lookup = models.BinaryField(
        max_length=32, unique=True, help_text="Made from the receipt's phrase; finds the report."
    )
    locked_mailbox = models.BinaryField(help_text="Secret half of the mailbox's key, locked with the phrase.")
    mailbox_recipient = models.CharField(max_length=80, help_text="Public half of the mailbox's key.")

    class Meta:
        indexes = [models.Index(fields=["unit", "state", "received_date"], name="report_queue")]

    def __str__(self) -> str:
        return self.pk


class Decision(models.Model):
    """What an office found of a report, and the day on which it told the reporter. One that is opened again has two."""

    class Privacy:
        """As the report; how many there are is public."""

        public = ()
        restricted = ("id", "report_id", "outcome", "made_date")

    id = opaque_key()
    report = models.ForeignKey(Report, models.CASCADE, related_name="decisions")
    outcome = models.CharField(
        max_length=30,
        blank=True,
        choices=[(one, one) for one in OUTCOMES],
        help_text="Not known of some that another one followed.",
    )
    made_date = models.DateField()

    def __str__(self) -> str:
        return f"{self.report_id} {self.outcome}"


class KeyWrap(models.Model):
    """The secret half of a report's key, sealed to those who may read; made anew when they change."""

    class Privacy:
        """Sealed."""

        public = ()
        restricted = ("id", "report_id", "wrapped", "readers", "reason", "made_date", "is_current")

    id = opaque_key()
    report = models.ForeignKey(Report, models.CASCADE, related_name="wraps")
    wrapped = models.BinaryField(help_text="The envelope of the key; empty once another took its place.")
    readers = models.CharField(
        max_length=64, blank=True, help_text="SHA-256 of the public keys that it was sealed to, in hexadecimal."
    )
    reason = models.CharField(max_length=20, help_text="filed, assigned, referred or rotated.")
    made_date = models.DateField()
    is_current = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["report"], condition=models.Q(is_current=True), name="report_has_one_current_wrap"
            )
        ]

    def __str__(self) -> str:
        return f"{self.report_id} {self.reason}"
