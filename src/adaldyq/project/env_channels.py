"""What the operator decides of mail, SMS and other doors through the environment."""

from __future__ import annotations

import base64
import binascii
import os
import re
from collections.abc import Mapping
from urllib.parse import unquote, urlsplit

from adaldyq.base.words import gettext_noop as _
from adaldyq.project.env import WrongSetting

MAILBOX_PORTS = {"imap": 143, "imaps": 993}
MAIL_PORTS = {"smtp": 25, "smtp+tls": 587, "smtps": 465}
SECRET, LEAST_SECRET_BYTES = "whsec_", 24
TOKEN_LENGTHS = (16, 256)
BOT = re.compile(r"/bot[A-Za-z0-9:_-]{1,200}")
THIS_MACHINE = frozenset({"localhost", "127.0.0.1", "::1"})


def mail_from() -> str:
    """The address that e-mail comes from."""
    return os.environ.get("ADALDYQ_MAIL_FROM") or "adaldyq@localhost"


def mail_server() -> Mapping[str, str | int | bool | None]:
    """Django's settings of the mail server; empty when none is named.

    Raises:
        WrongSetting: the address is not of a mail server.
    """
    given = os.environ.get("ADALDYQ_SMTP")
    if not given:
        return {}
    parts = urlsplit(given)
    if parts.scheme not in MAIL_PORTS or not parts.hostname:
        raise WrongSetting(_("ADALDYQ_SMTP must be smtp://HOST, smtp+tls://HOST or smtps://HOST"))
    return {
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or MAIL_PORTS[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": parts.scheme == "smtp+tls",
        "EMAIL_USE_SSL": parts.scheme == "smtps",
    }


def sms_gateway() -> str:
    """Address of the gateway that sends SMS; empty when there is none.

    Raises:
        WrongSetting: it is not an HTTP address.
    """
    given = os.environ.get("ADALDYQ_SMS", "")
    if given and not given.startswith(("http://", "https://")):
        raise WrongSetting(_("ADALDYQ_SMS must begin with https:// or http://"))
    return given


def sms_token() -> str:
    """Token that the SMS gateway asks for."""
    return os.environ.get("ADALDYQ_SMS_TOKEN", "")


def door_sms() -> tuple[bytes, ...]:
    """Secrets with which the gateway signs what it brings; none when no reports come by SMS.

    Raises:
        WrongSetting: one of them is not of the form of Standard Webhooks, or too short.
    """
    found = []
    for one in filter(None, os.environ.get("ADALDYQ_DOOR_SMS", "").replace(" ", "").split(",")):
        try:
            secret = base64.b64decode(one.removeprefix(SECRET), validate=True)
        except binascii.Error:
            secret = b""
        if not one.startswith(SECRET) or len(secret) < LEAST_SECRET_BYTES:
            raise WrongSetting(_("ADALDYQ_DOOR_SMS must be whsec_ and at least 24 bytes in base64"))
        found.append(secret)
    return tuple(found)


def door_messenger() -> str:
    """The token that a messenger sends with each call; empty when no reports come by it.

    Raises:
        WrongSetting: it is too short, or has characters that the Bot API does not take.
    """
    given = os.environ.get("ADALDYQ_DOOR_MESSENGER", "").strip()
    plain = given.replace("_", "").replace("-", "")
    fits = TOKEN_LENGTHS[0] <= len(given) <= TOKEN_LENGTHS[1] and plain.isascii() and plain.isalnum()
    if given and not fits:
        raise WrongSetting(_("ADALDYQ_DOOR_MESSENGER must be 16 to 256 letters, digits, _ and -"))
    return given


def messenger_bot() -> str:
    """Address of the bot at the messenger's API, from which files are fetched; empty when none are.

    Raises:
        WrongSetting: it is no such address, or the token would go through the network in the open.
    """
    given = os.environ.get("ADALDYQ_MESSENGER_BOT", "").strip().rstrip("/")
    parts = urlsplit(given)
    secret = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in THIS_MACHINE)
    if given and not (secret and parts.hostname and BOT.fullmatch(parts.path) and not parts.query):
        raise WrongSetting(
            _("ADALDYQ_MESSENGER_BOT must be https://HOST/bot and the bot's token; http:// on this machine only")
        )
    return given


def door_mail() -> tuple[str, int, bool, str, str, str] | None:
    """The mailbox of reports: host, port, whether it is encrypted, user, password and folder; none when there is none.

    Raises:
        WrongSetting: it is no mailbox, or its password would go through the network in the open.
    """
    given = os.environ.get("ADALDYQ_DOOR_MAIL")
    if not given:
        return None
    parts = urlsplit(given)
    encrypted = parts.scheme == "imaps"
    host = parts.hostname or ""
    if parts.scheme not in MAILBOX_PORTS or not host or not (encrypted or host in THIS_MACHINE):
        raise WrongSetting(
            _("ADALDYQ_DOOR_MAIL must be imaps://USER:PASSWORD@HOST/FOLDER; imap:// on this machine only")
        )
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    folder = unquote(parts.path.strip("/")) or "INBOX"
    return host, parts.port or MAILBOX_PORTS[parts.scheme], encrypted, user, password, folder
