"""The catalogue of permits: entries, what each says from a day to a day, and what happened to it."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from adaldyq.base.states import TransitionTable
from adaldyq.kernel.fields import (
    currency_field,
    exact_amount,
    money_field,
    number_field,
    once_at_a_time,
    opaque_key,
    period_in_order,
)
from adaldyq.measures.permits.states import ENDED, INTRODUCED, PERMIT_ENTRY

ACTIVITY, LIFE_EVENT = "activity", "life_event"
HAPPENED = (
    "introduced",
    "amended",
    "reviewed",
    "kept",
    "simplified",
    "notification",
    "abolished",
    "excluded",
    "lapsed",
)
"""What happens to an entry; the last three end it."""


class PermitEntry(models.Model):
    """An entry of the catalogue: something that a business needs before it begins."""

    LIFE: TransitionTable = PERMIT_ENTRY

    class Privacy:
        """Everything is public: whoever needs a permit finds why and how long."""

        public = (
            "id",
            "number",
            "state",
            "kind",
            "body_id",
            "sector",
            "names",
            "words",
            "introduced_date",
            "ended_date",
        )
        restricted = ()

    id = opaque_key()
    number = models.CharField(max_length=12, unique=True, help_text="Number in the catalogue.")
    state = models.CharField(max_length=20, default=INTRODUCED, help_text="Where its life stands.")
    kind = models.CharField(max_length=20, help_text="licence, permit or notification, as it is now.")
    body = models.ForeignKey("kernel.Body", models.PROTECT, related_name="+", help_text="The body that issues it now.")
    sector = models.CharField(max_length=40, help_text="Sector, from the pack's list.")
    names = models.JSONField(default=dict, help_text="What it is called now, by language.")
    words = models.TextField(blank=True, help_text="Forms of its words, for the search.")
    introduced_date = models.DateField(help_text="First day on which it is needed.")
    ended_date = models.DateField(null=True, blank=True, help_text="First day on which it is needed no longer.")

    class Meta:
        verbose_name_plural = "entries of the catalogue"
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_date__isnull=True) | Q(ended_date__gte=F("introduced_date")),
                name="permit_entry_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(state__in=ENDED, ended_date__isnull=False)
                | (~Q(state__in=ENDED) & Q(ended_date__isnull=True)),
                name="permit_entry_has_an_end_when_it_ended",
            ),
        ]
        indexes = [models.Index(fields=["state", "sector"], name="permit_entry_by_sector")]

    def __str__(self) -> str:
        return self.number


class PermitVersion(models.Model):
    """What an entry says from a day to a day. An application stays with the version of its day."""

    class Privacy:
        """Everything is public."""

        public = (
            "id",
            "entry_id",
            "version",
            "valid_from",
            "valid_to",
            "kind",
            "body_id",
            "sector",
            "names",
            "law",
            "law_number",
            "law_date",
            "law_article",
            "subtypes",
            "requirements",
            "documents",
            "fee",
            "days",
            "validity_months",
            "renewal_days",
            "silence_is_consent",
            "risk",
            "activities",
            "life_events",
            "hours",
            "costs",
            "currency",
            "applications",
        )
        restricted = ()

    id = opaque_key()
    entry = models.ForeignKey(PermitEntry, models.CASCADE, related_name="versions", help_text="Of which entry.")
    version = models.IntegerField(help_text="Which one it is, from 1.")
    valid_from = models.DateField(help_text="First day on which it holds.")
    valid_to = models.DateField(null=True, blank=True, help_text="Last day; empty while it holds.")
    kind = models.CharField(max_length=20, help_text="licence, permit or notification.")
    body = models.ForeignKey("kernel.Body", models.PROTECT, related_name="+", help_text="The issuing body.")
    sector = models.CharField(max_length=40, help_text="Sector, from the pack's list.")
    names = models.JSONField(default=dict, help_text="Activity, by language.")
    law = models.JSONField(default=dict, help_text="Name of the act that brings it in, by language.")
    law_number = models.CharField(max_length=100, help_text="Number of that act.")
    law_date = models.DateField(help_text="Day of that act.")
    law_article = models.JSONField(default=dict, help_text="Where in the act, by language.")
    subtypes = models.JSONField(default=list, help_text="Kinds of the activity, each by language.")
    requirements = models.JSONField(default=list, help_text="What is required, each by language.")
    documents = models.JSONField(default=list, help_text="Documents, each by language, and the register that holds it.")
    fee = number_field("Fee, in the unit of fees of the country.", null=False)
    days = models.IntegerField(help_text="Working days in which the body decides.")
    validity_months = models.IntegerField(null=True, blank=True, help_text="Months for which it holds; empty: no end.")
    renewal_days = models.IntegerField(null=True, blank=True, help_text="Working days before the end for a renewal.")
    silence_is_consent = models.BooleanField(help_text="Whether it counts as given when the body is silent.")
    risk = models.CharField(max_length=10, help_text="high, medium or low.")
    activities = models.JSONField(default=list, help_text="Codes of activities.")
    life_events = models.JSONField(default=list, help_text="Codes of life events.")
    hours = number_field("Hours that one application takes; empty when nobody counted.")
    costs = money_field("What else is paid for one application.")
    currency = currency_field()
    applications = models.IntegerField(null=True, blank=True, help_text="Applications in a year.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry", "version"], name="permit_version_is_numbered_once"),
            once_at_a_time("permit_entry_says_one_thing", "entry"),
            period_in_order("permit_version"),
            exact_amount("costs", "permit_version"),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.version}"


class PermitTag(models.Model):
    """An activity or a life event by which an entry is found now."""

    class Privacy:
        """Everything is public."""

        public = ("id", "entry_id", "kind", "code")
        restricted = ()

    id = opaque_key()
    entry = models.ForeignKey(PermitEntry, models.CASCADE, related_name="tags", help_text="Which entry.")
    kind = models.CharField(
        max_length=12, choices=[(one, one) for one in (ACTIVITY, LIFE_EVENT)], help_text="Which of them."
    )
    code = models.CharField(max_length=40, help_text="Code of an activity or a life event.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "kind", "code"], name="permit_tag_is_given_once")]
        indexes = [models.Index(fields=["kind", "code"], name="permit_tag_found")]

    def __str__(self) -> str:
        return f"{self.kind} {self.code}"


class PermitEvent(models.Model):
    """What happened to an entry on a day, by which act, and what it saves those who needed it."""

    class Privacy:
        """Everything is public."""

        public = (
            "id",
            "entry_id",
            "happened",
            "day",
            "kind",
            "act_title",
            "act_number",
            "act_date",
            "reasons",
            "saved_amount",
            "saved_days",
            "currency",
        )
        restricted = ()

    id = opaque_key()
    entry = models.ForeignKey(PermitEntry, models.CASCADE, related_name="events", help_text="Of which entry.")
    happened = models.CharField(max_length=20, choices=[(one, one) for one in HAPPENED], help_text="What happened.")
    day = models.DateField(help_text="Day from which it holds.")
    kind = models.CharField(max_length=20, help_text="What the entry was from that day on, or at its end.")
    act_title = models.CharField(max_length=300, blank=True, help_text="Act by which it happened.")
    act_number = models.CharField(max_length=100, blank=True, help_text="Number of the act.")
    act_date = models.DateField(null=True, blank=True, help_text="Day of the act.")
    reasons = models.TextField(blank=True, help_text="Why.")
    saved_amount = money_field("What it saves a year, by the standard cost model; empty when nobody counted.")
    saved_days = models.IntegerField(null=True, blank=True, help_text="Working days of waiting it saves a year.")
    currency = currency_field()

    class Meta:
        constraints = [exact_amount("saved_amount", "permit_event")]
        indexes = [models.Index(fields=["day", "happened"], name="permit_event_counted")]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.happened} {self.day}"
