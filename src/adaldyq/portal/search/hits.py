"""All that a search finds, as one list that is read a page at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, overload

from django.utils.text import Truncator

from adaldyq.kernel import search as index
from adaldyq.kernel.naming import spoken
from adaldyq.portal.search.kinds import BY_NAME, PAGE, address
from adaldyq.portal.search.printed import Printed, look_up

WORDS_OF_A_NOTE = 30


@dataclass(frozen=True, slots=True)
class Hit:
    """Something that was found, in the reader's language."""

    kind: object
    title: str
    note: str
    href: str


class Hits(Sequence[Hit]):
    """What a search finds: pages of the site, then what stands in registers, then rules; each the best first.

    Args:
        text: as it was typed.
        kind: what alone is wanted; empty for everything.
        language: of the reader.

    Attributes:
        counts: how many there are, by kind, whichever is wanted.
        read_as: the words that were looked for in the registers when those typed were in none.
    """

    def __init__(self, text: str, kind: str, language: str) -> None:
        self.text, self.kind = text, kind
        printed = look_up(text, language)
        found = index.find(text, kind=kind, most=0)
        self.read_as = "" if printed else found.read_as
        registers: Mapping[str, int] = {} if printed and found.read_as else found.counts
        self.counts = dict(registers)
        for one in printed:
            self.counts[one.kind] = self.counts.get(one.kind, 0) + 1
        wanted = [one for one in printed if kind in {"", one.kind}]
        self.before = [shown(one) for one in wanted if one.kind == PAGE]
        self.after = [shown(one) for one in wanted if one.kind != PAGE]
        self.in_registers = registers.get(kind, 0) if kind else sum(registers.values())

    def __len__(self) -> int:
        return len(self.before) + self.in_registers + len(self.after)

    @overload
    def __getitem__(self, place: int) -> Hit: ...

    @overload
    def __getitem__(self, place: slice) -> list[Hit]: ...

    def __getitem__(self, place: int | slice) -> Any:
        """A part of the list; only that part is read from the registers."""
        if isinstance(place, int):
            return self[place : place + 1][0]
        first, last, _step = place.indices(len(self))
        start = len(self.before)
        end = start + self.in_registers
        return [
            *self.before[first:last],
            *self.registered(max(first, start) - start, min(last, end) - start),
            *self.after[max(first - end, 0) : max(last - end, 0)],
        ]

    def registered(self, first: int, last: int) -> list[Hit]:
        """Some of what stands in registers."""
        if last <= first:
            return []
        found = index.find(self.text, kind=self.kind, first=first, most=last - first)
        return [hit(one.kind, spoken(one.names), spoken(one.notes), one.key) for one in found.entries]


def shown(one: Printed) -> Hit:
    """A page or a rule as a hit."""
    return hit(one.kind, one.title, one.note, one.key)


def hit(kind: str, title: str, note: str, key: str) -> Hit:
    """A thing found, with a note short enough for a list."""
    known = BY_NAME.get(kind)
    return Hit(known.title if known else "", title, Truncator(note).words(WORDS_OF_A_NOTE), address(kind, key))
