"""Taking in reports that were sealed elsewhere and brought as files."""

from __future__ import annotations

from datetime import datetime

from adaldyq.kernel.actor import Actor, require
from adaldyq.kernel.acts import Recorded, act
from adaldyq.measures.reports import policies
from adaldyq.measures.reports.actions.filing import NOBODY, Filing, file_report
from adaldyq.measures.reports.models import Report
from adaldyq.measures.reports.models.leaves import HANDLED

TAKE_IN = "reports.report.take_in"


def taken(report: Report) -> Recorded:
    """The ledger line of a report that was brought: which one, and by which door."""
    return Recorded([{"report": report.pk, "door": report.channel}], {"report": report.pk, "unit": report.unit_id})


@act(TAKE_IN, records=taken, told_as=HANDLED)
def take_in_report(*, filing: Filing, by: Actor, at: datetime) -> Report:
    """Take in a report that somebody brought as a file, for the unit to which it is sealed. Nothing of it is opened.

    Args:
        at: the beginning of the day; of the reporter's act no time is kept, whoever brings it.

    Raises:
        NotAllowed: `by` is no receiving officer.
        DomainError: as `file_report`.
    """
    require(policies.may_take_in(by), TAKE_IN)
    return file_report(filing=filing, by=NOBODY, at=at)
