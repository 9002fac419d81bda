"""What people tell openly of services, and the numbers that are made of it. Nothing here leads to a sealed report."""

from __future__ import annotations

import secrets

from django.db import models

from adaldyq.base.states import TransitionTable
from adaldyq.kernel.fields import currency_field, exact_amount, money_field, opaque_key
from adaldyq.measures.street.domain.perturbation import KEYS
from adaldyq.measures.street.domain.prices import Quarters, by_steps
from adaldyq.measures.street.states import PLAIN, STREET_REPORT

PAID, REFUSED, HONEST = "paid", "refused", "honest"
HAPPENED = (PAID, REFUSED, HONEST)
"""What happened: a bribe was asked for and paid, asked for and refused, or the official was honest."""


def new_record_key() -> int:
    """A number that nobody can guess, of which the noise of the counts is made."""
    return secrets.randbelow(KEYS)


class StreetReport(models.Model):
    """What somebody told openly: counted fields, and perhaps a few words."""

    LIFE: TransitionTable = STREET_REPORT

    class Privacy:
        """Whoever told it chose that it be public. Single rows are seen by nobody, words only once a moderator has read them."""

        public = ()
        restricted = (
            "id",
            "page",
            "happened",
            "service",
            "body_kind",
            "territory_id",
            "month",
            "amount",
            "currency",
            "words",
            "state",
            "ground",
            "received_date",
            "worked",
            "record_key",
        )

    id = opaque_key()
    page = models.CharField(
        max_length=12, unique=True, help_text="The form it was told on, so that sent twice it is one."
    )
    happened = models.CharField(max_length=10, choices=[(one, one) for one in HAPPENED])
    service = models.CharField(max_length=40, help_text="A code of the pack's list.")
    body_kind = models.CharField(max_length=40, blank=True, help_text="Kind of body, from the pack's list.")
    territory = models.ForeignKey("kernel.Territory", models.PROTECT, related_name="+", help_text="Where it was.")
    month = models.DateField(help_text="First day of the month in which it was.")
    amount = money_field("Sum that was asked for or paid.")
    currency = currency_field()
    words = models.TextField(blank=True, help_text="As typed until a moderator has read them, then as they are shown.")
    state = models.CharField(max_length=20, default=PLAIN)
    ground = models.CharField(max_length=20, blank=True, help_text="Why words are not shown, or nothing is counted.")
    received_date = models.DateField(help_text="Day on which it came; no time is kept.")
    worked = models.BooleanField(
        default=False, help_text="Whether its browser did the calculation of its page before it was sent."
    )
    record_key = models.BigIntegerField(default=new_record_key, help_text="Random; the noise of counts is made of it.")

    class Meta:
        constraints = [
            exact_amount("amount", "street_report"),
            models.CheckConstraint(
                condition=models.Q(amount__isnull=True) | models.Q(amount__gt=0), name="street_sum_is_positive"
            ),
        ]
        indexes = [
            models.Index(fields=["month", "service"], name="street_report_counted"),
            models.Index(fields=["state", "received_date"], name="street_report_queue"),
            models.Index(fields=["received_date", "service"], name="street_report_of_day"),
        ]

    def __str__(self) -> str:
        return self.pk


class StreetEdition(models.Model):
    """An edition of the public numbers: what was known at the end of a month."""

    class Privacy:
        """That there is one is public, as is what it tells."""

        public = ("id", "as_of_date", "counted_at")
        restricted = ()

    id = opaque_key()
    as_of_date = models.DateField(unique=True, help_text="Last day on which what was told is counted.")
    counted_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.as_of_date.isoformat()


class StreetCell(models.Model):
    """How people were met at a service in a region in a year: counts with noise, and quarters of the sums asked for.

    What an edition does not tell has no row.
    """

    class Privacy:
        """Everything is public; what may not be told is not kept here."""

        public = (
            "id",
            "edition_id",
            "year",
            "service",
            "region_id",
            "body_kind",
            "paid",
            "refused",
            "honest",
            "priced",
            "price_low",
            "price_median",
            "price_high",
            "currency",
        )
        restricted = ()

    id = opaque_key()
    edition = models.ForeignKey(
        StreetEdition, models.CASCADE, related_name="cells", help_text="Which edition tells it."
    )
    year = models.IntegerField(help_text="Year in which it happened.")
    service = models.CharField(max_length=40, blank=True, help_text="Code of the service; empty for all together.")
    region = models.ForeignKey(
        "kernel.Territory", models.PROTECT, null=True, related_name="+", help_text="The region; empty for all together."
    )
    body_kind = models.CharField(
        max_length=40, blank=True, help_text="Kind of body, of all services and regions; empty for all together."
    )
    paid = models.IntegerField(help_text="A bribe was asked for and paid, with noise.")
    refused = models.IntegerField(help_text="A bribe was asked for and refused, with noise.")
    honest = models.IntegerField(help_text="The official was honest, with noise.")
    priced = models.IntegerField(help_text="How many of them named a sum, with noise; 0 where that is not told.")
    price_low = money_field("Three quarters of the sums named are so much or more; a step of 1, 2, 5, 10 and so on.")
    price_median = money_field("Half of the sums named are so much or more; such a step.")
    price_high = money_field("Three quarters of the sums named are less; such a step.")
    currency = currency_field()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "year", "service", "region", "body_kind"],
                name="street_cell_is_told_once",
                nulls_distinct=False,
            ),
            *(exact_amount(name, "street_cell") for name in ("price_low", "price_median", "price_high")),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.service} {self.region_id}"

    @property
    def prices(self) -> Quarters | None:
        """Where the sums lie, by steps, also in an edition of before they were kept so; nothing where too few named one."""
        if self.price_low is None or self.price_median is None or self.price_high is None:
            return None
        return by_steps(self.price_low, self.price_median, self.price_high)
