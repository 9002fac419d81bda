"""Signatures by certificates, kept with what they sign."""

from __future__ import annotations

from django.db import models

from adaldyq.kernel.fields import opaque_key


class Signature(models.Model):
    """That somebody signed a record with their certificate; the signature itself is the file."""

    class Privacy:
        """Whoever may see what was signed: names and numbers of certificates tell who the signer is."""

        public = ()
        restricted = (
            "id",
            "subject_kind",
            "subject_id",
            "person_id",
            "upload_id",
            "form",
            "signer",
            "issuer",
            "serial",
            "certificate",
            "content",
            "digest",
            "claimed_at",
            "verified_at",
        )

    id = opaque_key()
    subject_kind = models.CharField(max_length=60, help_text="Model of what was signed, as app.Model.")
    subject_id = models.CharField(max_length=40)
    person = models.ForeignKey("kernel.Person", models.CASCADE, related_name="+", help_text="Who signed.")
    upload = models.OneToOneField(
        "kernel.Upload", models.SET_NULL, null=True, related_name="+", help_text="The file with the signature."
    )
    form = models.CharField(max_length=10, help_text="cms for a detached signature, pades for one within a PDF.")
    signer = models.TextField(help_text="Subject of the certificate, in words.")
    issuer = models.TextField(help_text="Authority that issued the certificate, in words.")
    serial = models.CharField(max_length=64, help_text="Serial number of the certificate, in hexadecimal.")
    certificate = models.CharField(max_length=64, help_text="SHA-256 of the certificate, in hexadecimal.")
    content = models.CharField(max_length=64, help_text="SHA-256 of what was signed, in hexadecimal.")
    digest = models.CharField(max_length=64, help_text="SHA-256 of the file with the signature, in hexadecimal.")
    claimed_at = models.DateTimeField(null=True, help_text="When the signer's own clock said that it was signed.")
    verified_at = models.DateTimeField(help_text="When it was checked, and the certificate was in force.")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subject_kind", "subject_id", "person"], name="record_is_signed_once_by_each"
            )
        ]

    def __str__(self) -> str:
        return f"{self.subject_id} {self.signer}"
