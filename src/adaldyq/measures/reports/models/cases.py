"""Cases that were asked for because of reports, and money that came back by them."""

from __future__ import annotations

from django.db import models

from adaldyq.base.states import TransitionTable
from adaldyq.kernel.fields import currency_field, exact_amount, money_field, opaque_key
from adaldyq.measures.reports.states import CASE_REQUEST


class CaseRequest(models.Model):
    """A case that an office asks for because of one or several reports; it waits here until the register of cases answers."""

    LIFE: TransitionTable = CASE_REQUEST

    class Privacy:
        """Seen by officers who see the reports; the register of cases is told what stands in the open, never what was reported."""

        public = ()
        restricted = ("id", "unit_id", "state", "asked_by_id", "asked_date", "case", "opened_date", "ended_date")

    id = opaque_key()
    unit = models.ForeignKey("reports.ReceivingUnit", models.PROTECT, related_name="+", help_text="Whose office asked.")
    state = models.CharField(max_length=10, default=CASE_REQUEST.initial)
    asked_by = models.ForeignKey("kernel.Account", models.PROTECT, related_name="+", help_text="Officer who asked.")
    asked_date = models.DateField()
    case = models.CharField(max_length=60, blank=True, help_text="Number of the case in the register of cases.")
    opened_date = models.DateField(null=True)
    ended_date = models.DateField(null=True, help_text="Since when a judgment or decision is in force.")

    class Meta:
        indexes = [models.Index(fields=["state", "asked_date"], name="case_request_waiting")]

    def __str__(self) -> str:
        return self.pk


class CaseReport(models.Model):
    """A report for which a case was asked; one asks for a case at a time."""

    class Privacy:
        """As the request."""

        public = ()
        restricted = ("id", "request_id", "report_id")

    id = opaque_key()
    request = models.ForeignKey(CaseRequest, models.CASCADE, related_name="linked")
    report = models.OneToOneField("reports.Report", models.CASCADE, related_name="+")

    def __str__(self) -> str:
        return f"{self.request_id} {self.report_id}"


class MoneyBack(models.Model):
    """Money that came back by a case, as the register of cases says; told once."""

    class Privacy:
        """Sums of many are public; which came by which report, nobody outside is told."""

        public = ()
        restricted = ("id", "request_id", "reference", "amount", "currency", "received_date")

    id = opaque_key()
    request = models.ForeignKey(CaseRequest, models.CASCADE, related_name="money")
    reference = models.CharField(max_length=60, unique=True, help_text="What the register calls the payment.")
    amount = money_field("What came back.", null=False)
    currency = currency_field(blank=False)
    received_date = models.DateField()

    class Meta:
        constraints = [exact_amount("amount", "money_back")]

    def __str__(self) -> str:
        return f"{self.amount} {self.currency}"
