"""Statements of the accounts to which fees come, as banks sent them, and what explains each of their entries."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from adaldyq.base.states import TransitionTable
from adaldyq.kernel.fields import currency_field, opaque_key
from adaldyq.measures.payments.models.attempts import PaymentAttempt
from adaldyq.measures.payments.models.invoices import Invoice
from adaldyq.measures.payments.models.refunds import Refund
from adaldyq.measures.payments.states import BANK_STATEMENT, ENTRY_STATES, STATEMENT_ENTRY

SETTLED, GIVEN_BACK, TAKEN_BACK, CAME_BACK = "settled", "given_back", "taken_back", "came_back"
EXACT, UNDER, OVER, DOUBLE = "exact", "under", "over", "double"
UNMATCHED, COSTS, PAYOUT = "unmatched", "costs", "payout"
PROVED = (EXACT, UNDER, OVER, DOUBLE)
VERDICTS = (SETTLED, GIVEN_BACK, TAKEN_BACK, CAME_BACK, *PROVED, UNMATCHED, COSTS, PAYOUT)
"""What an entry is: money that a provider had told of, gave back, or had taken back; a refund that the bank sent back; money that pays an invoice exactly, too
little, too much or once more; money that nobody can place; what a bank or provider charges; what a provider pays out."""

BY_KEY, BY_REFERENCE, BY_AMOUNT, BY_PERSON = "key", "reference", "amount", "person"
WAYS = (BY_KEY, BY_REFERENCE, BY_AMOUNT, BY_PERSON)
"""How it was found: by our key of the payment, by the invoice's reference, by amount and date, or by a person."""


class BankStatement(models.Model):
    """A statement of an account for a day: it closes when opening balance and entries make the closing one, and all are explained."""

    LIFE: TransitionTable = BANK_STATEMENT

    class Privacy:
        """Days and their sums are public once they are closed; numbers of accounts are for whoever collects."""

        public = ("id", "currency", "day", "opening", "closing", "count", "state", "closed_at")
        restricted = ("account", "number", "format", "digest", "imported_by_id", "imported_at", "closed_by_id")

    id = opaque_key()
    account = models.CharField(max_length=40, help_text="Number of the account, as the bank writes it.")
    currency = currency_field(blank=False)
    number = models.CharField(max_length=60, blank=True, help_text="The bank's number of the statement.")
    day = models.DateField(help_text="Day of the closing balance.")
    opening = models.BigIntegerField(help_text="Opening balance. In least units of the currency.")
    closing = models.BigIntegerField(help_text="Closing balance. In least units of the currency.")
    count = models.IntegerField(help_text="How many entries it has.")
    format = models.CharField(max_length=10, help_text="Format of the file, such as camt.053.")
    digest = models.CharField(max_length=64, help_text="SHA-256 of the file it came in last, in hexadecimal.")
    state = models.CharField(max_length=10, default=BANK_STATEMENT.initial, help_text="Open or closed.")
    imported_by = models.ForeignKey("kernel.Account", models.PROTECT, null=True, related_name="+")
    imported_at = models.DateTimeField()
    closed_by = models.ForeignKey("kernel.Account", models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "currency", "day", "number"], name="bank_statement_is_kept_once"
            ),
        ]
        indexes = [models.Index(fields=["state", "day"], name="bank_statement_by_day")]

    def __str__(self) -> str:
        return f"{self.account} {self.day}"


class StatementEntry(models.Model):
    """Money that came to an account or left it, and what explains it."""

    LIFE: TransitionTable = STATEMENT_ENTRY

    class Privacy:
        """Names of payers and what they wrote are for whoever collects and audits."""

        public = ()
        restricted = (
            "id",
            "statement_id",
            "place",
            "key",
            "booked_date",
            "amount",
            "currency",
            "reference",
            "end_to_end",
            "bank_reference",
            "party",
            "words",
            "state",
            "verdict",
            "way",
            "attempt_id",
            "invoice_id",
            "refund_id",
            "posting",
            "reason",
            "decided_by_id",
            "decided_at",
        )

    id = opaque_key()
    statement = models.ForeignKey(BankStatement, models.PROTECT, related_name="entries", help_text="Which statement.")
    place = models.IntegerField(help_text="Line of the file at which it begins.")
    key = models.CharField(max_length=64, unique=True, help_text="What tells it from every other entry.")
    booked_date = models.DateField(help_text="Day on which the bank booked it.")
    amount = models.BigIntegerField(help_text="In least units of the currency, above zero for what came in.")
    currency = currency_field(blank=False)
    reference = models.CharField(max_length=140, blank=True, help_text="Reference that the payer gave.")
    end_to_end = models.CharField(max_length=140, blank=True, help_text="What whoever began the payment called it.")
    bank_reference = models.CharField(max_length=140, blank=True, help_text="The bank's own reference.")
    party = models.CharField(max_length=140, blank=True, help_text="Who paid or was paid.")
    words = models.TextField(blank=True, help_text="What the payer or the bank wrote.")
    state = models.CharField(max_length=10, default=STATEMENT_ENTRY.initial, help_text="Whether it is explained.")
    verdict = models.CharField(max_length=12, blank=True, help_text="What it is; of one that waits, what it may be.")
    way = models.CharField(max_length=10, blank=True, help_text="How that was found.")
    attempt = models.ForeignKey(PaymentAttempt, models.PROTECT, null=True, related_name="statement_entries")
    invoice = models.ForeignKey(Invoice, models.PROTECT, null=True, related_name="statement_entries")
    refund = models.ForeignKey(Refund, models.PROTECT, null=True, related_name="statement_entries")
    posting = models.CharField(max_length=12, blank=True, help_text="Where it stands in the books; empty: not yet.")
    reason = models.TextField(blank=True, help_text="Why, in the words of whoever decided.")
    decided_by = models.ForeignKey("kernel.Account", models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "entries of statements"
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ENTRY_STATES), name="statement_entry_state_is_known"),
            models.CheckConstraint(condition=~Q(amount=0), name="statement_entry_moves_something"),
            models.UniqueConstraint(fields=["attempt"], condition=Q(verdict=SETTLED), name="attempt_is_settled_once"),
            models.UniqueConstraint(fields=["refund"], condition=Q(verdict=GIVEN_BACK), name="refund_is_settled_once"),
        ]
        indexes = [
            models.Index(fields=["statement", "state"], name="statement_entry_by_state"),
            models.Index(fields=["state", "booked_date"], name="statement_entry_queue"),
            models.Index(fields=["end_to_end"], name="statement_entry_by_key", condition=~Q(end_to_end="")),
            models.Index(fields=["state", "statement"], name="statement_entry_not_in_books", condition=Q(posting="")),
            models.Index(fields=["reference"], name="statement_entry_by_reference", condition=~Q(reference="")),
        ]

    def __str__(self) -> str:
        return f"{self.booked_date} {self.amount}"
