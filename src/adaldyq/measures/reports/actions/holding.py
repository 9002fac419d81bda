"""A report whose row is held, so that who reads it, and its keys, do not change before the act ends."""

from __future__ import annotations

from django.db.models import Model

from adaldyq.base.errors import DomainError
from adaldyq.measures.reports.models import Report


def held(report: Report) -> Report:
    """A report as it stands now; whoever else changes it waits until the transaction ends.

    Acts hold it before its deadlines. What only points to it, such as a term that the clock found passed, need not wait.
    """
    rows = Report.objects.select_for_update(of=("self",), no_key=True).select_related("unit__body", "about_body")
    return rows.get(pk=report.pk)


def hold_subject(subject: Model) -> None:
    """Hold the report that a deadline is about, before the clock marks the deadline."""
    if isinstance(subject, Report):
        held(subject)


def check_sealed_to(report: Report, recipient: str) -> None:
    """Refuse a message that was sealed to a key which the report has no more.

    Its reporter named somebody meanwhile: whoever is kept out may have that key, and would read on.

    Args:
        report: as it is held.
        recipient: the public half of the report's key to which the message was sealed.

    Raises:
        DomainError: `keys-changed`.
    """
    if recipient != report.recipient:
        raise DomainError("keys-changed", field="text")
