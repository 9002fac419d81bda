"""A published number: never without what it counts, of which day, from where, and the data behind it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from adaldyq.ui.formats.values import Kind, show, show_short

LONGEST = 12  # characters that fit the card at the size of a headline


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its definition.

    Attributes:
        title: what it is.
        value: the number; None when nothing has been counted yet, or it is not told.
        definition: one sentence: what is counted, and what is not.
        as_of: the day it stands for.
        source: the register or collection it is counted from.
        href: page that shows it in full.
        download: file with the data behind it.
        kind: how it is written, with `currency` for money.
        untold: why there is a value that is not told; empty when there is none.
        range: how it is written where it is a range, of which `value` is the lower end.
    """

    title: object
    value: int | float | Decimal | None
    definition: object
    as_of: date
    source: object = ""
    href: str = ""
    download: str = ""
    kind: Kind = "number"
    currency: str = ""
    untold: object = ""
    range: object = ""

    @property
    def shown(self) -> str:
        """The number in full where it fits, else in millions; why it is not told."""
        if self.value is None and self.untold:
            return str(self.untold)
        if self.range:
            return str(self.range)
        full = show(self.value, self.kind, self.currency)
        return full if len(full) <= LONGEST else show_short(self.value, self.kind, self.currency)
