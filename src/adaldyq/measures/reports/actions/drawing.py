"""Acts that give reports to officers by lot, so that nobody picks who looks at what.

First the list is fixed, as hashes of its lines, and its own hash goes into the ledger; the seed is made of what the ledger's witnesses sign first
after that line (`base/draw.py`), and it decides. Whom a report may be about is on no list. A list is fixed every night, also
an empty one: else the ledger would tell on which days somebody reported.
"""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from adaldyq.base import draw as chance
from adaldyq.base.errors import Conflict, DomainError
from adaldyq.kernel import naming
from adaldyq.kernel.actor import Actor, require
from adaldyq.kernel.acts import Recorded, act
from adaldyq.kernel.deadlines.actions import rebind_deadlines
from adaldyq.kernel.deadlines.terms import kind_of
from adaldyq.kernel.models import Account
from adaldyq.kernel.notifications.actions import notify
from adaldyq.ledger.witnessing import known_keys
from adaldyq.measures.reports.actions.following import follow
from adaldyq.measures.reports.actions.leaving import take_from_gone
from adaldyq.measures.reports.models import OfficerDraw, ReceivingUnit, Report
from adaldyq.measures.reports.policies import in_force
from adaldyq.measures.reports.queries import draws
from adaldyq.measures.reports.queries.draws import (
    DRAW,
    FIX,
    beacon_of,
    given_by,
    list_of,
    openings_of,
    text_of,
    waiting_draws,
)
from adaldyq.measures.reports.queries.reviewing import may_have
from adaldyq.measures.reports.queries.ties import duplicates_of

GIVEN = "report-given"


def fixed(made: OfficerDraw) -> Recorded:
    """The ledger line of a list: of which unit, its hash, and whose signatures make the seed."""
    facts: dict[str, object] = {
        "draw": made.pk,
        "unit": made.unit_id,
        "list": made.list_sha256,
        "witnesses": made.witnesses,
    }
    return Recorded([facts], {"draw": made.pk, "unit": made.unit_id})


@act(FIX, records=fixed)
def fix_list(*, unit: ReceivingUnit, by: Actor, at: datetime) -> OfficerDraw:
    """Fix which reports are drawn and who may have them, before the seed can be known; also those of officers who have left.

    Raises:
        NotAllowed: `by` is not the clock.
        Conflict: a draw of the unit waits for its seed.
    """
    require(by.system, FIX)
    day = naming.pack().day_of(at)
    take_from_gone(unit, day)
    openings = openings_of(unit, day)
    listed = list_of(openings)
    try:
        with transaction.atomic():
            return OfficerDraw.objects.create(
                unit=unit,
                listed=listed.encode(),
                openings=text_of(openings).encode(),
                list_sha256=chance.commitment(listed.encode()),
                witnesses=sorted(key.name for key in known_keys()),
                fixed_date=day,
            )
    except IntegrityError:
        raise Conflict(FIX, "waiting") from None


def drawn(made: OfficerDraw) -> Recorded:
    """The ledger line of a draw: the seed, which with the list tells everything."""
    facts: dict[str, object] = {"draw": made.pk, "unit": made.unit_id, "seed": made.seed}
    return Recorded([facts], {"draw": made.pk, "unit": made.unit_id})


@act(DRAW, records=drawn)
def draw_officers(*, draw: OfficerDraw, by: Actor, at: datetime) -> OfficerDraw:
    """Give the reports of a list to those whom the seed draws, and tell them.

    What somebody took or closed meanwhile stays; who may not have a report any more does not get it, and the next draw
    has it again.

    Raises:
        NotAllowed: `by` is not the clock.
        DomainError: `draw-seed-to-come`: a witness has not signed yet.
        Conflict: it was drawn.
    """
    require(by.system, DRAW)
    beacon = beacon_of(draw)
    if beacon is None:
        raise DomainError("draw-seed-to-come")
    seed, day = chance.seed_of(chance.seed_text(draw.list_sha256, beacon)), naming.pack().day_of(at)
    changes = {"seed": seed, "beacon": beacon, "drawn_date": day}
    if OfficerDraw.objects.filter(pk=draw.pk, drawn_date=None).update(**changes) != 1:
        raise Conflict(DRAW, "drawn")
    draw.refresh_from_db()
    for report, officer in given_by(draw, seed).items():
        give(draw, report, officer, at)
    return draw


def give(draw: OfficerDraw, report_id: str, officer: str, at: datetime) -> None:
    """Let an officer answer for a report, if that may still be."""
    report = draws.unassigned(draw.unit).filter(pk=report_id).first()
    if report is None or officer not in may_have(report, naming.pack().day_of(at)):
        return
    account = Account.objects.get(pk=officer)
    Report.objects.filter(pk=report_id, assigned_to=None).update(assigned_to=account)
    rebind_deadlines(kind=kind_of(report), subjects=[report_id], account=account)
    follow(duplicates_of(report), account, naming.pack().day_of(at))
    key, href = f"{GIVEN}:{draw.pk}:{report_id}", f"reports/inbox/{report_id}/"
    notify(account=account, message=GIVEN, parameters={}, key=key, href=href, at=at)


def draw_all(*, by: Actor, at: datetime) -> None:
    """Draw what was fixed and has its seed, then fix anew; each in an act of its own."""
    for waiting in waiting_draws():
        if beacon_of(waiting) is not None:
            draw_officers(draw=waiting, by=by, at=at)
    day = naming.pack().day_of(at)
    for unit in ReceivingUnit.objects.filter(in_force(day)).exclude(draws__drawn_date=None, draws__isnull=False):
        fix_list(unit=unit, by=by, at=at)
