"""Who may do what with reports. Nobody sees what was sealed but by a key; this says who may see that there is a report."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from adaldyq.kernel.actor import Actor
from adaldyq.kernel.roles import Role
from adaldyq.measures.reports.models import Identity, ProtectionFile, ReceivingUnit, Report
from adaldyq.measures.reports.models.keys import IDENTITIES, REPORTS


def receives_for(by: Actor, unit: ReceivingUnit) -> bool:
    """Whether somebody is a receiving officer of the unit, and nobody else's."""
    return any(one.role is Role.RECEIVING_OFFICER and one.body_id == unit.body_id for one in by.held)


def keeps_names_for(by: Actor, unit: ReceivingUnit) -> bool:
    """Whether somebody is a custodian of the unit: keeps the names of those who reported to it, and reads no report."""
    return any(one.role is Role.CUSTODIAN and one.body_id == unit.body_id for one in by.held)


def purpose_for(by: Actor, unit: ReceivingUnit) -> str:
    """What is sealed to somebody's key for a unit; nothing for whoever neither receives for it nor keeps its names."""
    if receives_for(by, unit):
        return REPORTS
    return IDENTITIES if keeps_names_for(by, unit) else ""


def may_open_name(by: Actor, identity: Identity, excluded: frozenset[str]) -> bool:
    """Whether a custodian may open a name: one that the own unit keeps, of a report that is not about them.

    Args:
        excluded: accounts that must not, as `queries.barring` finds them.
    """
    return not by.system and keeps_names_for(by, identity.unit) and by.id not in excluded


def units_of(by: Actor) -> Q:
    """Condition on reports: of the units that the viewer receives for; none for whoever receives for no body."""
    bodies = [one.body_id for one in by.held if one.role is Role.RECEIVING_OFFICER and one.body_id]
    return Q(unit__body__in=bodies)


def may_handle(by: Actor, report: Report, excluded: frozenset[str]) -> bool:
    """Whether an officer may deal with a report: of its unit, and not of those whom it may be about.

    Args:
        excluded: accounts that must not, as `queries.routing` finds them.
    """
    return not by.system and receives_for(by, report.unit) and by.id not in excluded


def may_open_unit(by: Actor) -> bool:
    """Whether somebody may say which bodies receive reports. Who does reads none of them."""
    return by.system or Role.ADMINISTRATOR in by.roles


def may_take_calls(by: Actor) -> bool:
    """Whether somebody may type what callers report. Who does reads no report."""
    return not by.system and Role.OPERATOR in by.roles


def may_take_in(by: Actor) -> bool:
    """Whether somebody may take in reports that are brought as files: any receiving officer, for whichever unit."""
    return any(one.role is Role.RECEIVING_OFFICER and one.body_id for one in by.held)


def in_force(day: date) -> Q:
    """Condition on units: they receive on a day."""
    return Q(closed_at=None) | Q(closed_at__date__gt=day)


def may_count(by: Actor) -> bool:
    """Whether somebody may write the public numbers: the house itself, and no person."""
    return by.system


def may_protect(by: Actor, report: Report, file: ProtectionFile | None, excluded: frozenset[str]) -> bool:
    """Whether an officer may see and keep the protection file of a report.

    Who answers for the report may, and the officer who protects; while there is neither, any officer of the unit may
    take it up. Nobody else of the unit sees what there is in it.

    Args:
        file: none while there is no file; who could open one is asked then.
        excluded: as `may_handle` has it, of all who come into question.
    """
    if not may_handle(by, report, excluded):
        return False
    known = {report.assigned_to_id, file.protector_id if file else None} - {None} - excluded
    return not known or by.id in known


def may_answer(by: Actor) -> bool:
    """Whether somebody may say what became of a request for a case or of a payment: the register that does it, no person."""
    return by.system


def may_decide_reward(by: Actor, unit: ReceivingUnit, proposed_by: str, excluded: frozenset[str]) -> bool:
    """Whether a custodian may decide about a reward: of the own unit, proposed by somebody else, not for a report about them.

    Args:
        excluded: accounts that must not, as `queries.barring` finds them.
    """
    return not by.system and keeps_names_for(by, unit) and by.id not in excluded and by.id != proposed_by
