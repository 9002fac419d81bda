"""Lines of the ledger, its tree, and what was said about it in public.

A line waits without a position, written in the transaction of its act, until the sequencer gives it one. Tiles
and checkpoints are written by the sequencer only, in one transaction with the positions.
"""

from __future__ import annotations

from django.db import models

from adaldyq.base.ids import LENGTH, new_id
from adaldyq.ledger.notes import Note

LEVEL_BITS = 56


class Leaf(models.Model):
    """One line of the ledger."""

    class Privacy:
        """The entry is public once it has its position; the payload belongs to the holder of the receipt."""

        public = ("reference", "act", "position", "entry")
        restricted = ("id", "recorded_at", "salt", "payload", "subject", "holder")

    reference = models.CharField(
        max_length=LENGTH, unique=True, default=new_id, editable=False, help_text="Opaque name of the receipt."
    )
    act = models.CharField(max_length=100)
    entry = models.BinaryField(help_text="Bytes hashed into the tree.")
    recorded_at = models.DateTimeField()
    position = models.BigIntegerField(null=True, unique=True, help_text="Place in the tree; empty until sequenced.")
    salt = models.BinaryField(null=True, help_text="Destroyed when the record is erased.")
    payload = models.TextField(null=True, help_text="Canonical payload; destroyed when the record is erased.")  # noqa: DJ001  # empty text is a payload, null is an erased one
    subject = models.CharField(max_length=40, null=True, help_text="Id of the record that the act is about.")  # noqa: DJ001  # null keeps lines without one out of the index
    holder = models.CharField(max_length=40, null=True, help_text="Id of the account that acted.")  # noqa: DJ001  # the same

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(salt__isnull=True, payload__isnull=True)
                | models.Q(salt__isnull=False, payload__isnull=False),
                name="leaf_salt_and_payload_go_together",
            ),
        ]
        indexes = [
            models.Index(fields=["id"], name="leaf_waiting", condition=models.Q(position__isnull=True)),
            models.Index(fields=["subject", "act"], name="leaf_of_subject", condition=models.Q(subject__isnull=False)),
            models.Index(fields=["holder", "id"], name="leaf_of_holder", condition=models.Q(holder__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.act} #{self.pk}"


class StoredTile(models.Model):
    """A tile of hashes. A partial one grows in place: what it was before is its beginning."""

    class Privacy:
        """Hashes of public lines."""

        public = ("id", "hashes")
        restricted = ()

    id = models.BigIntegerField(primary_key=True, help_text="Level times 2**56, plus the index within the level.")
    hashes = models.BinaryField(help_text="Up to 256 hashes of 32 bytes.")

    def __str__(self) -> str:
        return f"tile {self.pk >> LEVEL_BITS}/{self.pk % (1 << LEVEL_BITS)}"

    @staticmethod
    def key(level: int, index: int) -> int:
        """Primary key of a tile."""
        return (level << LEVEL_BITS) + index


class StoredCheckpoint(models.Model):
    """What the log signed at one size."""

    class Privacy:
        """Signed to be seen."""

        public = ("size", "root", "note", "signed_at")
        restricted = ()

    size = models.BigIntegerField(primary_key=True, help_text="Number of lines.")
    root = models.BinaryField(help_text="Merkle tree hash of them.")
    note = models.TextField(help_text="Checkpoint with the signatures of the log.")
    signed_at = models.DateTimeField(help_text="Never earlier than that of a smaller checkpoint.")

    def __str__(self) -> str:
        return f"checkpoint {self.pk}"

    def cosigned(self) -> Note:
        """The note with all cosignatures that came in so far."""
        note = Note.parse(self.note)
        lines = "".join(one.line for one in self.cosignatures.all())
        return note.with_lines(lines) if lines else note


class StoredCosignature(models.Model):
    """A witness's signature of a checkpoint."""

    class Privacy:
        """Signed to be seen."""

        public = ("id", "checkpoint_id", "witness", "line", "stated_at")
        restricted = ()

    checkpoint = models.ForeignKey(StoredCheckpoint, models.PROTECT, related_name="cosignatures")
    witness = models.CharField(max_length=200, help_text="Name of the witness's key.")
    line = models.CharField(max_length=500, help_text="Signature line of the note, with its newline.")
    stated_at = models.DateTimeField(help_text="Time that the witness signed.")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["checkpoint", "witness"], name="one_cosignature_of_a_witness"),
        ]
        indexes = [models.Index(fields=["witness", "-checkpoint"], name="cosigned_last")]

    def __str__(self) -> str:
        return f"{self.witness} on {self.checkpoint_id}"


class LogKey(models.Model):
    """A public key that has signed this log, so that old receipts can be checked after the key was changed."""

    class Privacy:
        """Public keys."""

        public = ("id", "text", "first_signed_at")
        restricted = ()

    text = models.CharField(max_length=500, unique=True, help_text="Public key in the text form of signed notes.")
    first_signed_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.text


class DayCount(models.Model):
    """How many lines of an act a day has, counted as they get their positions."""

    class Privacy:
        """Counts of public lines."""

        public = ("id", "day", "act", "count")
        restricted = ()

    day = models.DateField(help_text="Day of the country's time in which the act was recorded.")
    act = models.CharField(max_length=100)
    count = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["day", "act"], name="one_count_of_an_act_and_day")]

    def __str__(self) -> str:
        return f"{self.act} on {self.day}"


class WaitingErasure(models.Model):
    """What was erased and is not yet noted outside the backups, or may still stand in SQLite's journal."""

    class Privacy:
        """A random name, which says of nobody anything once its record is erased."""

        public = ()
        restricted = ("id", "kind", "name")

    kind = models.CharField(max_length=10, help_text="Line of the ledger, or file.")
    name = models.CharField(max_length=200, help_text="Reference of the line, or place of the file.")

    def __str__(self) -> str:
        return f"{self.kind} {self.name}"
