"""What providers tell, as it came, before anything follows from it."""

from __future__ import annotations

from django.db import models

from adaldyq.base.states import TransitionTable
from adaldyq.kernel.fields import currency_field, opaque_key
from adaldyq.measures.payments.models.attempts import PaymentAttempt
from adaldyq.measures.payments.states import PROVIDER_EVENT, UNSETTLED

TOLD_BY = ("webhook", "poll", "statement", "hand")
KINDS = (
    "started",
    "submitted",
    "succeeded",
    "declined",
    "expired",
    "cancelled",
    "error",
    "dispute_opened",
    "dispute_won",
    "charged_back",
    "refund_sent",
    "refund_done",
    "refund_failed",
)


class ProviderEvent(models.Model):
    """One thing that a provider told: raw, and what we read in it."""

    LIFE: TransitionTable = PROVIDER_EVENT

    class Privacy:
        """For whoever collects and audits: raw messages may name payers."""

        public = ()
        restricted = (
            "id",
            "provider",
            "event_key",
            "kind",
            "attempt_key",
            "payment_key",
            "attempt_id",
            "refund_key",
            "amount",
            "currency",
            "said_at",
            "told_by",
            "raw",
            "digest",
            "state",
            "problem",
            "received_at",
            "settled_at",
            "reason",
            "decided_by_id",
        )

    id = opaque_key()
    provider = models.CharField(max_length=40, help_text="Code of the provider.")
    event_key = models.CharField(
        max_length=120, help_text="What the provider calls the event; each comes into force once."
    )
    kind = models.CharField(max_length=20, choices=[(one, one) for one in KINDS], help_text="What is told.")
    attempt_key = models.CharField(max_length=120, help_text="Our key of the attempt, as the provider gave it back.")
    payment_key = models.CharField(
        max_length=120, blank=True, help_text="What the provider calls the payment; empty: it did not say."
    )
    attempt = models.ForeignKey(
        PaymentAttempt, models.PROTECT, null=True, related_name="events", help_text="Of which attempt, once found."
    )
    refund_key = models.CharField(max_length=120, blank=True, help_text="Our key of the refund; empty: of none.")
    amount = models.BigIntegerField(null=True, help_text="Amount told, in least units of the currency.")
    currency = currency_field()
    said_at = models.DateTimeField(null=True, help_text="When it happened, by the provider's clock.")
    told_by = models.CharField(max_length=12, choices=[(one, one) for one in TOLD_BY], help_text="How it came.")
    raw = models.BinaryField(help_text="Bytes as they came.")
    digest = models.CharField(max_length=64, help_text="SHA-256 of these bytes, in hexadecimal.")
    state = models.CharField(max_length=12, default=PROVIDER_EVENT.initial, help_text="What came of it.")
    problem = models.CharField(max_length=40, blank=True, help_text="Code of the error for which it was refused.")
    received_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, help_text="When it was applied, superseded, refused or dismissed.")
    reason = models.TextField(blank=True, help_text="Why it was dismissed, in the words of whoever did.")
    decided_by = models.ForeignKey("kernel.Account", models.PROTECT, null=True, related_name="+")

    moved: int | None = None
    """How much it moved when it was applied just now; it is not kept, the books do that."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["provider", "event_key"], name="provider_event_is_kept_once"),
        ]
        indexes = [
            models.Index(
                fields=["attempt_key"], name="provider_event_unsettled", condition=models.Q(state__in=UNSETTLED)
            ),
            models.Index(fields=["state", "received_at"], name="provider_event_by_state"),
        ]

    def __str__(self) -> str:
        return f"{self.provider} {self.event_key}"
