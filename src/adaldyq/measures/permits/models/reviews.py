"""The review of the catalogue: a round with its last day, and what is said and decided of each entry in it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from adaldyq.base.states import TransitionTable
from adaldyq.kernel.fields import currency_field, exact_amount, money_field, number_field, opaque_key
from adaldyq.measures.permits.models.entries import PermitEntry, PermitVersion
from adaldyq.measures.permits.states import AWAITED, OPEN, PERMIT_REVIEW


class PermitRound(models.Model):
    """A round of the review: by which act it was ordered, and until when bodies justify their permits."""

    class Privacy:
        """Everything is public."""

        public = ("id", "opened_date", "justify_until", "act_title", "act_number", "act_date", "opened_at")
        restricted = ()

    id = opaque_key()
    opened_date = models.DateField(help_text="Day on which it was opened.")
    justify_until = models.DateField(help_text="Last day on which a body may justify a permit.")
    act_title = models.CharField(max_length=300, help_text="Act that orders it.")
    act_number = models.CharField(max_length=100, help_text="Number of the act.")
    act_date = models.DateField(help_text="Day of the act.")
    opened_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.act_number} {self.opened_date}"


class PermitReview(models.Model):
    """One entry in a round: why its body needs it, whether it is lawful and needed, what it costs, what was decided."""

    LIFE: TransitionTable = PERMIT_REVIEW

    class Privacy:
        """What was said and decided is public; which account did it, the ledger and auditors know."""

        public = (
            "id",
            "round_id",
            "entry_id",
            "version_id",
            "state",
            "justification",
            "justified_at",
            "lawful",
            "legality",
            "needed",
            "necessity",
            "hours",
            "costs",
            "applications",
            "days",
            "burden",
            "burden_amount",
            "burden_days",
            "currency",
            "outcome",
            "act_title",
            "act_number",
            "act_date",
            "reasons",
            "effective_date",
            "decided_at",
            "saved_amount",
            "saved_days",
        )
        restricted = ("justified_by_id", "decided_by_id")

    id = opaque_key()
    round = models.ForeignKey(PermitRound, models.PROTECT, related_name="reviews", help_text="Of which round.")
    entry = models.ForeignKey(PermitEntry, models.PROTECT, related_name="reviews", help_text="Which entry.")
    version = models.ForeignKey(PermitVersion, models.PROTECT, related_name="+", help_text="What the entry said then.")
    state = models.CharField(max_length=20, default=AWAITED, help_text="How far it is.")
    justification = models.TextField(blank=True, help_text="Why the body says that it is needed.")
    justified_by = models.ForeignKey("kernel.Account", models.PROTECT, null=True, related_name="+")
    justified_at = models.DateTimeField(null=True)
    lawful = models.BooleanField(null=True, help_text="Whether a law asks for it as it stands.")
    legality = models.TextField(blank=True, help_text="Why.")
    needed = models.BooleanField(null=True, help_text="Whether nothing lighter protects as well.")
    necessity = models.TextField(blank=True, help_text="Why.")
    hours = number_field("Hours of one application, as found.")
    costs = money_field("What else is paid for one application, as found.")
    applications = models.IntegerField(null=True, help_text="Applications in a year, as found.")
    days = models.IntegerField(null=True, help_text="Working days in which it is decided, as found.")
    burden = models.TextField(blank=True, help_text="How it was counted.")
    burden_amount = money_field("What it costs all who need it in a year.")
    burden_days = models.IntegerField(null=True, help_text="Working days that they wait in a year.")
    currency = currency_field()
    outcome = models.CharField(max_length=20, blank=True, help_text="What was decided.")
    act_title = models.CharField(max_length=300, blank=True, help_text="Act that decides it.")
    act_number = models.CharField(max_length=100, blank=True, help_text="Number of the act.")
    act_date = models.DateField(null=True, help_text="Day of the act.")
    reasons = models.TextField(blank=True, help_text="Why it was decided so.")
    effective_date = models.DateField(null=True, help_text="Day from which the decision holds.")
    decided_by = models.ForeignKey("kernel.Account", models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    saved_amount = money_field("What the decision saves in a year; empty when nobody counted.")
    saved_days = models.IntegerField(null=True, help_text="Working days of waiting it saves in a year.")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["entry"], condition=Q(state__in=OPEN), name="permit_is_in_one_open_review_at_a_time"
            ),
            models.UniqueConstraint(fields=["round", "entry"], name="permit_is_reviewed_once_in_a_round"),
            *(exact_amount(one, "permit_review") for one in ("costs", "burden_amount", "saved_amount")),
        ]
        indexes = [models.Index(fields=["round", "state"], name="permit_review_of_round")]

    def __str__(self) -> str:
        return f"{self.entry_id} in {self.round_id}"
