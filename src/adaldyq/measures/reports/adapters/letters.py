"""What stands inside an envelope: a text, answers to questions, and the keys of files, as JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field

from adaldyq.base.errors import DomainError
from adaldyq.measures.reports.adapters.arrival import SealedFile
from adaldyq.sealing import envelopes

REPORT, MESSAGE, ANSWER = "report", "message", "answer"
KINDS = (REPORT, MESSAGE, ANSWER)


@dataclass(frozen=True, slots=True)
class Letter:
    """What one side wrote.

    Attributes:
        kind: report, message or answer.
        text: in the writer's own words.
        answers: to the other questions, by the name of the question.
        files: where they lie and what opens them.
        language: of the page on which it was written.
    """

    kind: str
    text: str
    answers: Mapping[str, str] = field(default_factory=dict)
    files: Sequence[SealedFile] = ()
    language: str = ""


def seal(letter: Letter, recipients: Sequence[str]) -> bytes:
    """The envelope of a letter, for the report's key and the mailbox's key."""
    body = json.dumps(asdict(letter), ensure_ascii=False).encode()
    return envelopes.seal({"kind": letter.kind}, body, recipients)


def open_letter(sealed: bytes, secret: str) -> Letter:
    """A letter, opened with the report's key or the mailbox's.

    Raises:
        DomainError: `envelope-not-opened`, or `envelope-damaged` when what it holds is no letter.
    """
    head, body = envelopes.open_sealed(sealed, [secret])
    try:
        told = json.loads(body)
        files = [file_told(**one) for one in told.get("files", ())]
        answers = {str(name): str(text) for name, text in told.get("answers", {}).items()}
        kind = str(head["kind"])
        return Letter(kind, str(told["text"]), answers, files, str(told.get("language", "")))
    except (ValueError, TypeError, KeyError, AttributeError):
        raise DomainError("envelope-damaged") from None


def file_told(*, stored: str, size: int, key: str, name: str, type: str) -> SealedFile:  # noqa: A002  # as letters have it
    """A file as a letter tells of it, which anybody may have written.

    Raises:
        TypeError: a part of it is of another kind, or missing.
    """
    if not all(isinstance(one, str) for one in (stored, key, name, type)) or not isinstance(size, int):
        raise TypeError(name)
    return SealedFile(stored, size, key, name, type)
