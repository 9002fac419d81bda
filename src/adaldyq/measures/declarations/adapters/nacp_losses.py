"""Counts what of an NACP document has no place in the tables, and what the register hides."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from adaldyq.measures.declarations.adapters.collection import Tally
from adaldyq.measures.declarations.adapters.leaves import LOST, leaves

STATUS: Final = "_extendedstatus"
ENTRY = re.compile(r"[0-9]+|ignore_me_[0-9]+")
NOT_GIVEN: Final = ("[Член сім'ї не надав інформацію]", "[Член сім’ї не надав інформацію]")
NOT_GIVEN_STATUS: Final = "3"
REDACTED = ("[Конфіденційна інформація]", *NOT_GIVEN)
SAYS_NOTHING = ("[Не застосовується]", "[Не відомо]")


def field_name(key: str) -> str:
    """The name of a key in a path: keys that are ids of entries count as one field."""
    return "*" if ENTRY.fullmatch(key) else key


PRIVATE: Final = ("Address", "birthday", "taxNumber", "passport", "unzr")
"""Ends of fields about a person; a payer's stand empty for other reasons than the family's."""


def withheld_fields(entry: Mapping[str, Any]) -> Iterator[str]:
    """Fields of an entry that stand empty because a member of the family gave no information."""
    for name in entry:
        field = name.removesuffix(STATUS)
        if field.endswith(PRIVATE):
            continue
        said_so = field != name and entry[name] == NOT_GIVEN_STATUS and entry.get(field) not in NOT_GIVEN
        if said_so or entry[name] in NOT_GIVEN:
            yield field


def count_losses(document: Any, fields: Mapping[str, str], tally: Tally) -> None:
    """Count what of a document has no place, what the register hides, and what no list of fields knows."""
    for path, value in leaves(document, name=field_name):
        if value is None or value == "" or value in SAYS_NOTHING:
            continue
        fate = fields.get(path)
        if value in REDACTED:
            tally.lose(f"hidden by the register: {value}", path)
        elif path.endswith(STATUS):
            tally.lose(f"*{STATUS} (why the field beside it is empty)", path)
        elif fate is None:
            tally.lose(f"{path} (unknown to this version)", value)
        elif fate.startswith(LOST):
            tally.lose(path, value)
