"""People whose records are to be erased, and what became of that."""

from __future__ import annotations

from django.db import models

from adaldyq.base.ids import LENGTH
from adaldyq.kernel.fields import opaque_key
from adaldyq.kernel.lives import ERASURE


class Erasure(models.Model):
    """That a person's records are to be erased, on which ground; once it is done, nothing in it leads to the person."""

    LIFE = ERASURE

    class Privacy:
        """Seen by the registrars of people and by auditors."""

        public = ()
        restricted = (
            "id",
            "person_id",
            "ground",
            "legal_basis",
            "reason",
            "state",
            "proposed_by_id",
            "proposed_at",
            "decided_by_id",
            "decided_at",
            "outcome",
        )

    class Ground(models.TextChoices):
        """Why the law lets the records go."""

        TERM = "term"  # the term of keeping has passed
        ORDER = "order"  # a court or a law orders it
        ERROR = "error"  # the record should never have been made

    id = opaque_key()
    person_id = models.CharField(max_length=LENGTH, blank=True, help_text="Whose; empty once it is done.")
    ground = models.CharField(max_length=10, choices=Ground.choices)
    legal_basis = models.CharField(max_length=300, help_text="Law and article, or court and number of the decision.")
    reason = models.TextField(help_text="Why the records go; names nobody.")
    state = models.CharField(max_length=10, default=ERASURE.initial)
    proposed_by = models.ForeignKey("kernel.Account", models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey("kernel.Account", models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    outcome = models.JSONField(default=list, help_text="Kinds of records, how many, and whether they went or stayed.")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person_id"], condition=models.Q(state="proposed"), name="erasure_is_proposed_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.ground} {self.pk}"
