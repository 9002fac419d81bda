"""Compares two keyings of one paper, box by box, and says only where they differ.

Sums, numbers and days are compared by what they mean (`1 000,00` is `1000`), everything else by its letters without
needless spaces. Entries stand in the order of the paper; when one keying has more of them, those that agree are found
first, so that an entry that was skipped is one difference and not many.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from adaldyq.base.errors import DomainError
from adaldyq.base.tables import Column, ColumnType
from adaldyq.measures.declarations.domain.checks import DAY_PARTS, Typed
from adaldyq.measures.declarations.domain.numbers import number_of
from adaldyq.measures.declarations.domain.questions import asked_columns

Row = dict[str, str]
Pair = tuple[int | None, int | None]


@dataclass(frozen=True, slots=True)
class Difference:
    """One box, or one whole entry, that two keyings have differently.

    Attributes:
        column: of the box; empty when only one of them has the entry.
        first, second: place of the entry in each keying, from 0; none where it is not.
        first_boxes, second_boxes: what each typed, text by box.
    """

    section: str
    column: str
    first: int | None
    second: int | None
    first_boxes: Row = field(default_factory=dict)
    second_boxes: Row = field(default_factory=dict)

    @property
    def key(self) -> str:
        """What tells it from others of the same comparison."""
        places = ("" if place is None else str(place) for place in (self.first, self.second))
        return "-".join((self.section, *places, self.column))


def boxes_of(column: Column) -> tuple[str, ...]:
    """Names of the boxes of a column."""
    if column.type is ColumnType.DATE:
        return tuple(f"{column.name}_{part}" for part in DAY_PARTS)
    return (column.name,)


def meaning(column: Column, row: Typed) -> object:
    """What stands in a column of a row, so that two writings of the same are equal."""
    texts = [plain(row.get(box, "")) for box in boxes_of(column)]
    if column.type is ColumnType.DATE:
        return tuple(text.lstrip("0") for text in texts)
    (text,) = texts
    if text and column.type in {ColumnType.MONEY, ColumnType.NUMBER}:
        try:
            number = number_of(text.removesuffix("%"))
        except DomainError:
            return text
        return number if number.is_finite() else text
    return text


def plain(text: str) -> str:
    """A text without needless spaces, its letters composed."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def meant(section: str, row: Typed) -> tuple[object, ...]:
    """What a whole row means."""
    return tuple(meaning(column, row) for column in asked_columns(section))


def pairs_of(section: str, first: Sequence[Typed], second: Sequence[Typed]) -> list[Pair]:
    """Which entry of one keying is which of the other, in the order of the paper."""
    found = matched([meant(section, row) for row in first], [meant(section, row) for row in second])
    if len(first) != len(second):
        return found
    in_order: list[Pair] = [(place, place) for place in range(len(first))]
    return min(in_order, found, key=lambda pairs: len(list(differing(section, pairs, first, second))))


def matched(first: Sequence[object], second: Sequence[object]) -> list[Pair]:
    """Pairs with equal entries matched first, the entries between them in their order."""
    pairs: list[Pair] = []
    for _same, start, end, other_start, other_end in SequenceMatcher(None, first, second, autojunk=False).get_opcodes():
        both = min(end - start, other_end - other_start)
        pairs += [(start + place, other_start + place) for place in range(both)]
        pairs += [(place, None) for place in range(start + both, end)]
        pairs += [(None, place) for place in range(other_start + both, other_end)]
    return pairs


def differing(
    section: str, pairs: Sequence[Pair], first: Sequence[Typed], second: Sequence[Typed]
) -> Iterator[Difference]:
    """Where paired entries differ."""
    for one, other in pairs:
        if one is None or other is None:
            mine = dict(first[one]) if one is not None else {}
            theirs = dict(second[other]) if other is not None else {}
            yield Difference(section, "", one, other, mine, theirs)
            continue
        for column in asked_columns(section):
            if meaning(column, first[one]) != meaning(column, second[other]):
                boxes = boxes_of(column)
                mine = {box: first[one].get(box, "") for box in boxes}
                theirs = {box: second[other].get(box, "") for box in boxes}
                yield Difference(section, column.name, one, other, mine, theirs)


def differences(section: str, first: Sequence[Typed], second: Sequence[Typed]) -> list[Difference]:
    """Where two keyings of a section differ; nothing when they mean the same.

    Args:
        first, second: entries in which something is written, in the order of the paper.
    """
    return list(differing(section, pairs_of(section, first, second), first, second))


def agreed(
    section: str, first: Sequence[Typed], second: Sequence[Typed], choose: Callable[[Difference], Typed]
) -> list[Row]:
    """The entries after every difference is decided.

    Args:
        choose: what stands on the paper: boxes of the column; of a whole entry all its boxes, or none when the entry
            is not there.
    """
    rows: list[Row] = []
    for pair in pairs_of(section, first, second):
        one, other = pair
        found = list(differing(section, [pair], first, second))
        if one is None or other is None:
            row = dict(choose(found[0]))
        else:
            row = dict(first[one])
            for difference in found:
                row |= choose(difference)
        row = {box: text for box, text in row.items() if text}
        if row:
            rows.append(row)
    return rows
