"""Which words are names of officials."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Exists, OuterRef
from django.utils import timezone

from adaldyq.kernel.models import Appointment, NameKey
from adaldyq.kernel.queries.ties import held_on

TOGETHER = 500


def of_officials(keys: Iterable[str]) -> frozenset[str]:
    """Those of some loose keys under which somebody is found who holds a post today."""
    wanted, found = sorted(keys), set[str]()
    in_office = Appointment.objects.filter(held_on(timezone.localdate()), person=OuterRef("person"))
    for start in range(0, len(wanted), TOGETHER):
        some = NameKey.objects.filter(Exists(in_office), key__in=wanted[start : start + TOGETHER])
        found |= set(some.values_list("key", flat=True).distinct())
    return frozenset(found)
