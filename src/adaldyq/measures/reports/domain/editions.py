"""Which lines of an edition stay as they were, so that subtracting an earlier edition tells of no few reports.

A number that is large enough to be told may have grown by one since the last edition; whoever has both knows then that one
report came in between. So a line takes its new numbers only when each of them has changed by nothing or by `least` at least,
whichever earlier edition is subtracted. What the lines leave of the change of their sum is held to the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypeVar

from adaldyq.base.disclosure import is_few

Row = TypeVar("Row")

WHOLE = "whole"
"""The key of the line that the others are parts of; years have none."""


@dataclass(frozen=True, slots=True)
class Line:
    """What an edition tells in a line.

    Attributes:
        counts: by name, none that is left out as too few.
        money: sums in the country's currency, by the name of the count of the reports by which they came.
    """

    counts: Mapping[str, int]
    money: Mapping[str, Decimal] = field(default_factory=dict)


Told = Mapping[str, Line]
"""Lines of an edition by their keys."""


def staying(
    now: Mapping[str, Row],
    before: Mapping[str, Row],
    tell: Callable[[Mapping[str, Row]], Told],
    earlier: Sequence[Told],
    *,
    least: int,
    stay: frozenset[str] = frozenset(),
) -> frozenset[str] | None:
    """Keys of the rows that stay as in the edition before; None when even with all of them too few would be told of.

    A line whose own change tells of few stays. While what is left of the change of the whole does, or that of lines told
    together, the next row that has changed stays too.

    Args:
        now, before: rows as they are counted now, those that shall stay first, and as the last edition kept them.
        tell: what would be told of rows.
        earlier: what each earlier edition told, the last one at the end.
        stay: keys that stay in any case.
    """
    held = stay
    while True:
        lines = tell(mixed(now, before, held))
        telling = {key for told in earlier for key in lines_of_few(lines, told, earlier[-1], least)}
        may_stay = [key for key in now if key not in held and now[key] != before.get(key)]
        if of_themselves := telling.intersection(may_stay):
            held |= of_themselves
        elif not telling and not any(rest_is_few(lines, told, earlier[-1], least) for told in earlier):
            return held
        elif may_stay:
            held |= {may_stay[0]}
        else:
            return None


def mixed(now: Mapping[str, Row], before: Mapping[str, Row], held: frozenset[str]) -> dict[str, Row]:
    """Rows as they are now, but those that are held as they were; what was not there before is left out."""
    return {key: before[key] if key in held else row for key, row in now.items() if key not in held or key in before}


def lines_of_few(lines: Told, earlier: Told, last: Told, least: int) -> Iterator[str]:
    """Keys of lines whose change since an earlier edition tells of few; what the last one told already tells nothing."""
    for key in lines.keys() & earlier.keys() - {WHOLE}:
        if lines[key] != last.get(key) and is_of_few(lines[key], earlier[key], least):
            yield key


def is_of_few(line: Line, earlier: Line, least: int) -> bool:
    """Whether a count changed by few, or a sum of money although no report came to those by which it came."""
    changed = changes(line, earlier)
    return any(is_few(change, least) for change in changed.values()) or any(
        line.money[name] != earlier.money[name] and not changed.get(name)
        for name in line.money.keys() & earlier.money.keys()
    )


def rest_is_few(lines: Told, earlier: Told, last: Told, least: int) -> bool:
    """Whether what the lines leave of the change of the whole is few in a count; what the last edition left tells nothing."""
    newest = rest(lines, last)
    return any(is_few(left, least) and newest.get(name, left) for name, left in rest(lines, earlier).items())


def rest(lines: Told, earlier: Told) -> dict[str, int]:
    """The change of the whole since an earlier edition less that of each line of which both tell, by name of the count."""
    if WHOLE not in lines or WHOLE not in earlier:
        return {}
    left = changes(lines[WHOLE], earlier[WHOLE])
    for key in lines.keys() & earlier.keys() - {WHOLE}:
        for name, change in changes(lines[key], earlier[key]).items():
            if name in left:
                left[name] -= change
    return left


def changes(line: Line, earlier: Line) -> dict[str, int]:
    """By how much each count changed that both tell."""
    return {name: line.counts[name] - earlier.counts[name] for name in line.counts.keys() & earlier.counts.keys()}
