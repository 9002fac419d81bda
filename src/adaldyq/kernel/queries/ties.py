"""What binds people to bodies and to each other: posts and family. Measures ask it before somebody deals with a matter."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date

from django.db.models import Q

from adaldyq.kernel.compiled import Compiled
from adaldyq.kernel.models import Appointment, FamilyTie
from adaldyq.kernel.queries.history import records_of_one


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
    """Bodies in which people hold a post on a day, by person; also under a record that is one with theirs by now."""
    same = records_of_one("person", people)
    return gathered(same, HELD(day, all_of(same)) if people else ())


def bodies_near(people: Collection[str], since: date) -> Mapping[str, set[str]]:
    """Bodies in which people hold a post, held one on a day or later, or are already appointed to begin, by person."""
    same = records_of_one("person", people)
    return gathered(same, HELD_SINCE(since, all_of(same)) if people else ())


def kin_of(people: Collection[str], same: Mapping[str, frozenset[str]] | None = None) -> Mapping[str, set[str]]:
    """People and all to whom a tie of family leads or once led, by person.

    Each is there by all ids that are one with theirs by now: of two records that were merged a tie stands with one.

    Args:
        same: these ids of the people themselves, when they have been read.
    """
    same = same or records_of_one("person", people)
    found = {person: set(own) for person, own in same.items()}
    if not people:
        return found
    listed = all_of(same)
    ties = gathered(same, (*RELATIVES(listed), *RELATIVES_OF(listed)))
    theirs = records_of_one("person", {one for relatives in ties.values() for one in relatives})
    for person, relatives in ties.items():
        found[person].update(*(theirs[one] for one in relatives))
    return found


def all_of(same: Mapping[str, Collection[str]]) -> list[str]:
    """All ids of some people."""
    return sorted({one for own in same.values() for one in own})


def gathered(same: Mapping[str, frozenset[str]], rows: Iterable[tuple[str, str]]) -> Mapping[str, set[str]]:
    """What stands in rows of an id and something of it, by person, of all ids of a person together."""
    by_id: dict[str, set[str]] = defaultdict(set)
    for key, value in rows:
        by_id[key].add(value)
    found: dict[str, set[str]] = defaultdict(set)
    for person, own in same.items():
        for key in by_id.keys() & own:
            found[person] |= by_id[key]
    return found
