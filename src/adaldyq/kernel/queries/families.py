"""Who is whose child, and who is under age."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from adaldyq.kernel.models import FamilyTie, Person

OF_AGE = 18


def in_force(day: date) -> Q:
    """Condition on dated rows: in force on a day."""
    begun = Q(valid_from=None) | Q(valid_from__lte=day)
    return begun & (Q(valid_to=None) | Q(valid_to__gte=day))


def is_minor(born: date, day: date) -> bool:
    """Whether somebody who was born on a day is under eighteen on another."""
    return born <= day and (day.year - born.year - ((day.month, day.day) < (born.month, born.day))) < OF_AGE


def lives(person: Person, day: date) -> bool:
    """Whether somebody is not known to have died by a day."""
    return person.death_date is None or person.death_date > day


def under_age(person: Person, day: date) -> bool:
    """Whether somebody lives and is under eighteen on a day; without a day of birth nobody can say."""
    born = person.birth_date
    return born is not None and lives(person, day) and is_minor(born, day)


def speaks_for(parent: str, child: str, day: date) -> bool:
    """Whether the register of families names a person as the parent of a child who is under age on a day."""
    ties = FamilyTie.objects.filter(in_force(day), person=parent, relative=child, kind="child").select_related(
        "relative"
    )
    return any(one.relative is not None and under_age(one.relative, day) for one in ties)
