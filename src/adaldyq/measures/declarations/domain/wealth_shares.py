"""Which part of a thing was gained or given up by whoever has a share of it at both ends of the years compared.

What a thing is worth changes by itself, so a share that stays is no change of wealth. Of a share that grew or shrank only
the difference counts, and how much of the stated value that is lies between two bounds: the value may be meant for the share
or for the whole thing, several rows may be valued apart, and a share that is not stated may be any.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

NOTHING, WHOLE = Decimal(0), Decimal(100)
STEP = Decimal("0.000001")


@dataclass(slots=True)
class Held:
    """What a family has of a thing at one end.

    Attributes:
        stated: sum of the shares that are stated, in percent.
        unstated: rows that state none.
    """

    rows: int = 0
    stated: Decimal = NOTHING
    unstated: int = 0

    def add(self, share: object) -> None:
        """Count a row with its share."""
        self.rows += 1
        if isinstance(share, Decimal) and share > 0:
            self.stated = min(self.stated + share, WHOLE)
        else:
            self.unstated += 1

    @property
    def most(self) -> Decimal:
        """The largest share it may be."""
        return WHOLE if self.unstated else self.stated


@dataclass(frozen=True, slots=True)
class Part:
    """How much of the value stated at one end belongs to what the other end has not, from 0 to 1.

    Attributes:
        sure: whether the share is larger for certain.
    """

    least: Decimal
    most: Decimal
    sure: bool


def part_beyond(held: Held, other: Held) -> Part | None:
    """The part that one end has beyond the other; none when it has no more.

    Things of which neither end states a share, which the forms ask for, are taken to be the same.
    """
    same = (held.stated, held.unstated) == (other.stated, other.unstated)
    if same or not (held.stated or other.stated) or held.most <= other.stated:
        return None
    sure = held.stated > other.most
    if held.rows > 1:
        return Part(NOTHING, Decimal(1), sure)
    least = max(held.stated - other.most, NOTHING) / WHOLE
    return Part(least, ((held.most - other.stated) / held.most).quantize(STEP, ROUND_CEILING), sure)


def held(rows: Iterable[tuple[tuple[str, str], object]]) -> dict[tuple[str, str], Held]:
    """What there is of each thing, by its number, from rows of number and share."""
    found: dict[tuple[str, str], Held] = {}
    for number, share in rows:
        found.setdefault(number, Held()).add(share)
    return found
