"""Protection from retaliation: that there is a file and how it stands is in the open; what was done to whom is sealed.

A dismissal with its day and the body that a report is about would name the reporter. So kind, day and words of an act
of retaliation, of an employer's reason and of a decision stand in sealed messages only.
"""

from __future__ import annotations

from django.db import models

from adaldyq.base.states import TransitionTable
from adaldyq.kernel.fields import opaque_key
from adaldyq.measures.reports.states import CLOSED, PENDING, PROTECTION, RELIEF

UNDONE, STOPPED, COMPENSATED, TO_COURT, REASON_SHOWN, WITHDRAWN = (
    "undone",
    "stopped",
    "compensated",
    "to_court",
    "reason_shown",
    "withdrawn",
)
OUTCOMES = (UNDONE, STOPPED, COMPENSATED, TO_COURT, REASON_SHOWN, WITHDRAWN)


class ProtectionFile(models.Model):
    """The file of somebody who suffers, or fears to suffer, for a report."""

    LIFE: TransitionTable = PROTECTION

    class Privacy:
        """Seen by the officer who answers for the report and the one who protects; what happened is in sealed messages."""

        public = ()
        restricted = (
            "id",
            "report_id",
            "state",
            "opened_date",
            "by_reporter",
            "consented_date",
            "protector_id",
            "asked_date",
            "answered_date",
            "closed_date",
            "outcome",
        )

    id = opaque_key()
    report = models.OneToOneField("reports.Report", models.CASCADE, related_name="protection")
    state = models.CharField(max_length=20, default=PROTECTION.initial)
    opened_date = models.DateField(help_text="Day on which it was opened, last; no time is kept.")
    by_reporter = models.BooleanField(help_text="Whether the reporter opened it, and not an officer on their word.")
    consented_date = models.DateField(
        null=True, help_text="Day on which the reporter let the employer be asked; empty while they have not."
    )
    protector = models.ForeignKey(
        "kernel.Account", models.PROTECT, null=True, related_name="+", help_text="Officer who protects."
    )
    asked_date = models.DateField(null=True, help_text="Day on which the employer was asked for another reason.")
    answered_date = models.DateField(null=True, help_text="Day on which the employer answered.")
    closed_date = models.DateField(null=True)
    outcome = models.CharField(max_length=20, blank=True, choices=[(one, one) for one in OUTCOMES])

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state=CLOSED) | models.Q(closed_date__isnull=False),
                name="protection_closed_on_a_day",
            )
        ]

    def __str__(self) -> str:
        return self.pk


class RetaliationAct(models.Model):
    """An act of retaliation that was noted: its kind, its day and what happened stand in its message."""

    class Privacy:
        """That one was noted is seen by those who see the file; what it was is sealed."""

        public = ()
        restricted = ("id", "file_id", "message_id", "noted_date")

    id = opaque_key()
    file = models.ForeignKey(ProtectionFile, models.CASCADE, related_name="acts")
    message = models.OneToOneField(
        "reports.Message", models.CASCADE, related_name="+", help_text="The envelope with what happened."
    )
    noted_date = models.DateField(help_text="Day on which an officer noted it; not when it happened.")

    class Meta:
        ordering = ("message__place",)

    def __str__(self) -> str:
        return self.pk


class InterimRelief(models.Model):
    """What is asked for until the file is decided, such as to stay at work; one waits for a decision at a time."""

    LIFE: TransitionTable = RELIEF

    class Privacy:
        """That it was asked for and how it was decided is seen by those who see the file; what and why is sealed."""

        public = ()
        restricted = ("id", "file_id", "message_id", "decision_id", "state", "asked_date", "decided_date")

    id = opaque_key()
    file = models.ForeignKey(ProtectionFile, models.CASCADE, related_name="reliefs")
    message = models.OneToOneField(
        "reports.Message", models.SET_NULL, null=True, related_name="+", help_text="The envelope with what is asked."
    )
    decision = models.OneToOneField(
        "reports.Message",
        models.SET_NULL,
        null=True,
        related_name="+",
        help_text="The envelope with the decision and its reason.",
    )
    state = models.CharField(max_length=20, default=RELIEF.initial)
    asked_date = models.DateField()
    decided_date = models.DateField(null=True)

    class Meta:
        ordering = ("asked_date", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["file"], condition=models.Q(state=PENDING), name="one_relief_waits_in_a_file"
            )
        ]

    def __str__(self) -> str:
        return self.pk


class SupportGiven(models.Model):
    """Support that was given: its kind and its day."""

    class Privacy:
        """Seen by those who see the file."""

        public = ()
        restricted = ("id", "file_id", "kind", "given_date")

    id = opaque_key()
    file = models.ForeignKey(ProtectionFile, models.CASCADE, related_name="supports")
    kind = models.CharField(max_length=40, help_text="A code of the pack's list.")
    given_date = models.DateField()

    class Meta:
        ordering = ("given_date", "pk")

    def __str__(self) -> str:
        return f"{self.file_id} {self.kind}"
