"""Acts of reporters and of the clock that wait for their line in the ledger, and the nights in which lines were released."""

from __future__ import annotations

from django.db import models

from adaldyq.kernel.fields import opaque_key

FILED, ADDED, REOPENED, PROTECTION, OBJECTED = "filed", "added", "reopened", "protection", "objected"
BY_CLOCK = "clock"
"""What followed without anybody's doing, such as a term that passed: its hour and number would tell of the day of filing."""
HANDLED = "reports.report.handle"
"""What public lines of an office's steps are called, whatever the step: its own name would tell what befell somebody."""
WHAT = (FILED, ADDED, REOPENED, PROTECTION, OBJECTED, BY_CLOCK)


class LeafRelease(models.Model):
    """One release of lines: a night's, never two of a day."""

    class Privacy:
        """That lines were released on a day is seen in the ledger; how many of them are true is not kept."""

        public = ("day",)
        restricted = ()

    day = models.DateField(primary_key=True)

    def __str__(self) -> str:
        return self.day.isoformat()


class ReporterLeaf(models.Model):
    """What a line of the ledger will say of an act of a reporter or of the clock. Its id stands in the line, where only the proof shows it."""

    class Privacy:
        """Leads from a line to a report: for the reporter alone."""

        public = ()
        restricted = ("id", "report_id", "message_id", "what", "envelope", "facts", "made_date", "release_id")

    id = opaque_key()
    report = models.ForeignKey("reports.Report", models.CASCADE, related_name="leaves")
    message = models.OneToOneField("reports.Message", models.CASCADE, null=True, related_name="leaf")
    what = models.CharField(max_length=10, choices=[(one, one) for one in WHAT])
    envelope = models.CharField(max_length=64, blank=True, help_text="SHA-256 of the envelope, in hexadecimal.")
    facts = models.TextField(blank=True, help_text="What an act of the clock tells besides, and its name, as JSON.")
    made_date = models.DateField(help_text="Day of the act; no time is kept.")
    release = models.ForeignKey(LeafRelease, models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["made_date"], name="reporter_leaf_waiting", condition=models.Q(release__isnull=True))
        ]

    def __str__(self) -> str:
        return self.pk
