"""Letting reports go when their term has passed: their keys are destroyed, and with them what they say.

Who holds a backup holds envelopes that no key opens once the backup's own term has passed (`docs/explanation/reports.md`).
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.db import transaction
from django.db.models import Q

from adaldyq.base.errors import DomainError, NotAllowed
from adaldyq.kernel import naming
from adaldyq.kernel.actor import Actor, require
from adaldyq.kernel.acts import Recorded, act
from adaldyq.kernel.deadlines.terms import kind_of
from adaldyq.kernel.models import Deadline
from adaldyq.kernel.states import advance
from adaldyq.ledger import erasures, journal
from adaldyq.ledger.actions import forget
from adaldyq.measures.reports.actions.holding import held
from adaldyq.measures.reports.actions.protection import empty_protection
from adaldyq.measures.reports.actions.rewards import empty_reward
from adaldyq.measures.reports.adapters import store
from adaldyq.measures.reports.models import Enclosure, Identity, Report
from adaldyq.measures.reports.models.leaves import HANDLED
from adaldyq.measures.reports.queries.retention import last_kept_day, to_go

ERASE = "reports.report.erase"
LOOKUP_BYTES = 32


@dataclass(frozen=True, slots=True)
class Certificate:
    """What was destroyed of a report: how many keys, messages and files, and until which day it had to be kept."""

    report: Report
    keys: int
    messages: int
    files: int
    kept_until: str


def certified(made: Certificate) -> Recorded:
    """The ledger line that certifies an erasure: of which report, when it might go, and how much was destroyed."""
    facts: dict[str, object] = {
        "report": made.report.pk,
        "kept_until": made.kept_until,
        "keys": made.keys,
        "messages": made.messages,
        "files": made.files,
    }
    return Recorded([facts], {"report": made.report.pk})


@act(ERASE, records=certified, told_as=HANDLED)
def erase_report(*, report: Report, by: Actor, at: datetime) -> Certificate:
    """Destroy what a report says: its keys, the mailbox, messages and files. The row stays for the counts, and says nothing.

    Lines of the ledger about it lose what opens them, but for this one, which certifies the erasure.

    Raises:
        NotAllowed: `by` is not the clock.
        Conflict: somebody else was first.
        DomainError: `report-kept`: a step is open, something was added, or its term has not passed.
    """
    require(by.system, ERASE)
    report = held(report)  # its reporter may add to it just now
    day = naming.pack().day_of(at)
    last = last_kept_day(report, day)
    if last is None or last >= day:
        raise DomainError("report-kept")
    places = list(Enclosure.objects.filter(message__report=report).values_list("stored", flat=True))
    counts = (report.wraps.count(), report.messages.count())
    terms = Deadline.objects.filter(subject_kind=kind_of(report), subject_id=report.pk).values_list("pk", flat=True)
    lines = [*(one.pk for one in report.leaves.all()), *terms]
    empty_protection(report)
    empty_reward(report)
    nothing = {
        "erased_date": day,
        "lookup": secrets.token_bytes(LOOKUP_BYTES),
        "locked_mailbox": b"",
        "mailbox_recipient": "",
        "recipient": "",
        "assigned_to": None,
        "needs_attention": False,
    }
    gone = advance(report, "erase", by=by, at=at, **nothing)
    for rows in (gone.wraps, gone.messages, gone.bars, gone.leaves, Identity.objects.filter(report=gone)):
        rows.all().delete()
    forget(Q(subject__in=[gone.pk, *lines]))
    erasures.remember_erased(erasures.FILE, places)
    journal.empty_later()
    transaction.on_commit(partial(drop_all, places))
    return Certificate(gone, *counts, files=len(places), kept_until=last.isoformat())


def drop_all(places: Sequence[str]) -> None:
    """Remove envelopes of files; one that a killed process leaves the worker clears away as a stray."""
    for place in places:
        store.drop(place)


def erase_due(*, by: Actor, at: datetime) -> int:
    """Let all go that may go, each in an act of its own, and return how many went.

    One to which its reporter adds meanwhile is kept, and the others go.
    """
    gone = 0
    for report in to_go(at):
        try:
            erase_report(report=report, by=by, at=at)
        except NotAllowed:
            raise
        except DomainError:
            continue
        gone += 1
    return gone
