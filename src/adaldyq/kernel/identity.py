"""Who somebody is in the registers, by a number that a scheme gave them."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from adaldyq.kernel.models import Person, PersonIdentifier


def person_by_identifier(scheme: str, country: str, value: str, *, day: date) -> Person | None:
    """The living person who has this number on a day; None when the register knows nobody.

    Args:
        scheme: of the country pack, such as `IIN`.
        country: of the scheme, ISO 3166-1.
        value: the number.
        day: on which the number must be in force.
    """
    in_force = Q(valid_from=None) | Q(valid_from__lte=day), Q(valid_to=None) | Q(valid_to__gte=day)
    kept = PersonIdentifier.objects.filter(*in_force, scheme=scheme, country=country, value=value)
    found = kept.filter(person__death_date=None).select_related("person").first()
    return found.person if found else None
