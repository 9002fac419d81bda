"""Draws that give reports to officers: who may have which, and what decides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from django.db.models import QuerySet

from adaldyq.base.draw import lowest, seed_text
from adaldyq.kernel.actor import Actor
from adaldyq.ledger.queries import beacon_after
from adaldyq.measures.reports.models import OfficerDraw, ReceivingUnit, Report
from adaldyq.measures.reports.queries.queue import units_of_officer
from adaldyq.measures.reports.queries.reviewing import may_have
from adaldyq.measures.reports.states import OPEN

FIX, DRAW = "reports.draw.fix", "reports.draw.make"


def unassigned(unit: ReceivingUnit) -> QuerySet[Report]:
    """Open reports of a unit that nobody answers for."""
    return Report.objects.filter(unit=unit, state__in=OPEN, assigned_to=None).select_related("about_body")


def list_of(unit: ReceivingUnit, day: date) -> str:
    """The list of a draw: for each report that nobody answers for its id and those who may have it, in their order."""
    offered = [(report.pk, may_have(report, day)) for report in unassigned(unit).order_by("pk")]
    lines = [" ".join([report, *officers]) for report, officers in offered if officers]
    return "".join(f"{line}\n" for line in lines)


def given_by(listed: str, seed: str) -> Mapping[str, str]:
    """Who is drawn for each report: whose place, of SHA-256 of `SEED:REPORT:OFFICER`, is the lowest."""
    found = {}
    for line in listed.splitlines():
        report, *officers = line.split(" ")
        (first,) = lowest(seed, [f"{report}:{one}" for one in officers], 1)
        found[report] = first.partition(":")[2]
    return found


def beacon_of(draw: OfficerDraw) -> str | None:
    """What the ledger's witnesses signed first after the list was fixed; None while one of them has not."""
    return beacon_after(FIX, draw.pk, draw.witnesses)


def waiting_draws() -> Sequence[OfficerDraw]:
    """Draws whose seed is to come."""
    return list(OfficerDraw.objects.filter(drawn_date=None).select_related("unit").order_by("pk"))


def draws_of(by: Actor, day: date) -> QuerySet[OfficerDraw]:
    """Draws of the viewer's units, but those of nights on which every report had an officer."""
    units = units_of_officer(by, day)
    return OfficerDraw.objects.filter(unit__in=units).exclude(listed=b"").select_related("unit__body")


def seed_file(draw: OfficerDraw) -> str:
    """The text of which the seed is the SHA-256."""
    return seed_text(draw.list_sha256, draw.beacon)
