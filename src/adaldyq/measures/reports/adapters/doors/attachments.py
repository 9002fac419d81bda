"""Files that somebody sent to a bot: fetched from the messenger (Telegram's Bot API, `getFile`), into memory only.

The address has the bot's token within it, so neither it nor what goes wrong with it is logged.
"""

from __future__ import annotations

import json
import re
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from email.message import Message
from http import HTTPStatus
from typing import IO, Any
from urllib.parse import quote

from adaldyq.base.errors import DomainError
from adaldyq.measures.reports.adapters.doors.updates import Attachment

LARGEST = 20_000_000
"""What the Bot API itself hands out at most."""
LONGEST_ANSWER, PIECE, SECONDS, SECONDS_IN_ALL = 64 * 1024, 64 * 1024, 10.0, 60.0
PLACE = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9_.-]*(?:/[A-Za-z0-9_-][A-Za-z0-9_.-]*)*")
"""Where a file lies on the messenger's server; nothing that could lead elsewhere."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """A file in memory, in the open."""

    name: str
    type: str
    content: bytes


class Staying(urllib.request.HTTPRedirectHandler):
    """Follows nobody to another address: a token would go there."""

    def redirect_request(  # as the library calls it
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: Message, newurl: str
    ) -> urllib.request.Request | None:
        """No request."""
        return None


OPENER = urllib.request.build_opener(Staying)


def fetch(attachment: Attachment, bot: str) -> Fetched:
    """The content of a file.

    Args:
        bot: address of the bot, such as `https://api.telegram.org/botTOKEN`.

    Raises:
        DomainError: `door-file-large`; `door-file-gone`: the messenger does not hand it out; `door-file-later`: it does not
            answer now.
    """
    if not attachment.file:
        raise DomainError("door-file-gone")
    if attachment.size > LARGEST:
        raise DomainError("door-file-large", most=LARGEST // 1_000_000)
    place = place_of(asked(f"{bot}/getFile?file_id={quote(attachment.file, safe='')}", LONGEST_ANSWER))
    host, _slash, own = bot.rpartition("/")
    content = asked(f"{host}/file/{own}/{place}", LARGEST)
    ending = place.rpartition("/")[2].rpartition(".")[2]
    return Fetched(attachment.name or f"file.{ending}", attachment.type, content)


def place_of(answer: bytes) -> str:
    """Where the messenger says that a file lies.

    Raises:
        DomainError: `door-file-gone`: it says something else.
    """
    try:
        told: Any = json.loads(answer)
        place = told["result"]["file_path"]
    except (ValueError, KeyError, TypeError, RecursionError):
        raise DomainError("door-file-gone") from None
    if not isinstance(place, str) or not PLACE.fullmatch(place):
        raise DomainError("door-file-gone")
    return place


def asked(address: str, most: int) -> bytes:
    """What is answered at an address, if it is not more than so many bytes.

    Raises:
        DomainError: as `fetch`.
    """
    try:
        with OPENER.open(address, timeout=SECONDS) as answer:
            return bounded(answer, most)
    except urllib.error.HTTPError as error:
        later = error.code >= HTTPStatus.INTERNAL_SERVER_ERROR or error.code == HTTPStatus.TOO_MANY_REQUESTS
        raise DomainError("door-file-later" if later else "door-file-gone") from None
    except OSError:
        raise DomainError("door-file-later") from None


def bounded(answer: IO[bytes], most: int) -> bytes:
    """All of an answer.

    Raises:
        DomainError: `door-file-large`; `door-file-later`: it comes too slowly.
    """
    content, until = bytearray(), time.monotonic() + SECONDS_IN_ALL
    while piece := answer.read(PIECE):
        content += piece
        if time.monotonic() > until:
            raise DomainError("door-file-later")
        if len(content) > most:
            raise DomainError("door-file-large", most=LARGEST // 1_000_000)
    return bytes(content)
