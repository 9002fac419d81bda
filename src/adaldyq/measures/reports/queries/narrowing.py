"""Who reads a report from now on, when what its reporter adds names somebody."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from adaldyq.base.errors import DomainError
from adaldyq.measures.reports.models import ReceivingUnit, Report
from adaldyq.measures.reports.models.keys import AGENCY, BOTH, PROSECUTOR
from adaldyq.measures.reports.queries.barring import other_units, readers_of
from adaldyq.measures.reports.queries.named import officers_named, offices_named
from adaldyq.measures.reports.queries.routing import UNITS, offices_led


@dataclass(frozen=True, slots=True)
class Heard:
    """Whom a message of a reporter names.

    Attributes:
        officers: accounts of officers, custodians and heads, and who else holds a post in an office, as for `route`.
        offices: those that receive reports, by what they are.
    """

    officers: frozenset[str] = frozenset()
    offices: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        """Whether it names anybody."""
        return bool(self.officers or self.offices)


@dataclass(frozen=True, slots=True)
class Readers:
    """The unit that has a report, and the public keys of those who read it there, in their order."""

    unit: ReceivingUnit
    recipients: tuple[str, ...]


def heard_in(text: str, day: date) -> Heard:
    """Whom a text in own words names."""
    return Heard(officers_named(text, day), frozenset(offices_named(text, day)))


def left_after(report: Report, heard: Heard, day: date) -> Readers:
    """Who reads a report once nobody of those whom a message names does: in its unit, or else in another.

    Raises:
        DomainError: `nobody-impartial`: nobody is left.
    """
    offices = offices_meant(heard, day)
    meant = [one for one in UNITS(day) if one.kind in offices]
    for unit in [report.unit, *other_units(report, day)]:
        if unit.kind in offices:
            continue
        left = meant if unit == report.unit else [*meant, report.unit]
        keys = readers_of(report, unit, day, besides=[one.body for one in left])
        keys = [one for one in keys if one.account_id not in heard.officers]
        if keys:
            return Readers(unit, tuple(one.recipient for one in keys))
    raise DomainError("nobody-impartial")


def offices_meant(heard: Heard, day: date) -> frozenset[str]:
    """The offices that must not have a report any more: which are named, or of which somebody is named who does not receive there."""
    return heard.offices | offices_led(heard.officers, day)


def offices_of(kinds: Collection[str]) -> frozenset[str]:
    """The offices that some answers say, one by one or both at once."""
    known = frozenset({AGENCY, PROSECUTOR})
    return known if BOTH in kinds else known & frozenset(kinds)
