"""Counting reports for the public, once a quarter."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from adaldyq.kernel.actions.periods import hold_names
from adaldyq.kernel.actions.registers import digest
from adaldyq.kernel.actor import Actor, require
from adaldyq.kernel.acts import Recorded, act
from adaldyq.kernel.deadlines.days import day_of
from adaldyq.measures.reports import policies
from adaldyq.measures.reports.models import ReportCount, ReportEdition
from adaldyq.measures.reports.models.numbers import PUBLIC
from adaldyq.measures.reports.queries.counting import counted, is_counted, last_quarter

KEEP = "reports.edition.keep"
BATCH = 1000


def told(edition: ReportEdition) -> Recorded:
    """The ledger line: of which day, how many rows, and a digest of them, so that no number can be changed afterwards."""
    rows = edition.counts.values_list(*PUBLIC)
    said = sorted(" ".join(map(str, row)) for row in rows)
    facts: dict[str, object] = {"as_of": edition.as_of_date.isoformat(), "rows": len(said), "digest": digest(said)}
    return Recorded([facts], {"edition": edition.pk})


@act(KEEP, records=told)
def keep_edition(*, as_of: date, rows: Sequence[ReportCount], by: Actor, at: datetime) -> ReportEdition:
    """Keep what was counted; an edition that is there already stays as it is.

    Raises:
        NotAllowed: `by` is not the house itself: nobody writes these numbers by hand.
    """
    require(policies.may_count(by), KEEP)
    hold_names("report-edition", [as_of.isoformat()])
    edition, made = ReportEdition.objects.get_or_create(as_of_date=as_of, defaults={"counted_at": at})
    if made:
        for one in rows:
            one.edition = edition
        ReportCount.objects.bulk_create(rows, batch_size=BATCH)
    return edition


def count_reports(*, by: Actor, at: datetime) -> ReportEdition | None:
    """Count the newest quarter whose terms to acknowledge have passed, unless that is done. Nobody waits meanwhile.

    Returns:
        The new edition; none when it was there.
    """
    as_of = last_quarter(day_of(at))
    if is_counted(as_of):
        return None
    return keep_edition(as_of=as_of, rows=counted(as_of), by=by, at=at)
