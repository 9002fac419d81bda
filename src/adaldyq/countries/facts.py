"""The kinds of facts that a country pack holds, each with its source.

A source is the law or publication a value was taken from; `illustrative` says that it stands in for one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Protocol, TypeVar

from adaldyq.base.calendar import Term

Names = Mapping[str, str]  # by language

ILLUSTRATIVE = "illustrative"


class Sourced(Protocol):
    """Anything that says where it was taken from."""

    @property
    def source(self) -> str:
        """The law or publication, or `illustrative`."""


class Dated(Protocol):
    """Anything that holds from a day on, until the next of its kind."""

    @property
    def since(self) -> date:
        """First day on which it holds."""


Fact = TypeVar("Fact", bound=Dated)


@dataclass(frozen=True, slots=True)
class Language:
    """A language of the pages.

    Attributes:
        code: BCP 47; an invented one is from `qaa` to `qtz`, which ISO 639 leaves to everybody.
        name: what its speakers call it.
        script: ISO 15924, such as `Cyrl` or `Arab`.
        right_to_left: whether its lines begin on the right.
    """

    code: str
    name: str
    script: str
    right_to_left: bool
    source: str


@dataclass(frozen=True, slots=True)
class TerritoryFact:
    """A territory: ISO 3166-2 code, official code, level, what it is part of, names by language."""

    code: str
    official_code: str
    level: str
    parent: str
    names: Names
    source: str


class Occasion(StrEnum):
    """Why a day is not what its day of the week is."""

    HOLIDAY = "holiday"  # by the law on holidays, whatever day of the week
    REST = "rest"  # a day of rest that was moved here
    WORK = "work"  # a day of rest that is worked


@dataclass(frozen=True, slots=True)
class DayFact:
    """A day that is a holiday, a day of rest moved here, or worked instead of another.

    Attributes:
        name: what is celebrated, a code of the pack's list `holiday`; empty for a moved day.
    """

    day: date
    occasion: Occasion
    name: str
    source: str


@dataclass(frozen=True, slots=True)
class IndexValue:
    """One unit of the index that fees and thresholds are counted in, from a day on, in the pack's currency."""

    since: date
    amount: Decimal
    source: str


@dataclass(frozen=True, slots=True)
class RateFact:
    """Units of the pack's currency for one unit of another at the end of a year."""

    currency: str
    year: int
    rate: Decimal
    source: str


class AmountUnit(StrEnum):
    """What a threshold is counted in."""

    INDEX = "index"
    CURRENCY = "currency"  # the pack's own
    PERCENT = "percent"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Threshold:
    """An amount from which, or up to which, the law treats a thing differently."""

    name: str
    since: date
    amount: Decimal
    unit: AmountUnit
    source: str


class Duty(StrEnum):
    """Whether the law asks for a document."""

    REQUIRED = "required"
    OPTIONAL = "optional"


@dataclass(frozen=True, slots=True)
class DocumentFact:
    """A document that belongs to some entries of a declaration, from a day of filing on.

    Attributes:
        section: of the declaration.
        column: of the section whose value decides; empty when every entry of the section is meant.
        code: the value of that column.
        names: of the document, by language.
    """

    name: str
    since: date
    section: str
    column: str
    code: str
    duty: Duty
    names: Names
    source: str

    def belongs_to(self, section: str, values: Mapping[str, object]) -> bool:
        """Whether it belongs to an entry."""
        return section == self.section and (not self.column or values.get(self.column) == self.code)


@dataclass(frozen=True, slots=True)
class DeadlineFact:
    """How long the law gives for a thing."""

    name: str
    since: date
    term: Term
    source: str


@dataclass(frozen=True, slots=True)
class Retention:
    """How long records of a kind are kept, or shown, after their matter ends."""

    name: str
    since: date
    term: Term
    source: str


@dataclass(frozen=True, slots=True)
class FilingDay:
    """Last day to file, of the year after the declared one.

    Attributes:
        way: `electronic` or `paper`.
        place: where a paper is brought, by language; empty when the pack does not say.
    """

    way: str
    month: int
    day: int
    source: str
    place: Names = field(default_factory=dict)

    def of(self, year: int) -> date:
        """The last day for declarations about a year."""
        return date(year + 1, self.month, self.day)


def in_force(facts: Iterable[Fact], day: date) -> Fact | None:
    """The fact that holds on a day: the last that began on it or before; none when none had begun."""
    begun = [one for one in facts if one.since <= day]
    return max(begun, key=lambda one: one.since) if begun else None
