"""An SMS as a gateway brings it: JSON with `from`, `text`, and of a part `ref`, `part` and `parts`."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from adaldyq.measures.reports.adapters.doors.malformed import malformed

NUMBER = re.compile(r"\+?[0-9]{5,15}")
MOST_PARTS, LONGEST = 20, 20_000


@dataclass(frozen=True, slots=True)
class Sms:
    """An SMS, or a part of one.

    Attributes:
        sender: number of the sender; in memory only.
        whole: what all parts have in common; empty for an SMS of one part.
        place: of the part, from 1.
        parts: how many there are.
    """

    sender: str
    text: str
    whole: str = ""
    place: int = 1
    parts: int = 1


def read(body: bytes) -> Sms:
    """The SMS of a body.

    Raises:
        DomainError: `door-malformed` with the field that is wrong.
    """
    try:
        told = json.loads(body)
    except (ValueError, RecursionError):
        raise malformed("body") from None
    if not isinstance(told, dict):
        raise malformed("body")
    sender, text = told.get("from"), told.get("text")
    if not isinstance(sender, str) or not NUMBER.fullmatch(sender):
        raise malformed("from")
    if not isinstance(text, str) or not text.strip() or len(text) > LONGEST:
        raise malformed("text")
    place, parts, whole = told.get("part", 1), told.get("parts", 1), told.get("ref", "")
    if type(parts) is not int or not 1 <= parts <= MOST_PARTS:
        raise malformed("parts")
    if type(place) is not int or not 1 <= place <= parts:
        raise malformed("part")
    if parts > 1 and (not isinstance(whole, (str, int)) or not str(whole)):
        raise malformed("ref")
    return Sms(sender, text, str(whole) if parts > 1 else "", place, parts)
