"""What a form that is filled in without network has with it, and what is known of a file that it made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from adaldyq.kernel import naming
from adaldyq.measures.reports.models import OfficerKey, ReceivingUnit, Report
from adaldyq.measures.reports.models.keys import AGENCY
from adaldyq.measures.reports.policies import in_force
from adaldyq.measures.reports.queries.named import tag_of
from adaldyq.measures.reports.queries.routing import (
    LEADER,
    LEADERS,
    custodian_keys,
    keys_for,
    officers_of,
    receivers,
)
from adaldyq.measures.reports.states import ACTIVE


@dataclass(frozen=True, slots=True)
class Office:
    """A unit that a report may be sealed to: what it is, its name, the keys of its officers and custodians."""

    unit: str
    kind: str
    name: str
    recipients: tuple[str, ...]
    custodians: tuple[str, ...]


def offices(day: date) -> list[Office]:
    """Units whose officers have keys, the agency first."""
    units = ReceivingUnit.objects.filter(in_force(day)).select_related("body")
    found = [office_of(one, day) for one in sorted(units, key=lambda one: (one.kind != AGENCY, one.pk))]
    return [one for one in found if one.recipients]


def office_of(unit: ReceivingUnit, day: date) -> Office:
    """A unit with the keys in use."""
    recipients = tuple(one.recipient for one in keys_for(unit, (), day))
    custodians = tuple(one.recipient for one in custodian_keys(unit, (), day))
    body = unit.body
    return Office(unit.pk, unit.kind, naming.spoken(body.names, body.name), recipients, custodians)


def keys_of_people(day: date) -> Mapping[str, list[str]]:
    """Keys in use that the form leaves out when a text names somebody, by the tags of people.

    They are those of officers and custodians themselves, and of who leads an office all that are there: whoever names its
    head is led to another one.
    """
    found: dict[str, list[str]] = {}
    units = list(ReceivingUnit.objects.filter(in_force(day)).order_by("pk"))
    keys = list(OfficerKey.objects.filter(unit__in=units, state=ACTIVE).order_by("recipient"))
    for one in keys:
        found.setdefault(tag_of(str(one.account_id)), []).append(one.recipient)
    receive = receivers(day)
    for unit in units:
        of_office = [one.recipient for one in keys if one.unit_id == unit.pk]
        for account in sorted({one for role in LEADERS for one in officers_of(unit, day, role)}):
            name = f"{LEADER}{account}" if account in receive else account
            found.setdefault(tag_of(name), []).extend(of_office)
    return found


def unit_of(unit: str, day: date) -> ReceivingUnit | None:
    """A unit that receives on a day, by its id."""
    return ReceivingUnit.objects.filter(in_force(day), pk=unit).select_related("body").first()


def are_known(recipients: Mapping[str, list[str]], unit: ReceivingUnit) -> bool:
    """Whether all keys are, or were, of officers or custodians of a unit.

    Args:
        recipients: public keys by purpose.
    """
    for purpose, keys in recipients.items():
        known = OfficerKey.objects.filter(unit=unit, purpose=purpose, recipient__in=keys)
        if known.count() != len(set(keys)):
            return False
    return True


def is_taken_in(lookup: bytes) -> bool:
    """Whether a report is there already."""
    return Report.objects.filter(lookup=lookup).exists()


def names_of_units() -> list[tuple[str, str]]:
    """Every unit with the name of its body."""
    units = ReceivingUnit.objects.select_related("body")
    return [(one.pk, naming.spoken(one.body.names, one.body.name)) for one in units]
