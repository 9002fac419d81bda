"""Signatures of a record. Whoever may see the record may see who signed it."""

from __future__ import annotations

from django.db.models import Model, QuerySet

from adaldyq.kernel.models import Signature


def signatures_of(subject: Model) -> QuerySet[Signature]:
    """Signatures of a record, the oldest first."""
    kind = subject._meta.label
    return Signature.objects.filter(subject_kind=kind, subject_id=subject.pk).order_by("verified_at", "pk")
