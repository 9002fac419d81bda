"""Who may act for whom."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from adaldyq.kernel.fields import opaque_key, period_in_order


class MandateQuerySet(models.QuerySet["Mandate"]):
    """Mandates, narrowed by day."""

    def on(self, day: date) -> MandateQuerySet:
        """Those in force on `day`."""
        return self.filter(
            Q(valid_to__isnull=True) | Q(valid_to__gte=day), valid_from__lte=day, withdrawn_at__isnull=True
        )


class Mandate(models.Model):
    """That a person may act for a company or for another person, from a day to a day.

    The head of a company needs none: the register of companies says who that is.
    """

    class Privacy:
        """Seen by those whom it joins."""

        public = ()
        restricted = (
            "id",
            "company_id",
            "person_id",
            "representative_id",
            "valid_from",
            "valid_to",
            "granted_at",
            "granted_by",
            "withdrawn_at",
            "withdrawn_by",
        )

    id = opaque_key()
    company = models.ForeignKey("kernel.Company", models.PROTECT, null=True, blank=True, related_name="mandates")
    person = models.ForeignKey("kernel.Person", models.PROTECT, null=True, blank=True, related_name="mandates")
    representative = models.ForeignKey("kernel.Person", models.PROTECT, related_name="mandates_held")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    granted_at = models.DateTimeField()
    granted_by = models.CharField(max_length=40, help_text="Id of the account that granted it.")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.CharField(max_length=40, blank=True, help_text="Id of the account that withdrew it.")

    objects: ClassVar[models.Manager[Mandate]] = MandateQuerySet.as_manager()

    class Meta:
        constraints = [
            period_in_order("mandate"),
            models.CheckConstraint(
                condition=Q(company__isnull=True) ^ Q(person__isnull=True), name="mandate_has_one_principal"
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=True) | ~Q(person=models.F("representative")),
                name="mandate_is_for_somebody_else",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.representative_id} for {self.company_id or self.person_id}"


ASKED_FOR = timedelta(days=30)
"""How long whoever is asked to act for somebody may agree."""


class MandateRequestQuerySet(models.QuerySet["MandateRequest"]):
    """Requests, narrowed by instant."""

    def open(self, at: datetime) -> MandateRequestQuerySet:
        """Those that wait for an answer, and of which days are left."""
        lasting = Q(valid_to=None) | Q(valid_to__gte=timezone.localdate(at))
        return self.filter(lasting, ended_at=None, asked_at__gt=at - ASKED_FOR)


class MandateRequest(models.Model):
    """That whoever has a number was asked to act for a company or for another person.

    It stands here whether or not anybody has the number, so that who asks learns nothing of anybody by it.
    """

    class Privacy:
        """Who asked sees the number that they typed; who is asked sees for whom. Forgotten after `ASKED_FOR`."""

        public = ()
        restricted = (
            "id",
            "company_id",
            "person_id",
            "number",
            "representative_id",
            "valid_from",
            "valid_to",
            "asked_at",
            "asked_by_id",
            "ended_at",
        )

    id = opaque_key()
    company = models.ForeignKey("kernel.Company", models.CASCADE, null=True, related_name="+")
    person = models.ForeignKey("kernel.Person", models.CASCADE, null=True, related_name="+")
    number = models.CharField(max_length=40, help_text="As it was typed.")
    representative = models.ForeignKey(
        "kernel.Person", models.CASCADE, null=True, related_name="+", help_text="Whose number it is; often nobody's."
    )
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    asked_at = models.DateTimeField(db_index=True)
    asked_by = models.ForeignKey("kernel.Account", models.CASCADE, related_name="+")
    ended_at = models.DateTimeField(null=True, help_text="When it was agreed to or taken back.")

    objects: ClassVar[models.Manager[MandateRequest]] = MandateRequestQuerySet.as_manager()

    class Meta:
        constraints = [
            period_in_order("mandate_request"),
            models.CheckConstraint(
                condition=Q(company__isnull=True) ^ Q(person__isnull=True), name="mandate_request_has_one_principal"
            ),
        ]

    def __str__(self) -> str:
        return f"somebody for {self.company_id or self.person_id}"
