"""Reports that come by telephone."""

from __future__ import annotations

from datetime import datetime

from adaldyq.kernel.actor import Actor, require
from adaldyq.measures.reports import policies
from adaldyq.measures.reports.actions.filing import FILE, NOBODY, Filing, file_report
from adaldyq.measures.reports.models import Report


def take_call(*, filing: Filing, by: Actor, at: datetime) -> Report:
    """Take in what a caller told an operator.

    The report is the caller's: nothing says which operator heard it, so that nobody can be asked whose voice it was.

    Raises:
        NotAllowed: `by` is no operator of the telephone.
        DomainError: as `file_report`.
    """
    require(policies.may_take_calls(by), FILE)
    return file_report(filing=filing, by=NOBODY, at=at)
