"""Declarations on paper: what was taken in at a counter, and what two people keyed in of it."""

from __future__ import annotations

from django.db import models

from adaldyq.base.states import TransitionTable
from adaldyq.kernel.fields import opaque_key
from adaldyq.measures.declarations.states import IN_HAND, PAPER_LIFE

FIRST, SECOND, AGREED = 1, 2, 3


class ReceivedPaper(models.Model):
    """A declaration that somebody brought on paper, until it is filed or given back."""

    LIFE: TransitionTable = PAPER_LIFE

    class Privacy:
        """Only the person and those who keep declarations."""

        public = ()
        restricted = (
            "id",
            "number",
            "person_id",
            "form",
            "year",
            "is_amendment",
            "sheets",
            "received_at",
            "received_date",
            "body_id",
            "state",
            "registered_by_id",
            "registered_at",
            "ground",
            "closed_at",
            "declaration_id",
        )

    id = opaque_key()
    number = models.CharField(max_length=30, unique=True, help_text="Number of the paper, which stands on its receipt.")
    person = models.ForeignKey("kernel.Person", models.CASCADE, related_name="+", help_text="Whose declaration it is.")
    form = models.CharField(max_length=10, help_text="assets or income.")
    year = models.IntegerField(help_text="Year that it is about.")
    is_amendment = models.BooleanField(default=False, help_text="Whether it amends a declaration that was filed.")
    sheets = models.IntegerField(help_text="How many sheets it has.")
    received_at = models.DateTimeField(help_text="Instant that counts as its filing.")
    received_date = models.DateField(help_text="Day on which it was received, by the country's own clock.")
    body = models.ForeignKey("kernel.Body", models.PROTECT, null=True, help_text="Body the declarant works in.")
    state = models.CharField(max_length=10, default=PAPER_LIFE.initial, help_text="State of its life.")
    registered_by = models.ForeignKey("kernel.Account", models.PROTECT, related_name="+", help_text="Who took it in.")
    registered_at = models.DateTimeField(help_text="When it was registered.")
    ground = models.TextField(blank=True, help_text="Why it was given back.")
    closed_at = models.DateTimeField(null=True, help_text="When it was filed or given back.")
    declaration = models.OneToOneField(
        "declarations.Declaration", models.SET_NULL, null=True, related_name="paper", help_text="What it became."
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "form", "year"], condition=models.Q(state__in=IN_HAND), name="paper_is_in_hand_once"
            )
        ]
        indexes = [models.Index(fields=["state", "received_date"], name="paper_queue")]

    def __str__(self) -> str:
        return self.number


class Keying(models.Model):
    """What one person keyed in of a paper; the third is what was agreed where the two differed."""

    class Privacy:
        """Only whoever keys it in; the others see it where the two differ."""

        public = ()
        restricted = ("id", "paper_id", "place", "by_id", "begun_at", "finished_at")

    id = opaque_key()
    paper = models.ForeignKey(ReceivedPaper, models.CASCADE, related_name="keyings")
    place = models.IntegerField(help_text="1 or 2; 3 for what was agreed.")
    by = models.ForeignKey("kernel.Account", models.PROTECT, related_name="+", help_text="Who keys it in.")
    begun_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, help_text="When it was said to be whole; empty before.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["paper", "place"], name="keying_is_once"),
            models.UniqueConstraint(
                fields=["paper", "by"], condition=models.Q(place__in=(FIRST, SECOND)), name="keyings_are_of_two_people"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.paper_id} {self.place}"


class KeyedSection(models.Model):
    """The entries of one section as they were keyed in, right or wrong."""

    class Privacy:
        """As the keying."""

        public = ()
        restricted = ("id", "keying_id", "section", "rows", "revision", "saved_at")

    id = opaque_key()
    keying = models.ForeignKey(Keying, models.CASCADE, related_name="sections")
    section = models.CharField(max_length=30, help_text="Name of the section.")
    rows = models.JSONField(default=list, help_text="Of each entry of the paper, text by box.")
    revision = models.IntegerField(default=1, help_text="One more each time it is written; tells two tabs apart.")
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["keying", "section"], name="keyed_section_is_once")]

    def __str__(self) -> str:
        return f"{self.keying_id} {self.section}"
