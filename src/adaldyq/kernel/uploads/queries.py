"""Files, narrowed to what the viewer may see."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.apps import apps
from django.db.models import Model, Q, QuerySet
from django.utils.module_loading import import_string

from adaldyq.kernel.acting import belonging
from adaldyq.kernel.actor import Actor
from adaldyq.kernel.deadlines.days import kept_since
from adaldyq.kernel.models import Document, Upload
from adaldyq.kernel.models.uploads import ATTACHED, HELD, REMOVED
from adaldyq.kernel.uploads.purposes import owner_only, purposes

HELD_FOR = timedelta(days=1)


def uploads_of(by: Actor) -> QuerySet[Upload]:
    """Files that the viewer, or whom they act for, handed in, the newest first."""
    return Upload.objects.filter(belonging(by)).exclude(state=REMOVED).order_by("-uploaded_at", "-pk")


def upload_for(upload: str, by: Actor) -> Upload | None:
    """A file, if the viewer may see it: their own while it is held, then as its purpose says."""
    found = Upload.objects.filter(pk=upload).exclude(state=REMOVED).first()
    if found is None or not may_read(by, found):
        return None
    return found


def may_read(by: Actor, upload: Upload) -> bool:
    """Whether the viewer may see a file."""
    if upload.state != ATTACHED:
        return owner_only(by, upload)
    purpose = purposes().get(upload.purpose)
    return owner_only(by, upload) or (purpose is not None and purpose.may_read(by, upload))


def attached_to(subject: Model) -> QuerySet[Upload]:
    """Files of a subject. Whoever may see the subject may see their names."""
    kind = subject._meta.label
    return Upload.objects.filter(subject_kind=kind, subject_id=subject.pk, state=ATTACHED).order_by("uploaded_at", "pk")


def left_behind(at: datetime) -> QuerySet[Upload]:
    """Files that were handed in and never attached."""
    return Upload.objects.filter(state=HELD, uploaded_at__lt=at - HELD_FOR).order_by("uploaded_at", "pk")


def past_their_term(at: datetime) -> QuerySet[Upload]:
    """Files whose purpose has a term of keeping in the country pack that has passed."""
    condition = Q(pk__in=())
    for one in purposes().values():
        if one.term:
            condition |= Q(purpose=one.name) & one.ended(kept_since(at, one.term))
    return Upload.objects.filter(condition, state=ATTACHED).order_by("uploaded_at", "pk")


def known_places(places: list[str]) -> set[str]:
    """Those of some places that a row knows."""
    uploads = Upload.objects.filter(place__in=places).exclude(state=REMOVED).values_list("place", flat=True)
    documents = Document.objects.filter(place__in=places).values_list("place", flat=True)
    return set(uploads) | set(documents) | kept_by_measures(places)


def kept_by_measures(places: list[str]) -> set[str]:
    """Those of some places at which measures keep files of their own, sealed with keys that the server does not have.

    A measure names the function that knows them as `files_kept` of its `MeasureConfig`.
    """
    asked = [import_string(config.files_kept) for config in apps.get_app_configs() if hasattr(config, "files_kept")]
    return {place for known in asked for place in known(places)}
