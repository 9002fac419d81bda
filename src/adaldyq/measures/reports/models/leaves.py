"""Acts of reporters, offices and the clock that wait for their line in the ledger, and the nights in which lines were released."""

from __future__ import annotations

from django.db import models

from adaldyq.kernel.fields import opaque_key

FILED, ADDED, REOPENED, PROTECTION, OBJECTED = "filed", "added", "reopened", "protection", "objected"
BY_CLOCK = "clock"
"""What followed without anybody's doing, such as a term that passed: its hour and number would tell of the day of filing."""
BY_OFFICE = "office"
"""What an office did: so many such lines in a quarter would be so many reports at the most."""
HANDLED = "reports.report.handle"
"""What the lines of both are called by the acts that leave them, whatever the step; none comes into the ledger at once."""
WHAT = (FILED, ADDED, REOPENED, PROTECTION, OBJECTED, BY_CLOCK, BY_OFFICE)


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
    """What a line of the ledger will say of an act of a reporter, an office or the clock. Its id stands in the line, where only the proof shows it."""

    class Privacy:
        """Leads from a line to a report: for the reporter alone."""

        public = ()
        restricted = ("id", "report_id", "message_id", "what", "envelope", "facts", "made_date", "release_id")

    id = opaque_key()
    report = models.ForeignKey(
        "reports.Report", models.CASCADE, null=True, related_name="leaves", help_text="Empty for an act about several."
    )
    message = models.OneToOneField("reports.Message", models.CASCADE, null=True, related_name="leaf")
    what = models.CharField(max_length=10, choices=[(one, one) for one in WHAT])
    envelope = models.CharField(max_length=64, blank=True, help_text="SHA-256 of the envelope, in hexadecimal.")
    facts = models.TextField(
        blank=True,
        help_text="What an act of an office or of the clock tells besides, its name, and who did it, as JSON.",
    )
    made_date = models.DateField(help_text="Day of the act; no time is kept.")
    release = models.ForeignKey(LeafRelease, models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["made_date"], name="reporter_leaf_waiting", condition=models.Q(release__isnull=True))
        ]

    def __str__(self) -> str:
        return self.pk
