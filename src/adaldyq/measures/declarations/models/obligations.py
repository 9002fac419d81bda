"""Who must file what by when, what ended of it, and whose last day was put off."""

from __future__ import annotations

from django.db import models

from adaldyq.base.ids import LENGTH
from adaldyq.kernel.fields import opaque_key

LAW_LENGTH = 500
WITHDRAWN, EXEMPTED = "withdrawn", "exempted"


class Obligation(models.Model):
    """That a person must file a form for a year, by when and why."""

    class Privacy:
        """Whether an official has filed is public; of others only those entitled see it."""

        public = ("id", "person_id", "year", "form", "reason", "due_date", "body_id", "is_public", "filed_date")
        restricted = ("group", "as_spouse", "law", "phase_since", "opens_date")

    id = opaque_key()
    person = models.ForeignKey("kernel.Person", models.CASCADE, related_name="obligations", help_text="Who must file.")
    year = models.IntegerField(help_text="Year that the declaration is about.")
    form = models.CharField(max_length=10, help_text="assets or income.")
    reason = models.CharField(max_length=30, help_text="official, spouse of an official, state employee or other.")
    due_date = models.DateField(help_text="Last day to file.")
    body = models.ForeignKey("kernel.Body", models.PROTECT, null=True, help_text="Body whose post brings the duty.")
    is_public = models.BooleanField(default=False, help_text="Whether the law makes the declaration public.")
    opens_date = models.DateField(
        null=True,
        help_text="Day on which it opens to everybody, of a person who was known as an official only afterwards and was "
        "told so; empty for all others, and once it is open.",
    )
    group = models.CharField(
        max_length=30,
        blank=True,
        help_text="Group of the law, from the pack's list; empty where a source states the duty.",
    )
    as_spouse = models.BooleanField(default=False, help_text="Whether it came by the work of the spouse.")
    law = models.CharField(max_length=LAW_LENGTH, blank=True, help_text="The law that brings the group in.")
    phase_since = models.DateField(null=True, help_text="Day on which that law began to say so.")
    filed_date = models.DateField(
        null=True,
        editable=False,
        help_text="Day of the first filing in the country's time, set by the acts; the due date when the source "
        "does not say the day; empty while nothing is filed.",
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "year", "form"], name="obligation_is_stated_once")]
        indexes = [
            models.Index(fields=["year", "body"], name="obligation_of_body"),
            # Holds all that the statistics read, so that they never touch the table. SQLite uses a boolean only as
            # the condition of an index, and reads it again from its columns; here and below.
            models.Index(
                fields=["year", "form", "body", "due_date", "filed_date", "is_public"],
                condition=models.Q(is_public=True),
                name="obligation_outcome",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.form} {self.year}"


class FormerObligation(models.Model):
    """An obligation that was stated and is no more: its ground fell away, or an act exempted the person."""

    class Privacy:
        """Only the person, the integrity officer of the body and those who keep declarations."""

        public = ()
        restricted = (
            "id",
            "person_id",
            "year",
            "form",
            "reason",
            "due_date",
            "body_id",
            "is_public",
            "group",
            "as_spouse",
            "law",
            "phase_since",
            "ended_as",
            "ended_at",
            "ground",
            "ended_by_id",
        )

    id = models.CharField(max_length=LENGTH, primary_key=True, help_text="Id that the obligation had.")
    person = models.ForeignKey("kernel.Person", models.CASCADE, related_name="+", help_text="Who had to file.")
    year = models.IntegerField(help_text="Year that the declaration would have been about.")
    form = models.CharField(max_length=10, help_text="assets or income.")
    reason = models.CharField(max_length=30, help_text="Why the person had to file.")
    due_date = models.DateField(help_text="Last day to file.")
    body = models.ForeignKey("kernel.Body", models.PROTECT, null=True, related_name="+")
    is_public = models.BooleanField(default=False)
    group = models.CharField(max_length=30, blank=True)
    as_spouse = models.BooleanField(default=False)
    law = models.CharField(max_length=LAW_LENGTH, blank=True)
    phase_since = models.DateField(null=True)
    ended_as = models.CharField(max_length=10, help_text="withdrawn or exempted.")
    ended_at = models.DateTimeField()
    ground = models.TextField(help_text="Why it ended: a code of the computing, or the law's ground of an exemption.")
    ended_by = models.ForeignKey("kernel.Account", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "year", "form"],
                condition=models.Q(ended_as=EXEMPTED),
                name="person_is_exempted_once",
            )
        ]
        indexes = [models.Index(fields=["person", "year"], name="former_obligation_of_person")]

    filed_date = None
    """What has ended was never answered."""

    def __str__(self) -> str:
        return f"{self.person_id} {self.form} {self.year} {self.ended_as}"


class ObligationExtension(models.Model):
    """That the last day to file was put off for one person, by an act with a reason."""

    class Privacy:
        """Only the person and those who keep declarations."""

        public = ()
        restricted = ("id", "obligation_id", "former_id", "due_before", "due_after", "reason", "by_id", "at")

    id = opaque_key()
    obligation = models.ForeignKey(Obligation, models.CASCADE, null=True, related_name="extensions")
    former = models.ForeignKey(
        FormerObligation,
        models.CASCADE,
        null=True,
        related_name="extensions",
        help_text="What the obligation is by now, when it ended; stated again, it takes the extension over.",
    )
    due_before = models.DateField()
    due_after = models.DateField()
    reason = models.TextField()
    by = models.ForeignKey("kernel.Account", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["obligation"], name="obligation_is_extended_once"),
            models.CheckConstraint(
                condition=models.Q(obligation__isnull=False, former__isnull=True)
                | models.Q(obligation__isnull=True, former__isnull=False),
                name="extension_is_of_one_obligation",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.obligation_id or self.former_id} to {self.due_after}"
