"""Draws that give reports to officers."""

from __future__ import annotations

from django.db import models

from adaldyq.kernel.fields import opaque_key


class OfficerDraw(models.Model):
    """One draw of a unit: the list is fixed and its hash recorded, then a seed that nobody could know decides."""

    class Privacy:
        """Hash and seed are public; the list of hashes is the unit's. What opens a line is for those who may see its report."""

        public = ("id", "unit_id", "list_sha256", "witnesses", "seed", "fixed_date", "drawn_date")
        restricted = ("listed", "openings", "beacon")

    id = opaque_key()
    unit = models.ForeignKey("reports.ReceivingUnit", models.PROTECT, related_name="draws")
    listed = models.BinaryField(
        help_text="SHA-256 of each of the openings, among others that mean nothing, in their order."
    )
    openings = models.BinaryField(
        null=True, help_text="A line for each report: chance that hides it, its id, then those who may have it."
    )
    list_sha256 = models.CharField(max_length=64, help_text="SHA-256 of the list, recorded before the seed was known.")
    witnesses = models.JSONField(help_text="Names of the keys whose first signatures after that make the seed.")
    seed = models.CharField(max_length=64, blank=True)
    beacon = models.TextField(blank=True, help_text="What was signed first after the list was fixed.")
    fixed_date = models.DateField()
    drawn_date = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit"], condition=models.Q(drawn_date__isnull=True), name="unit_has_one_draw_waiting"
            )
        ]

    def __str__(self) -> str:
        return self.pk
