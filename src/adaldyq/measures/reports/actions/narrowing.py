"""What a reporter adds may name who reads the report, or its office: from then on they get nothing more of it.

Every message is sealed to two keys, the report's and the mailbox's. The phrase opens the mailbox's, so whoever adds
with it can seal that one to those who still read: it opens all messages, earlier and later. The report's key, which
whoever is kept out may have opened before, gets another public half, whose secret half nobody has. What somebody read they have read.

The mailbox's key stays the same, since the phrase opens it. So this holds for the first naming: whoever opened the report between two
has had that key, and with it and a copy of the database opens what is added after the second too; the server gives them nothing of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from adaldyq.base.errors import DomainError
from adaldyq.kernel import naming
from adaldyq.kernel.actor import Actor, require
from adaldyq.kernel.acts import Leaves, Recorded, act
from adaldyq.measures.reports.actions.filing import Enclosed, add_to_report
from adaldyq.measures.reports.actions.handing_over import hand_over, hand_over_closed
from adaldyq.measures.reports.actions.holding import check_sealed_to, held
from adaldyq.measures.reports.actions.leaving import bar_unit, take_from_barred
from adaldyq.measures.reports.actions.protection import claim_protection
from adaldyq.measures.reports.actions.sealing import check_wrap
from adaldyq.measures.reports.actions.triage import object_to_setting_aside
from adaldyq.measures.reports.adapters.rewraps import digest
from adaldyq.measures.reports.models import Bar, KeyWrap, ReceivingUnit, Report
from adaldyq.measures.reports.queries.narrowing import Heard, Readers, left_after, offices_meant
from adaldyq.measures.reports.queries.routing import accounts_in
from adaldyq.measures.reports.states import OPEN, SET_ASIDE
from adaldyq.sealing import envelopes

NARROW = "reports.report.narrow"
NAMED = "named"
UNREAD = digest(())
"""The readers of a key which nobody who has the report now can open."""


@dataclass(frozen=True, slots=True)
class Narrowed:
    """Whom a message names, and the key of the mailbox for those who are left.

    Attributes:
        recipient: public half to which messages are sealed from now on, beside the mailbox's.
        wrapped: the secret half of the mailbox's key, sealed to `readers`.
    """

    heard: Heard
    readers: Readers
    recipient: str
    wrapped: bytes


@dataclass(frozen=True, slots=True)
class Adding:
    """A message that is added to a report, sealed.

    Attributes:
        channel: on which way it came, if not from the pages.
        sealed_to: the public half of the report's key to which it is sealed, when it names nobody.
        narrowed: who reads the report from now on; none when the message names nobody.
        retaliation: whether it asks for protection.
        may_ask: whether the employer may be asked.
    """

    sealed: bytes
    sealed_to: str
    enclosed: Sequence[Enclosed] = ()
    channel: str = ""
    narrowed: Narrowed | None = None
    retaliation: bool = False
    may_ask: bool = False


def is_unread(report: Report) -> bool:
    """Whether a report came to its office with a key that nobody there opens."""
    return report.wraps.filter(is_current=True, readers=UNREAD).exists()


def narrowed_by(report: Report, mailbox: str, heard: Heard, day: date) -> Narrowed | None:
    """The key of a report for those who are left when a message names somebody; none when it names nobody.

    Args:
        mailbox: the secret half of the mailbox's key.

    Also when it names nobody, of a report that came to its office with a key that nobody there opens.

    Raises:
        DomainError: `nobody-impartial`.
    """
    if not heard and not is_unread(report):
        return None
    readers = left_after(report, heard, day)
    wrapped = envelopes.wrap(mailbox, readers.recipients)
    return Narrowed(heard, readers, envelopes.new_identity()[1], wrapped)


def add_heeding(*, report: Report, adding: Adding, by: Actor, at: datetime) -> None:
    """Add a message to a report that nobody whom it names reads from then on. The same sent twice is one message.

    Raises:
        NotAllowed: `by` is somebody.
        DomainError: `keys-changed` when another page changed meanwhile who reads the report; as `narrow_report` and
            `add_to_report`.
    """
    with transaction.atomic():
        report = held(report)  # two pages with one phrase may add at once
        if report.messages.filter(sealed=adding.sealed).exists():
            return  # its answer was lost
        if adding.narrowed is None:
            check_sealed_to(report, adding.sealed_to)
        else:
            report = narrow_report(report=report, narrowed=adding.narrowed, by=by, at=at)
        if adding.retaliation:
            claim_protection(
                report=report,
                may_ask=adding.may_ask,
                sealed=adding.sealed,
                enclosed=adding.enclosed,
                by=by,
                at=at,
            )
        else:
            add_to_report(
                report=report,
                sealed=adding.sealed,
                enclosed=adding.enclosed,
                by=by,
                at=at,
                channel=adding.channel,
            )


def unseen(report: Report) -> Recorded:
    """What listeners learn: that it stands otherwise than before. The line in the ledger is that of the message."""
    return Recorded([], {"report": report.pk})


@act(NARROW, leaves=Leaves.NONE, records=unseen, quiet=True)
def narrow_report(*, report: Report, narrowed: Narrowed | Heard, by: Actor, at: datetime) -> Report:
    """Keep out of a report whom its reporter names now, and give it to another unit where nobody of its own is left.

    Args:
        narrowed: only whom it names where no phrase is at hand, without which nothing can be sealed anew: another unit then has
            the report and its terms, and reads it once its reporter has added something with the phrase.

    Raises:
        NotAllowed: `by` is somebody.
        DomainError: `nobody-impartial`; `keys-changed` when it is sealed to others than are left; `envelope-damaged` or
            `recipient-invalid` for what no page of ours makes.
    """
    require(not by.id and not by.system, NARROW)
    report = held(report)
    day = naming.pack().day_of(at)
    heard = narrowed if isinstance(narrowed, Heard) else narrowed.heard
    left = left_after(report, heard, day)
    bar(report, heard, day)
    if isinstance(narrowed, Narrowed):
        seal_to_left(report, narrowed, left, day)
    elif left.unit != report.unit:
        report.wraps.filter(is_current=True).update(readers=UNREAD)
    take_from_barred(report, day)
    return report if left.unit == report.unit else moved(report, left.unit, by, at)


def seal_to_left(report: Report, narrowed: Narrowed, left: Readers, day: date) -> None:
    """Let the key of a report be sealed to those who are left, and to nobody else.

    Raises:
        DomainError: as `narrow_report`.
    """
    if left.unit != narrowed.readers.unit or set(left.recipients) != set(narrowed.readers.recipients):
        raise DomainError("keys-changed")
    envelopes.recipient(narrowed.recipient)
    check_wrap(narrowed.wrapped, readers=len(left.recipients))
    report.wraps.filter(is_current=True).update(is_current=False, wrapped=b"")
    sealed_to = digest(left.recipients)
    KeyWrap.objects.create(report=report, wrapped=narrowed.wrapped, readers=sealed_to, reason=NAMED, made_date=day)
    Report.objects.filter(pk=report.pk).update(recipient=narrowed.recipient)


def bar(report: Report, heard: Heard, day: date) -> None:
    """Write down whom a report must not reach from now on."""
    for account in accounts_in(heard.officers):
        Bar.objects.get_or_create(report=report, account_id=account, defaults={"made_date": day})
    for unit in ReceivingUnit.objects.filter(kind__in=offices_meant(heard, day)):
        bar_unit(report, unit, day)


def moved(report: Report, to: ReceivingUnit, by: Actor, at: datetime) -> Report:
    """Give a report to another unit; its terms go along."""
    if report.state == SET_ASIDE:
        object_to_setting_aside(report=report, by=by, at=at)
        report.refresh_from_db()
    bar_unit(report, report.unit, naming.pack().day_of(at))
    if report.state in OPEN:
        return hand_over(report, "move", to=to, reason=NAMED, by=by, at=at)
    return hand_over_closed(report, to=to, reason=NAMED, by=by, at=at)
