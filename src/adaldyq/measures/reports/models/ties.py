"""Reports that are about the same, as an officer who read them found."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import models
from django.utils.translation import gettext_lazy as _

from adaldyq.kernel.fields import opaque_key

DUPLICATE, RELATED = "duplicate", "related"
KINDS = (DUPLICATE, RELATED)
REASONS: Mapping[str, object] = {
    "event": _("It is the same event."),
    "people": _("The same people are named."),
    "money": _("It is the same payment, contract or property."),
    "pattern": _("It happened in the same way."),
    "sender": _("One reporter sent both, and says so."),
}
"""On what an officer rests it. None of them says anything of the content."""


class ReportTie(models.Model):
    """That two reports are about the same: the later one a duplicate of the earlier, or both related."""

    class Privacy:
        """Seen by officers who may see both reports; why is a word of a list, never what was reported."""

        public = ()
        restricted = ("id", "report_id", "other_id", "kind", "reason", "by_id", "made_date")

    id = opaque_key()
    report = models.ForeignKey("reports.Report", models.CASCADE, related_name="+", help_text="The earlier one.")
    other = models.ForeignKey("reports.Report", models.CASCADE, related_name="+", help_text="The later one.")
    kind = models.CharField(max_length=10, choices=[(one, one) for one in KINDS])
    reason = models.CharField(max_length=10, choices=list(REASONS.items()))
    by = models.ForeignKey("kernel.Account", models.PROTECT, related_name="+", help_text="Officer who found it.")
    made_date = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["report", "other"], name="reports_are_tied_once"),
            models.CheckConstraint(condition=~models.Q(report=models.F("other")), name="report_is_not_tied_to_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.report_id} {self.other_id}"
