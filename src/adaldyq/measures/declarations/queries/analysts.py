"""Analysts of a body with the reviews that they have open, for its head: numbers, never whose declarations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q, QuerySet

from adaldyq.kernel.actor import Actor
from adaldyq.kernel.deadlines.days import day_of
from adaldyq.kernel.models import Account
from adaldyq.kernel.models.accounts import RoleGrant
from adaldyq.kernel.roles import Role
from adaldyq.kernel.separation import of_same_people
from adaldyq.measures.declarations.queries.selecting import away_until, open_reviews
from adaldyq.measures.declarations.queries.within import with_lower


@dataclass(frozen=True, slots=True)
class Workload:
    """What an analyst has to do.

    Attributes:
        open: reviews in which they have still to decide.
        overdue: of them those whose last day has passed.
        away_until: last day of their absence; None when they are there.
    """

    pk: str
    name: str
    open: int
    overdue: int
    away_until: date | None


def led_by(by: Actor, at: datetime) -> QuerySet[Account]:
    """Analysts by a grant of their own for a body that the actor heads, or for one below it."""
    heads = {one.body_id for one in by.held if one.role == Role.HEAD and one.body_id}
    if not heads or Role.HEAD not in by.roles:
        return Account.objects.none()
    granted = RoleGrant.objects.on(day_of(at)).filter(role=Role.AGENCY_ANALYST, body_id__in=with_lower(heads))
    return Account.objects.filter(pk__in=granted.values("account"), is_active=True).exclude(
        pk__in=of_same_people([by.id])
    )


def workloads(by: Actor, at: datetime) -> Sequence[Workload]:
    """Analysts whom the actor leads, those with the most open reviews first."""
    today = day_of(at)
    counts = {"open": Count("*"), "overdue": Count("pk", filter=Q(decision_due_date__lt=today))}
    rows = open_reviews().order_by().values_list("analyst").annotate(**counts)
    numbers = {str(analyst): (number, late) for analyst, number, late in rows}
    away = away_until(today)
    found = [Workload(one.pk, one.name, *numbers.get(one.pk, (0, 0)), away.get(one.pk)) for one in led_by(by, at)]
    return sorted(found, key=lambda one: (-one.open, one.name))
