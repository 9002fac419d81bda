"""Acts of those who report. They leave nothing in the log, and their line in the ledger comes by night, among others.

Both would tell when somebody reported (`actions/releasing.py`).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext_noop

from adaldyq.base.errors import DomainError
from adaldyq.kernel import naming
from adaldyq.kernel.actor import Actor, require
from adaldyq.kernel.acts import Leaves, Recorded, act
from adaldyq.kernel.deadlines.actions import DueOf, begin_deadlines
from adaldyq.kernel.deadlines.terms import Bound, Due
from adaldyq.kernel.gathering import gathered, insert_later
from adaldyq.kernel.models import Body, Territory
from adaldyq.kernel.roles import Role
from adaldyq.measures.reports.actions.identities import keep_identity
from adaldyq.measures.reports.actions.releasing import leave_leaf
from adaldyq.measures.reports.adapters.identities import SealedIdentity
from adaldyq.measures.reports.adapters.rewraps import digest
from adaldyq.measures.reports.models import Bar, Enclosure, KeyWrap, Message, ReceivingUnit, Report, UsedPage
from adaldyq.measures.reports.models.leaves import ADDED, FILED
from adaldyq.measures.reports.models.messages import REPORTER
from adaldyq.measures.reports.queries.routing import accounts_in, keys_for, passed_over
from adaldyq.sealing import envelopes

NOBODY = Actor(id="", roles=frozenset({Role.PUBLIC}))
"""Whoever reports, signed in or not."""
FILE, ADD = "reports.report.file", "reports.report.add"
ACKNOWLEDGEMENT, FEEDBACK, SECOND_LOOK = "report_acknowledgement", "report_feedback", "report_second_look"
JUSTIFIED = "report_feedback_justified"
START, REASON, RELIEF = "protection_start", "employer_reason", "interim_relief"
TITLES = {
    ACKNOWLEDGEMENT: gettext_noop("Acknowledge a report"),
    FEEDBACK: gettext_noop("Tell the reporter what was done"),
    SECOND_LOOK: gettext_noop("Look again at what was set aside as no report"),
    START: gettext_noop("Take up a protection file"),
    REASON: gettext_noop("The employer shows another reason"),
    RELIEF: gettext_noop("Decide on interim relief"),
}
REMINDERS = {ACKNOWLEDGEMENT: (2,), FEEDBACK: (14, 2), SECOND_LOOK: (1,), START: (2,), REASON: (3,), RELIEF: (2,)}
ESCALATIONS = (1,)
PASSED = "adaldyq.measures.reports.actions.watching.escalate"
PASSED_OF_PROTECTION = {
    START: "adaldyq.measures.reports.actions.protection_terms.escalate_protection",
    REASON: "adaldyq.measures.reports.actions.protection_terms.presume_retaliation",
    RELIEF: "adaldyq.measures.reports.actions.protection_terms.escalate_protection",
}
PASSED_OTHERWISE = {SECOND_LOOK: "adaldyq.measures.reports.actions.triage.lapse", **PASSED_OF_PROTECTION}
LARGEST_MESSAGE, MOST_MESSAGES, MOST_ENCLOSURES = 256 * 1024, 200, 20


@dataclass(frozen=True, slots=True)
class Enclosed:
    """An envelope of a file that lies in the folder of files: where, and how many bytes it has."""

    stored: str
    size: int


@dataclass(frozen=True, slots=True)
class Filing:
    """A report as it arrives: what routing and counting need, and envelopes.

    Attributes:
        recipient: public half of the report's own key.
        wrapped: its secret half, sealed to the officers.
        lookup: made from the phrase of the receipt.
        mailbox: public half of the mailbox's key.
        locked_mailbox: its secret half, locked with the phrase.
        sealed: what was reported, an envelope.
        sealed_to: public keys of the officers that `wrapped` is sealed to; those of the unit when it is not said.
        identity: who the reporter is, sealed to custodians; none when they did not say.
        about_office: which office the reporter says that it is about, which then never gets it; as for `route`.
        named: accounts of officers whom the report names, and who else it names of an office (`routing.offices_led`); they never get it.
        page: name of the page that sends it, which then sends no other; empty for what no page sends.
        content: name of what that page carries, by which the same sent again is known; empty for what a script sealed.
    """

    unit: ReceivingUnit
    topic: str
    channel: str
    recipient: str
    wrapped: bytes
    lookup: bytes
    mailbox: str
    locked_mailbox: bytes
    sealed: bytes
    about: Body | None = None
    sealed_to: Sequence[str] = ()
    territory: Territory | None = None
    enclosed: Sequence[Enclosed] = field(default=())
    identity: SealedIdentity | None = None
    about_office: str = ""
    named: Collection[str] = frozenset()
    page: str = ""
    content: str = ""


def filed(report: Report) -> Recorded:
    """What listeners learn of a report: that it is there."""
    return Recorded([], {"report": report.pk, "unit": report.unit_id})


@act(FILE, leaves=Leaves.NONE, records=filed, quiet=True)
def file_report(*, filing: Filing, by: Actor, at: datetime) -> Report:
    """Take a report in. The same sent twice is one report.

    Args:
        by: the public, whoever is signed in; nothing of the sender is kept.
        at: the beginning of the day; no time is kept.

    Raises:
        NotAllowed: `by` is somebody.
        DomainError: `declared-not-offered` for an unknown topic; `envelope-damaged`, `recipient-invalid`,
            `too-many-recipients`, `message-too-long` or `too-many-files` for what no page of ours sends;
            `page-used` when the page has sent another report.
    """
    require(not by.id and not by.system, FILE)
    check_filing(filing)
    known = Report.objects.filter(lookup=filing.lookup).first()
    if known is not None:
        return known
    try:
        with transaction.atomic(), gathered():
            return written(filing, at)
    except IntegrityError:
        known = Report.objects.filter(lookup=filing.lookup).first()
        if known is None:
            raise DomainError("page-used") from None
        return known  # the same form sent twice at once


def written(filing: Filing, at: datetime) -> Report:
    """Write a report with all that stands beside it, and begin its first term."""
    day = naming.pack().day_of(at)
    report = Report(
        unit=filing.unit,
        about_body=filing.about,
        topic=filing.topic,
        territory=filing.territory,
        channel=filing.channel,
        received_date=day,
        recipient=filing.recipient,
        lookup=filing.lookup,
        locked_mailbox=filing.locked_mailbox,
        mailbox_recipient=filing.mailbox,
    )
    sealed_to = filing.sealed_to or [
        one.recipient for one in keys_for(filing.unit, [filing.about] if filing.about else (), day)
    ]
    wrap = KeyWrap(report=report, wrapped=filing.wrapped, readers=digest(sealed_to), reason="filed", made_date=day)
    used = [UsedPage(name=name, made_date=day) for name in (filing.page, filing.content) if name]
    insert_later([report], [wrap], used)
    leave_leaf(report, FILED, day, write(report, 1, filing.sealed, filing.enclosed, day))
    passed = passed_over(filing.unit, filing.about, day, filing.about_office, filing.named)
    insert_later([Bar(report=report, unit=one, made_date=day) for one in passed])
    insert_later([Bar(report=report, account_id=one, made_date=day) for one in accounts_in(filing.named)])
    if filing.identity is not None:
        keep_identity(report, filing.identity, day)
    run_clock(report, ACKNOWLEDGEMENT, at)
    return report


def check_filing(filing: Filing) -> None:
    """Refuse what no page of ours sends.

    Raises:
        DomainError: as `file_report`.
    """
    if filing.topic not in naming.pack().codes["report_topic"]:
        raise DomainError("declared-not-offered", field="topic", value=filing.topic)
    for public in (filing.recipient, filing.mailbox):
        envelopes.recipient(public)
    if envelopes.recipients_of(filing.wrapped) > envelopes.MOST_RECIPIENTS:
        raise DomainError("envelope-damaged", field="wrapped")
    check_message(filing.sealed, filing.enclosed)


def check_message(sealed: bytes, enclosed: Sequence[Enclosed]) -> None:
    """Refuse an envelope that is none, was cut off, is too large, or has too many files.

    Raises:
        DomainError: `message-too-long`, `too-many-files` or `envelope-damaged`.
    """
    if len(sealed) > LARGEST_MESSAGE:
        raise DomainError("message-too-long", field="text", most=LARGEST_MESSAGE // 1024)
    if len(enclosed) > MOST_ENCLOSURES:
        raise DomainError("too-many-files", field="enclosures", most=MOST_ENCLOSURES)
    if not 1 <= envelopes.recipients_of(sealed) <= envelopes.SLOTS or not envelopes.is_whole(sealed):
        raise DomainError("envelope-damaged", field="text")


def write(
    report: Report,
    place: int,
    sealed: bytes,
    enclosed: Sequence[Enclosed],
    day: date,
    *,
    side: str = REPORTER,
    by: str | None = None,
    closes: bool = False,
) -> Message:
    """Put a message and its files beside a report.

    Raises:
        DomainError: `file-gone`: a file is that of another message.
    """
    if enclosed and Enclosure.objects.filter(stored__in=[one.stored for one in enclosed]).exists():
        raise DomainError("file-gone")
    message = Message(report=report, place=place, side=side, by_id=by, sealed=sealed, sent_date=day, closes=closes)
    files = [
        Enclosure(message=message, place=number, stored=one.stored, size=one.size)
        for number, one in enumerate(enclosed, start=1)
    ]
    insert_later([message], files)
    return message


def next_place(report: Report) -> int:
    """The place of the next message.

    Raises:
        DomainError: `too-many-messages`.
    """
    last: int = report.messages.aggregate(last=Max("place"))["last"] or 0
    if last >= MOST_MESSAGES:
        raise DomainError("too-many-messages", most=MOST_MESSAGES)
    return last + 1


def run_clock(report: Report, name: str, at: datetime, *, last: date | None = None) -> None:
    """Begin a term of a report: it binds the unit, and another body and whoever stands above it are told when it passed.

    Args:
        last: its last day, if not by the pack.
    """
    day = naming.pack().day_of(at)
    due = Due(
        name,
        TITLES[name],
        working=name in PASSED_OTHERWISE,
        action=PASSED_OTHERWISE.get(name, PASSED),
        reminders=REMINDERS[name],
        escalations=ESCALATIONS,
        href=f"reports/inbox/{report.pk}/",
    )
    subject = DueOf(report, "", last or naming.pack().due(name, day))
    bound = Bound(body=report.unit.body, account=report.assigned_to)
    begin_deadlines(due=due, of=[subject], bound=bound, at=at)


def added(message: Message) -> Recorded:
    """What listeners learn of a message."""
    return Recorded([], {"report": message.report_id, "message": message.pk})


@act(ADD, leaves=Leaves.NONE, records=added, quiet=True)
def add_to_report(
    *, report: Report, sealed: bytes, enclosed: Sequence[Enclosed], by: Actor, at: datetime, channel: str = ""
) -> Message:
    """Let the reporter write again. Who has the phrase, and so the report, may. The same sent twice is one message.

    Args:
        channel: on which way it came, if not from the pages.

    Raises:
        NotAllowed: `by` is somebody.
        DomainError: as `check_message`; `too-many-messages`.
    """
    require(not by.id and not by.system, ADD)
    check_message(sealed, enclosed)
    known = report.messages.filter(sealed=sealed).first()  # age never makes the same envelope twice
    if known is not None:
        return known
    Report.objects.filter(pk=report.pk).update(needs_attention=True)
    day = naming.pack().day_of(at)
    message = write(report, next_place(report), sealed, enclosed, day)
    if channel:
        message.channel = channel
        message.save(update_fields=["channel"])
    leave_leaf(report, ADDED, day, message)
    return message
