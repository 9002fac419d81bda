"""What an entry of the registers brings for years that nobody could file for in time when it was made.

A post, a marriage, a company or a purchase may be entered long after it began. The law obliged for those years all the
same, and whoever is told so late gets the pack's term `late_entry_filing` from the day on which it was entered.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from adaldyq.kernel import naming
from adaldyq.kernel.deadlines import days
from adaldyq.kernel.models import Appointment, Company, FamilyTie, LandRight, Ownership, VehicleRight
from adaldyq.ledger.leaves import Payload
from adaldyq.measures.declarations.domain.obligations import OTHER, Due
from adaldyq.measures.declarations.queries.company_heads import HEADED, begun
from adaldyq.measures.declarations.queries.grounds import EMPLOYEE, OFFICIAL, OWNER
from adaldyq.measures.declarations.queries.spans import SPOUSE
from adaldyq.measures.declarations.queries.terms import OWED, first_kept_year

TERM = "late_entry_filing"
HEAD = "head_id"
TIE, COMPANY, LAND, VEHICLES = "family_tie", "company", "land_register", "vehicle_register"
GROUPS: Mapping[str, frozenset[str]] = {
    "appointment": frozenset({OFFICIAL, EMPLOYEE}),
    COMPANY: frozenset({OWNER}),
    "ownership": frozenset({OWNER}),
    LAND: frozenset({OTHER}),
    VEHICLES: frozenset({OTHER}),
}
"""Groups of the law into which the records of a register put people; a marriage lets one declare with the spouse."""
BOUGHT = frozenset({LAND, VEHICLES})
"""Registers whose records oblige for one year only, in which a thing was bought."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What was entered.

    Attributes:
        since: first day of what it says.
        least: last day to file that it leaves at least.
    """

    register: str
    since: date
    least: date

    def brings(self, due: Due) -> bool:
        """Whether it is what obliges somebody."""
        if due.year < self.since.year or (self.register in BOUGHT and due.year > self.since.year):
            return False
        return due.as_spouse if self.register == TIE else due.group in GROUPS[self.register]

    def last_day(self, due: Due, *, closed: bool) -> date | None:
        """Last day to file of what it brings: that of the law, or its own where that is later.

        Args:
            closed: whether the year was over for everybody; then nothing else is stated.
        """
        if not self.brings(due):
            return None if closed else due.due_date
        return max(due.due_date, self.least)

    def years(self, on: date, first_open: int) -> range:
        """Years that the law asks for, that are still kept, and that were over before those that are open."""
        asked = min((one.year for one in naming.pack().phases), default=first_open)
        return range(max(self.since.year, asked, first_kept_year(OWED, on)), first_open)


def entry_of(payload: Payload, on: date) -> Entry | None:
    """What an event of the registers says was entered; none when it obliges nobody for a year that is known.

    Args:
        payload: with `register` and `record`; `fields` where facts of a record were changed.
    """
    register, record = str(payload.get("register") or ""), str(payload.get("record") or "")
    fields = payload.get("fields")
    if register not in BEGINS or (register == COMPANY and isinstance(fields, list) and HEAD not in fields):
        return None
    since = BEGINS[register](record)
    return Entry(register, since, days.pack_due(TERM, on)) if since else None


def begins_company(record: str) -> date | None:
    """Since when a company has its present head."""
    company = Company.objects.filter(pk=record).first()
    changed = HEADED.filter(record_id=record).order_by("-valid_to").first()
    return begun(changed.valid_to if changed else None, company.registered_date) if company else None


def begins_marriage(record: str) -> date | None:
    """Since when two people are married; none of other ties."""
    return FamilyTie.objects.filter(pk=record, kind=SPOUSE).values_list("valid_from", flat=True).first()


def begins(model: type[Appointment | Ownership | LandRight | VehicleRight]) -> Callable[[str], date | None]:
    """What finds the first day of a dated record."""
    return lambda record: model._default_manager.filter(pk=record).values_list("valid_from", flat=True).first()


BEGINS: Mapping[str, Callable[[str], date | None]] = {
    "appointment": begins(Appointment),
    "ownership": begins(Ownership),
    LAND: begins(LandRight),
    VEHICLES: begins(VehicleRight),
    COMPANY: begins_company,
    TIE: begins_marriage,
}
"""By register, since when what a record says is so."""
