"""Territories of the country."""

from __future__ import annotations

from django.db import models


class Territory(models.Model):
    """A region, city, district or rural district. Names in each language live in the country pack."""

    class Privacy:
        """Everything is public."""

        public = ("id", "parent_id", "official_code", "level", "source", "as_of")
        restricted = ()

    id = models.CharField(max_length=12, primary_key=True, help_text="ISO 3166-2 code, or the official one below it.")
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, help_text="The territory it is part of.")
    official_code = models.CharField(max_length=20, blank=True, help_text="Code in the country's own classifier.")
    level = models.CharField(max_length=20, help_text="country, region, city, district or rural.")
    source = models.CharField(max_length=200, help_text="Register the record came from.")
    as_of = models.DateField(help_text="Day on which the source said so.")

    class Meta:
        verbose_name_plural = "territories"

    def __str__(self) -> str:
        return self.id
