"""Filling the catalogue with what the country pack begins with."""

from __future__ import annotations

from datetime import datetime

from adaldyq.base.errors import DomainError
from adaldyq.kernel import naming
from adaldyq.kernel.actor import Actor
from adaldyq.kernel.models import Body
from adaldyq.measures.permits.actions.catalogue import NewEntry, load_catalogue
from adaldyq.measures.permits.actions.procedures import publish_procedure
from adaldyq.measures.permits.adapters.pack_entries import entries_of
from adaldyq.measures.permits.adapters.pack_procedures import procedures_of
from adaldyq.measures.permits.models import PermitEntry
from adaldyq.measures.permits.states import IN_FORCE


def load_pack(*, by: Actor, at: datetime) -> int:
    """Bring in what the pack states and the catalogue has not, and return how many that were.

    Raises:
        NotAllowed: `by` does not keep the catalogue.
        DomainError: `permit-body-unknown` when the register of bodies has none of that name; as `load_catalogue`.
    """
    there = set(PermitEntry.objects.values_list("number", flat=True))
    bodies = {one.name: one for one in Body.objects.filter(closed_date=None)}
    new = []
    for number, body, terms, since in entries_of(naming.pack(), there):
        if body not in bodies:
            raise DomainError("permit-body-unknown", value=body, number=number)
        new.append(NewEntry(number, bodies[body], terms, since))
    return len(load_catalogue(new=new, by=by, at=at)) if new else 0


def load_procedures(*, by: Actor, at: datetime) -> int:
    """Publish the procedures of the pack for entries in force that have none, and return how many.

    Raises:
        NotAllowed: `by` does not keep the catalogue.
        DomainError: as `publish_procedure`.
    """
    without = PermitEntry.objects.filter(procedures=None, state__in=IN_FORCE).select_related("body")
    waiting = {one.number: one for one in without}
    found = [one for one in procedures_of(naming.pack()) if one.permit in waiting]
    for procedure in found:
        publish_procedure(entry=waiting[procedure.permit], procedure=procedure, by=by, at=at)
    return len(found)
