"""The one order in which acts take the rows of licences and of applications, so that no two ever wait for each other.

1. A licence: the one that is acted upon, or that an application renews.
2. Applications: the one that was returned before what was sent instead of it; several of which none takes up another by id.
3. Deadlines about them, and what is made of them: the licence that an application becomes, numbers, papers, messages.

What renews a licence is written beneath 3, and is held by nobody who does not hold that licence first. The clock, which marks
a deadline before it does what follows, takes the rows of 1 and 2 through `hold_subject`.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Model

from adaldyq.measures.permits.models import PermitApplication, PermitLicence
from adaldyq.measures.permits.queries.fees import bearer_of


def hold_licences(keys: Iterable[str | None]) -> None:
    """Hold some licences until the transaction ends."""
    wanted = sorted({one for one in keys if one})
    if wanted:
        list(PermitLicence.objects.select_for_update(of=("self",)).filter(pk__in=wanted).order_by("pk"))


def held_licence(key: str) -> PermitLicence:
    """A licence as it stands now, held until the transaction ends."""
    return PermitLicence.objects.select_for_update(of=("self",)).select_related("version").get(pk=key)


def held_application(application: PermitApplication) -> PermitApplication:
    """An application as it stands now, held until the transaction ends together with the licence that it renews."""
    hold_licences([application.renews_id])
    return PermitApplication.objects.select_for_update().get(pk=application.pk)


def held_after(application: PermitApplication) -> PermitApplication:
    """The same, after the application that was returned and that it takes up."""
    hold_licences([application.renews_id])
    if application.previous_id is not None:
        PermitApplication.objects.select_for_update().get(pk=application.previous_id)
    return PermitApplication.objects.select_for_update().get(pk=application.pk)


def held_bearer(application: PermitApplication) -> PermitApplication:
    """Whoever has taken over the fee that was asked for with an application, held; nothing is sent instead of it any more."""
    held = held_application(application)
    while (then := bearer_of(held)).pk != held.pk:
        held = held_application(then)
    return held


def hold_subject(subject: Model) -> None:
    """Hold what a deadline is about, before the clock marks the deadline."""
    if isinstance(subject, PermitApplication):
        held_application(subject)
    elif isinstance(subject, PermitLicence):
        hold_licences([subject.pk])
