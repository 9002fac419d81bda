"""Files that people hand in."""

from __future__ import annotations

from django.db import models

from adaldyq.base.states import Transition, TransitionTable
from adaldyq.kernel.fields import opaque_key

HELD, ATTACHED, REMOVED = "held", "attached", "removed"

UPLOAD = TransitionTable(
    "upload",
    initial=HELD,
    transitions=(
        Transition(HELD, "attach", ATTACHED),
        Transition(HELD, "expire", REMOVED),
        Transition(ATTACHED, "remove", REMOVED),
    ),
)


class Upload(models.Model):
    """A file that was taken in. It is held until an act attaches it to its subject, and expires otherwise."""

    LIFE: TransitionTable = UPLOAD

    class Privacy:
        """Whoever may see the subject; before that only whoever handed it in."""

        public = ()
        restricted = (
            "id",
            "purpose",
            "name",
            "media_type",
            "size",
            "sha256",
            "place",
            "sealed",
            "scanned_at",
            "owner_id",
            "body_id",
            "person_id",
            "subject_kind",
            "subject_id",
            "uploaded_at",
            "state",
        )

    id = opaque_key()
    purpose = models.CharField(max_length=40, help_text="What it is handed in for; says what is taken and who sees it.")
    name = models.CharField(max_length=150, help_text="Name of the file, made harmless.")
    media_type = models.CharField(max_length=100, help_text="What it is by its content.")
    size = models.BigIntegerField(help_text="Bytes.")
    sha256 = models.CharField(max_length=64, help_text="SHA-256 of the content, in hexadecimal.")
    place = models.CharField(max_length=100, help_text="Where it lies, within the folder of files.")
    sealed = models.BooleanField(help_text="Whether it lies encrypted (age).")
    scanned_at = models.DateTimeField(null=True, help_text="When a scanner found nothing; empty where there is none.")
    owner = models.ForeignKey("kernel.Account", models.PROTECT, null=True, related_name="uploads")
    body = models.ForeignKey(
        "kernel.Body", models.PROTECT, null=True, related_name="+", help_text="Institution whose program handed it in."
    )
    person = models.ForeignKey("kernel.Person", models.SET_NULL, null=True, blank=True, related_name="+")
    subject_kind = models.CharField(max_length=60, blank=True, help_text="Model that it is attached to, as app.Model.")
    subject_id = models.CharField(max_length=40, blank=True)
    uploaded_at = models.DateTimeField()
    state = models.CharField(max_length=10, default=UPLOAD.initial)

    class Meta:
        indexes = [
            models.Index(fields=["subject_kind", "subject_id"], name="upload_of_subject"),
            models.Index(fields=["uploaded_at"], name="upload_held", condition=models.Q(state=HELD)),
        ]

    def __str__(self) -> str:
        return self.pk
