"""Messages that gateways, messengers and mail servers bring: each is one report, or is added to one, and is taken once.

A carrier brings a message again when our answer was lost. Then the sender gets the same phrase: until an answer went out,
the secret of the receipt waits, locked with the message itself, which only the carrier can bring again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from adaldyq.base.errors import DomainError
from adaldyq.kernel import naming
from adaldyq.kernel.actor import Actor, require
from adaldyq.measures.reports.actions.composing import Told, sealed_filing
from adaldyq.measures.reports.actions.filing import FILE, NOBODY, Enclosed, file_report
from adaldyq.measures.reports.actions.narrowing import Adding, Narrowed, add_heeding, narrow_report, narrowed_by
from adaldyq.measures.reports.adapters import letters
from adaldyq.measures.reports.adapters.arrival import SealedFile
from adaldyq.measures.reports.adapters.doors import boxes, texts
from adaldyq.measures.reports.models import DoorMark, DoorPart, Report, UsedPage
from adaldyq.measures.reports.models.channels import MAIL
from adaldyq.measures.reports.queries import own
from adaldyq.measures.reports.queries.named import offices_named
from adaldyq.measures.reports.queries.narrowing import Heard, heard_in
from adaldyq.sealing import phrases, receipts

FILED, ADDED, JOINED, ASKED, KNOWN = "filed", "added", "joined", "asked", "known"
KEPT, WAITING, PARTS_WAIT = timedelta(days=7), timedelta(days=2), timedelta(days=1)
PAGES = timedelta(days=2)  # longer than one may be sent


@dataclass(frozen=True, slots=True)
class Came:
    """A message as it came through a door, in memory only.

    Attributes:
        id: that its carrier gave it.
        sender: to whom an answer goes; never stored.
        files: sealed as they came.
        also: names of other messages that are parts of this one.
        own: what this part alone says, when it is one of several.
        album: what it has in common with other files that were sent at once; empty when it was sent alone.
        beyond: how it goes on in a file, where a message does not hold all of it: names are looked for there, too.
    """

    channel: str
    id: str
    sender: str
    text: str
    files: Sequence[SealedFile] = ()
    also: Sequence[str] = field(default=())
    own: str = ""
    album: str = ""
    beyond: str = ""

    @property
    def name(self) -> str:
        """Under which it is known that it was taken."""
        return boxes.name_of(self.channel, self.id)

    @property
    def facts(self) -> tuple[str, ...]:
        """What only its carrier can bring again."""
        return (self.channel, self.id, self.sender, self.own or self.text)

    @property
    def facts_of_album(self) -> tuple[str, ...]:
        """What only the carrier of another file of the album can bring."""
        return (self.channel, self.sender, "album", self.album)


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a message.

    Attributes:
        what: filed, added, joined (to the other files of its album), asked (a phrase without more), or known: it was taken
            before, and its sender answered.
        secret: of the receipt of a report that was filed.
        report: that it was added to, or asked about.
    """

    what: str
    secret: bytes = b""
    report: Report | None = None


def take_in(*, came: Came, by: Actor, at: datetime) -> Taken:
    """Take a message in: as a new report, or to the report whose phrase it begins with or whose album it belongs to.

    Brought again, it is known.

    Args:
        by: the system, once it has seen that the carrier may bring messages.
        at: the beginning of the day; no time is kept.

    Raises:
        NotAllowed: `by` is somebody.
        DomainError: `phrase-not-first`, `phrase-again`, as `phrases.read`, or `no-such-report` when the phrase is wrong;
            `nobody-to-seal-to` and what `file_report` and `add_to_report` refuse.
    """
    require(by.system, FILE)
    mark = DoorMark.objects.filter(name=came.name).first()
    if mark is not None:
        return taken_before(mark, came)
    found = texts.split(came.text)
    try:
        if found is not None:
            return with_keys_of_now(lambda: added(came, *found, at))
        return with_keys_of_now(lambda: joined(came, at))
    except IntegrityError:  # the same message came twice at once
        mark = DoorMark.objects.filter(name=came.name).first()
        if mark is None:
            raise
        return taken_before(mark, came)


def taken_before(mark: DoorMark, came: Came) -> Taken:
    """What is said of a message that was taken in already: the phrase once more, while nobody got it."""
    secret = boxes.unlock(bytes(mark.waiting), *came.facts)
    return Taken(FILED, secret) if secret else Taken(KNOWN)


def filed(came: Came, at: datetime) -> Taken:
    """A new report of a message.

    Raises:
        DomainError: `nobody-impartial`: it names both offices, or all who could read it, and its sender is told so.
    """
    secret = phrases.new_entropy()
    day = naming.pack().day_of(at)
    told = Told(came.text, came.channel, files=came.files, language=texts.language_of(came.text), beyond=came.beyond)
    named = offices_named(told.in_own_words, day)
    if len(named) > 1:
        raise DomainError("nobody-impartial")
    if named:  # nobody can be asked
        told = replace(told, about_office=named[0])
    filing = sealed_filing(told, secret, day)
    with transaction.atomic():
        remember(came, at, boxes.lock(secret, *came.facts))
        report = file_report(filing=filing, by=NOBODY, at=at)
        remember_album(came, report, at)
    return Taken(FILED, secret)


def added(came: Came, secret: bytes, text: str, at: datetime) -> Taken:
    """A message that is added to a report, or only asks how it stands.

    No key is needed for it but those that seal, unless it names somebody who then reads no more (`actions/narrowing.py`).

    A phrase that stands in it once more is taken out: officers would read it. An e-mail often quotes our own answer, with
    the phrase; and whoever cannot be answered cannot send it again.

    Raises:
        DomainError: `no-such-report`; `phrase-again`.
    """
    report = own.found_by(receipts.lookup(secret))
    text = texts.without_phrase(text, doubtful=came.channel == MAIL or not came.sender)
    if not text.strip() and not came.files:
        return Taken(ASKED, report=report)
    day, heard = naming.pack().day_of(at), heard_in_added(text, came, at)
    mailbox = receipts.unlock(secret, bytes(report.locked_mailbox))
    write_to(report, came, text, narrowed_by(report, mailbox, heard, day), at)
    return Taken(ADDED, report=report)


def heard_in_added(text: str, came: Came, at: datetime) -> Heard:
    """Whom a further message names; of an e-mail not what it quotes, since that may be our own answer."""
    own_words = [
        line
        for line in f"{text}\n{came.beyond}".splitlines()
        if came.channel != MAIL or not line.lstrip().startswith(">")
    ]
    told = "\n".join([*own_words, *(one.name for one in came.files)])
    return heard_in(told, naming.pack().day_of(at))


def with_keys_of_now(take: Callable[[], Taken]) -> Taken:
    """Take something in; once more when who reads its report changed just then."""
    try:
        return take()
    except DomainError as refused:
        if refused.code != "keys-changed":
            raise
    return take()


def joined(came: Came, at: datetime) -> Taken:
    """A new report, or a further file of an album, with its words if it has any.

    Where these name somebody it becomes a report of its own, of which the sender gets a phrase: only that of the first one
    could seal that one to others. Whom it names is kept out of both, and further files go to the new one.

    Raises:
        DomainError: `nobody-impartial` when one of both could go to nobody; nothing is kept then.
    """
    report = report_of_album(came)
    if report is None:
        return filed(came, at)
    if heard := heard_in_added(came.text, came, at):
        with transaction.atomic():
            narrow_report(report=report, narrowed=heard, by=NOBODY, at=at)  # held before the album, as by further files
            return filed(came, at)
    write_to(report, came, came.text, None, at)
    return Taken(JOINED, report=report)


def write_to(report: Report, came: Came, text: str, narrowed: Narrowed | None, at: datetime) -> None:
    """Add what came to a report."""
    letter = letters.Letter(letters.MESSAGE, text, files=came.files, language=texts.language_of(came.text))
    recipient = narrowed.recipient if narrowed else report.recipient
    sealed = letters.seal(letter, [recipient, report.mailbox_recipient])
    enclosed = [Enclosed(one.stored, one.size) for one in came.files]
    adding = Adding(sealed, recipient, enclosed, came.channel, narrowed)
    with transaction.atomic():
        remember(came, at)
        add_heeding(report=report, adding=adding, by=NOBODY, at=at)
        if came.album:
            found = mark_of_album(came, report)
            made = found | {"made_date": naming.pack().day_of(at)}
            DoorMark.objects.get_or_create(name=boxes.name_of(*came.facts_of_album), defaults=made)


def mark_of_album(came: Came, report: Report) -> dict[str, bytes]:
    """By what further files of an album find a report: locked, so that only who brings another of them finds it."""
    return {"waiting": boxes.lock(str(report.pk).encode(), *came.facts_of_album)}


def remember_album(came: Came, report: Report, at: datetime) -> None:
    """Let further files of an album find its new report, also when earlier ones went to another."""
    if came.album:
        found = mark_of_album(came, report)
        made = found | {"made_date": naming.pack().day_of(at)}
        name = boxes.name_of(*came.facts_of_album)
        DoorMark.objects.update_or_create(name=name, defaults=found, create_defaults=made)


def report_of_album(came: Came) -> Report | None:
    """The report to which another file of the same album went; none when none did, or some days ago."""
    mark = DoorMark.objects.filter(name=boxes.name_of(*came.facts_of_album)).first() if came.album else None
    found = boxes.unlock(bytes(mark.waiting), *came.facts_of_album) if mark else None
    return Report.objects.filter(pk=found.decode()).first() if found else None


def remember(came: Came, at: datetime, waiting: bytes = b"") -> None:
    """Write down that a message was taken, and all its parts, in the order of their names: two may come at once, each with the other."""
    day = naming.pack().day_of(at)
    kept = {came.name: waiting} | dict.fromkeys(came.also, b"")
    DoorMark.objects.bulk_create(DoorMark(name=one, waiting=kept[one], made_date=day) for one in sorted(kept))


def forget_secret(came: Came) -> None:
    """Let go of the secret of a receipt: the sender was answered."""
    DoorMark.objects.filter(name=came.name).update(waiting=b"")


def gather(*, came: Came, whole: str, place: int, parts: int, by: Actor, at: datetime) -> Came | None:
    """Put a part beside the others, and return the whole once all are there; none while some are missing.

    Args:
        came: the part.
        whole: what all parts of the message have in common.
        place: of the part, from 1.
        parts: how many there are.

    Raises:
        NotAllowed: `by` is somebody.
    """
    require(by.system, FILE)
    if DoorMark.objects.filter(name=came.name).exists():
        return came
    group = boxes.name_of(came.channel, came.sender, whole)
    if DoorPart.objects.filter(whole=group, place=place).exclude(name=came.name).exists():
        file_what_came(group, came.channel, at)  # the telephone uses the number of an older message anew
    locked = boxes.lock(came.text.encode(), group)
    day = naming.pack().day_of(at)
    DoorPart.objects.get_or_create(
        name=came.name, defaults={"whole": group, "place": place, "locked": locked, "made_date": day}
    )
    found = list(DoorPart.objects.filter(whole=group))
    if len(found) < parts:
        return None
    others = [one.name for one in found if one.name != came.name]
    return replace(came, text=text_of(found), also=others, own=came.text)


def text_of(found: Iterable[DoorPart]) -> str:
    """The text of some parts of a message."""
    return "".join((boxes.unlock(bytes(one.locked), one.whole) or b"").decode() for one in found)


def drop_parts(came: Came) -> None:
    """Remove the parts of a message that was taken in."""
    DoorPart.objects.filter(name__in=[came.name, *came.also]).delete()


def file_what_came(group: str, channel: str, at: datetime) -> None:
    """Take in a message of which parts are missing, as it is: a report without its end is better than none.

    Nobody can be answered, since the sender is not known any more. What holds a wrong phrase goes: nobody may read it.
    What names all who could read it stays, locked as it is, until somebody else receives reports.
    """
    found = list(DoorPart.objects.filter(whole=group))
    names = [one.name for one in found]
    came = Came(channel, " ".join(names), "", text_of(found), also=names)
    try:
        with transaction.atomic():
            phrase = texts.split(came.text)
            if not DoorMark.objects.filter(name__in=names).exists():
                filed(came, at) if phrase is None else added(came, *phrase, at)
    except DomainError as refused:
        if refused.code in {"nobody-to-seal-to", "nobody-impartial"}:
            return set_apart(found, channel)  # its sender can be told nothing, so it waits for somebody who may have it
    DoorPart.objects.filter(name__in=names).delete()
    return None


def set_apart(found: Sequence[DoorPart], channel: str) -> None:
    """Let parts wait under a name of their own, so that a telephone may use the number of their message anew."""
    whole = boxes.name_of(channel, "apart", *(one.name for one in found))
    for one in found:
        text = boxes.unlock(bytes(one.locked), one.whole) or b""
        DoorPart.objects.filter(pk=one.pk).update(whole=whole, locked=boxes.lock(text, whole))


def tidy(*, channel: str, by: Actor, at: datetime) -> None:
    """Take in what waits for parts that never came, and forget marks, secrets and used pages whose time has passed.

    Raises:
        NotAllowed: `by` is somebody.
    """
    require(by.system, FILE)
    day = naming.pack().day_of(at)
    old = DoorPart.objects.filter(made_date__lte=day - PARTS_WAIT)
    for group in sorted(set(old.values_list("whole", flat=True))):
        file_what_came(group, channel, at)
    DoorMark.objects.filter(made_date__lte=day - KEPT).delete()
    UsedPage.objects.filter(made_date__lte=day - PAGES).delete()
    DoorMark.objects.filter(made_date__lte=day - WAITING).exclude(waiting=b"").update(waiting=b"")
