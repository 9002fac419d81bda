"""Refunds: each a record of its own, asked for by one person and approved by another."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from adaldyq.base.states import TransitionTable
from adaldyq.kernel.fields import currency_field, opaque_key
from adaldyq.measures.payments.models.attempts import PaymentAttempt
from adaldyq.measures.payments.models.invoices import Invoice, minor_units
from adaldyq.measures.payments.states import REFUND

GROUNDS = ("overpaid", "double", "not_provided", "cancelled", "mistake")


class Refund(models.Model):
    """Money that goes back to the payer by the way it came.

    All of one attempt are never more than what it brought: a trigger of the database holds that too, see `guards`.
    """

    LIFE: TransitionTable = REFUND

    class Privacy:
        """Sums and grounds are counted in public; whose they are is not."""

        public = ("ground", "amount", "currency", "state")
        restricted = (
            "id",
            "invoice_id",
            "attempt_id",
            "key",
            "words",
            "decision",
            "requested_by_id",
            "requested_at",
            "decided_by_id",
            "decided_at",
            "sent_at",
            "ended_at",
            "provider_reference",
            "account",
        )

    id = opaque_key()
    invoice = models.ForeignKey(Invoice, models.PROTECT, related_name="refunds", help_text="What was paid.")
    attempt = models.ForeignKey(PaymentAttempt, models.PROTECT, related_name="refunds", help_text="How it was paid.")
    key = models.CharField(max_length=120, help_text="Key by which the same refund is asked for once.")
    amount = minor_units("What goes back.")
    currency = currency_field(blank=False)
    ground = models.CharField(max_length=20, choices=[(one, one) for one in GROUNDS], help_text="Code of the ground.")
    words = models.TextField(blank=True, help_text="Why, in words.")
    state = models.CharField(max_length=12, default=REFUND.initial, help_text="How it stands.")
    requested_by = models.ForeignKey("kernel.Account", models.PROTECT, null=True, related_name="+")
    requested_at = models.DateTimeField()
    decided_by = models.ForeignKey("kernel.Account", models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decision = models.TextField(blank=True, help_text="Why it was decided so.")
    sent_at = models.DateTimeField(null=True, help_text="When the provider took it.")
    ended_at = models.DateTimeField(null=True, help_text="When it was done, or came back.")
    provider_reference = models.CharField(max_length=120, blank=True, help_text="What the provider calls it.")

    account = models.CharField(  # noqa: DJ001  # a column that may be empty is added without making the guarded table anew
        max_length=40, null=True, help_text="Account to which it is transferred; empty: by the way it came."
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["attempt", "key"], name="refund_is_asked_for_once"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="refund_gives_something"),
            models.CheckConstraint(
                condition=Q(decided_by=None) | Q(requested_by=None) | ~Q(decided_by=F("requested_by")),
                name="refund_needs_two_people",
            ),
            models.CheckConstraint(condition=Q(state__in=REFUND.states), name="refund_state_is_known"),
        ]
        indexes = [models.Index(fields=["state", "requested_at"], name="refund_by_state")]

    def __str__(self) -> str:
        return f"{self.amount} of {self.attempt_id}"
