"""Applications that no officer of their body may have, for whoever heads it, and bodies whose officers may be drawn instead."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import Q, QuerySet

from adaldyq.kernel.actor import Actor
from adaldyq.kernel.deadlines.queries import grants_of
from adaldyq.kernel.models import Account, Body, RoleGrant
from adaldyq.kernel.models.held import line_of
from adaldyq.kernel.roles import Role
from adaldyq.measures.permits import policies
from adaldyq.measures.permits.models import PermitApplication
from adaldyq.measures.permits.states import PENDING

NOBODY, LENT = "nobody", "lent"
"""What happened to an application: nobody may have it; officers of another body are drawn."""


def unheld(by: Actor) -> QuerySet[PermitApplication]:
    """What nobody may decide of the bodies that the viewer heads; the nearest last day first."""
    found = PermitApplication.objects.filter(nobody_at__isnull=False, state__in=PENDING)
    bodies = Body.objects.filter(pk__in=found.values("body"))
    mine = [one.pk for one in bodies if policies.heads(by, one)]
    return found.filter(body__in=mine).select_related("entry", "body").order_by("due_date", "sent_at", "pk")


def heads_of(body: str, day: date) -> list[Account]:
    """Who heads a body on a day; where nobody does, who heads the next above it that has somebody."""
    for one in line_of(Body, body):
        heads = grants_of(one, (Role.HEAD,), day).filter(withdrawn_at=None).values("account_id")
        if found := list(Account.objects.filter(pk__in=heads, is_active=True).order_by("pk")):
            return found
    return []


def lenders(of: PermitApplication, day: date) -> Sequence[Body]:
    """Other bodies that have licensing officers on a day, by name."""
    granted = RoleGrant.objects.on(day).filter(role=Role.LICENSING_OFFICER, account__is_active=True)
    found = Body.objects.filter(Q(closed_date=None), pk__in=granted.values("body"))
    return list(found.exclude(pk__in=list(line_of(Body, of.body_id))).order_by("name"))
