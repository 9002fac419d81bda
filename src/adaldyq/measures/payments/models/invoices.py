"""Invoices, and waivers of what they ask for. Amounts are whole numbers of the currency's least unit."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from adaldyq.base.ids import LENGTH, new_id
from adaldyq.base.states import TransitionTable
from adaldyq.kernel.fields import currency_field, opaque_key
from adaldyq.measures.payments.models.fees import FeeVersion
from adaldyq.measures.payments.states import CONFIRMED, INVOICE, PROPOSED, WAIVER

MOST = 10**15


def minor_units(meaning: str) -> models.BigIntegerField[int, int]:
    """An amount in the least unit of the row's currency."""
    return models.BigIntegerField(help_text=f"{meaning} In least units of the currency.", default=0)


class Invoice(models.Model):
    """What somebody is to pay, by a version of a fee schedule.

    The key is the link by which it is paid, so it is told to the payer only; number and reference are told to banks.
    """

    LIFE: TransitionTable = INVOICE

    class Privacy:
        """Whose invoice it is, and its link, are for the payer and whoever collects; sums are counted in public."""

        public = ("currency", "amount", "waived", "state")
        restricted = (
            "id",
            "number",
            "reference",
            "version_id",
            "request",
            "subject_kind",
            "subject_id",
            "person_id",
            "company_id",
            "body_id",
            "territory_id",
            "purpose",
            "quantity",
            "counted",
            "reduced",
            "captured",
            "refunded",
            "charged_back",
            "due_date",
            "expires_date",
            "issued_at",
            "settled_at",
        )

    id = opaque_key()
    number = models.CharField(
        max_length=LENGTH, unique=True, default=new_id, help_text="Number that everybody may know."
    )
    reference = models.CharField(max_length=25, unique=True, help_text="Creditor reference of ISO 11649.")
    version = models.ForeignKey(FeeVersion, models.PROTECT, related_name="+", help_text="By which fee.")
    request = models.CharField(max_length=LENGTH, blank=True, help_text="Request of the port that asked for it.")
    subject_kind = models.CharField(max_length=60, blank=True, help_text="What it is for, as app.Model.")
    subject_id = models.CharField(max_length=40, blank=True, help_text="Which of them.")
    person = models.ForeignKey("kernel.Person", models.PROTECT, null=True, related_name="+", help_text="Who pays.")
    company = models.ForeignKey("kernel.Company", models.PROTECT, null=True, related_name="+", help_text="Who pays.")
    body = models.ForeignKey("kernel.Body", models.PROTECT, null=True, related_name="+", help_text="To which body.")
    territory = models.ForeignKey(
        "kernel.Territory", models.PROTECT, null=True, related_name="+", help_text="Where the payer is."
    )
    purpose = models.JSONField(default=dict, help_text="What is paid, by language.")
    quantity = models.IntegerField(default=1, help_text="How many units were counted.")
    counted = models.JSONField(default=dict, help_text="How the amount was counted: units, index, its value.")
    currency = currency_field(blank=False)
    amount = minor_units("What the fee is.")
    waived = minor_units("What was waived of it.")
    reduced = minor_units("What is claimed no longer, since it was given back.")
    captured = minor_units("What has come.")
    refunded = minor_units("What was given back, or is on its way.")
    charged_back = minor_units("What banks took back.")
    due_date = models.DateField(help_text="Last day to pay.")
    expires_date = models.DateField(null=True, help_text="Last day on which it can be paid; empty: any day.")
    state = models.CharField(max_length=12, default=INVOICE.initial, help_text="How it stands.")
    issued_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, help_text="When it was paid in full.")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount__gte=0, amount__lt=MOST), name="invoice_amount_is_exact"),
            models.CheckConstraint(
                condition=Q(waived__gte=0, reduced__gte=0, amount__gte=F("waived") + F("reduced")),
                name="invoice_waives_at_most_its_amount",
            ),
            models.CheckConstraint(
                condition=Q(refunded__gte=0, charged_back__gte=0, captured__gte=F("refunded")),
                name="invoice_gives_back_at_most_what_came",
            ),
            models.CheckConstraint(condition=Q(person=None) | Q(company=None), name="invoice_has_one_payer"),
            models.CheckConstraint(condition=Q(state__in=INVOICE.states), name="invoice_state_is_known"),
            models.UniqueConstraint(fields=["request"], condition=~Q(request=""), name="one_invoice_a_request"),
        ]
        indexes = [
            models.Index(fields=["person", "issued_at"], name="invoice_of_person"),
            models.Index(fields=["company", "issued_at"], name="invoice_of_company"),
            models.Index(fields=["subject_id"], name="invoice_of_subject"),
            models.Index(fields=["state", "due_date"], name="invoice_by_state"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def claim(self) -> int:
        """What is asked for after waivers, in least units."""
        return self.amount - self.waived - self.reduced

    @property
    def held(self) -> int:
        """What has come and stayed, in least units."""
        return self.captured - self.refunded - self.charged_back

    @property
    def to_pay(self) -> int:
        """What is still to be paid, in least units."""
        return max(self.claim - self.held, 0)


class Waiver(models.Model):
    """That a fee need not be paid, or not all of it, on a coded ground; proposed by one person and decided by another."""

    LIFE: TransitionTable = WAIVER

    class Privacy:
        """Ground and sum are published; words and papers may tell of a person's health or misfortune."""

        public = ("ground", "per_cent", "amount", "currency", "state", "decided_at")
        restricted = ("id", "invoice_id", "words", "proposed_by_id", "proposed_at", "decided_by_id", "decision")

    id = opaque_key()
    invoice = models.ForeignKey(Invoice, models.PROTECT, related_name="waivers", help_text="Of which invoice.")
    ground = models.CharField(max_length=40, help_text="Code of the ground, from the fee's exemptions.")
    per_cent = models.IntegerField(help_text="Per cent of the fee.")
    amount = minor_units("What is waived.")
    currency = currency_field(blank=False)
    words = models.TextField(blank=True, help_text="What shows it.")
    state = models.CharField(max_length=12, default=WAIVER.initial, help_text="How it stands.")
    proposed_by = models.ForeignKey("kernel.Account", models.PROTECT, null=True, related_name="+")
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey("kernel.Account", models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decision = models.TextField(blank=True, help_text="Why it was decided so.")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["invoice"], condition=Q(state__in=[PROPOSED, CONFIRMED]), name="one_waiver_an_invoice"
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | Q(proposed_by=None) | ~Q(decided_by=F("proposed_by")),
                name="waiver_needs_two_people",
            ),
            models.CheckConstraint(condition=Q(per_cent__gt=0, per_cent__lte=100), name="waiver_per_cent_is_one"),
        ]

    def __str__(self) -> str:
        return f"{self.ground} {self.invoice_id}"
