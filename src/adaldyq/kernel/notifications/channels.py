"""The ways out of the house: a mail server, and a gateway that sends SMS.

Each message carries the stable id of its delivery: as Message-ID (RFC 5322) in e-mail, as `Idempotency-Key`
and `id` towards the gateway. Whoever gets one twice can tell that it is the same.
"""

from __future__ import annotations

import json
import smtplib
import urllib.error
import urllib.request
from dataclasses import dataclass
from email.errors import MessageError
from email.utils import parseaddr
from http import HTTPStatus

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives, get_connection
from django.core.mail.message import sanitize_address
from django.template.loader import render_to_string
from django.utils import translation

from adaldyq.kernel.models.notifications import EMAIL, SMS

SECONDS = 10
PASSING = {HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_EARLY, HTTPStatus.TOO_MANY_REQUESTS}
NO_ADDRESS = (ValueError, LookupError, TypeError, AttributeError, RecursionError, MessageError)
"""What the standard library makes of addresses that are none: a label longer than 63 letters, two dots together."""
HARMLESS = "nobody@localhost"
PERMANENT = 500  # the first SMTP reply that says never


class Unreachable(Exception):
    """The channel cannot be used now; the message stays and is tried again."""


class Refused(Exception):
    """The channel will never take this message."""


@dataclass(frozen=True, slots=True)
class Letter:
    """What goes out.

    Attributes:
        id: stable, the same at every attempt.
        to: an e-mail address or a telephone number (E.164).
        href: address of the page it is about; empty for none.
        answered: whether what is written back is taken in.
    """

    id: str
    to: str
    title: str
    text: str
    href: str
    language: str
    answered: bool = False


def channels() -> tuple[str, ...]:
    """The channels that this installation has."""
    there = ((EMAIL, settings.MAIL_IS_SENT), (SMS, bool(settings.SMS_GATEWAY)))
    return tuple(channel for channel, is_there in there if is_there)


def send(channel: str, letter: Letter) -> None:
    """Send a letter through a channel.

    Raises:
        Unreachable: not now.
        Refused: never.
    """
    (send_mail if channel == EMAIL else send_sms)(letter)


def send_mail(letter: Letter) -> None:
    """Send an e-mail as plain text with a minimal HTML form beside it.

    Raises:
        Unreachable: the server does not answer, or says to come back.
        Refused: the server says that there is no such address, or none can be written to it.
    """
    check_address(letter.to)
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    with translation.override(letter.language):
        context = {"letter": letter, "rtl": translation.get_language_bidi()}
        plain = render_to_string("kernel/letter.txt", context)
        html = render_to_string("kernel/letter.html", context)
    message = EmailMultiAlternatives(
        letter.title,
        plain,
        to=[letter.to],
        headers={
            "Message-ID": f"<{letter.id}@{domain}>",
            "Auto-Submitted": "auto-generated",  # RFC 3834: no automatic answers
            "Content-Language": letter.language,
        },
        connection=get_connection(timeout=SECONDS),
    )
    message.attach_alternative(html, "text/html")
    try:
        message.send()
    except smtplib.SMTPRecipientsRefused as error:
        replies = [code for code, _ in error.recipients.values()]
        raise (Refused if min(replies, default=0) >= PERMANENT else Unreachable)(f"SMTP {replies}") from error
    except (OSError, smtplib.SMTPException) as error:
        raise Unreachable(f"{type(error).__name__}: {error}") from error


def check_address(address: str) -> None:
    """Refuse an address that no letter can bear. It may be what somebody wrote above an e-mail, and so may be anything.

    Raises:
        Refused: as it says.
    """
    try:
        sanitize_address(address, "utf-8")
        EmailMessage(from_email=HARMLESS, to=[address]).message().as_bytes()
    except NO_ADDRESS as error:
        raise Refused(type(error).__name__) from None  # what is said of it may repeat the address


def send_sms(letter: Letter) -> None:
    """Hand an SMS to the gateway: `POST` of `{"id", "to", "text"}` as JSON with a bearer token.

    Raises:
        Unreachable: the gateway does not answer, is busy or fails.
        Refused: the gateway says that the message is wrong, such as a number that does not exist.
    """
    body = json.dumps({"id": letter.id, "to": letter.to, "text": short(letter)}, ensure_ascii=False).encode()
    headers = {"Content-Type": "application/json; charset=utf-8", "Idempotency-Key": letter.id}
    if settings.SMS_TOKEN:
        headers["Authorization"] = f"Bearer {settings.SMS_TOKEN}"
    request = urllib.request.Request(settings.SMS_GATEWAY, body, headers, method="POST")  # noqa: S310  # the operator's own address, checked to be HTTP
    try:
        with urllib.request.urlopen(request, timeout=SECONDS):  # noqa: S310  # as above
            return
    except urllib.error.HTTPError as error:
        wrong = HTTPStatus.BAD_REQUEST <= error.code < HTTPStatus.INTERNAL_SERVER_ERROR and error.code not in PASSING
        never = wrong and error.code not in {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}
        raise (Refused if never else Unreachable)(f"HTTP {error.code}") from error
    except OSError as error:
        raise Unreachable(f"{type(error).__name__}: {error}") from error


def short(letter: Letter) -> str:
    """The text of an SMS: title and address."""
    return " ".join(filter(None, (f"Adaldyq: {letter.title}.", letter.href)))
