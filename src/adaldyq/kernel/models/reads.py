"""Who read whose restricted records."""

from __future__ import annotations

from django.db import models


class Read(models.Model):
    """One restricted record that was shown to somebody, and whom it is about."""

    class Privacy:
        """The person concerned sees it when the law lets them; otherwise auditors only."""

        public = ()
        restricted = (
            "id",
            "reader_id",
            "reader",
            "roles",
            "acting_for",
            "kind",
            "object_id",
            "person_id",
            "purpose",
            "at",
        )

    reader_id = models.CharField(max_length=40, help_text="Account that read; empty for a process of the system.")
    reader = models.CharField(max_length=100, blank=True, help_text="Process of the system that read, if one did.")
    roles = models.CharField(max_length=300, blank=True, help_text="Roles in which it was read, with spaces between.")
    acting_for = models.CharField(
        max_length=60, blank=True, help_text="Body, company or person that the reader stood for, as kind:id."
    )
    kind = models.CharField(max_length=40, help_text="What was read, such as finding.")
    object_id = models.CharField(max_length=60, blank=True, help_text="Id of the record.")
    person_id = models.CharField(max_length=40, blank=True, help_text="Person that the record is about.")
    purpose = models.CharField(max_length=100, help_text="Page, operation or job for which it was read.")
    at = models.DateTimeField(help_text="When it was shown.")

    class Meta:
        indexes = [
            models.Index(fields=["person_id", "at"], name="read_about_person", condition=~models.Q(person_id="")),
            models.Index(fields=["reader_id", "at"], name="read_by_account"),
            models.Index(fields=["at"], name="read_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id} #{self.pk}"
