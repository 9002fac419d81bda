"""What a moderator sees: words that wait, the oldest first, and those that are shown."""

from __future__ import annotations

from django.db.models import QuerySet

from adaldyq.kernel.actor import Actor
from adaldyq.measures.street import policies
from adaldyq.measures.street.models import StreetReport
from adaldyq.measures.street.states import SHOWN, WAITING


def waiting(by: Actor) -> QuerySet[StreetReport]:
    """Reports whose words wait to be read; none for whoever may not read them."""
    return of_state(by, WAITING)


def shown(by: Actor) -> QuerySet[StreetReport]:
    """Reports whose words are shown, the newest first."""
    return of_state(by, SHOWN).order_by("-received_date", "-pk")


def of_state(by: Actor, state: str) -> QuerySet[StreetReport]:
    """Reports in a state, as far as the viewer may read them."""
    found = StreetReport.objects.filter(state=state).order_by("received_date", "pk")
    return found if policies.may_moderate(by) else found.none()


def one(by: Actor, report: str) -> StreetReport | None:
    """A report that waits or whose words are shown."""
    return of_any(by).filter(pk=report).first()


def alike(by: Actor, report: StreetReport) -> QuerySet[StreetReport]:
    """Others that wait with just the same words."""
    return waiting(by).filter(words=report.words).exclude(pk=report.pk)


def of_any(by: Actor) -> QuerySet[StreetReport]:
    """All whose words a moderator has to do with."""
    return waiting(by) | shown(by)
