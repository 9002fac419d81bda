"""Correction requests, each narrowed to who may see it."""

from __future__ import annotations

from django.db.models import QuerySet

from adaldyq.kernel.actor import Actor
from adaldyq.kernel.models import CorrectionRequest
from adaldyq.kernel.policies import kept_by
from adaldyq.kernel.roles import Role

OPEN_TO_REGISTRARS = ("submitted", "in_review")


def seen_by(by: Actor) -> QuerySet[CorrectionRequest]:
    """Requests that an actor may open: one's own; of the registers that a registrar keeps; appeals for reviewers."""
    rows = CorrectionRequest.objects.select_related("submitted_by")
    if by.system:
        return rows
    own = rows.filter(person_id=by.stands_for) if by.stands_for else rows.none()
    if Role.REGISTRAR in by.roles:
        return own | rows.filter(register__in=kept_by(by))
    if Role.REVIEWER in by.roles:
        return own | rows.filter(appealed_at__isnull=False)
    return own


def queue(by: Actor) -> QuerySet[CorrectionRequest]:
    """Requests that wait for an actor, the soonest due first."""
    rows = CorrectionRequest.objects.none()
    if Role.REGISTRAR in by.roles:
        rows = rows | CorrectionRequest.objects.filter(state__in=OPEN_TO_REGISTRARS, register__in=kept_by(by))
    if Role.REVIEWER in by.roles:
        rows = rows | CorrectionRequest.objects.filter(state="appealed")
    if by.person:
        rows = rows.exclude(person_id=by.person)
    return rows.order_by("due_date", "submitted_at", "id")


def of_person(person_id: str) -> QuerySet[CorrectionRequest]:
    """Requests of a person, newest first."""
    return CorrectionRequest.objects.filter(person_id=person_id).order_by("-submitted_at", "id")
