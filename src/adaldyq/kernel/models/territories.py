"""Territories of the country."""

from __future__ import annotations

from django.db import models

from adaldyq.kernel.fields import as_of_field, opaque_key, source_field


class Territory(models.Model):
    """A region, city, district or rural district. The country pack names it until a law does."""

    class Privacy:
        """Everything is public."""

        public = (
            "id",
            "parent_id",
            "official_code",
            "level",
            "names",
            "opened_date",
            "closed_date",
            "source",
            "as_of",
        )
        restricted = ()

    id = models.CharField(max_length=12, primary_key=True, help_text="ISO 3166-2 code, or the official one below it.")
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, help_text="The territory it is part of.")
    official_code = models.CharField(max_length=20, blank=True, help_text="Code in the country's own classifier.")
    level = models.CharField(max_length=20, help_text="country, region, city, district or rural.")
    names = models.JSONField(default=dict, blank=True, help_text="Names by language; empty when the pack's hold.")
    opened_date = models.DateField(null=True, blank=True, help_text="First day; empty when unknown.")
    closed_date = models.DateField(null=True, blank=True, help_text="Last day; empty while it lasts.")
    source = models.CharField(max_length=200, help_text="Register the record came from.")
    as_of = models.DateField(help_text="Day on which the source said so.")

    class Meta:
        verbose_name_plural = "territories"

    def __str__(self) -> str:
        return self.id


class TerritorySuccession(models.Model):
    """That a territory ended and another follows it: one after a merge, several after a split."""

    class Privacy:
        """Everything is public."""

        public = ("id", "former_id", "successor_id", "since", "source", "as_of")
        restricted = ()

    id = opaque_key()
    former = models.ForeignKey(Territory, models.PROTECT, related_name="successions", help_text="Which ended.")
    successor = models.ForeignKey(Territory, models.PROTECT, related_name="origins", help_text="Which follows.")
    since = models.DateField(help_text="First day on which it follows.")
    source = source_field()
    as_of = as_of_field()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["former", "successor"], name="territory_is_followed_once")]

    def __str__(self) -> str:
        return f"{self.former_id} → {self.successor_id}"
