"""Counts of reports as everybody may read them, kept at the end of each quarter. No exact count is kept anywhere."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import models

from adaldyq.kernel.fields import opaque_key
from adaldyq.measures.reports.models.reports import SUBSTANTIATED

ALL, OFFICE, BODY, TOPIC, REGION, CHANNEL = "all", "office", "body", "topic", "region", "channel"
WAYS = (ALL, OFFICE, BODY, TOPIC, REGION, CHANNEL)
"""What reports are counted by: all together, who received them, whom they are about, what, where, how they came."""

RECEIVED, SET_ASIDE = "received", "set_aside"
"""What officers set aside as no report is counted apart and is not among those received."""
ACKNOWLEDGED, ACKNOWLEDGEMENT_DUE = "acknowledged", "acknowledgement_due"
ANSWERED, ANSWER_DUE = "answered", "answer_due"
DECIDED, REOPENED = "decided", "reopened"
LED_TO_CASE, RECOVERED, PROTECTED, REWARDED = "led_to_case", "recovered", "protected", "rewarded"

SHARES: Mapping[str, str] = {
    ACKNOWLEDGED: ACKNOWLEDGEMENT_DUE,
    ANSWERED: ANSWER_DUE,
    SUBSTANTIATED: DECIDED,
    REOPENED: RECEIVED,
    LED_TO_CASE: RECEIVED,
    RECOVERED: RECEIVED,
    PROTECTED: RECEIVED,
}
"""Counts that are told as a share, each with the count that it is a share of."""
WITHIN = (
    *((part, whole) for part, whole in SHARES.items() if whole != RECEIVED),
    (RECOVERED, LED_TO_CASE),
    *((part, RECEIVED) for part in (ACKNOWLEDGEMENT_DUE, ANSWER_DUE, DECIDED, REOPENED, LED_TO_CASE, PROTECTED)),
)
"""Which count of a line lies in which other one, the innermost first."""
COUNTS = (
    RECEIVED,
    *(name for part, whole in SHARES.items() for name in dict.fromkeys((part, whole)) if name != RECEIVED),
)
"""Names of the counts of a line, as the columns of `ReportCount`; how many were set aside is told of years only."""
MONEY = {RECOVERED: "recovered_amount", REWARDED: "rewarded_amount"}
"""Sums of money, by that by which they came."""
PUBLIC = ("year", "by", "key", *COUNTS, SET_ASIDE, *MONEY.values(), "waits")
"""Columns of a row that are published."""


class ReportEdition(models.Model):
    """An edition of the public numbers: what was known at the end of a quarter."""

    class Privacy:
        """That there is one is public, as is what it told."""

        public = ("id", "as_of_date", "counted_at")
        restricted = ()

    id = opaque_key()
    as_of_date = models.DateField(unique=True, help_text="Last day that is counted.")
    counted_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.as_of_date.isoformat()


class ReportCount(models.Model):
    """How many reports of a year have something in common, and what became of them: at least so many (`domain.telling`).

    A count of 0 may be any of those that are too few to be told.
    """

    class Privacy:
        """All of it is told."""

        public = ("id", "edition_id", *PUBLIC)
        restricted = ()

    id = opaque_key()
    edition = models.ForeignKey(ReportEdition, models.CASCADE, related_name="counts")
    year = models.IntegerField(help_text="Year in which they were received.")
    by = models.CharField(max_length=10, choices=[(one, one) for one in WAYS])
    key = models.CharField(max_length=40, blank=True, help_text="Which one; empty for all, or where none was named.")
    received = models.IntegerField()
    acknowledged = models.IntegerField(help_text="Within the term.")
    acknowledgement_due = models.IntegerField(help_text="Acknowledged, or the term to do it has passed.")
    answered = models.IntegerField(help_text="The reporter was told within the term what was done.")
    answer_due = models.IntegerField(help_text="Every term to tell the reporter has ended.")
    substantiated = models.IntegerField()
    decided = models.IntegerField()
    reopened = models.IntegerField(help_text="The reporter said that it was not resolved.")
    led_to_case = models.IntegerField(help_text="A case was opened, as the register of cases says.")
    recovered = models.IntegerField(help_text="Money came back by such a case.")
    recovered_amount = models.DecimalField(
        max_digits=18,
        decimal_places=2,
        null=True,
        help_text="How much, in the country's currency; empty where it is not told.",
    )
    rewarded_amount = models.DecimalField(
        max_digits=18,
        decimal_places=2,
        null=True,
        help_text="How much was granted as rewards; empty where it is not told.",
    )
    protected = models.IntegerField(help_text="A protection file was opened.")
    set_aside = models.IntegerField(help_text="Set aside as no report; not among those received.")
    waits = models.JSONField(
        default=list,
        help_text="Of all together: of each day of the curve how many were watched until it, and how many waited after it.",
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["edition", "by", "year", "key"], name="report_count_is_once")]

    def __str__(self) -> str:
        return f"{self.year} {self.by} {self.key}: {self.received}"
