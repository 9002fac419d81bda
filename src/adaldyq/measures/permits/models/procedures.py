"""Procedures of entries, as data with versions. An application is pinned to the version of its day."""

from __future__ import annotations

from django.db import models

from adaldyq.kernel.fields import once_at_a_time, opaque_key, period_in_order
from adaldyq.measures.permits.models.entries import PermitEntry


class PermitProcedure(models.Model):
    """The steps of an application for a permit, from a day to a day."""

    class Privacy:
        """Everything is public: whoever applies knows what happens next."""

        public = ("id", "entry_id", "version", "valid_from", "valid_to", "content", "digest", "published_at")
        restricted = ()

    id = opaque_key()
    entry = models.ForeignKey(PermitEntry, models.PROTECT, related_name="procedures", help_text="Of which entry.")
    version = models.IntegerField(help_text="Which one it is, from 1.")
    valid_from = models.DateField(help_text="First day on which applications follow it.")
    valid_to = models.DateField(null=True, blank=True, help_text="Last day; empty while it holds.")
    content = models.JSONField(help_text="The procedure, as its JSON Schema describes it.")
    digest = models.CharField(max_length=64, help_text="SHA-256 of its canonical text, in hexadecimal.")
    published_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry", "version"], name="permit_procedure_is_numbered_once"),
            once_at_a_time("permit_entry_has_one_procedure", "entry"),
            period_in_order("permit_procedure"),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.version}"
