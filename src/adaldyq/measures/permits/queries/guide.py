"""Which answers the guided questions offer, and which permits they end with."""

from __future__ import annotations

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


def activities_of(event: str) -> list[str]:
    """Branches in which something is needed for what somebody is about to do; all where nothing is said."""
    chosen = entries(Asked(life_event=event)).values("pk")
    codes = PermitTag.objects.filter(kind=ACTIVITY, entry__in=chosen).values_list("code", flat=True)
    return sorted({code[:BRANCH] for code in codes})


def found(event: str, activity: str) -> list[PermitEntry]:
    """What is needed."""
    return list(entries(Asked(life_event=event, activity=activity)))
