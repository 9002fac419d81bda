"""A message of a messenger, in the shape of an update of Telegram's Bot API; other messengers are brought into it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from adaldyq.measures.reports.adapters.doors.malformed import malformed

LONGEST = 20_000
FILES = ("document", "photo", "video", "voice", "audio", "video_note", "animation", "sticker")
LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file beside a message, which the messenger keeps.

    Attributes:
        file: by which the messenger hands it out; empty when it is not said.
        name: without folders; empty when the messenger gives none.
        size: in bytes, as the messenger says; 0 when it does not.
    """

    file: str
    name: str = ""
    type: str = ""
    size: int = 0


@dataclass(frozen=True, slots=True)
class Update:
    """A message that somebody sent to the bot alone.

    Attributes:
        id: of the update.
        chat: where an answer goes; in memory only.
        text: what was written, or written beside a file.
        file: that came beside it.
        language: of the sender's messenger; empty when it is not said.
        album: what it has in common with other files that were sent at once; empty when it was sent alone.
    """

    id: str
    chat: int | str
    text: str
    file: Attachment | None = None
    language: str = ""
    album: str = ""

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
    file = attached(message)
    if chat.get("type", "private") != "private" or part(message, "from").get("is_bot") or not (text or file):
        return None
    language, album = part(message, "from").get("language_code"), message.get("media_group_id")
    said = [one if isinstance(one, str) else "" for one in (language, album)]
    return Update(str(told["update_id"]), chat["id"], text, file, *said)


def attached(message: Mapping[str, Any]) -> Attachment | None:
    """The file beside a message; of a photo, which comes in several sizes, the largest."""
    kind = next((name for name in FILES if name in message), "")
    if not kind:
        return None
    told = message[kind]
    if isinstance(told, list):
        told = max((one for one in told if isinstance(one, dict)), key=size_of, default={})
    if not isinstance(told, dict):
        told = {}
    file, name, type_ = (
        one if isinstance(one := told.get(key), str) else "" for key in ("file_id", "file_name", "mime_type")
    )
    plain = "".join(one for one in PurePosixPath(name.replace("\\", "/")).name if one.isprintable())
    return Attachment(file, plain[-LONGEST_NAME:], type_[:LONGEST_NAME], size_of(told))


def size_of(told: Mapping[str, Any]) -> int:
    """How large the messenger says that a file is."""
    size = told.get("file_size", 0)
    return size if type(size) is int else 0


def part(message: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """An object within a message; an empty one when it is not there."""
    found = message.get(name)
    return found if isinstance(found, dict) else {}
