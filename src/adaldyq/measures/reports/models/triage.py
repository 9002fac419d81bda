"""Reports that an officer took for no report of corruption, and what another officer found."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import models
from django.utils.translation import gettext_lazy as _

from adaldyq.kernel.fields import opaque_key

REASONS: Mapping[str, object] = {
    "flood": _("The same text came many times."),
    "machine": _("A program wrote it; it makes no sense."),
    "advertising": _("It is advertising or fraud."),
    "empty": _("It is empty, or a trial."),
    "no_report": _("It is a question or request that tells of no wrong."),
}
"""On what an officer rests it. None of them says anything of the content."""

WAITS, AGREED, PUT_BACK, OBJECTED, LAPSED = "", "agreed", "put_back", "objected", "lapsed"
ENDS = (AGREED, PUT_BACK, OBJECTED, LAPSED)


class SettingAside(models.Model):
    """That an officer set a report aside as none, and how it ended."""

    class Privacy:
        """Seen by officers who may see the report; the reporter reads that it was set aside, never by whom or why."""

        public = ()
        restricted = ("id", "report_id", "reason", "by_id", "made_date", "days_left", "end", "looked_by_id", "end_date")

    id = opaque_key()
    report = models.ForeignKey("reports.Report", models.CASCADE, related_name="set_aside")
    reason = models.CharField(max_length=20, choices=list(REASONS.items()))
    by = models.ForeignKey("kernel.Account", models.PROTECT, related_name="+", help_text="Officer who set it aside.")
    made_date = models.DateField()
    days_left = models.IntegerField(
        null=True, help_text="Days that were left to acknowledge it; none when that term had passed."
    )
    end = models.CharField(
        max_length=10, blank=True, choices=[(one, one) for one in ENDS], help_text="Empty while it waits."
    )
    looked_by = models.ForeignKey(
        "kernel.Account",
        models.PROTECT,
        null=True,
        related_name="+",
        help_text="Officer who looked at it again last; none while nobody has.",
    )
    end_date = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["report"], condition=models.Q(end=""), name="report_waits_once_for_second_look"
            )
        ]

    def __str__(self) -> str:
        return f"{self.report_id} {self.reason}"
