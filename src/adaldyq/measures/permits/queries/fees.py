"""Whose the fee of an application is: what was returned hands it over to what is sent instead."""

from __future__ import annotations

from django.db.models import Exists, OuterRef

from adaldyq.kernel.models import PortRequest
from adaldyq.measures.permits.models import PermitApplication

ASKED = Exists(PortRequest.objects.filter(subject_kind=PermitApplication._meta.label, subject_id=OuterRef("pk")))

SENT_INSTEAD = Exists(PermitApplication.objects.filter(previous=OuterRef("pk"), sent_at__isnull=False))


def sent_instead(of: PermitApplication) -> PermitApplication | None:
    """What was sent instead of an application that was returned."""
    return of.later.filter(sent_at__isnull=False).order_by("sent_at", "pk").first()


def bearer_of(application: PermitApplication) -> PermitApplication:
    """Which application bears a fee that was asked for with another: the last that was sent instead and asked for none."""
    found: PermitApplication | None = application
    while found is not None:
        application = found
        found = application.later.filter(~ASKED, sent_at__isnull=False).order_by("sent_at", "pk").first()
    return application


def asked_with(application: PermitApplication) -> PermitApplication:
    """With which application the fee was asked for that an application bears."""
    while application.previous is not None and not PermitApplication.objects.filter(ASKED, pk=application.pk).exists():
        application = application.previous
    return application
