"""Applications as each side sees them: one's own, those of a body with the days left, those under appeal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet
from django.utils import timezone

from adaldyq.kernel.acting import COMPANY, PERSON, Principal, principals
from adaldyq.kernel.actor import Actor
from adaldyq.kernel.deadlines.days import day_of, days_between
from adaldyq.kernel.models import Body
from adaldyq.kernel.naming import names_of
from adaldyq.measures.permits import policies
from adaldyq.measures.permits.domain.procedures import (
    Key,
    Procedure,
    Side,
    Step,
    is_applicants,
    participant_of,
    step_of,
)
from adaldyq.measures.permits.models import (
    PermitApplication,
    PermitApplicationEvent,
    PermitProcedure,
    PermitRefusalTemplate,
)
from adaldyq.measures.permits.models.applications import FEE_SETTLED, ISSUED
from adaldyq.measures.permits.queries.appeals import heard_by, hears
from adaldyq.measures.permits.queries.procedures import content_of
from adaldyq.measures.permits.states import (
    APPEALED,
    CLOSED,
    DISCARDED,
    DRAFT,
    IN_FORCE,
    PAUSED,
    PENDING,
    RETURNED,
    SETTLED,
    UNDER_WAY,
    WITHDRAWN,
)

WITH_ALL = (
    "entry",
    "version__body",
    "procedure",
    "body",
    "lent_to",
    "company",
    "person",
    "owner",
    "verifier",
    "decider",
)


def applications() -> QuerySet[PermitApplication]:
    """All applications with what pages show of them."""
    return PermitApplication.objects.select_related(*WITH_ALL)


def applicants(by: Actor, day: date) -> list[Principal]:
    """For whom somebody may apply: for themselves, companies that they head, and whoever gave them a mandate."""
    if by.acting_for:
        found = principals(by.person, day=day)
        return [one for one in found if one.key == by.acting_for]
    own = names_of([by.person]).get(by.person, "") if by.person else ""
    return ([Principal(f"{PERSON}:{by.person}", own)] if own else []) + principals(by.person, day=day)


def own(by: Actor, day: date) -> QuerySet[PermitApplication]:
    """Applications of those for whom the viewer acts, and drafts that they began; the newest first."""
    if by.system or not by.id:
        return PermitApplication.objects.none()
    keys = {by.acting_for} if by.acting_for else {one.key for one in principals(by.person, day=day)}
    companies = [key.partition(":")[2] for key in keys if key.startswith(f"{COMPANY}:")]
    people = [key.partition(":")[2] for key in keys if key.startswith(f"{PERSON}:")]
    people += [by.person] if by.person and not by.acting_for else []
    unsaid = Q(company=None, person=None, owner_id=by.id)
    found = applications().filter(Q(company__in=companies) | Q(person__in=people) | unsaid)
    return found.exclude(state=DISCARDED).order_by("-created_at", "-pk")


def takes(by: Actor, application: PermitApplication, procedure: Procedure, step: Step) -> bool:
    """Whether a step of an application is somebody's to take: the applicant, who was drawn for it, or another body's officer."""
    participant = participant_of(procedure, step)
    if participant.side is Side.APPLICANT:
        return policies.stands_for(by, application)
    if participant.side is not Side.OFFICIAL:
        return False
    if participant.body:
        other = Body.objects.filter(name=participant.body, closed_date=None).first()
        return other is not None and policies.handles(by, other)
    drawn = application.decider_id if step.key is Key.DECIDE else application.verifier_id
    return policies.deals(by, application) and drawn == by.id


def step_now(application: PermitApplication) -> Step | None:
    """The step that an application is at."""
    return step_of(content_of(application.procedure), application.step)


def waits_for_applicant(application: PermitApplication) -> bool:
    """Whether the step that an application is at is the applicant's own, so that no day of its body counts."""
    step = step_now(application)
    return step is not None and is_applicants(content_of(application.procedure), step)


def asked_of_others(by: Actor) -> Q:
    """Condition on applications: at a step that officers of the viewer's body take for another body."""
    wanted = Q(pk__in=[])
    mine: dict[str, bool] = {}
    for one in PermitProcedure.objects.all():
        procedure = content_of(one)
        bodies = {each.id: each.body for each in procedure.participants if each.body}
        for step in procedure.steps:
            if name := bodies.get(step.by):
                if name not in mine:
                    body = Body.objects.filter(name=name, closed_date=None).first()
                    mine[name] = body is not None and policies.handles(by, body)
                if mine[name]:
                    wanted |= Q(procedure=one, step=step.id)
    return wanted


def bodies_handled(by: Actor) -> list[str]:
    """Bodies with applications that the viewer handles, also of those that other bodies' officers could not have."""
    lent = Q(pk__in=PermitApplication.objects.filter(lent_to__isnull=False).values("lent_to"))
    there = Body.objects.filter(Q(pk__in=PermitApplication.objects.values("body").distinct()) | lent)
    return [one.pk for one in there if policies.handles(by, one)]


def queue(by: Actor) -> QuerySet[PermitApplication]:
    """What waits at the viewer's body, at a step for another body, or for the decision about an appeal; the nearest day first."""
    wanted = [Q(pk__in=[])]
    if policies.handles(by):
        mine = bodies_handled(by)
        wanted.append(Q(body__in=mine, state__in=PENDING) | Q(lent_to__in=mine, state__in=PENDING))
        wanted.append(asked_of_others(by) & Q(state=UNDER_WAY))
    if heard := heard_by(by, day_of(timezone.now())):
        wanted.append(Q(pk__in=heard, state=APPEALED))
    return applications().filter(reduce(or_, wanted)).order_by("due_date", "sent_at", "pk")


def handled(by: Actor) -> QuerySet[PermitApplication]:
    """What waits at the viewer's body or was lent to it, or whose fee the body waits for; the nearest day first."""
    if not policies.handles(by):
        return PermitApplication.objects.none()
    mine = bodies_handled(by)
    waits = Q(state__in=PENDING, body__in=mine) | Q(state__in=PENDING, lent_to__in=mine)
    found = applications().filter(waits | Q(state__in=SETTLED, fee_state=ISSUED, body__in=mine))
    return found.order_by("due_date", "sent_at", "pk")


def visible(by: Actor, application: PermitApplication) -> bool:
    """Whether somebody may see an application: its applicant, officers who deal with it, and who hears its appeal."""
    if policies.stands_for(by, application):
        return True
    if application.state in {DRAFT, DISCARDED}:
        return False
    if policies.deals(by, application):
        return True
    if application.appealed_at is not None and hears(by, application, day_of(timezone.now())):
        return True
    step = step_now(application) if application.state in {UNDER_WAY, PAUSED} else None
    return step is not None and takes(by, application, content_of(application.procedure), step)


def application(key: str) -> PermitApplication | None:
    """An application."""
    return applications().filter(pk=key).first()


def days_left(one: PermitApplication, day: date) -> int | None:
    """Working days up to the last day; None while no day counts."""
    return days_between(day, one.due_date, working=True) if one.due_date else None


def timeline(of: PermitApplication) -> list[PermitApplicationEvent]:
    """What happened to an application, the newest first."""
    return list(of.events.order_by("-at", "-pk"))


def templates_of(body: str) -> list[PermitRefusalTemplate]:
    """Words that officers of a body begin a refusal with."""
    return list(PermitRefusalTemplate.objects.filter(body=body).order_by("title"))


@dataclass(frozen=True, slots=True)
class Load:
    """How much an officer has."""

    account: str
    name: str
    open: int
    nearest: date | None


def workload(bodies: list[str]) -> list[Load]:
    """Officers of some bodies with what they have to do, whoever has most first."""
    found: dict[str, tuple[str, int, date | None]] = {}
    open_ones = PermitApplication.objects.filter(body__in=bodies, state__in=PENDING).select_related(
        "verifier", "decider"
    )
    for one in open_ones:
        for account in filter(None, (one.verifier, one.decider)):
            name, count, nearest = found.get(account.pk, (account.name, 0, None))
            days = [day for day in (nearest, one.due_date) if day]
            found[account.pk] = (name, count + 1, min(days) if days else None)
    listed = [Load(key, name, count, nearest) for key, (name, count, nearest) in found.items()]
    return sorted(listed, key=lambda one: (-one.open, one.name))


def answer_names(application: PermitApplication) -> Mapping[tuple[str, str], Mapping[str, str]]:
    """What steps and their answers are called, by step and answer; a step alone has an empty answer."""
    procedure = content_of(application.procedure)
    steps: dict[tuple[str, str], Mapping[str, str]] = {(one.id, ""): one.names for one in procedure.steps}
    return steps | {(one.id, answer.id): answer.names for one in procedure.steps for answer in one.answers}


def is_needed(one: PermitApplication) -> bool:
    """Whether the permit of an application is still needed."""
    return one.entry.state in IN_FORCE


def is_withdrawn_fee(one: PermitApplication) -> bool:
    """Whether the invoice of an application was withdrawn, since it ended before its fee was paid or waived."""
    ended = one.state in {CLOSED, WITHDRAWN} or (one.state == RETURNED and not is_needed(one))
    return ended and one.fee_state not in FEE_SETTLED
