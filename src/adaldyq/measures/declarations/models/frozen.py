"""Numbers of years whose declarations and obligations are public, or there, no more."""

from __future__ import annotations

from django.db import models

from adaldyq.kernel.fields import opaque_key

OUTCOME, CATEGORY, WAY, REVIEW = "outcome", "category", "way", "review"
"""What numbers are of: obligations by form and body, or by category of post; declarations by way; reviews by state."""


class FrozenCount(models.Model):
    """A number of a past year as it was when its records were last all there; it names nobody."""

    class Privacy:
        """Published as the numbers were before; of reviews the page tells no number of too few."""

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
    of = models.CharField(max_length=10, help_text="outcome, category, way or review.")
    key = models.CharField(max_length=40, blank=True, help_text="Category of post, way, or part and state of a review.")
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
