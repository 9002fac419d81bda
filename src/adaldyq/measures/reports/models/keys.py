"""Units that receive reports, and the keys of their officers."""

from __future__ import annotations

from django.db import models

from adaldyq.base.states import TransitionTable
from adaldyq.kernel.fields import opaque_key
from adaldyq.measures.reports.states import ACTIVE, OFFICER_KEY

AGENCY, PROSECUTOR = "agency", "prosecutor"
BOTH = "both"
"""What a reporter answers whose report is about the agency and the prosecutor."""
REPORTS, IDENTITIES = "reports", "identities"


class ReceivingUnit(models.Model):
    """A body that receives reports. Those about the agency itself go to the prosecutor."""

    class Privacy:
        """Everybody may know who receives reports."""

        public = ("id", "body_id", "kind", "opened_at", "closed_at")
        restricted = ()

    id = opaque_key()
    body = models.OneToOneField("kernel.Body", models.PROTECT, related_name="+", help_text="The body that receives.")
    kind = models.CharField(
        max_length=20, choices=[(AGENCY, AGENCY), (PROSECUTOR, PROSECUTOR)], help_text="agency or prosecutor."
    )
    opened_at = models.DateTimeField(help_text="Since when it receives.")
    closed_at = models.DateTimeField(null=True, help_text="Until when; empty while it does.")

    def __str__(self) -> str:
        return f"{self.kind} {self.body_id}"


class OfficerKey(models.Model):
    """The public half of a key that was made on an officer's own device; the secret half never comes here."""

    LIFE: TransitionTable = OFFICER_KEY

    class Privacy:
        """Public halves are published, so that anybody can see to whom a report is sealed; by whom they are held is not."""

        public = ("recipient", "unit_id", "purpose", "state", "made_at", "retired_at")
        restricted = ("id", "account_id", "locked")

    id = opaque_key()
    account = models.ForeignKey("kernel.Account", models.PROTECT, related_name="+", help_text="Whose key it is.")
    unit = models.ForeignKey(ReceivingUnit, models.PROTECT, related_name="keys")
    purpose = models.CharField(
        max_length=20,
        default=REPORTS,
        choices=[(one, one) for one in (REPORTS, IDENTITIES)],
        help_text="What is sealed to it: reports, or names of reporters to custodians.",
    )
    recipient = models.CharField(max_length=80, unique=True, help_text="Public half, age1….")
    locked = models.BinaryField(
        default=b"",
        help_text="Secret half, locked with a passphrase on the device that made it; empty when kept elsewhere.",
    )
    state = models.CharField(max_length=10, default=OFFICER_KEY.initial)
    made_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "unit", "purpose"],
                condition=models.Q(state=ACTIVE),
                name="officer_has_one_active_key",
            )
        ]

    def __str__(self) -> str:
        return self.recipient
