"""Companies and who owns them, with history."""

from __future__ import annotations

from django.db import models

from adaldyq.kernel.fields import (
    as_of_field,
    number_field,
    once_at_a_time,
    opaque_key,
    period_in_order,
    source_field,
)


class Company(models.Model):
    """A legal person that is not a state body."""

    class Privacy:
        """Everything is public, as in the country's register of companies."""

        public = (
            "id",
            "identifier",
            "name",
            "legal_form",
            "activity",
            "head_id",
            "territory_id",
            "registered_date",
            "closed_date",
            "source",
            "as_of",
        )
        restricted = ()

    id = opaque_key()
    identifier = models.CharField(max_length=20, blank=True, help_text="Registration number, such as the BIN.")
    name = models.CharField(max_length=300, help_text="Registered name.")
    legal_form = models.CharField(max_length=20, help_text="Legal form, from the pack's list.")
    activity = models.CharField(max_length=10, blank=True, help_text="Main activity, NACE or the national variant.")
    head = models.ForeignKey("kernel.Person", models.PROTECT, null=True, blank=True, help_text="Who manages it.")
    territory = models.ForeignKey("kernel.Territory", models.PROTECT, null=True, help_text="Where it is registered.")
    registered_date = models.DateField(null=True, blank=True, help_text="Day of registration.")
    closed_date = models.DateField(null=True, blank=True, help_text="Day it was struck off; empty while it lives.")
    source = models.CharField(max_length=200, help_text="Register the record came from.")
    as_of = models.DateField(help_text="Day on which the source said so.")

    class Meta:
        verbose_name_plural = "companies"

    def __str__(self) -> str:
        return self.name


class Ownership(models.Model):
    """A share in a company, held by a person or a company, from a day to a day."""

    class Privacy:
        """Everything is public."""

        public = (
            "id",
            "company_id",
            "owner_person_id",
            "owner_company_id",
            "share",
            "kind",
            "valid_from",
            "valid_to",
            "source",
            "as_of",
        )
        restricted = ()

    id = opaque_key()
    company = models.ForeignKey(Company, models.CASCADE, related_name="owners", help_text="The company owned.")
    owner_person = models.ForeignKey(
        "kernel.Person", models.PROTECT, null=True, related_name="holdings", help_text="Owner, if a person."
    )
    owner_company = models.ForeignKey(
        Company, models.PROTECT, null=True, related_name="holdings", help_text="Owner, if a company."
    )
    share = number_field("Share, in percent.")
    kind = models.CharField(max_length=10, help_text="direct or beneficial.")
    valid_from = models.DateField(null=True, blank=True, help_text="First day; empty when unknown.")
    valid_to = models.DateField(null=True, blank=True, help_text="Last day; empty while it lasts.")
    source = source_field()
    as_of = as_of_field()

    class Meta:
        constraints = [
            period_in_order("ownership"),
            once_at_a_time("person_owns_one_share", "company", "owner_person", "kind"),
            once_at_a_time("company_owns_one_share", "company", "owner_company", "kind"),
            models.CheckConstraint(
                condition=models.Q(owner_person__isnull=True) ^ models.Q(owner_company__isnull=True),
                name="ownership_has_one_owner",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.company_id}: {self.share} %"
