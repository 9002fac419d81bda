"""What a reporter with the phrase sees of a report."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from adaldyq.base.errors import DomainError
from adaldyq.kernel.deadlines import queries as deadlines
from adaldyq.measures.reports.models import Enclosure, Message, Report, UsedPage
from adaldyq.measures.reports.models.reports import NOT_A_REPORT
from adaldyq.measures.reports.states import CLOSED, SET_ASIDE
from adaldyq.sealing import phrases, receipts


@dataclass(frozen=True, slots=True)
class Opened:
    """A report whose mailbox is open: with the secret half of the mailbox's key."""

    report: Report
    secret: str


def open_by_phrase(text: str) -> Opened:
    """The report of a phrase. A miss costs microseconds; only a hit costs an Argon2id.

    Raises:
        DomainError: as `phrases.read`; `no-such-report` when no report has this phrase; `mailbox-damaged`.
    """
    secret = phrases.read(text)
    report = found_by(receipts.lookup(secret))
    return Opened(report, receipts.unlock(secret, bytes(report.locked_mailbox)))


def found_by(lookup: bytes) -> Report:
    """The report of a lookup.

    Raises:
        DomainError: `no-such-report`.
    """
    report = Report.objects.filter(lookup=lookup).select_related("unit__body").first()
    if report is None:
        raise DomainError("no-such-report", field="phrase")
    return report


def is_filed(lookup: bytes) -> bool:
    """Whether a report with this lookup was taken in."""
    return Report.objects.filter(lookup=lookup).exists()


def is_of_page(content: str) -> bool:
    """Whether it is this that its page sent, and no other text."""
    return UsedPage.objects.filter(name=content).exists()


def one(report_id: str) -> Report:
    """A report that a page of its reporter carried.

    Raises:
        DomainError: `no-such-report`: it was erased since.
    """
    report = Report.objects.filter(pk=report_id).select_related("unit__body").first()
    if report is None:
        raise DomainError("no-such-report")
    return report


def messages_of(report: Report) -> Sequence[Message]:
    """All messages of a report, the first one first."""
    return list(report.messages.prefetch_related("enclosures"))


def has_message(report: Report, sealed: bytes) -> bool:
    """Whether an envelope is a message of a report already."""
    return report.messages.filter(sealed=sealed).exists()


def enclosure(report: Report, stored: str) -> Enclosure | None:
    """A file of a report, by where it lies."""
    return Enclosure.objects.filter(message__report=report, stored=stored).first()


def places_kept(places: Collection[str]) -> set[str]:
    """Those of some places at which the envelope of a report lies; others are cleared away after a day."""
    return set(Enclosure.objects.filter(stored__in=places).values_list("stored", flat=True))


def due_of(report: Report, name: str) -> date | None:
    """The last day of a term of the report that runs."""
    running = deadlines.of_subject(report).filter(name=name, closed_at=None).order_by("-started_at").first()
    return running.due_date if running else None


def may_reopen(report: Report) -> bool:
    """Whether the reporter may say that it is not resolved."""
    return report.state == CLOSED and not report.was_reopened and report.outcome != NOT_A_REPORT


def may_object(report: Report) -> bool:
    """Whether the reporter may say that it is a report after all: once, and then it is not set aside again."""
    return report.state == SET_ASIDE or (report.state == CLOSED and report.outcome == NOT_A_REPORT)
