"""Documents that the state issues: certificates, extracts."""

from __future__ import annotations

from django.db import models

from adaldyq.base.states import Transition, TransitionTable
from adaldyq.kernel.fields import opaque_key

IN_FORCE, WITHDRAWN = "in_force", "withdrawn"

DOCUMENT = TransitionTable("document", initial=IN_FORCE, transitions=(Transition(IN_FORCE, "withdraw", WITHDRAWN),))


class NumberSeries(models.Model):
    """The last number given in a series, such as the receipts of a year."""

    class Privacy:
        """How many documents were issued is public."""

        public = ("name", "last")
        restricted = ()

    name = models.CharField(max_length=60, primary_key=True)
    last = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.name} {self.last}"


class Document(models.Model):
    """One issued document; its file is kept as it was issued."""

    LIFE: TransitionTable = DOCUMENT

    class Privacy:
        """What the check page shows is public to whoever holds number and code, or the file itself."""

        public = ("kind", "number", "sha256", "issued_at", "state", "withdrawn_at", "ground", "facts")
        restricted = ("id", "code", "language", "subject_kind", "subject_id", "person_id", "owner_id", "place", "size")

    id = opaque_key()
    kind = models.CharField(max_length=60, help_text="Which document, as its room calls it.")
    number = models.CharField(max_length=40, unique=True, help_text="Number by which it is checked.")
    code = models.CharField(max_length=20, help_text="Second word of the check, printed and in the QR code.")
    language = models.CharField(max_length=8)
    subject_kind = models.CharField(max_length=60, help_text="Model of what it certifies, as app.Model.")
    subject_id = models.CharField(max_length=40)
    person = models.ForeignKey("kernel.Person", models.SET_NULL, null=True, blank=True, related_name="documents")
    owner = models.ForeignKey("kernel.Account", models.SET_NULL, null=True, blank=True, related_name="documents")
    facts = models.JSONField(default=dict, help_text="What the check page may show: public facts only.")
    sha256 = models.CharField(max_length=64, unique=True, help_text="SHA-256 of the file, in hexadecimal.")
    place = models.CharField(max_length=100, help_text="Where the file lies, within the folder of files.")
    size = models.BigIntegerField(help_text="Bytes.")
    issued_at = models.DateTimeField()
    state = models.CharField(max_length=10, default=DOCUMENT.initial)
    withdrawn_at = models.DateTimeField(null=True)
    ground = models.TextField(blank=True, help_text="Why it was withdrawn; public.")

    class Meta:
        indexes = [models.Index(fields=["subject_kind", "subject_id"], name="document_of_subject")]

    def __str__(self) -> str:
        return self.number
