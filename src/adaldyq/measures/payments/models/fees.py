"""Fee schedules: what a service costs, with versions; the only source of an invoice."""

from __future__ import annotations

from django.db import models

from adaldyq.kernel.fields import once_at_a_time, opaque_key, period_in_order


class FeeSchedule(models.Model):
    """A service that costs something."""

    class Privacy:
        """Everything is public."""

        public = ("id", "code", "body_id", "stated")
        restricted = ()

    id = opaque_key()
    code = models.SlugField(max_length=40, unique=True, help_text="Code of the service.")
    body = models.ForeignKey(
        "kernel.Body", models.PROTECT, null=True, related_name="+", help_text="Whose service it is; empty: of any body."
    )
    stated = models.BooleanField(default=False, help_text="Whether an act states each sum, as of a fine.")

    def __str__(self) -> str:
        return self.code


class FeeVersion(models.Model):
    """What a service costs from a day to a day, by which law."""

    class Privacy:
        """What is published is public; which account published it, the ledger and auditors know."""

        public = (
            "id",
            "schedule_id",
            "version",
            "valid_from",
            "valid_to",
            "names",
            "formula",
            "exemptions",
            "law",
            "law_number",
            "law_date",
            "law_article",
            "due_days",
            "expiry_days",
            "source",
            "published_at",
        )
        restricted = ("published_by_id",)

    id = opaque_key()
    schedule = models.ForeignKey(FeeSchedule, models.PROTECT, related_name="versions", help_text="Of which service.")
    version = models.IntegerField(help_text="Which one it is, from 1.")
    valid_from = models.DateField(help_text="First day on which it holds.")
    valid_to = models.DateField(null=True, blank=True, help_text="Last day; empty while it holds.")
    names = models.JSONField(default=dict, help_text="What the service is called, by language.")
    formula = models.JSONField(default=dict, help_text="How the fee is counted, as `domain.formulas` writes it.")
    exemptions = models.JSONField(
        default=list, help_text="Grounds of waivers, each with the per cent that it takes off."
    )
    law = models.JSONField(default=dict, help_text="Name of the act that sets the fee, by language.")
    law_number = models.CharField(max_length=100, help_text="Number of that act.")
    law_date = models.DateField(help_text="Day of that act.")
    law_article = models.JSONField(default=dict, help_text="Where in the act, by language.")
    due_days = models.IntegerField(help_text="Working days in which it is to be paid.")
    expiry_days = models.IntegerField(null=True, blank=True, help_text="Days after which an unpaid invoice expires.")
    source = models.CharField(max_length=300, blank=True, help_text="Where it was published, or `illustrative`.")
    published_by = models.ForeignKey("kernel.Account", models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["schedule", "version"], name="fee_version_is_numbered_once"),
            once_at_a_time("fee_schedule_says_one_thing", "schedule"),
            period_in_order("fee_version"),
        ]

    def __str__(self) -> str:
        return f"{self.schedule_id} {self.version}"
