"""Failed sign-ins, counted so that guessing becomes slow."""

from __future__ import annotations

from django.db import models


class SignInFailures(models.Model):
    """How often signing in failed, by a keyed hash of who or what is counted; kept for a day."""

    class Privacy:
        """Internal: the key tells nothing without the secret of the installation."""

        public = ()
        restricted = ("key", "count", "last_at")

    key = models.CharField(max_length=64, primary_key=True)
    count = models.IntegerField(default=0)
    last_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name_plural = "sign-in failures"

    def __str__(self) -> str:
        return f"{self.count} until {self.last_at}"
