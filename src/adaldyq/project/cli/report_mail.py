"""`adaldyq reports mail` and `fetch-mail`: reports that come by e-mail, from a mail server's pipe or out of a mailbox."""

from __future__ import annotations

import imaplib
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click
from django.utils.translation import gettext as _

from adaldyq.base.errors import DomainError
from adaldyq.project.cli.output import console
from adaldyq.project.memory import keep_off_disk
from adaldyq.ui.formats.values import number

WRONG, LATER = 65, 75  # of sysexits.h, as mail servers read them: the message bounces, or is brought again
SECONDS, MOST_IN_A_RUN = 30, 200


@click.command(
    "mail",
    help=_(
        "Take one e-mail from the standard input as a report, seal it, and answer its sender with the phrase of the receipt. "
        "A mail server may call it for each message of an address (a pipe).\n\n"
        "What programs sent, such as automatic answers, is passed over. Ends with 75 when the message shall be brought again, "
        "and with 65 when it cannot be taken."
    ),
)
def mail() -> None:
    """Take an e-mail."""
    keep_off_disk()
    from adaldyq.measures.reports.adapters.doors.mails import LARGEST  # noqa: PLC0415  # a command reads in what it needs only

    taken(sys.stdin.buffer.read(LARGEST + 1))


def taken(content: bytes) -> None:
    """Take an e-mail in; say what became of it, and nothing of what it says."""
    from django.db import OperationalError  # noqa: PLC0415  # as above

    from adaldyq.kernel.problems import sentence  # noqa: PLC0415  # as above
    from adaldyq.measures.reports.views.mail_door import LATER as AGAIN  # noqa: PLC0415  # as above
    from adaldyq.measures.reports.views.mail_door import take_mail  # noqa: PLC0415  # as above

    try:
        click.echo(take_mail(content))
    except DomainError as refused:
        click.echo(sentence(refused), err=True)
        raise SystemExit(LATER if refused.code in AGAIN else WRONG) from None
    except (OSError, OperationalError) as failed:
        click.echo(type(failed).__name__, err=True)
        raise SystemExit(LATER) from None


@click.command(
    "fetch-mail",
    help=_(
        "Fetch what came into the mailbox of ADALDYQ_DOOR_MAIL, take each e-mail as `mail` does, and delete it there. What "
        "shall come again stays in the mailbox. Let a timer call it every few minutes."
    ),
)
def fetch_mail() -> None:
    """Fetch e-mails.

    Raises:
        UsageError: no mailbox is set.
        ClickException: the mailbox does not answer.
    """
    keep_off_disk()
    from django.conf import settings  # noqa: PLC0415  # as above

    if not settings.DOOR_MAIL:
        raise click.UsageError(_("Set ADALDYQ_DOOR_MAIL to the mailbox, such as imaps://USER:PASSWORD@HOST/INBOX."))
    counts = {"taken": 0, "left": 0}
    try:
        with mailbox(settings.DOOR_MAIL) as box:
            for one in numbers_in(box):
                counts["taken" if fetched(box, one) else "left"] += 1
            box.expunge()
    except (imaplib.IMAP4.error, OSError) as failed:
        raise click.ClickException(
            _("The mailbox does not answer: %(why)s.") % {"why": type(failed).__name__}
        ) from None
    said = _("Taken out of the mailbox: %(taken)s; left in it: %(left)s.")
    console.print(said % {name: number(count) for name, count in counts.items()})


@contextmanager
def mailbox(place: tuple[str, int, bool, str, str, str]) -> Iterator[imaplib.IMAP4]:
    """A mailbox, open."""
    host, port, encrypted, user, password, folder = place
    kind = imaplib.IMAP4_SSL if encrypted else imaplib.IMAP4
    box = kind(host, port, timeout=SECONDS)
    try:
        box.login(user, password)
        status, told = box.select(folder)
        if status != "OK":
            raise imaplib.IMAP4.error(told)
        yield box
    finally:
        box.logout()


def numbers_in(box: imaplib.IMAP4) -> list[str]:
    """The lasting numbers of the oldest messages, as many as one run takes."""
    _status, found = box.uid("SEARCH", "UNDELETED")
    return (found[0] or b"").decode().split()[:MOST_IN_A_RUN]


def fetched(box: imaplib.IMAP4, own: str) -> bool:
    """Take one message in, and mark it for deletion, unless it shall stay.

    Also one that cannot be taken is deleted: it names no sender, or was too large and its sender was told; it would come again
    for ever. One of which nobody foresaw what is wrong with it stays, and stops none of the others.
    """
    from adaldyq.measures.reports.adapters.doors.mails import LARGEST  # noqa: PLC0415  # as above

    _status, parts = box.uid("FETCH", own, f"(BODY.PEEK[]<0.{LARGEST + 1}>)")
    content = next((one[1] for one in parts if isinstance(one, tuple)), b"")
    try:
        taken(content)
    except SystemExit as ended:
        if ended.code == LATER:
            return False
    except Exception as failed:  # noqa: BLE001  # an e-mail is a stranger's: one must not shut the door for all that come after it
        click.echo(type(failed).__name__, err=True)
        return False
    box.uid("STORE", own, "+FLAGS.SILENT", "(\\Deleted)")
    return True
