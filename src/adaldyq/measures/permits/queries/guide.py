"""Which answers the guided questions offer, and which permits they end with."""

from __future__ import annotations

from dataclasses import dataclass

from adaldyq.kernel import naming
from adaldyq.measures.permits.models import ACTIVITY, LIFE_EVENT, PermitEntry, PermitTag
from adaldyq.measures.permits.queries.catalogue import Asked, entries
from adaldyq.measures.permits.states import IN_FORCE

BRANCH = 2
"""Digits of a code of an activity that name a branch."""


def life_events() -> list[tuple[str, str]]:
    """What somebody may be about to do for which something is needed."""
    there = set(PermitTag.objects.filter(kind=LIFE_EVENT, entry__state__in=IN_FORCE).values_list("code", flat=True))
    return [(code, name) for code, name in naming.code_titles("life_event").items() if code in there]


def branches() -> list[str]:
    """Branches in which something is needed, whatever somebody is about to do there."""
    tags = PermitTag.objects.filter(kind=ACTIVITY, entry__state__in=IN_FORCE)
    return sorted({code[:BRANCH] for code in tags.values_list("code", flat=True)})


@dataclass(frozen=True, slots=True)
class Needed:
    """What is needed.

    Attributes:
        now: for what somebody is about to do.
        besides: in the same branch, for something else that people do there.
    """

    now: list[PermitEntry]
    besides: list[PermitEntry]


def found(event: str, activity: str) -> Needed:
    """What is needed for what somebody is about to do, in a branch; in any branch, or for anything, where nothing is said.

    What names no life event is needed whenever somebody works in its branch.
    """
    listed = list(entries(Asked(activity=activity)))
    if not event:
        return Needed(listed, [])
    tags = PermitTag.objects.filter(kind=LIFE_EVENT, entry__in=listed)
    of_events = set(tags.values_list("entry_id", flat=True))
    fits = set(tags.filter(code=event).values_list("entry_id", flat=True))
    now = [one for one in listed if one.pk in fits or (activity and one.pk not in of_events)]
    return Needed(now, [one for one in listed if one not in now] if activity else [])
