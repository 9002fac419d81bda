"""Lines of the ledger for all acts about reports: of one kind, once a night, in random order, among lines that mean nothing.

A line of its own at the moment of the act would tell when somebody reported, and a line less on a quiet day that nobody
did; lines of the clock, such as of terms that passed, would count the reports of the day on which the terms began, and
lines of an office's steps would bound how many it has; so would certificates of erasure. So each night brings the same
number of lines, or a multiple of it, and which of them mean something only their
openings show.
"""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction

from adaldyq.base.errors import Conflict
from adaldyq.base.ids import new_id
from adaldyq.kernel import naming
from adaldyq.kernel.actor import Actor, require
from adaldyq.kernel.acts import BY, ON_BEHALF_OF, Leaves, Recorded, act, who
from adaldyq.kernel.gathering import insert_later
from adaldyq.ledger.leaves import Payload
from adaldyq.measures.reports.models import LeafRelease, Message, Report, ReporterLeaf
from adaldyq.measures.reports.models.leaves import BY_CLOCK, BY_OFFICE
from adaldyq.measures.reports.queries.proofs import RELEASE

LINES = 32
"""Lines of a night; with more acts than that, the next multiple."""
CHANCE = random.SystemRandom()


@dataclass(frozen=True, slots=True)
class Released:
    """What a night brings to the ledger: its day, and what the lines say, in their order."""

    day: date
    payloads: Sequence[Payload]


def leave_leaf(report: Report, what: str, day: date, message: Message | None = None) -> ReporterLeaf:
    """Keep what the ledger will say of an act of a reporter, within that act."""
    digest = hashlib.sha256(bytes(message.sealed)).hexdigest() if message is not None else ""
    leaf = ReporterLeaf(report=report, message=message, what=what, envelope=digest, made_date=day)
    insert_later([leaf])
    return leaf


def hold_lines(*, name: str, payloads: Sequence[Payload], by: Actor, at: datetime) -> bool:
    """Keep what the ledger will say of an act of an office or of the clock until the night, within that act.

    Args:
        name: of the act.
        by: who acted, and has the receipt of the line.

    Returns:
        That they are kept.
    """
    day, what, done = naming.pack().day_of(at), BY_CLOCK if by.system else BY_OFFICE, {"act": name, **who(by)}
    insert_later(
        [
            ReporterLeaf(
                report_id=str(one.get("report") or one.get("subject") or "") or None,
                what=what,
                facts=json.dumps({**one, **done}),
                made_date=day,
            )
            for one in payloads
        ]
    )
    return True


def brought(released: Released) -> Recorded:
    """The ledger lines of a night; listeners learn the day."""
    return Recorded(released.payloads, {"day": released.day.isoformat()}, [doer(one) for one in released.payloads])


def doer(line: Payload) -> Actor:
    """Who did what a line tells, who has its receipt: an officer, or nobody who is named."""
    return Actor(str(line.get(BY, "")), frozenset(), acting_for=str(line.get(ON_BEHALF_OF, "")))


@act(RELEASE, leaves=Leaves.PER_RECORD, records=brought)
def release_leaves(*, by: Actor, at: datetime) -> Released:
    """Bring the acts of all days before this one into the ledger, among cover lines, in random order.

    Raises:
        NotAllowed: `by` is not the clock.
        Conflict: this day's lines were released; a process that is started again releases none twice.
    """
    require(by.system, RELEASE)
    day = naming.pack().day_of(at)
    try:
        with transaction.atomic():
            release = LeafRelease.objects.create(day=day)
    except IntegrityError:
        raise Conflict(RELEASE, "released") from None
    waiting = list(ReporterLeaf.objects.filter(release=None, made_date__lt=day))
    ReporterLeaf.objects.filter(pk__in=[one.pk for one in waiting]).update(release=release)
    payloads = [told(one) for one in waiting]
    payloads += [{"leaf": new_id(), "what": "cover"} for _one in range(-len(waiting) % LINES or LINES * (not waiting))]
    CHANCE.shuffle(payloads)
    return Released(day, payloads)


def told(leaf: ReporterLeaf) -> Payload:
    """What a line says of an act."""
    return {
        **(json.loads(leaf.facts) if leaf.facts else {}),
        "leaf": leaf.pk,
        "what": leaf.what,
        "day": leaf.made_date.isoformat(),
        "envelope": leaf.envelope,
    }
