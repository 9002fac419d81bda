"""Declarations on paper that are being keyed in, for whoever tells what became of obligations."""

from __future__ import annotations

from collections.abc import Sequence

from adaldyq.measures.declarations.models import ReceivedPaper
from adaldyq.measures.declarations.states import IN_HAND

Matter = tuple[str, int, str]
"""Person, year and form."""


def entered_of(people: Sequence[str]) -> set[Matter]:
    """What of some people is in hand on paper."""
    found = ReceivedPaper.objects.filter(person_id__in=people, state__in=IN_HAND, is_amendment=False)
    return set(found.values_list("person_id", "year", "form"))
