"""How declared sums are distributed among officials."""

from __future__ import annotations

from django.db import models

from adaldyq.kernel.fields import currency_field, money_field, opaque_key


class Distribution(models.Model):
    """How a declared sum is distributed among the officials of a group in a year; counted by night."""

    class Privacy:
        """Published as it stands; of a group of too few officials it holds no number."""

        public = ("id", "year", "name", "by", "key", "officials", "lower", "median", "upper", "currency", "counted_at")
        restricted = ()

    id = opaque_key()
    year = models.IntegerField(help_text="Year declared.")
    name = models.CharField(max_length=10, help_text="income, wealth or cash.")
    by = models.CharField(max_length=10, help_text="everybody, region, kind or body.")
    key = models.CharField(max_length=40, blank=True, help_text="Which region, kind or body; empty for everybody.")
    officials = models.IntegerField(null=True, help_text="How many; empty when they are too few to tell.")
    lower = money_field("Sum that a quarter of them do not exceed.")
    median = money_field("Sum that half of them do not exceed.")
    upper = money_field("Sum that three quarters of them do not exceed.")
    currency = currency_field(blank=False)
    counted_at = models.DateTimeField(help_text="When it was counted.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["by", "key", "year", "name"], name="distribution_is_once")]

    def __str__(self) -> str:
        return f"{self.name} {self.year} {self.by} {self.key}"
