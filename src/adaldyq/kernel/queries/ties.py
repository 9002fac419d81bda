"""What binds people to bodies and to each other: posts and family. Measures ask it before somebody deals with a matter."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date

from django.db.models import Q

from adaldyq.kernel.compiled import Compiled
from adaldyq.kernel.models import Appointment, FamilyTie


def held_on(day: date) -> Q:
    """Condition on appointments: in force on a day."""
    return (Q(valid_to=None) | Q(valid_to__gte=day)) & Q(valid_from__lte=day)


HELD = Compiled(
    lambda day, people: Appointment.objects.filter(held_on(day), person_id__any_of=people).values_list(
        "person_id", "post__body_id"
    ),
    date,
    list,
)
HELD_SINCE = Compiled(
    lambda since, people: Appointment.objects.filter(
        Q(valid_to=None) | Q(valid_to__gte=since), person_id__any_of=people
    ).values_list("person_id", "post__body_id"),
    date,
    list,
)
RELATIVES = Compiled(
    lambda people: FamilyTie.objects.filter(person_id__any_of=people).values_list("person_id", "relative_id"), list
)
RELATIVES_OF = Compiled(
    lambda people: FamilyTie.objects.filter(relative_id__any_of=people).values_list("relative_id", "person_id"), list
)


def bodies_of(people: Collection[str], day: date) -> Mapping[str, set[str]]:
    """Bodies in which people hold a post on a day, by person."""
    found: dict[str, set[str]] = defaultdict(set)
    for person, body in HELD(day, list(people)) if people else ():
        found[person].add(body)
    return found


def bodies_near(people: Collection[str], since: date) -> Mapping[str, set[str]]:
    """Bodies in which people hold a post, held one on a day or later, or are already appointed to begin, by person."""
    found: dict[str, set[str]] = defaultdict(set)
    for person, body in HELD_SINCE(since, list(people)) if people else ():
        found[person].add(body)
    return found


def kin_of(people: Collection[str]) -> Mapping[str, set[str]]:
    """People and all to whom a tie of family leads or once led, by person."""
    found = {person: {person} for person in people}
    if not people:
        return found
    for person, relative in (*RELATIVES(list(people)), *RELATIVES_OF(list(people))):
        found[person].add(relative)
    return found
