"""Who stands in for an official who is away."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from adaldyq.kernel.fields import opaque_key, period_in_order


class AbsenceQuerySet(models.QuerySet["Absence"]):
    """Absences, narrowed by day."""

    def on(self, day: date) -> AbsenceQuerySet:
        """Those in force on `day`."""
        return self.filter(valid_from__lte=day, valid_to__gte=day, ended_at__isnull=True)


class Absence(models.Model):
    """That an official is away from a day to a day, and who has their roles in one body for that time."""

    class Privacy:
        """Seen by the two officials, the head of the body and administrators."""

        public = ()
        restricted = (
            "id",
            "account_id",
            "deputy_id",
            "body_id",
            "valid_from",
            "valid_to",
            "declared_at",
            "declared_by",
            "ended_at",
        )

    id = opaque_key()
    account = models.ForeignKey("kernel.Account", models.CASCADE, related_name="absences")
    deputy = models.ForeignKey("kernel.Account", models.PROTECT, related_name="deputies")
    body = models.ForeignKey("kernel.Body", models.PROTECT)
    valid_from = models.DateField()
    valid_to = models.DateField()
    declared_at = models.DateTimeField()
    declared_by = models.CharField(max_length=40, help_text="Id of the account that declared it.")
    ended_at = models.DateTimeField(null=True, blank=True, help_text="When it was ended before its last day.")

    objects: ClassVar[models.Manager[Absence]] = AbsenceQuerySet.as_manager()

    class Meta:
        constraints = [
            period_in_order("absence"),
            models.CheckConstraint(condition=~Q(account=F("deputy")), name="absence_has_another_as_deputy"),
        ]

    def __str__(self) -> str:
        return f"{self.deputy_id} for {self.account_id}"
