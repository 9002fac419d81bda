"""Files of declarations that somebody sent for others."""

from __future__ import annotations

from django.db import models

from adaldyq.kernel.fields import opaque_key


class SentFile(models.Model):
    """A file of declarations that somebody sent for others, with what became of each; the file itself is not kept."""

    class Privacy:
        """Only whoever sent it."""

        public = ()
        restricted = ("id", "sha256", "sent_by", "sent_at", "results")

    id = opaque_key()
    sha256 = models.CharField(max_length=64, help_text="Of the file, in hexadecimal.")
    sent_by = models.CharField(max_length=20, help_text="Account that sent it.")
    sent_at = models.DateTimeField(help_text="When it was last sent.")
    results = models.JSONField(default=list, help_text="What became of each declaration: its number, or what is wrong.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sent_by", "sha256"], name="file_is_kept_once")]

    def __str__(self) -> str:
        return f"{self.sent_by} {self.sha256[:8]}"

    @property
    def count(self) -> int:
        """How many declarations it holds."""
        return len(self.results)

    @property
    def refused(self) -> int:
        """How many were refused."""
        return sum(not one["declaration"] for one in self.results)

    @property
    def again(self) -> int:
        """How many had been filed before."""
        return sum(one["again"] for one in self.results)

    @property
    def filed(self) -> int:
        """How many were filed this time."""
        return self.count - self.refused - self.again
