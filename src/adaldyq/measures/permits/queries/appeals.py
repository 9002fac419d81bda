"""Who hears an appeal: a reviewer of the body that the procedure names, or of the whole country; nobody of the body that decided."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import OuterRef, Q, QuerySet

from adaldyq.kernel.actor import Actor
from adaldyq.kernel.models import Body, RoleGrant, Territory
from adaldyq.kernel.models.held import lines_of
from adaldyq.kernel.queries.ties import bodies_of
from adaldyq.kernel.roles import Role
from adaldyq.measures.permits import policies
from adaldyq.measures.permits.domain.procedures import step_of
from adaldyq.measures.permits.models import PermitApplication, PermitApplicationEvent, PermitProcedure
from adaldyq.measures.permits.queries.procedures import content_of
from adaldyq.measures.permits.states import APPEALED


def hears(by: Actor, application: PermitApplication, day: date) -> bool:
    """Whether somebody may hear the appeal about an application."""
    return application.pk in heard_among(by, PermitApplication.objects.filter(pk=application.pk), day)


def heard_by(by: Actor, day: date) -> list[str]:
    """Applications under appeal that somebody may hear."""
    return heard_among(by, PermitApplication.objects.filter(state=APPEALED), day)


def heard_among(by: Actor, applications: QuerySet[PermitApplication], day: date) -> list[str]:
    """Of some applications those whose appeals somebody may hear, in as many queries however many there are."""
    if not policies.hears_appeals(by):
        return []
    last = PermitApplicationEvent.objects.filter(application=OuterRef("pk"), happened="step").order_by("-at", "-pk")
    rows = applications.select_related("body", "procedure", "verified_by", "decided_by")
    mine = above_own(by, day)
    free = [
        one
        for one in rows.annotate(last_step=last.values("step")[:1])
        if not {one.body_id, one.lent_to_id} & mine
        and not any(policies.is_same(by, who) for who in (one.verified_by, one.decided_by))
    ]
    steps = {(one.procedure_id, one.last_step or ""): one.procedure for one in free}
    names = {key: named_body(procedure, key[1]) for key, procedure in steps.items()}
    there = {one.name: one for one in Body.objects.filter(name__in=names.values(), closed_date=None).order_by("-pk")}
    called = {one.pk: names[one.procedure_id, one.last_step or ""] for one in free}
    hearing = {one.pk: there.get(called[one.pk]) if called[one.pk] else one.body for one in free}
    reached = reached_by(by, [one for one in hearing.values() if one is not None])
    return [pk for pk, one in hearing.items() if (anywhere(by) if one is None else one.pk in reached)]


def anywhere(by: Actor) -> bool:
    """Whether somebody reviews for the whole country: they hear what a body would that was closed or called otherwise since."""
    return any(one.role == Role.REVIEWER and not one.body_id and not one.territory_id for one in by.held)


def reached_by(by: Actor, bodies: Sequence[Body]) -> set[str]:
    """Of some bodies those for which somebody is a reviewer, as `Actor.may` says it of one."""
    places = [one for one in by.held if one.role == Role.REVIEWER]
    if not places or anywhere(by):
        return {one.pk for one in bodies}
    above = lines_of(Body, [one.pk for one in bodies])
    around = (
        lines_of(Territory, [one.territory_id for one in bodies]) if any(one.territory_id for one in places) else {}
    )
    return {
        one.pk
        for one in bodies
        for place in places
        if place.body_id in above[one.pk] or place.territory_id in around.get(one.territory_id, ())
    }


def named_body(of: PermitProcedure, last: str) -> str:
    """The body that hears appeals against a step, as its procedure names it; empty where it names none."""
    procedure = content_of(of)
    step = step_of(procedure, last)
    hearer = next((one for one in procedure.participants if step is not None and one.id == step.appeal), None)
    return (hearer.body or "") if hearer is not None else ""


def above_own(by: Actor, day: date) -> set[str]:
    """Bodies in which somebody has, with any account, a role or a post, and all above these."""
    mine = Q(account_id=by.id) | (Q(account__person_id=by.person) if by.person else Q())
    granted = RoleGrant.objects.on(day).filter(mine, body__isnull=False).values_list("body_id", flat=True)
    places = {one.body_id for one in by.held if one.body_id} | {one for one in granted if one}
    places |= bodies_of([by.person], day).get(by.person, set()) if by.person else set()
    return {one for line in lines_of(Body, places).values() for one in line}
