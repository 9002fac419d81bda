"""Reports by e-mail: through a mail server's pipe and out of a mailbox; the answer goes out by a mail server."""

from __future__ import annotations

from collections.abc import Iterator
from email.message import EmailMessage, MIMEPart
from email.mime.base import MIMEBase
from email.mime.image import MIMEImage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.conf import settings as ours
from pytest_django import Settings

from adaldyq.base.errors import DomainError
from adaldyq.kernel.models import Account
from adaldyq.measures.reports.adapters import letters
from adaldyq.measures.reports.adapters.doors import mails
from adaldyq.measures.reports.models import Bar, Enclosure, Message, Report
from adaldyq.project.cli.reporting import reports as command
from adaldyq.sealing import envelopes, phrases
from tests.kernel.notifications.peers import MailSink
from tests.kernel.uploads.clamd import HARMFUL, Scanner
from tests.kernel.uploads.conftest import scanner
from tests.measures.reports.canary import assert_nowhere
from tests.measures.reports.imap_peer import SECRET, Mailbox
from tests.measures.reports.office import Officer, officer, unit
from tests.measures.reports.reporter import Reporter
from tests.measures.reports.views.test_door_sms import phrase_in, read_by

__all__ = ["scanner"]
SENDER = "asel.canary@mail.example"
CANARY = "canary-e9c2 the inspector takes money at the market"
PHOTO = b"\x89canary-f11e" * 5000


@pytest.fixture(autouse=True)
def mail(agency: Officer, settings: Settings) -> Iterator[MailSink]:
    """A mail server that sends what we answer."""
    sink = MailSink()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.MAIL_IS_SENT = "127.0.0.1", sink.port, True
    settings.DEFAULT_FROM_EMAIL = "Adaldyq <reports@integrity.example>"
    yield sink
    sink.stop()


def written(text: str, own: str = "<1@mail.example>", **head: str) -> EmailMessage:
    """An e-mail."""
    made = EmailMessage()
    lines = {"From": f"Асель <{SENDER}>", "To": "reports@integrity.example", "Message-ID": own, **head}
    for name, line in lines.items():
        made[name.replace("_", "-")] = line
    made.set_content(text)
    return made


def piped(message: EmailMessage | bytes) -> tuple[int, str]:
    """Pipe an e-mail into the command; its exit code, and what it said."""
    content = message if isinstance(message, bytes) else message.as_bytes()
    ended = CliRunner().invoke(command, ["mail"], input=content)
    return ended.exit_code, ended.output.strip()


def said(mail: MailSink, number: int = 0) -> str:
    """The words of an answer."""
    body = mail.letters[number].get_body(("plain",))
    assert body
    return str(body.get_content())


def test_an_e_mail_with_files_is_a_report_and_is_answered_with_a_phrase(
    agency: Officer, mail: MailSink, reporter: Reporter
) -> None:
    message = written(CANARY, Subject="At the market")
    message.add_attachment(PHOTO, maintype="image", subtype="jpeg", filename="C:\\Users\\asel\\photo.jpg")
    assert piped(message) == (0, "filed")
    report = Report.objects.get()
    key = envelopes.unwrap(bytes(report.wraps.get().wrapped), agency.secret)
    letter = letters.open_letter(bytes(report.messages.get().sealed), key)
    assert (letter.text, [one.name for one in letter.files]) == (f"At the market\n\n{CANARY}", ["photo.jpg"])
    target = Path(ours.FILES_DIR) / "opened.jpg"
    with (Path(ours.FILES_DIR) / letter.files[0].stored).open("rb") as sealed:
        envelopes.open_file(sealed, target, [letter.files[0].key])
    assert target.read_bytes() == PHOTO
    assert mail.letters[0]["To"] == SENDER
    assert "CANARY" not in said(mail).upper()
    assert CANARY in reporter.come_back(phrase_in(said(mail)))


def test_a_harmful_file_of_an_e_mail_is_left_out_and_its_sender_told(mail: MailSink, scanner: Scanner) -> None:
    message = written(CANARY)
    message.add_attachment(HARMFUL, maintype="application", subtype="octet-stream", filename="bad.exe")
    message.add_attachment(PHOTO, maintype="image", subtype="jpeg", filename="photo.jpg")
    assert piped(message) == (0, "filed")
    assert Message.objects.get().enclosures.count() == 1
    assert "found something harmful in “bad.exe”" in said(mail)


def test_while_the_scanner_is_away_an_e_mail_with_a_file_comes_again(mail: MailSink, settings: Settings) -> None:
    settings.CLAMD = "/no/such/socket"
    message = written(CANARY)
    message.add_attachment(PHOTO, maintype="image", subtype="jpeg", filename="photo.jpg")
    assert piped(message)[0] == 75
    assert Report.objects.count() == 0
    assert [one for one in Path(ours.FILES_DIR).rglob("*") if one.is_file()] == []


def test_an_answer_does_not_say_that_nobody_reads_what_is_written_back(mail: MailSink) -> None:
    piped(written(CANARY))
    assert "begin a message with them" in said(mail)
    assert "nobody reads" not in said(mail)


def test_nothing_of_an_e_mail_is_kept_in_the_open_nor_who_sent_it(
    mail: MailSink, caplog: pytest.LogCaptureFixture
) -> None:
    message = written(CANARY, Subject="canary-5b about him")
    message.add_attachment(PHOTO, maintype="image", subtype="jpeg", filename="canary-a8.jpg")
    piped(message)
    words = " ".join(phrase_in(said(mail)))
    searched = [CANARY, "canary-5b", "canary-a8", "canary-f11e", words, SENDER, "Асель", "1@mail.example"]
    assert_nowhere(searched, caplog)


def test_an_e_mail_that_is_brought_again_is_one_report_and_leaves_no_second_files(mail: MailSink) -> None:
    message = written(CANARY)
    message.add_attachment(PHOTO, maintype="image", subtype="jpeg", filename="photo.jpg")
    mail.stop()
    assert piped(message)[0] == 75
    mail.start()
    assert piped(message) == (0, "filed")
    assert piped(message) == (0, "known")
    assert (Report.objects.count(), len(mail.letters)) == (1, 1)
    stored = [one for one in Path(ours.FILES_DIR).rglob("*") if one.is_file()]
    assert stored == [Path(ours.FILES_DIR) / Enclosure.objects.get().stored]


def test_who_begins_with_the_phrase_writes_to_that_report(agency: Officer, mail: MailSink) -> None:
    piped(written(CANARY))
    words = " ".join(phrase_in(said(mail)))
    answered = written(f"{words}\nOn Friday too\n\n> quoted {CANARY}", "<2@mail.example>", Subject="Re: Your message")
    assert piped(answered) == (0, "added")
    assert read_by(agency) == [CANARY, "On Friday too"]
    assert Message.objects.get(place=2).channel == "mail"


def test_an_answer_of_ours_that_is_quoted_below_gives_officers_neither_phrase_nor_address(
    agency: Officer, mail: MailSink
) -> None:
    piped(written(CANARY))
    words = " ".join(phrase_in(said(mail)))
    head = f"From: Adaldyq <reports@integrity.example>\nSent: Monday\nTo: Асель <{SENDER}>\nSubject: Your message\n"
    answered = written(f"{words}\nOn Friday too\n\n{head}\n{said(mail)}\nMy answer to this", "<2@mail.example>")
    assert piped(answered) == (0, "added")
    read = read_by(agency)[1]
    assert read.startswith("On Friday too")
    assert read.endswith("My answer to this")
    assert not phrases.holds_phrase(read)
    assert SENDER not in read


def test_an_e_mail_too_long_for_a_message_brings_no_phrase_in_the_file_with_all_of_it(
    agency: Officer, mail: MailSink
) -> None:
    piped(written(CANARY))
    words = " ".join(phrase_in(said(mail)))
    long = "\n".join(["And he took more."] * 1300)
    assert piped(written(f"{words}\n{long}\n{words}", "<2@mail.example>")) == (0, "added")
    report = Report.objects.get()
    key = envelopes.unwrap(bytes(report.wraps.get().wrapped), agency.secret)
    [file] = letters.open_letter(bytes(report.messages.get(place=2).sealed), key).files
    target = Path(ours.FILES_DIR) / "opened.txt"
    with (Path(ours.FILES_DIR) / file.stored).open("rb") as sealed:
        envelopes.open_file(sealed, target, [file.key])
    assert target.read_text() == f"{long}\n[…]"


@pytest.mark.parametrize(
    "head",
    [
        {"Auto_Submitted": "auto-replied"},
        {"Precedence": "bulk"},
        {"Return_Path": "<>"},
        {"List_Id": "<news.example>"},
        {"From": "MAILER-DAEMON@mail.example"},
        {"From": "Adaldyq <reports@integrity.example>"},
    ],
    ids=lambda head: next(iter(head.items()))[1],
)
def test_what_programs_send_is_passed_over_and_never_answered(head: dict[str, str], mail: MailSink) -> None:
    assert piped(written(CANARY, **head)) == (0, "ignored")
    assert (mail.letters, Report.objects.count()) == ([], 0)


def test_a_page_is_read_as_words(agency: Officer) -> None:
    message = written("")
    message.set_content(
        f"<html><head><style>p {{}}</style></head><body><p>{CANARY}</p><p>Ұсталды &amp; жазылды</p></body></html>",
        subtype="html",
    )
    piped(message)
    assert read_by(agency) == [f"{CANARY}\nҰсталды & жазылды"]


def test_letters_that_cannot_be_read_are_no_reason_to_refuse(agency: Officer) -> None:
    raw = b'From: a@b.example\r\nContent-Type: text/plain; charset="no-such"\r\n\r\ncanary \xff end'
    assert piped(raw) == (0, "filed")
    assert read_by(agency) == ["canary \ufffd end"]


def test_of_a_long_e_mail_nothing_is_cut_off(agency: Officer) -> None:
    text = f"{CANARY} " * 600
    assert piped(written(text)) == (0, "filed")
    report = Report.objects.get()
    key = envelopes.unwrap(bytes(report.wraps.get().wrapped), agency.secret)
    letter = letters.open_letter(bytes(report.messages.get().sealed), key)
    target = Path(ours.FILES_DIR) / "opened.txt"
    with (Path(ours.FILES_DIR) / letter.files[0].stored).open("rb") as sealed:
        envelopes.open_file(sealed, target, [letter.files[0].key])
    assert target.read_text().split() == text.split()


def test_what_is_too_much_is_told_to_the_sender_and_leaves_nothing(
    mail: MailSink, monkeypatch: pytest.MonkeyPatch
) -> None:
    many = written(CANARY)
    for number in range(11):
        many.add_attachment(b"x", maintype="image", subtype="jpeg", filename=f"{number}.jpg")
    assert piped(many) == (0, "refused")
    monkeypatch.setattr(mails, "LARGEST", 2000)
    assert piped(written(CANARY * 100)) == (0, "refused")
    assert mail.letters[0]["To"] == mail.letters[1]["To"] == SENDER
    assert not Report.objects.exists()
    assert not [one for one in Path(ours.FILES_DIR).rglob("*") if one.is_file()]


def test_what_is_no_e_mail_bounces_and_what_cannot_be_sealed_comes_again(agency: Officer) -> None:
    code, told = piped(b"\x00\x01 no e-mail")
    assert (code, "sender" in told) == (65, True)
    nested = "".join(f'Content-Type: multipart/mixed; boundary="{one}"\r\n\r\n--{one}\r\n' for one in range(3000))
    assert piped(f"From: {SENDER}\r\n{nested}{CANARY}".encode())[0] in {0, 65}
    agency.account.is_active = False
    agency.account.save()
    assert piped(written(CANARY))[0] == 75
    assert not [one for one in Path(ours.FILES_DIR).rglob("*") if one.is_file()]


def test_a_mailbox_is_emptied_of_what_was_taken(mail: MailSink, settings: Settings) -> None:
    box = Mailbox()
    try:
        box.mails = {3: written(CANARY).as_bytes(), 5: b"no e-mail", 9: written("second", "<9@x.example>").as_bytes()}
        settings.DOOR_MAIL = ("127.0.0.1", box.port, False, "reports", SECRET, "INBOX")
        ended = CliRunner().invoke(command, ["fetch-mail"])
        assert (ended.exit_code, "3" in ended.output, box.mails) == (0, True, {})
        assert (Report.objects.count(), len(mail.letters)) == (2, 2)
        box.mails = {10: written("third", "<10@x.example>").as_bytes()}
        mail.stop()
        assert CliRunner().invoke(command, ["fetch-mail"]).exit_code == 0
        assert list(box.mails) == [10], "who could not be answered stays"
        mail.start()
        settings.DOOR_MAIL = ("127.0.0.1", box.port, False, "reports", "another", "INBOX")
        refused = CliRunner().invoke(command, ["fetch-mail"])
        assert (refused.exit_code, "does not answer" in refused.output) == (1, True)
    finally:
        box.stop()


def test_without_a_mailbox_the_command_says_what_to_set(settings: Settings) -> None:
    settings.DOOR_MAIL = None
    ended = CliRunner().invoke(command, ["fetch-mail"])
    assert (ended.exit_code, "ADALDYQ_DOOR_MAIL" in ended.output) == (2, True)


@pytest.mark.parametrize("is_added", [False, True], ids=["filed", "added"])
def test_who_is_named_where_a_long_e_mail_goes_on_in_a_file_does_not_get_it(
    agency: Officer, mail: MailSink, is_added: bool
) -> None:
    other = officer(unit("prosecutor"), "nurlan")
    Account.objects.filter(pk=agency.account.pk).update(name="Садыкова Айгуль")
    phrase = ""
    if is_added:
        assert piped(written(CANARY)) == (0, "filed")
        phrase = " ".join(phrase_in(said(mail))) + "\n\n"
    text = f"{phrase}{'The market. ' * 1700}\n\nТакже берёт взятки Садыкова Айгуль."
    assert len(text) > mails.LONGEST
    assert piped(written(text, "<2@mail.example>"))[1] == ("added" if is_added else "filed")
    assert Report.objects.get().unit == other.unit
    assert Bar.objects.filter(account=agency.account).exists()


def of_parts(kind: str, *parts: MIMEBase, **head: str) -> bytes:
    """An e-mail of several parts, as programs of telephones and computers make it."""
    made = MIMEMultipart(kind)
    lines = {"From": SENDER, "To": "reports@integrity.example", "Message-ID": "<parts@mail.example>", **head}
    for name, line in lines.items():
        made[name] = line
    for one in parts:
        made.attach(one)
    return made.as_bytes()


def inline_picture() -> MIMEBase:
    """A picture between two texts."""
    made = MIMEImage(PHOTO, "png")
    made.add_header("Content-Disposition", "inline", filename="photo.png")
    return made


def texts_of(one: Officer) -> list[str]:
    """What an officer reads of the newest report."""
    report = Report.objects.order_by("-received_date", "pk").get()
    key = envelopes.unwrap(bytes(report.wraps.get(is_current=True).wrapped), one.secret)
    return [letters.open_letter(bytes(sent.sealed), key).text for sent in report.messages.all()]


def test_words_behind_a_picture_are_read_and_whom_they_name_does_not_get_them(agency: Officer) -> None:
    colleague = officer(agency.unit, "dana")
    Account.objects.filter(pk=agency.account.pk).update(name="Садыкова Айгуль")
    behind = MIMEText("\nСадыкова Айгуль took 50,000 from me.\n", "plain", "utf-8")
    content = of_parts("mixed", MIMEText("See this:\n", "plain", "utf-8"), inline_picture(), behind, Subject="Market")
    assert piped(content) == (0, "filed")
    assert texts_of(colleague) == ["Market\n\nSee this:\n\nСадыкова Айгуль took 50,000 from me."]
    assert (Enclosure.objects.count(), Bar.objects.filter(account=agency.account).count()) == (1, 1)
    with pytest.raises(DomainError):
        texts_of(agency)


@pytest.mark.parametrize(("head", "begins"), [({"Subject": "Market"}, "Market\n\n"), ({}, "")])
def test_a_page_beside_an_empty_plain_text_is_read(
    agency: Officer, mail: MailSink, head: dict[str, str], begins: str
) -> None:
    page = MIMEText(f"<p>{CANARY}</p>", "html", "utf-8")
    assert piped(of_parts("alternative", MIMEText("\n", "plain", "utf-8"), page, **head)) == (0, "filed")
    assert texts_of(agency) == [f"{begins}{CANARY}"]
    assert phrase_in(said(mail))


def test_a_page_deep_within_forms_of_itself_is_read_once(agency: Officer, monkeypatch: pytest.MonkeyPatch) -> None:
    read, words_in = list[MIMEPart](), mails.words_in

    def counted(part: MIMEPart) -> str:
        read.append(part)
        return words_in(part)

    monkeypatch.setattr(mails, "words_in", counted)
    nested: MIMEBase = MIMEText(f"<p>{CANARY}</p>", "html", "utf-8")
    for _level in range(20):
        outer = MIMEMultipart("alternative")
        outer.attach(nested)
        nested = outer
    assert piped(of_parts("mixed", nested)) == (0, "filed")
    assert texts_of(agency) == [CANARY]
    assert len(read) == 1


def test_pictures_within_a_page_beside_the_same_words_come_once_and_text_as_a_file_stays_a_file(
    agency: Officer,
) -> None:
    page = MIMEMultipart("related")
    page.attach(MIMEText(f"<p>{CANARY}</p><img src='cid:1'>", "html", "utf-8"))
    page.attach(inline_picture())
    both = MIMEMultipart("alternative")
    both.attach(MIMEText(CANARY, "plain", "utf-8"))
    both.attach(page)
    bare = MIMEText("a,b\n", "plain", "utf-8")
    bare.add_header("Content-Disposition", "attachment")
    assert piped(of_parts("mixed", both, bare)) == (0, "filed")
    assert texts_of(agency) == [CANARY]
    assert Enclosure.objects.count() == 2


def test_who_sends_parts_in_which_nothing_is_found_is_told_so(mail: MailSink) -> None:
    content = of_parts("alternative", MIMEText("\n", "plain", "utf-8"), MIMEText("<p> </p>", "html", "utf-8"))
    assert piped(content) == (0, "refused")
    assert not Report.objects.exists()
    answer = " ".join(said(mail).split())
    assert "ни слов, ни файлов" in answer or "сөз де, файл да" in answer
