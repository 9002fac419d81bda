"""That husband and wife file one declaration together."""

from __future__ import annotations

from django.db import models

from adaldyq.kernel.fields import opaque_key


class JointFiling(models.Model):
    """That a draft is filed for both; the other has to confirm what stands in it."""

    class Privacy:
        """Only the two of them, and who acts for them."""

        public = ()
        restricted = ("id", "draft_id", "person_id", "asked_at", "seen", "confirmed_at")

    id = opaque_key()
    draft = models.OneToOneField(
        "declarations.Draft", models.CASCADE, related_name="joint", help_text="Of which draft."
    )
    person = models.ForeignKey("kernel.Person", models.CASCADE, related_name="+", help_text="The other one.")
    asked_at = models.DateTimeField(help_text="When the other was asked.")
    seen = models.CharField(max_length=64, blank=True, help_text="Digest of what the other confirmed.")
    confirmed_at = models.DateTimeField(null=True, help_text="When it was confirmed.")

    def __str__(self) -> str:
        return self.draft_id
