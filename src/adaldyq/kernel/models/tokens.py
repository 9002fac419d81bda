"""Tokens with which programs of institutions use the API."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import F, Q

from adaldyq.kernel.fields import opaque_key
from adaldyq.kernel.scopes import Scope, read

LONGEST_LABEL = 100


class InstitutionToken(models.Model):
    """That a program of an institution may use the API, for what its scopes say, to a day.

    One administrator asks for a secret, another makes it and is shown it once; so nobody alone can read records by
    a token of their own.
    """

    class Privacy:
        """Seen by administrators; the person whose data it read is told the institution."""

        public = ()
        restricted = (
            "id",
            "body_id",
            "label",
            "scopes",
            "requests_a_minute",
            "issued_by",
            "issued_at",
            "expires_at",
            "asked_by",
            "last_used_date",
            "revoked_by",
            "revoked_at",
        )

    id = opaque_key()
    body = models.ForeignKey("kernel.Body", models.PROTECT, related_name="tokens")
    label = models.CharField(max_length=LONGEST_LABEL, help_text="Which program of the institution it is for.")
    scopes = models.CharField(max_length=300, help_text="What it opens, with spaces between.")
    requests_a_minute = models.IntegerField()
    issued_by = models.CharField(max_length=40, help_text="Id of the account or process that issued it.")
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    asked_by = models.CharField(
        max_length=40, blank=True, help_text="Id of the account whose wish for a secret waits for another; or empty."
    )
    last_used_date = models.DateField(null=True, blank=True)
    revoked_by = models.CharField(max_length=40, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    replaced_at: datetime | None = None
    """When the secret that a request was sent with gives way to a newer one."""

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(expires_at__gt=F("issued_at")), name="token_expires_later"),
            models.CheckConstraint(condition=Q(requests_a_minute__gt=0), name="token_permits_requests"),
        ]

    def __str__(self) -> str:
        return f"{self.label} of {self.body_id}"

    @property
    def opens(self) -> frozenset[Scope]:
        """What it opens."""
        return read(self.scopes)

    def is_over(self, at: datetime) -> bool:
        """Whether it opens nothing any more."""
        return self.revoked_at is not None or self.expires_at <= at


class TokenSecret(models.Model):
    """A secret of a token. After a rotation the old one lives on for a while beside the new."""

    class Privacy:
        """Never shown; only a hash of the secret is kept."""

        public = ()
        restricted = ("digest", "token_id", "made_at", "ends_at")

    digest = models.CharField(max_length=64, primary_key=True, help_text="SHA-256 of the secret, in hexadecimal.")
    token = models.ForeignKey(InstitutionToken, models.CASCADE, related_name="secrets")
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True, help_text="When it gives way to a newer one.")

    def __str__(self) -> str:
        return f"secret of {self.token_id}"
