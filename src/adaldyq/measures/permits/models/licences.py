"""Licences: who holds what, under which conditions, until when, and what happened to each."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from adaldyq.base.states import TransitionTable
from adaldyq.kernel.fields import opaque_key
from adaldyq.kernel.search_sql import Indexed
from adaldyq.measures.permits.models.applications import PermitApplication
from adaldyq.measures.permits.models.entries import PermitEntry, PermitVersion
from adaldyq.measures.permits.states import PERMIT_LICENCE, STANDING, VALID

INDEXED = Indexed("permits_permitlicence", ("words",), key="serial", marks=("state", "body_id", "entry_id"))
"""The full-text index over licences, which a migration makes and the databases keep up."""


class PermitLicence(models.Model):
    """A licence, permit or noted notification that somebody holds.

    A later migration that makes this table anew on SQLite (any change of a column) must make the triggers of its full-text
    index anew, too.
    """

    LIFE: TransitionTable = PERMIT_LICENCE

    class Privacy:
        """The register is public; who a person is, only their name there says."""

        public = (
            "id", "number", "serial", "entry_id", "version_id", "body_id", "kind", "company_id", "holder_name",
            "holder_identifier", "subtypes", "conditions", "state", "issued_date", "valid_from", "valid_until",
            "deemed", "successor_id", "address", "words",
        )  # fmt: skip
        restricted = ("application_id", "person_id", "issued_at")

    id = opaque_key()
    number = models.CharField(max_length=24, unique=True, help_text="Number of the licence.")
    serial = models.BigIntegerField(unique=True, help_text="Number by which its token and the list of states name it.")
    application = models.OneToOneField(
        PermitApplication, models.PROTECT, null=True, related_name="licence", help_text="By which application."
    )
    entry = models.ForeignKey(PermitEntry, models.PROTECT, related_name="licences", help_text="For what.")
    version = models.ForeignKey(PermitVersion, models.PROTECT, related_name="+", help_text="What the entry said then.")
    body = models.ForeignKey("kernel.Body", models.PROTECT, related_name="+", help_text="The body that issued it.")
    kind = models.CharField(max_length=20, help_text="licence, permit or notification.")
    person = models.ForeignKey("kernel.Person", models.PROTECT, null=True, related_name="+", help_text="Holder.")
    company = models.ForeignKey("kernel.Company", models.PROTECT, null=True, related_name="+", help_text="Holder.")
    holder_name = models.CharField(max_length=300, help_text="Name of the holder.")
    holder_identifier = models.CharField(
        max_length=20, blank=True, help_text="Registration number of a company that holds it; empty for a person."
    )
    address = models.CharField(max_length=300, blank=True, help_text="Where the activity is carried on.")
    subtypes = models.JSONField(default=list, help_text="Kinds of the activity, each by language.")
    conditions = models.JSONField(default=list, help_text="Conditions that the holder keeps, as sentences.")
    state = models.CharField(max_length=20, default=VALID, help_text="valid, suspended, renewed, transferred, …")
    issued_at = models.DateTimeField(help_text="When it was issued.")
    issued_date = models.DateField(help_text="Day on which it was issued.")
    valid_from = models.DateField(help_text="First day.")
    valid_until = models.DateField(null=True, help_text="Last day; empty without end.")
    deemed = models.BooleanField(default=False, help_text="Whether it was granted by the body's silence.")
    successor = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="predecessors", help_text="What took its place."
    )
    words = models.TextField(blank=True, help_text="Forms of its words, for the search.")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False) ^ Q(company__isnull=False), name="permit_licence_has_one_holder"
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="permit_licence_ends_after_it_begins",
            ),
        ]
        indexes = [
            models.Index(fields=["entry", "state", "number"], name="permit_licence_of_entry"),
            models.Index(fields=["entry", "number"], name="permit_licence_by_entry"),
            models.Index(fields=["body", "number"], name="permit_licence_of_body"),
            models.Index(fields=["state", "number"], name="permit_licence_by_state"),
            models.Index(fields=["holder_name"], name="permit_licence_by_holder"),
            models.Index(fields=["holder_identifier"], name="permit_licence_of_holder"),
            models.Index(fields=["issued_date", "entry"], name="permit_licence_issued"),
            models.Index(fields=["valid_until"], name="permit_licence_to_expire", condition=Q(state__in=STANDING)),
            models.Index(fields=["valid_until"], name="permit_licence_by_end"),
        ]

    def __str__(self) -> str:
        return self.number


class PermitLicenceEvent(models.Model):
    """Something that happened to a licence."""

    class Privacy:
        """Public, but for the account, and to whom it may go before it has gone."""

        public = ("id", "licence_id", "happened", "day", "ground", "act_number", "at")
        restricted = ("account_id", "company_id")

    id = opaque_key()
    licence = models.ForeignKey(PermitLicence, models.CASCADE, related_name="events", help_text="Which licence.")
    happened = models.CharField(max_length=20, help_text="What happened.")
    day = models.DateField(help_text="On which day.")
    ground = models.TextField(blank=True, help_text="Why.")
    act_number = models.CharField(max_length=100, blank=True, help_text="Number of the act.")
    at = models.DateTimeField(help_text="When.")
    account = models.ForeignKey("kernel.Account", models.PROTECT, null=True, related_name="+", help_text="Who did it.")
    company = models.ForeignKey(
        "kernel.Company", models.PROTECT, null=True, related_name="+", help_text="To which it was proposed to go."
    )

    class Meta:
        indexes = [models.Index(fields=["licence", "at"], name="permit_licence_life")]

    def __str__(self) -> str:
        return f"{self.happened} {self.licence_id}"


class PermitOrigin(models.Model):
    """From which register a licence was taken over that was issued before this one was kept."""

    class Privacy:
        """Public; the digest tells whether a file says of it what it said before."""

        public = ("id", "licence_id", "source", "title", "as_of", "taken_at")
        restricted = ("digest",)

    id = opaque_key()
    licence = models.OneToOneField(PermitLicence, models.CASCADE, related_name="origin", help_text="Which licence.")
    source = models.CharField(max_length=60, help_text="Short name of the register.")
    title = models.CharField(max_length=200, help_text="What pages call it.")
    as_of = models.DateField(help_text="Day on which it said so.")
    digest = models.CharField(max_length=64, help_text="SHA-256 of what it said, in hexadecimal.")
    taken_at = models.DateTimeField(help_text="When it was taken over.")

    class Meta:
        indexes = [models.Index(fields=["source"], name="permit_origin_by_source")]

    def __str__(self) -> str:
        return f"{self.source} {self.licence_id}"
