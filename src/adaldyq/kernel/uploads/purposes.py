"""What files are handed in for. A room names its purposes in its app's config, as the dotted name of a tuple."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from django.apps import apps
from django.db.models import Q
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from adaldyq.kernel.acting import handed_in
from adaldyq.kernel.actor import Actor
from adaldyq.kernel.models import CorrectionRequest, Upload
from adaldyq.kernel.roles import Role

KINDS: Mapping[str, str] = {
    "pdf": "application/pdf",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "txt": "text/plain",
    "csv": "text/csv",
    "p7s": "application/pkcs7-signature",
    "sig": "application/pkcs7-signature",
}
"""Every kind of file that may be taken at all, by the ending of its name."""
PAPERS = ("pdf", "jpg", "jpeg", "png", "docx", "txt")
MEGABYTE = 1_000_000


def owner_only(by: Actor, upload: Upload) -> bool:
    """Whoever handed a file in may see it, or for whom it was handed in."""
    return handed_in(by, upload.owner_id, upload.body_id)


def handed_in_before(instant: datetime) -> Q:
    """The condition that a file was handed in before an instant, for files of no matter that could be closed."""
    return Q(uploaded_at__lt=instant)


@dataclass(frozen=True, slots=True)
class Purpose:
    """One reason to hand in a file.

    Attributes:
        title: what it is for, a lazy translation.
        kinds: endings of names that are taken, of those in `KINDS`.
        largest: bytes of one file.
        sealed: whether it lies encrypted.
        may_read: who may see it once it is attached; before that, only whoever handed it in.
        term: what packs call how long it is kept; empty where the act that ends its subject removes it.
        ended: the condition that the term began to run before an instant.
    """

    name: str
    title: object
    kinds: tuple[str, ...] = PAPERS
    largest: int = 10 * MEGABYTE
    sealed: bool = True
    may_read: Callable[[Actor, Upload], bool] = owner_only
    term: str = ""
    ended: Callable[[datetime], Q] = handed_in_before


def handles_correction(by: Actor, upload: Upload) -> bool:
    """Whoever answers the request for correction may see its evidence: the registrar who took it, then the reviewer."""
    asked = CorrectionRequest.objects.filter(pk=upload.subject_id).first()
    if asked is None or by.person == asked.person_id:
        return False
    answers = Role.REGISTRAR in by.roles and asked.taken_by_id == by.id
    return answers or (Role.REVIEWER in by.roles and asked.appealed_at is not None)


def corrected_before(instant: datetime) -> Q:
    """The condition that the request for correction was answered for good before an instant."""
    answered = Q(state__in=ANSWERED, decided_at__lt=instant) & (
        Q(appealed_at__isnull=True) | Q(appeal_decided_at__lt=instant)
    )
    return Q(subject_id__in=CorrectionRequest.objects.filter(answered).values("pk"))


TERM = "evidence"
ANSWERED = ("accepted", "refused", "upheld", "overturned")
EVIDENCE = Purpose("evidence", _("Evidence for a request"), term=TERM)
CORRECTION = Purpose(
    "correction", _("Evidence for a correction"), may_read=handles_correction, term=TERM, ended=corrected_before
)
PURPOSES = (EVIDENCE, CORRECTION)


@cache
def purposes() -> Mapping[str, Purpose]:
    """Every purpose of this installation, by name.

    Raises:
        ValueError: two rooms have a purpose of one name, or one takes a kind that nobody knows.
    """
    found: dict[str, Purpose] = {}
    for config in apps.get_app_configs():
        for purpose in import_string(config.upload_purposes) if hasattr(config, "upload_purposes") else ():
            if purpose.name in found or not set(purpose.kinds) <= set(KINDS):
                raise ValueError(f"the purpose {purpose.name} is named twice, or takes an unknown kind of file")
            found[purpose.name] = purpose
    return found
