"""Counts of reports, kept at the end of each quarter, from which all public numbers come."""

from __future__ import annotations

from django.db import models

from adaldyq.kernel.fields import opaque_key
from adaldyq.measures.reports.models.reports import OUTCOMES

ALL, OFFICE, BODY, TOPIC, REGION, CHANNEL = "all", "office", "body", "topic", "region", "channel"
WAYS = (ALL, OFFICE, BODY, TOPIC, REGION, CHANNEL)
"""What reports are counted by: all together, who received them, whom they are about, what, where, how they came."""

ACKNOWLEDGEMENT, FEEDBACK = "report_acknowledgement", "report_feedback"
RUNNING, IN_TIME, LATE = range(3)
CLASSES = {
    ACKNOWLEDGEMENT: ("acknowledgement_open", "acknowledged_in_time", "acknowledged_late"),
    FEEDBACK: ("answer_open", "answered_in_time", "answered_late"),
}
"""How a term stands, and the counts that say so, in the same order; of several terms the last one here counts."""
UNDECIDED, REOPENED, RECEIVED = "undecided", "reopened", "received"
LED_TO_CASE, RECOVERED, REWARDED, PROTECTED = "led_to_case", "recovered", "rewarded", "protected"
SET_ASIDE = "set_aside"
"""Counted apart: what officers set aside as no report is not among those received."""
SUMS = (
    RECEIVED,
    *CLASSES[ACKNOWLEDGEMENT],
    *CLASSES[FEEDBACK],
    *OUTCOMES,
    UNDECIDED,
    REOPENED,
    LED_TO_CASE,
    RECOVERED,
    REWARDED,
    PROTECTED,
    SET_ASIDE,
)
"""Names of the counts, as the columns of `ReportCount`."""
MONEY = {RECOVERED: "recovered_amount", REWARDED: "rewarded_amount"}
"""Sums of money, each beside the count of the reports by which it came."""


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
    """How many reports of a year have something in common, and what became of them."""

    class Privacy:
        """What is told of it follows from `base.disclosure`; a count of few is told to nobody."""

        public = ()
        restricted = (
            "id",
            "edition_id",
            "year",
            "by",
            "key",
            "received",
            "acknowledged_in_time",
            "acknowledged_late",
            "acknowledgement_open",
            "answered_in_time",
            "answered_late",
            "answer_open",
            "substantiated",
            "not_substantiated",
            "no_breach",
            "not_competent",
            "undecided",
            "reopened",
            "led_to_case",
            "recovered",
            "recovered_amount",
            "rewarded",
            "rewarded_amount",
            "protected",
            "set_aside",
            "waits",
        )

    id = opaque_key()
    edition = models.ForeignKey(ReportEdition, models.CASCADE, related_name="counts")
    year = models.IntegerField(help_text="Year in which they were received.")
    by = models.CharField(max_length=10, choices=[(one, one) for one in WAYS])
    key = models.CharField(max_length=40, blank=True, help_text="Which one; empty for all, or where none was named.")
    received = models.IntegerField()
    acknowledged_in_time = models.IntegerField()
    acknowledged_late = models.IntegerField(help_text="Late, or not yet although the term has passed.")
    acknowledgement_open = models.IntegerField(help_text="Not yet, and the term runs.")
    answered_in_time = models.IntegerField(help_text="The reporter was told in time what was done.")
    answered_late = models.IntegerField(help_text="Late, or not yet although the term has passed.")
    answer_open = models.IntegerField(help_text="Not yet, and the term runs or has not begun.")
    substantiated = models.IntegerField()
    not_substantiated = models.IntegerField()
    no_breach = models.IntegerField()
    not_competent = models.IntegerField()
    undecided = models.IntegerField(help_text="Still open.")
    reopened = models.IntegerField(help_text="The reporter said that it was not resolved.")
    led_to_case = models.IntegerField(default=0, help_text="A case was opened, as the register of cases says.")
    recovered = models.IntegerField(default=0, help_text="Money came back by such a case.")
    recovered_amount = models.DecimalField(
        max_digits=18, decimal_places=2, default=0, help_text="How much, in the country's currency."
    )
    rewarded = models.IntegerField(default=0, help_text="A reward was granted.")
    rewarded_amount = models.DecimalField(
        max_digits=18, decimal_places=2, default=0, help_text="How much, in the country's currency."
    )
    protected = models.IntegerField(default=0, help_text="A protection file was opened.")
    set_aside = models.IntegerField(default=0, help_text="Set aside as no report; not among those received.")
    waits = models.JSONField(
        default=list, help_text="Of all together: days until the reporter was told, how many were, how many still wait."
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["edition", "by", "year", "key"], name="report_count_is_once")]

    def __str__(self) -> str:
        return f"{self.year} {self.by} {self.key}: {self.received}"
