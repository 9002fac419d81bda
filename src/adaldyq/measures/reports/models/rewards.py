"""Rewards that the law gives whoever reported, paid against a code, so that nobody learns who it is."""

from __future__ import annotations

from django.db import models

from adaldyq.base.states import TransitionTable
from adaldyq.kernel.fields import currency_field, exact_amount, money_field, opaque_key
from adaldyq.measures.reports.states import REWARD

LONGEST_GROUND = 300


class Reward(models.Model):
    """The reward for a report: proposed by an officer, decided by a custodian, paid to whoever tells its code."""

    LIFE: TransitionTable = REWARD

    class Privacy:
        """Seen by the officer of the report and the custodians; whoever pays learns amount and hash of the code only."""

        public = ()
        restricted = (
            "id",
            "report_id",
            "request_id",
            "state",
            "offence",
            "refusal",
            "ground",
            "back",
            "shared_by",
            "amount",
            "currency",
            "law",
            "proposed_by_id",
            "proposed_date",
            "decided_by_id",
            "decided_date",
            "code_sha256",
            "claim_until",
            "paid_date",
        )

    id = opaque_key()
    report = models.OneToOneField("reports.Report", models.CASCADE, related_name="+")
    request = models.ForeignKey("reports.CaseRequest", models.PROTECT, related_name="+", help_text="By which case.")
    state = models.CharField(max_length=10, default=REWARD.initial)
    offence = models.CharField(max_length=40, help_text="Class of the offence: a code of the pack's list.")
    refusal = models.CharField(
        max_length=40, blank=True, help_text="Why none is given: a code of the pack's list; empty when one is."
    )
    ground = models.CharField(max_length=LONGEST_GROUND, blank=True, help_text="On what the proposal rests.")
    back = money_field("Money that had come back by the case.", null=False)
    shared_by = models.IntegerField(help_text="Reports that led to the case.")
    amount = money_field("The reward.", null=False)
    currency = currency_field(blank=False)
    law = models.TextField(help_text="The rule by which it was worked out.")
    proposed_by = models.ForeignKey("kernel.Account", models.PROTECT, related_name="+")
    proposed_date = models.DateField()
    decided_by = models.ForeignKey("kernel.Account", models.PROTECT, null=True, related_name="+")
    decided_date = models.DateField(null=True)
    code_sha256 = models.CharField(
        max_length=64, blank=True, help_text="SHA-256 of the code; the code itself is sealed."
    )
    claim_until = models.DateField(null=True, help_text="Last day on which it is paid to whoever tells the code.")
    paid_date = models.DateField(null=True)

    class Meta:
        constraints = [exact_amount("amount", "reward"), exact_amount("back", "reward")]
        indexes = [models.Index(fields=["state", "decided_date"], name="reward_to_pay")]

    def __str__(self) -> str:
        return f"{self.amount} {self.currency}"
