"""Draws that give reports to officers: who may have which, and what decides.

A report must not be known of by those whom it names, nor who else may have it. So the list that is fixed holds hashes of lines,
as many each night but for multiples, and whoever looks gets those lines only whose reports they see.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.db.models import QuerySet

from adaldyq.base.draw import commitment, lowest, seed_text
from adaldyq.kernel.actor import Actor
from adaldyq.ledger.queries import beacon_after
from adaldyq.measures.reports.models import OfficerDraw, ReceivingUnit, Report
from adaldyq.measures.reports.queries.queue import units_of_officer, visible
from adaldyq.measures.reports.queries.reviewing import may_have
from adaldyq.measures.reports.states import OPEN

FIX, DRAW = "reports.draw.fix", "reports.draw.make"
LINES = 16
"""How many lines a list has, or a multiple of it: with those that mean nothing one night is as another."""
HIDING = 16
"""Bytes of chance before each line; without them whoever knows the officers would find a line by its hash."""


def unassigned(unit: ReceivingUnit) -> QuerySet[Report]:
    """Open reports of a unit that nobody answers for."""
    return Report.objects.filter(unit=unit, state__in=OPEN, assigned_to=None).select_related("about_body")


def openings_of(unit: ReceivingUnit, day: date) -> list[str]:
    """The lines of a draw: for each report that nobody answers for chance, its id and those who may have it, in their order."""
    offered = [(report.pk, may_have(report, day)) for report in unassigned(unit).order_by("pk")]
    return [" ".join([secrets.token_hex(HIDING), report, *officers]) for report, officers in offered if officers]


def list_of(openings: Sequence[str]) -> str:
    """The list that is fixed: SHA-256 of each line, with as many that mean nothing as fill it up, in the order of the hashes."""
    filling = -len(openings) % LINES or LINES * (not openings)
    hashes = [commitment(one.encode()) for one in openings] + [secrets.token_hex(32) for _each in range(filling)]
    return text_of(sorted(hashes))


def text_of(lines: Iterable[str]) -> str:
    """Lines as a file has them."""
    return "".join(f"{line}\n" for line in lines)


def lines_of(draw: OfficerDraw) -> list[tuple[str, str]]:
    """The lines of a draw with the reports that they are of."""
    return [(line.split(" ")[1], line) for line in bytes(draw.openings or b"").decode().splitlines()]


def seen_by(by: Actor, draws: Iterable[OfficerDraw], day: date) -> Mapping[str, list[tuple[str, str]]]:
    """Of some draws the lines whose reports the viewer sees, by draw."""
    found = {draw.pk: lines_of(draw) for draw in draws}
    listed = {report for lines in found.values() for report, _line in lines}
    seen = set(visible(by, day).filter(pk__in=listed).values_list("pk", flat=True))
    return {draw: [one for one in lines if one[0] in seen] for draw, lines in found.items()}


def given_by(draw: OfficerDraw, seed: str) -> Mapping[str, str]:
    """Who is drawn for each report: whose place, of SHA-256 of `SEED:REPORT:OFFICER`, is the lowest."""
    found = {}
    for _report, line in lines_of(draw):
        _chance, report, *officers = line.split(" ")
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
    """Draws of the viewer's units, also those of nights on which every report had an officer."""
    units = units_of_officer(by, day)
    return OfficerDraw.objects.filter(unit__in=units).exclude(openings=None).select_related("unit__body")


def seed_file(draw: OfficerDraw) -> str:
    """The text of which the seed is the SHA-256."""
    return seed_text(draw.list_sha256, draw.beacon)
