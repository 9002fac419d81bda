"""What one administrator proposes and another must confirm."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from adaldyq.base.states import Transition, TransitionTable
from adaldyq.kernel.fields import opaque_key
from adaldyq.kernel.roles import Registry, Role

PROPOSAL = TransitionTable(
    "proposal",
    "waiting",
    (
        Transition("waiting", "confirm", "confirmed", Role.ADMINISTRATOR),
        Transition("waiting", "refuse", "refused", Role.ADMINISTRATOR),
    ),
)
"""Proposed by one administrator, decided by another."""


class Proposal(models.Model):
    """A role to be given, or a lost sign-in to be recovered: proposed by one administrator, decided by another."""

    class Privacy:
        """Seen by administrators and auditors."""

        public = ()
        restricted = (
            "id",
            "kind",
            "account_id",
            "role",
            "registry",
            "body_id",
            "territory_id",
            "state",
            "proposed_by_id",
            "proposed_at",
            "decided_by_id",
            "decided_at",
        )

    class Kind(models.TextChoices):
        """What is proposed."""

        GRANT = "grant"
        RECOVERY = "recovery"

    LIFE: ClassVar[TransitionTable] = PROPOSAL

    id = opaque_key()
    kind = models.CharField(max_length=10, choices=Kind.choices)
    account = models.ForeignKey("kernel.Account", models.CASCADE, related_name="proposals")
    role = models.CharField(max_length=20, blank=True, choices=[(role.value, role.value) for role in Role])
    registry = models.CharField(max_length=20, blank=True, choices=[(one.value, one.value) for one in Registry])
    body = models.ForeignKey("kernel.Body", models.PROTECT, null=True, blank=True)
    territory = models.ForeignKey("kernel.Territory", models.PROTECT, null=True, blank=True)
    state = models.CharField(max_length=10, default="waiting")
    proposed_by = models.ForeignKey("kernel.Account", models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey("kernel.Account", models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(decided_by__isnull=True) | ~models.Q(decided_by=models.F("proposed_by")),
                name="proposal_is_decided_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} for {self.account_id}"


class RecoveryLink(models.Model):
    """A link with which the owner of an account sets a new password, once, within an hour."""

    class Privacy:
        """Never shown; only a hash of the link's secret is kept."""

        public = ()
        restricted = ("digest", "account_id", "expires_at", "used_at")

    digest = models.CharField(max_length=64, primary_key=True, help_text="SHA-256 of the secret, in hexadecimal.")
    account = models.ForeignKey("kernel.Account", models.CASCADE, related_name="recovery_links")
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"for {self.account_id}"
