"""To whom an officer or a custodian may give shares of a key, or what was restored of it."""

from __future__ import annotations

from datetime import date

from adaldyq.kernel import naming
from adaldyq.kernel.actor import Actor
from adaldyq.kernel.roles import Role
from adaldyq.measures.reports.models import OfficerKey, ReceivingUnit
from adaldyq.measures.reports.models.keys import IDENTITIES, REPORTS
from adaldyq.measures.reports.policies import in_force, purpose_for
from adaldyq.measures.reports.states import ACTIVE


def holders(by: Actor, day: date) -> list[tuple[str, str]]:
    """Public keys in use and what tells them apart: colleagues by name, those of other bodies by body and key.

    Officers hold shares of officers, and custodians those of custodians: officers who together had a custodian's key could
    open names beside the reports that they read.
    """
    units = ReceivingUnit.objects.filter(in_force(day))
    purpose = REPORTS if by.may(Role.RECEIVING_OFFICER) else IDENTITIES
    keys = OfficerKey.objects.filter(unit__in=units, purpose=purpose, state=ACTIVE, account__is_active=True)
    listed = []
    for one in keys.select_related("unit__body", "account").order_by("unit", "account__name"):
        body = naming.spoken(one.unit.body.names, one.unit.body.name)
        known = one.account.name if purpose_for(by, one.unit) == purpose else one.recipient[:12]
        listed.append((one.recipient, f"{known}, {body}"))
    return listed


def own_recipients(by: Actor) -> set[str]:
    """Public halves of the viewer's own keys."""
    return set(OfficerKey.objects.filter(account=by.id).values_list("recipient", flat=True))
