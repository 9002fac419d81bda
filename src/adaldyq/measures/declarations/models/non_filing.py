"""What follows when nobody filed: notice, offence, fine, appeal, and the invoice of the fine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from adaldyq.base.states import TransitionTable
from adaldyq.kernel.fields import currency_field, exact_amount, money_field, opaque_key
from adaldyq.measures.declarations.states import NON_FILING, WAITING

if TYPE_CHECKING:
    from adaldyq.measures.declarations.models.obligations import FormerObligation, Obligation


class NonFiling(models.Model):
    """That a person did not file by the last day, and what came of it."""

    LIFE: TransitionTable = NON_FILING

    class Privacy:
        """Only the person and those who decide about it."""

        public = ()
        restricted = (
            "id",
            "obligation_id",
            "former_id",
            "person_id",
            "state",
            "noticed_at",
            "decision_due_date",
            "finding",
            "established_by_id",
            "established_at",
            "fine_amount",
            "fine_currency",
            "fine_law",
            "fine_ground",
            "fined_by_id",
            "fined_at",
            "drop_ground",
            "dropped_by_id",
            "dropped_at",
            "appeal_due_date",
            "appeal_text",
            "appealed_at",
            "appeal_answer_due_date",
            "appeal_ground",
            "appeal_decided_by_id",
            "appeal_decided_at",
            "back_ground",
            "back_asked_by_id",
            "back_asked_at",
            "back_refusal",
            "back_refused_by_id",
            "back_refused_at",
            "taken_back_by_id",
            "taken_back_at",
        )

    id = opaque_key()
    obligation = models.OneToOneField("declarations.Obligation", models.CASCADE, null=True, related_name="non_filing")
    former = models.OneToOneField(
        "declarations.FormerObligation",
        models.CASCADE,
        null=True,
        related_name="non_filing",
        help_text="What the obligation is by now, when it ended afterwards.",
    )
    person = models.ForeignKey("kernel.Person", models.CASCADE, related_name="+")
    state = models.CharField(max_length=12, default=NON_FILING.initial)
    noticed_at = models.DateTimeField(help_text="When the clock gave notice.")
    decision_due_date = models.DateField(help_text="Last day for the officer's decision.")
    finding = models.TextField(blank=True, help_text="What shows that it was an offence.")
    established_by = models.ForeignKey("kernel.Account", models.PROTECT, null=True, related_name="+")
    established_at = models.DateTimeField(null=True)
    fine_amount = money_field("The fine, in the units of the pack's index on the day of the decision.")
    fine_currency = currency_field()
    fine_law = models.CharField(max_length=500, blank=True, help_text="Where the pack takes the fine from.")
    fine_ground = models.TextField(blank=True, help_text="What the officer who fined added to it.")
    fined_by = models.ForeignKey("kernel.Account", models.PROTECT, null=True, related_name="+")
    fined_at = models.DateTimeField(null=True)
    drop_ground = models.TextField(blank=True, help_text="Why nothing follows.")
    dropped_by = models.ForeignKey("kernel.Account", models.PROTECT, null=True, related_name="+")
    dropped_at = models.DateTimeField(null=True)
    appeal_due_date = models.DateField(null=True, help_text="Last day to appeal.")
    appeal_text = models.TextField(blank=True)
    appealed_at = models.DateTimeField(null=True)
    appeal_answer_due_date = models.DateField(null=True, help_text="Last day to decide the appeal.")
    appeal_ground = models.TextField(blank=True, help_text="Why the fine stands or falls.")
    appeal_decided_by = models.ForeignKey("kernel.Account", models.PROTECT, null=True, related_name="+")
    appeal_decided_at = models.DateTimeField(null=True)
    back_ground = models.TextField(
        blank=True, help_text="Why the authority takes the fine back, or nothing follows of itself: words, or a code."
    )
    back_asked_by = models.ForeignKey("kernel.Account", models.PROTECT, null=True, related_name="+")
    back_asked_at = models.DateTimeField(null=True, help_text="When an officer proposed to take the fine back.")
    back_refusal = models.TextField(blank=True, help_text="Why another officer refused what was proposed last.")
    back_refused_by = models.ForeignKey("kernel.Account", models.PROTECT, null=True, related_name="+")
    back_refused_at = models.DateTimeField(null=True, help_text="When what was proposed last was refused.")
    taken_back_by = models.ForeignKey("kernel.Account", models.PROTECT, null=True, related_name="+")
    taken_back_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            exact_amount("fine_amount", "non_filing"),
            models.CheckConstraint(
                condition=models.Q(obligation__isnull=False, former__isnull=True)
                | models.Q(obligation__isnull=True, former__isnull=False),
                name="non_filing_is_of_one_obligation",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "decision_due_date"], name="non_filing_queue"),
            models.Index(fields=["person"], name="non_filing_of_person"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.state}"

    @property
    def owed(self) -> Obligation | FormerObligation:
        """The obligation that was not met, whether it stands or has ended."""
        found = self.obligation or self.former
        if found is None:
            raise ValueError("a constraint keeps one of the two")
        return found

    @property
    def is_back_asked(self) -> bool:
        """Whether an officer has proposed to take the fine back, and nobody has refused it."""
        return self.back_asked_by_id is not None and self.back_refused_at is None


class FineInvoice(models.Model):
    """The invoice of a fine: asked for through the port of payments, and what was answered."""

    class Privacy:
        """Only the person and those who keep declarations."""

        public = ()
        restricted = (
            "id",
            "non_filing_id",
            "payer_id",
            "amount",
            "currency",
            "issued_at",
            "due_date",
            "state",
            "number",
            "cancelled_at",
            "paid_at",
            "payment",
        )

    id = opaque_key()
    non_filing = models.OneToOneField(NonFiling, models.CASCADE, related_name="invoice")
    payer = models.ForeignKey("kernel.Person", models.CASCADE, related_name="+")
    amount = money_field("What is to be paid.", null=False)
    currency = currency_field(blank=False)
    issued_at = models.DateTimeField()
    due_date = models.DateField(help_text="Last day to pay.")
    state = models.CharField(
        max_length=10, default=WAITING, help_text="waiting for a measure of payments, issued by it, cancelled or paid."
    )
    number = models.CharField(max_length=60, blank=True, help_text="Number of the invoice where it is paid.")
    cancelled_at = models.DateTimeField(null=True)
    paid_at = models.DateTimeField(null=True, help_text="When it was noted that it was paid.")
    payment = models.TextField(blank=True, help_text="What shows that it was paid, such as the number of the payment.")

    class Meta:
        constraints = [exact_amount("amount", "fine_invoice")]
        indexes = [models.Index(fields=["state", "issued_at"], name="fine_invoice_waiting")]

    def __str__(self) -> str:
        return f"{self.amount} {self.currency}"
