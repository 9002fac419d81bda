"""What is due, for those it binds and in numbers for everybody."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Model, Q, QuerySet
from django.utils.module_loading import import_string

from adaldyq.kernel.actor import Actor, actor_of
from adaldyq.kernel.deadlines.terms import Narrowing, kind_of
from adaldyq.kernel.measure import measures, told_apart
from adaldyq.kernel.models import Account, Deadline, RoleGrant
from adaldyq.kernel.models.deadlines import CANCELLED, MET, MET_LATE, MISSED, OPEN, PAUSED, RUNNING
from adaldyq.kernel.roles import Role

BINDING_ROLES = (Role.HEAD, Role.INTEGRITY_OFFICER)


@dataclass(frozen=True, slots=True)
class Counted:
    """How the deadlines of one kind went.

    Attributes:
        share_met: of those whose day has come, the share that was met in time, in percent; none when none has.
    """

    name: str
    title: str
    running: int
    paused: int
    met: int
    met_late: int
    missed: int

    @property
    def share_met(self) -> float | None:
        """Share met in time."""
        ended = self.met + self.met_late + self.missed
        return 100 * self.met / ended if ended else None


def binding(by: Actor, day: date) -> QuerySet[Deadline]:
    """Deadlines that are not met and bind the viewer, their person or a body they answer for, the nearest first.

    Whoever acts for another person sees those that bind that person. What a measure keeps from the viewer is not there.
    """
    if by.system or not by.id:
        return Deadline.objects.none()
    waiting = Deadline.objects.filter(state__in=(*OPEN, MISSED)).select_related("body").order_by("due_date", "pk")
    for label, narrowing in narrowings():
        waiting = waiting.exclude(Q(subject_kind__startswith=f"{label}.") & ~Q(subject_id__in=narrowing.seen(by, day)))
    if by.represents:
        return waiting.filter(Q(person_id=by.stands_for) | Q(account__person_id=by.stands_for))
    grants = RoleGrant.objects.filter(account_id=by.id, body__isnull=False).filter(in_force(day))
    mine = Q(account_id=by.id) | Q(body_id__in=grants.values("body_id"))
    if by.person:
        mine |= Q(person_id=by.person)
    return waiting.filter(mine)


def narrowings() -> Iterator[tuple[str, Narrowing]]:
    """What says who may know of deadlines, by the label of the measure whose they are."""
    for config in measures():
        if config.terms_narrowed:
            yield config.label, import_string(config.terms_narrowed)


def of_subject(subject: Model) -> QuerySet[Deadline]:
    """All deadlines of a subject, the last first. Whoever may see the subject may see them."""
    return Deadline.objects.filter(subject_kind=kind_of(subject), subject_id=subject.pk).order_by("-started_at", "-pk")


def countable() -> QuerySet[Deadline]:
    """Deadlines that may be counted as they stand: a count of this moment tells of nobody that one began just now."""
    found = Deadline.objects.all()
    for config in told_apart():
        found = found.exclude(subject_kind__startswith=f"{config.label}.")
    return found


def counts() -> Iterator[Counted]:
    """How many deadlines were met, late and missed, by kind. Cancelled ones were never due."""
    grouped = countable().exclude(state=CANCELLED).order_by("name", "title").values("name", "title")
    for row in grouped.annotate(
        **{state: Count("pk", filter=Q(state=state)) for state in (RUNNING, PAUSED, MET, MET_LATE, MISSED)}
    ):
        facts: dict[str, Any] = dict(row)
        yield Counted(**facts)


def bound_accounts(deadline: Deadline, day: date) -> list[Account]:
    """Accounts that are told about a deadline: its own, those of its person, those who answer for its body."""
    wanted = Q(pk__in=[])
    if deadline.account_id:
        wanted |= Q(pk=deadline.account_id)
    if deadline.person_id:
        wanted |= Q(person_id=deadline.person_id)
    if deadline.body_id:
        wanted |= Q(pk__in=grants_of(deadline.body_id, BINDING_ROLES, day).values("account_id"))
    narrowing = narrowing_of(deadline)
    if narrowing is not None:
        wanted |= Q(pk__in=narrowing.bound(deadline, day))
    return allowed(deadline, Account.objects.filter(wanted, is_active=True).order_by("pk"), day)


def accounts_above(deadline: Deadline, day: date) -> list[Account]:
    """Accounts that are told when a deadline was missed."""
    if deadline.escalates_to:
        return allowed(deadline, [deadline.escalates_to], day)
    if not deadline.body_id:
        return []
    heads = grants_of(deadline.body_id, (Role.HEAD,), day).values("account_id")
    return allowed(deadline, Account.objects.filter(pk__in=heads, is_active=True).order_by("pk"), day)


def allowed(deadline: Deadline, accounts: Iterable[Account], day: date) -> list[Account]:
    """Of some accounts those that may be told of a deadline."""
    found, narrowing = list(accounts), narrowing_of(deadline)
    kept = narrowing.kept_from(deadline, {one.pk for one in found}, day) if narrowing is not None else ()
    return [one for one in found if one.pk not in kept]


def may_see(account: Account, deadline: Deadline, day: date) -> bool:
    """Whether the page that a deadline is about is there for an account; whoever leads a body is told of more than they may read."""
    narrowing = narrowing_of(deadline)
    if narrowing is None:
        return True
    return narrowing.seen(actor_of(account), day).filter(pk=deadline.subject_id).exists()


def narrowing_of(deadline: Deadline) -> Narrowing | None:
    """What says who may know of a deadline; none where a role for the body is enough."""
    return next((one for label, one in narrowings() if deadline.subject_kind.startswith(f"{label}.")), None)


def grants_of(body: str, roles: tuple[Role, ...], day: date) -> QuerySet[RoleGrant]:
    """Grants of roles for a body on a day."""
    return RoleGrant.objects.filter(in_force(day), body_id=body, role__in=roles)


def in_force(day: date) -> Q:
    """Grants in force on a day."""
    return (Q(valid_to__isnull=True) | Q(valid_to__gte=day)) & Q(valid_from__lte=day)


def to_fall(at: datetime) -> QuerySet[Deadline]:
    """Deadlines whose day has passed and that nobody has met."""
    return Deadline.objects.filter(state=RUNNING, look_at__lte=at).order_by("look_at", "pk")
