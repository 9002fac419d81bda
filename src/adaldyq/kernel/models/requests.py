"""What is remembered of requests: answers that may be asked for again, and how many there were."""

from __future__ import annotations

from django.db import models

LONGEST_KEY = 255


class StoredAnswer(models.Model):
    """The answer to a request that carried an idempotency key, written in the transaction of what it answers."""

    class Privacy:
        """For whoever sent the request, until its term has passed."""

        public = ()
        restricted = ("id", "owner", "key", "fingerprint", "status", "answer", "at")

    owner = models.CharField(max_length=40, help_text="Id of the account or token that sent the request.")
    key = models.CharField(max_length=LONGEST_KEY, help_text="Chosen by the sender; one request, one key.")
    fingerprint = models.CharField(max_length=64, help_text="SHA-256 of the request, in hexadecimal.")
    status = models.IntegerField(help_text="HTTP status of the answer.")
    answer = models.JSONField(help_text="What was answered: ids and references.")
    at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "key"], name="answer_by_owner_and_key")]

    def __str__(self) -> str:
        return f"{self.status} to {self.owner}"


class RequestCount(models.Model):
    """How often a client asked in a minute. A table that PostgreSQL does not log: it is empty after a crash."""

    class Privacy:
        """Internal: the client is kept as a hash."""

        public = ()
        restricted = ("client", "minute", "used")

    client = models.CharField(max_length=32, primary_key=True, help_text="Beginning of a hash.")
    minute = models.BigIntegerField(help_text="Minutes since 1970.")
    used = models.IntegerField()

    def __str__(self) -> str:
        return f"{self.used} in {self.minute}"
