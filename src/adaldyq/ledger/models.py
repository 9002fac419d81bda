"""The outbox: lines wait here, in the act's own transaction, until the sequencer gives them their place."""

from __future__ import annotations

from django.db import models


class Leaf(models.Model):
    """One line of the ledger."""

    class Privacy:
        """`entry` is public once sequenced; the payload belongs to the holder of the receipt."""

        public = ("id", "act", "position", "entry", "recorded_at")
        restricted = ("salt", "payload")

    act = models.CharField(max_length=100)
    entry = models.BinaryField(help_text="Bytes hashed into the tree.")
    recorded_at = models.DateTimeField()
    position = models.BigIntegerField(null=True, unique=True, help_text="Place in the tree; empty until sequenced.")
    salt = models.BinaryField(null=True, help_text="Destroyed when the record is erased.")
    payload = models.TextField(null=True, help_text="Canonical payload; destroyed when the record is erased.")  # noqa: DJ001  # empty text is a payload, null is an erased one

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(salt__isnull=True, payload__isnull=True)
                | models.Q(salt__isnull=False, payload__isnull=False),
                name="leaf_salt_and_payload_go_together",
            ),
        ]
        indexes = [models.Index(fields=["id"], name="leaf_waiting", condition=models.Q(position__isnull=True))]

    def __str__(self) -> str:
        return f"{self.act} #{self.pk}"
