"""E-mails whose sender nobody can be: each is taken or refused by itself, and those that come after it are read."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from click.testing import CliRunner
from pytest_django import Settings

from adaldyq.kernel.notifications import channels
from adaldyq.measures.reports.models import Report
from adaldyq.project.cli.reporting import reports as command
from tests.kernel.notifications.peers import MailSink
from tests.measures.reports.imap_peer import SECRET, Mailbox
from tests.measures.reports.office import Officer
from tests.measures.reports.views.test_door_mail import CANARY, mail, written

__all__ = ["mail"]
HEAD = (
    "From: {}\r\nTo: reports@integrity.example\r\nMessage-ID: <p1@x>\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
)
LONG = "asel@" + "x" * 64 + ".example"
DOTS = "\r\n ..>x"
STRANGE = [LONG, DOTS, "asel@mail..example", "asel@почта..kz", "asel@[1.2.3", ".a@x.org", "a.@x.org", "a@x_.org"]


@pytest.fixture
def box(settings: Settings) -> Iterator[Mailbox]:
    """A mailbox that the command fetches."""
    made = Mailbox()
    settings.DOOR_MAIL = ("127.0.0.1", made.port, False, "reports", SECRET, "INBOX")
    yield made
    made.stop()


def from_(sender: str) -> bytes:
    """An e-mail of a sender, letter by letter."""
    return f"{HEAD.format(sender)}They take money at the market\r\n".encode()


def fetch() -> int:
    """Fetch what is in the mailbox; how the command ends."""
    return CliRunner().invoke(command, ["fetch-mail"]).exit_code


@pytest.mark.parametrize("sender", STRANGE)
def test_an_e_mail_with_a_strange_sender_does_not_shut_the_mailbox(
    agency: Officer, mail: MailSink, box: Mailbox, sender: str
) -> None:
    box.mails = {1: from_(sender), 2: written(CANARY, "<2@x.example>").as_bytes()}
    assert (fetch(), box.mails) == (0, {})
    assert "asel.canary@mail.example" in str(mail.letters[-1]["To"])


def test_what_a_sender_who_cannot_be_answered_says_is_a_report(agency: Officer, mail: MailSink, box: Mailbox) -> None:
    box.mails = {1: from_(LONG)}
    assert (fetch(), Report.objects.count(), mail.letters) == (0, 1, [])


def test_a_mail_server_is_told_that_a_head_nobody_can_read_is_damaged() -> None:
    ended = CliRunner().invoke(command, ["mail"], input=from_(DOTS))
    assert (ended.exit_code, Report.objects.count()) == (65, 0)


def test_an_e_mail_of_which_nobody_foresaw_what_is_wrong_stays_and_stops_no_other(
    agency: Officer, mail: MailSink, box: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    send = channels.send_mail

    def fails_for_one(letter: channels.Letter) -> None:
        if letter.to.startswith("unforeseen@"):
            raise KeyError
        send(letter)

    monkeypatch.setattr(channels, "send_mail", fails_for_one)
    box.mails = {1: from_("unforeseen@x.example"), 2: written(CANARY, "<2@x.example>").as_bytes()}
    assert (fetch(), list(box.mails)) == (0, [1])


@pytest.mark.parametrize("address", [LONG, "asel@mail..example"])
def test_an_address_that_no_letter_can_bear_is_refused_and_not_repeated(mail: MailSink, address: str) -> None:
    with pytest.raises(channels.Refused) as refused:
        channels.send_mail(channels.Letter("1", address, "t", "t", "", "en"))
    assert "asel" not in str(refused.value)
