"""Attempts to pay, their steps, and corrections of what they came to."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from adaldyq.base.states import TransitionTable
from adaldyq.kernel.fields import currency_field, opaque_key
from adaldyq.measures.payments.domain.standing import BANK
from adaldyq.measures.payments.models.invoices import Invoice, minor_units
from adaldyq.measures.payments.states import ATTEMPT, CORRECTION, CORRECTION_KINDS, PROPOSED

METHODS = ("card", "transfer", "qr", "cash_at_bank")
ELECTRONIC = ("card", "transfer", "qr")


class PaymentAttempt(models.Model):
    """One attempt to pay an invoice, at a provider, or by a transfer that a bank's statement proves.

    A provider gives each payment a name of its own; a bank may book several together under one.
    """

    LIFE: TransitionTable = ATTEMPT

    class Privacy:
        """How it was paid is counted in public; which payment it was is between payer, provider and whoever collects."""

        public = ("provider", "method", "amount", "currency", "state")
        restricted = (
            "id",
            "invoice_id",
            "key",
            "provider_reference",
            "page",
            "captured",
            "refunding",
            "contested",
            "charged_back",
            "created_at",
            "expires_at",
            "ended_at",
            "polled_at",
        )

    id = opaque_key()
    invoice = models.ForeignKey(Invoice, models.PROTECT, related_name="attempts", help_text="What is paid.")
    provider = models.CharField(max_length=40, help_text="Code of the provider; `bank` for what a statement proves.")
    method = models.CharField(max_length=20, choices=[(one, one) for one in METHODS], help_text="How it is paid.")
    key = models.CharField(max_length=120, help_text="Key by which the same attempt is made once.")
    provider_reference = models.CharField(max_length=120, blank=True, help_text="What the provider calls it.")
    page = models.CharField(max_length=500, blank=True, help_text="The provider's page on which it goes on.")
    amount = minor_units("What is to be paid.")
    currency = currency_field(blank=False)
    captured = minor_units("What has come.")
    refunding = minor_units("What refunds take of it: asked for, approved, on their way or done.")
    contested = minor_units("What the payer's bank contests.")
    charged_back = minor_units("What the payer's bank took back.")
    state = models.CharField(max_length=12, default=ATTEMPT.initial, help_text="How it stands.")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True, help_text="When the provider lets it go.")
    ended_at = models.DateTimeField(null=True, help_text="When it first ended.")
    polled_at = models.DateTimeField(null=True, help_text="When the provider was last asked.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["invoice", "key"], name="payment_attempt_is_made_once"),
            models.UniqueConstraint(
                fields=["provider", "provider_reference"],
                condition=~Q(provider_reference="") & ~Q(provider=BANK),
                name="payment_attempt_is_one_of_the_provider",
            ),
            models.CheckConstraint(
                condition=Q(amount__gt=0, captured__gte=0, captured__lte=F("amount")),
                name="payment_attempt_captures_at_most_its_amount",
            ),
            models.CheckConstraint(
                condition=Q(refunding__gte=0, refunding__lte=F("captured")),
                name="payment_attempt_refunds_at_most_what_came",
            ),
            models.CheckConstraint(
                condition=Q(charged_back__gte=0, charged_back__lte=F("captured"), contested__gte=0),
                name="payment_attempt_charges_back_at_most_what_came",
            ),
            models.CheckConstraint(condition=Q(state__in=ATTEMPT.states), name="payment_attempt_state_is_known"),
        ]
        indexes = [models.Index(fields=["state", "created_at"], name="payment_attempt_by_state")]

    def __str__(self) -> str:
        return f"{self.provider} {self.pk}"


class AttemptStep(models.Model):
    """A step that an attempt took; none is ever changed."""

    class Privacy:
        """As the attempt."""

        public = ()
        restricted = ("id", "attempt_id", "act", "source", "target", "event", "at")

    id = opaque_key()
    attempt = models.ForeignKey(PaymentAttempt, models.PROTECT, related_name="steps", help_text="Of which attempt.")
    act = models.CharField(max_length=20, help_text="Which step.")
    source = models.CharField(max_length=12, help_text="From which state.")
    target = models.CharField(max_length=12, help_text="Into which state.")
    event = models.CharField(max_length=12, blank=True, help_text="Provider event behind it; empty: none.")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["attempt", "at"], name="attempt_step_of_attempt")]

    def __str__(self) -> str:
        return f"{self.attempt_id} {self.act}"


class AttemptCorrection(models.Model):
    """What turned out otherwise after an attempt had ended, with its kind and what shows it."""

    LIFE: TransitionTable = CORRECTION

    class Privacy:
        """As the attempt."""

        public = ("kind", "state")
        restricted = ("id", "attempt_id", "event", "words", "by_id", "at", "decided_by_id", "decided_at", "decision")

    id = opaque_key()
    attempt = models.ForeignKey(PaymentAttempt, models.PROTECT, related_name="corrections", help_text="Of which.")
    kind = models.CharField(max_length=24, choices=[(one, one) for one in CORRECTION_KINDS], help_text="Which kind.")
    event = models.CharField(max_length=12, blank=True, help_text="Provider event that shows it; empty: none.")
    words = models.TextField(blank=True, help_text="What shows it, in the words of whoever corrected it.")
    by = models.ForeignKey("kernel.Account", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    state = models.CharField(max_length=12, default=CORRECTION.initial, help_text="How it stands.")
    decided_by = models.ForeignKey("kernel.Account", models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decision = models.TextField(blank=True, help_text="Why it was decided so.")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_by=None) | Q(by=None) | ~Q(decided_by=F("by")),
                name="attempt_correction_needs_two_people",
            ),
            models.CheckConstraint(condition=Q(state__in=CORRECTION.states), name="attempt_correction_state_is_known"),
            models.UniqueConstraint(
                fields=["attempt"], condition=Q(state=PROPOSED), name="attempt_correction_waits_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.attempt_id}"
