"""The books: every entry names the account that is debited and the one that is credited, so none can be out of balance."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from adaldyq.kernel.fields import currency_field, opaque_key
from adaldyq.measures.payments.models.attempts import PaymentAttempt
from adaldyq.measures.payments.models.invoices import Invoice
from adaldyq.measures.payments.models.refunds import Refund

ASSET, LIABILITY, INCOME, EXPENSE = "asset", "liability", "income", "expense"
ACCOUNT_KINDS = (ASSET, LIABILITY, INCOME, EXPENSE)


class BookAccount(models.Model):
    """An account of the books, such as what payers owe, or what a provider holds for us."""

    class Privacy:
        """Everything is public."""

        public = ("code", "kind")
        restricted = ()

    code = models.CharField(max_length=60, primary_key=True, help_text="Code, such as `clearing.bank`.")
    kind = models.CharField(max_length=10, choices=[(one, one) for one in ACCOUNT_KINDS], help_text="Which kind.")

    def __str__(self) -> str:
        return self.code


class BookEntry(models.Model):
    """An amount from one account to another. None is ever changed (a trigger holds that): a mistake is entered back."""

    class Privacy:
        """Sums by account are published; what single entries belong to is not."""

        public = ("debit_id", "credit_id", "amount", "currency", "day", "kind")
        restricted = ("id", "posting", "invoice_id", "attempt_id", "refund_id", "memo", "at")

    id = opaque_key()
    posting = models.CharField(max_length=12, help_text="Which entries were made by one act.")
    kind = models.CharField(max_length=24, help_text="What happened, such as `capture`.")
    debit = models.ForeignKey(BookAccount, models.PROTECT, related_name="+", help_text="Account that receives.")
    credit = models.ForeignKey(BookAccount, models.PROTECT, related_name="+", help_text="Account that gives.")
    amount = models.BigIntegerField(help_text="In least units of the currency; above zero.")
    currency = currency_field(blank=False)
    invoice = models.ForeignKey(Invoice, models.PROTECT, null=True, related_name="entries")
    attempt = models.ForeignKey(PaymentAttempt, models.PROTECT, null=True, related_name="entries")
    refund = models.ForeignKey(Refund, models.PROTECT, null=True, related_name="entries")
    memo = models.CharField(
        max_length=200, blank=True, help_text="What else is to be said, such as a statement's line."
    )
    day = models.DateField(help_text="The country's day on which it counts.")
    at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "entries of the books"
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="book_entry_moves_something"),
            models.CheckConstraint(condition=~Q(debit=F("credit")), name="book_entry_has_two_sides"),
        ]
        indexes = [
            models.Index(fields=["day", "kind"], name="book_entry_by_day"),
            models.Index(fields=["debit", "day"], name="book_entry_debits"),
            models.Index(fields=["credit", "day"], name="book_entry_credits"),
        ]

    def __str__(self) -> str:
        return f"{self.debit_id} ← {self.credit_id} {self.amount}"
