"""An e-mail of many parts is read in a time that grows with their number, and not with its square."""

from __future__ import annotations

from collections.abc import Iterator
from email import policy
from email.message import EmailMessage
from email.mime.application import MIMEApplication
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.parser import BytesParser

from adaldyq.measures.reports.adapters.doors import mails


class Counted(list[mails.Spoken]):
    """The parts that hold words, and how often all of them were gone through."""

    times = 0

    def __iter__(self) -> Iterator[mails.Spoken]:
        self.times += 1
        return super().__iter__()


def test_parts_are_not_held_against_all_that_hold_words_one_by_one() -> None:
    sent = MIMEMultipart("mixed")
    for number in range(30):
        sent.attach(MIMEText(f"part {number}", "plain", "utf-8"))
    sent.attach(MIMEApplication(b"a photo", "octet-stream"))
    message = BytesParser(EmailMessage, policy=policy.default).parsebytes(sent.as_bytes())
    spoken = Counted(mails.spoken_in(message))
    assert len(spoken) == 30
    assert [one.content for one in mails.attached(message, spoken)] == [b"a photo"]
    assert spoken.times == 1
