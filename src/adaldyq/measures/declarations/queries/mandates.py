"""Who has let whoever sends declarations act for them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db.models import QuerySet

from adaldyq.kernel.acting import body_behind
from adaldyq.kernel.actor import Actor
from adaldyq.kernel.compiled import Compiled
from adaldyq.kernel.models import Mandate, RoleGrant
from adaldyq.kernel.roles import Role
from adaldyq.measures.declarations.policies import is_program


def given_to(people: list[str], clerk: str, day: date) -> QuerySet[Mandate, str]:
    """Those of some people who let a person act for them on a day."""
    held = Mandate.objects.on(day).filter(representative_id=clerk, company=None, person_id__any_of=people)
    return held.values_list("person_id", flat=True)


def given_to_payroll(people: list[str], body: str, day: date) -> QuerySet[Mandate, str]:
    """Those of some people who let somebody of the payroll of a body act for them on a day."""
    grants = RoleGrant.objects.on(day).filter(role=Role.PAYROLL, body_id=body, account__is_active=True)
    held = Mandate.objects.on(day).filter(company=None, person_id__any_of=people)
    return held.filter(representative__in=grants.values("account__person_id")).values_list("person_id", flat=True)


GIVEN_TO, GIVEN_TO_PAYROLL = Compiled(given_to, list, str, date), Compiled(given_to_payroll, list, str, date)


def mandates_of(by: Actor, people: Collection[str], day: date) -> Collection[str]:
    """Those of some people who have let an actor act for them on a day.

    A program can be given no mandate. It files for whoever let the payroll of its institution, whose work it does.
    """
    if is_program(by):
        return frozenset(GIVEN_TO_PAYROLL(list(people), body_behind(by), day))
    return frozenset(GIVEN_TO(list(people), by.person, day)) if by.person else frozenset()
