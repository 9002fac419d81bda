"""Numbers of years whose declarations and obligations are public, or there, no more."""

from __future__ import annotations

from django.db import models

from adaldyq.kernel.fields import opaque_key

OUTCOME, CATEGORY, WAY, REVIEW, GROUP = "outcome", "category", "way", "review", "group"
"""What numbers are of: obligations by form and body, or by category of post; declarations by way; reviews by state;
obligations of everybody by group of the law."""
REGION_OF_ALL, WAY_OF_ALL = "all_region", "all_way"
"""The same obligations of everybody by region, and by the way on which they were answered."""
OF_EVERYBODY = (GROUP, REGION_OF_ALL, WAY_OF_ALL)
UNFILED = "unfiled"
"""Stands for the way of what is not filed."""
IN_THE_OPEN = "public"
"""Ends the key of a group's numbers of those whose declarations the law opens."""


class FrozenCount(models.Model):
    """A number of a past year as it was when its records were last all there; it names nobody.

    Those of groups of the law are counted anew each night until the other numbers of their year are kept.
    """

    class Privacy:
        """Published as the numbers were before, but no number of too few: those are told together, or not at all."""

        public = (
            "id",
            "year",
            "of",
            "key",
            "form",
            "body_id",
            "owed",
            "on_time",
            "late",
            "missing",
            "awaited",
            "frozen_at",
        )
        restricted = ()

    id = opaque_key()
    year = models.IntegerField(help_text="Year declared.")
    of = models.CharField(max_length=10, help_text="outcome, category, way, review or group.")
    key = models.CharField(
        max_length=40, blank=True, help_text="Category of post, way, part and state of a review, or group."
    )
    form = models.CharField(max_length=10, blank=True, help_text="assets or income, of outcomes.")
    body = models.ForeignKey("kernel.Body", models.PROTECT, null=True, related_name="+", help_text="Of outcomes.")
    owed = models.IntegerField(help_text="How many in all.")
    on_time = models.IntegerField(default=0)
    late = models.IntegerField(default=0)
    missing = models.IntegerField(default=0)
    awaited = models.IntegerField(default=0)
    frozen_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["of", "year"], name="frozen_of_year")]

    def __str__(self) -> str:
        return f"{self.of} {self.year} {self.key}{self.form}: {self.owed}"
