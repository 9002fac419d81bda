"""Documents that belong to entries of a declaration."""

from __future__ import annotations

from django.db import models

from adaldyq.kernel.fields import opaque_key


class Attachment(models.Model):
    """A document of an entry, or the reason why there is none: of a draft or a paper in hand, then of what it became."""

    class Privacy:
        """Whoever may see the whole declaration; nothing of it is ever public."""

        public = ()
        restricted = (
            "id",
            "draft_id",
            "declaration_id",
            "paper_id",
            "section",
            "row_id",
            "document",
            "upload_id",
            "sha256",
            "reason",
            "added_at",
        )

    id = opaque_key()
    draft = models.ForeignKey(
        "declarations.Draft", models.CASCADE, null=True, related_name="attachments", help_text="Draft it stands in."
    )
    declaration = models.ForeignKey(
        "declarations.Declaration",
        models.CASCADE,
        null=True,
        related_name="attachments",
        help_text="Declaration it was filed with.",
    )
    paper = models.ForeignKey(
        "declarations.ReceivedPaper",
        models.CASCADE,
        null=True,
        related_name="attachments",
        help_text="Paper in hand with which it was brought.",
    )
    section = models.CharField(max_length=30, help_text="Name of the section.")
    row_id = models.CharField(
        max_length=20, help_text="Id of the entry, in the draft or in the declaration; of a paper its number."
    )
    document = models.CharField(max_length=40, help_text="Name of the document in the country pack.")
    upload = models.ForeignKey(
        "kernel.Upload", models.CASCADE, null=True, related_name="+", help_text="The file; none where a reason stands."
    )
    sha256 = models.CharField(max_length=64, blank=True, help_text="SHA-256 of the file, which the ledger commits to.")
    reason = models.CharField(max_length=500, blank=True, help_text="Why there is no such document.")
    added_at = models.DateTimeField(help_text="When it was added.")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(upload__isnull=False, reason="")
                | models.Q(upload__isnull=True) & ~models.Q(reason=""),
                name="attachment_is_file_or_reason",
            ),
            models.CheckConstraint(
                condition=models.Q(draft__isnull=False)
                | models.Q(declaration__isnull=False)
                | models.Q(paper__isnull=False),
                name="attachment_is_of_something",
            ),
        ]
        indexes = [models.Index(fields=["declaration", "section"], name="attachment_of_declaration")]

    def __str__(self) -> str:
        return f"{self.document} {self.row_id}"
