"""Who a reporter is, if they said so: sealed apart from the report, to custodians."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import models
from django.utils.translation import gettext_lazy as _

from adaldyq.kernel.fields import opaque_key

REWARD, PROTECTION, DANGER, COURT, REQUEST = "reward", "protection", "danger", "court", "request"
REASONS: Mapping[str, object] = {
    REQUEST: _("the reporter asked for it"),
    PROTECTION: _("to protect the reporter"),
    REWARD: _("to pay the reward that the law gives"),
    DANGER: _("somebody's life or health was in danger"),
    COURT: _("a court ordered it"),
}
"""For what a name may be opened. The reporter reads these words, so that none of them tells of anything else."""
LONGEST_BASIS = 300


class Identity(models.Model):
    """Name and contact of a reporter, an envelope to a key of its own that is wrapped to the custodians of a unit."""

    class Privacy:
        """That there is one is seen by the unit; what it says opens for a custodian, after an act that says why."""

        public = ()
        restricted = ("id", "report_id", "unit_id", "recipient", "wrapped", "readers", "sealed", "made_date")

    id = opaque_key()
    report = models.OneToOneField("reports.Report", models.CASCADE, related_name="identity")
    unit = models.ForeignKey(
        "reports.ReceivingUnit",
        models.PROTECT,
        related_name="+",
        help_text="Whose custodians keep it, also when the report goes to another unit.",
    )
    recipient = models.CharField(max_length=80, help_text="Public half of its own key.")
    wrapped = models.BinaryField(help_text="The secret half of that key, sealed to the custodians.")
    readers = models.CharField(
        max_length=64, help_text="SHA-256 of the public keys that it is wrapped to, in hexadecimal."
    )
    sealed = models.BinaryField(help_text="The envelope.")
    made_date = models.DateField(help_text="Day on which it came; no time is kept.")

    def __str__(self) -> str:
        return self.report_id


class IdentityOpening(models.Model):
    """That a custodian opened a name, for what, and on what basis."""

    class Privacy:
        """The reporter sees day and reason; custodians and the officers of the report see by whom, too."""

        public = ()
        restricted = ("id", "identity_id", "by_id", "reason", "basis", "made_date")

    id = opaque_key()
    identity = models.ForeignKey(Identity, models.CASCADE, related_name="openings")
    by = models.ForeignKey("kernel.Account", models.PROTECT, related_name="+", help_text="Custodian who opened it.")
    reason = models.CharField(max_length=20, choices=[(one, one) for one in REASONS])
    basis = models.CharField(max_length=LONGEST_BASIS, help_text="Decision or request on which it rests.")
    made_date = models.DateField()

    class Meta:
        ordering = ("made_date", "pk")

    def __str__(self) -> str:
        return f"{self.identity_id} {self.reason}"
