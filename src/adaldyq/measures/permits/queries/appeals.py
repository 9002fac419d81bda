"""Who hears an appeal: a reviewer of the body that the procedure names, or of the whole country; nobody of the body that decided."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from adaldyq.kernel.actor import Actor
from adaldyq.kernel.models import Account, Body, RoleGrant
from adaldyq.kernel.models.held import line_of
from adaldyq.kernel.queries.ties import bodies_of
from adaldyq.kernel.roles import Role
from adaldyq.measures.permits import policies
from adaldyq.measures.permits.domain.procedures import step_of
from adaldyq.measures.permits.models import PermitApplication
from adaldyq.measures.permits.queries.procedures import content_of
from adaldyq.measures.permits.states import APPEALED


def hears(by: Actor, application: PermitApplication, day: date) -> bool:
    """Whether somebody may hear the appeal about an application."""
    if not policies.hears_appeals(by):
        return False
    took_part = Account.objects.filter(
        pk__in=[one for one in (application.verified_by_id, application.decided_by_id) if one]
    )
    if any(policies.is_same(by, one) for one in took_part) or belongs(by, application.body_id, day):
        return False
    name = named_body(application)
    body = Body.objects.filter(name=name, closed_date=None).first() if name else application.body
    if body is None:  # it was closed or called otherwise after the procedure named it
        return any(one.role == Role.REVIEWER and not one.body_id and not one.territory_id for one in by.held)
    return by.may(Role.REVIEWER, body=body)


def named_body(application: PermitApplication) -> str:
    """The body that hears appeals against the last step of an application, as its procedure names it; empty where it names none."""
    procedure = content_of(application.procedure)
    last = application.events.filter(happened="step").order_by("-at", "-pk").first()
    step = step_of(procedure, last.step) if last is not None else None
    hearer = next((one for one in procedure.participants if step is not None and one.id == step.appeal), None)
    return (hearer.body or "") if hearer is not None else ""


def belongs(by: Actor, body: str, day: date) -> bool:
    """Whether somebody has, with any account, a role or a post in a body or one below it."""
    mine = Q(account_id=by.id) | (Q(account__person_id=by.person) if by.person else Q())
    granted = RoleGrant.objects.on(day).filter(mine, body__isnull=False).values_list("body_id", flat=True)
    places = {one.body_id for one in by.held if one.body_id} | {one for one in granted if one}
    places |= bodies_of([by.person], day).get(by.person, set()) if by.person else set()
    return any(body in line_of(Body, one) for one in places)


def heard_by(by: Actor, day: date) -> list[str]:
    """Applications under appeal that somebody may hear."""
    if not policies.hears_appeals(by):
        return []
    waiting = PermitApplication.objects.filter(state=APPEALED).select_related("body", "procedure")
    return [one.pk for one in waiting if hears(by, one, day)]
