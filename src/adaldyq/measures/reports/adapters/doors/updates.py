"""A message of a messenger, in the shape of an update of Telegram's Bot API; other messengers are brought into it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from adaldyq.measures.reports.adapters.doors.malformed import malformed

LONGEST = 20_000
FILES = ("photo", "document", "video", "voice", "audio", "video_note", "animation", "sticker")


@dataclass(frozen=True, slots=True)
class Update:
    """A message that somebody sent to the bot alone.

    Attributes:
        id: of the update.
        chat: where an answer goes; in memory only.
        text: what was written, or written beside a file.
        has_file: whether a file came, which is not fetched.
        language: of the sender's messenger; empty when it is not said.
    """

    id: str
    chat: int | str
    text: str
    has_file: bool = False
    language: str = ""

    @property
    def is_command(self) -> bool:
        """Whether it begins to talk to the bot, and reports nothing."""
        return self.text.startswith("/") and " " not in self.text.strip()


def read(body: bytes) -> Update | None:
    """The message of an update; none for what nobody wrote to the bot alone: groups, channels, changes of a message.

    A group is not answered, since all in it would read the phrase.

    Raises:
        DomainError: `door-malformed` with the field that is wrong.
    """
    try:
        told = json.loads(body)
    except (ValueError, RecursionError):
        raise malformed("body") from None
    if not isinstance(told, dict) or type(told.get("update_id")) is not int:
        raise malformed("update_id")
    message = told.get("message")
    if not isinstance(message, dict):
        return None
    chat = part(message, "chat")
    if type(chat.get("id")) not in {int, str}:
        raise malformed("message.chat.id")
    text = message.get("text", message.get("caption", ""))
    if not isinstance(text, str) or len(text) > LONGEST:
        raise malformed("message.text")
    has_file = any(name in message for name in FILES)
    if chat.get("type", "private") != "private" or part(message, "from").get("is_bot") or not (text or has_file):
        return None
    language = part(message, "from").get("language_code", "")
    return Update(str(told["update_id"]), chat["id"], text, has_file, language if isinstance(language, str) else "")


def part(message: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """An object within a message; an empty one when it is not there."""
    found = message.get(name)
    return found if isinstance(found, dict) else {}
