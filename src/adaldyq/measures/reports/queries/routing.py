"""To which unit a report goes, and to which of its officers it is sealed.

A report never reaches those whom it may be about: about the agency it goes to the prosecutor, about the prosecutor to
the agency; an officer who works in the body that it names, or whose family heads it, does not get it either.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from adaldyq.base.errors import DomainError
from adaldyq.kernel.compiled import Compiled
from adaldyq.kernel.models import Appointment, Body, Territory
from adaldyq.kernel.models.accounts import RoleGrant
from adaldyq.kernel.queries.ties import held_on
from adaldyq.kernel.roles import Role
from adaldyq.measures.reports.models import OfficerKey, ReceivingUnit
from adaldyq.measures.reports.models.keys import AGENCY, BOTH, IDENTITIES, PROSECUTOR, REPORTS
from adaldyq.measures.reports.policies import in_force
from adaldyq.measures.reports.queries.houses import concerned, is_same_house
from adaldyq.measures.reports.states import ACTIVE

RECEIVERS = (Role.RECEIVING_OFFICER, Role.CUSTODIAN)
LEADERS = (Role.HEAD, Role.INTEGRITY_OFFICER)
"""Who is told of the terms that bind a body; they receive nothing, and a report that names them is not for their office."""
HOLDER = "person:"
"""What the id of a person of the register begins with where it stands among ids of accounts."""
LEADER = "leads:"
"""The same of the account of somebody who leads an office and receives there too, where a text names them by more than the family name
alone: that keeps only them out, this the office which they lead."""
UNITS = Compiled(lambda day: ReceivingUnit.objects.filter(in_force(day)).select_related("body"), date)
KEYS = Compiled(
    lambda unit, purpose: OfficerKey.objects.filter(unit=unit, purpose=purpose, state=ACTIVE).order_by("recipient"),
    str,
    str,
)
KEPT_NAMES = Compiled(
    lambda day: OfficerKey.objects.filter(
        unit__in=ReceivingUnit.objects.filter(in_force(day)), purpose=IDENTITIES, state=ACTIVE
    ).values_list("pk", flat=True)[:1],
    date,
)
OFFICERS = Compiled(
    lambda role, body, day: (
        RoleGrant.objects.on(day).filter(role=role, body=body, account__is_active=True)
    ).values_list("account_id", flat=True),
    str,
    str,
    date,
)
POSTS = Compiled(
    lambda body, day, people: Appointment.objects.filter(
        held_on(day), post__body=body, person__any_of=people
    ).values_list("person_id", flat=True),
    str,
    date,
    list,
)
PLACE = Compiled(lambda code: Territory.objects.filter(pk=code), str)


@dataclass(frozen=True, slots=True)
class Route:
    """Where a report goes.

    Attributes:
        unit: that receives it.
        recipients: public keys of the officers to whom it is sealed.
        custodians: public keys of the custodians to whom the reporter's name is sealed; none when the unit has none.
    """

    unit: ReceivingUnit
    recipients: tuple[str, ...]
    custodians: tuple[str, ...] = ()


def route(about: Body | None, day: date, *, about_office: str = "", without: Collection[str] = frozenset()) -> Route:
    """The unit that a report goes to, and the keys of its officers.

    Args:
        about: body that it is about.
        about_office: which of the offices that receive reports the reporter says that it is about: agency, prosecutor or both.
        without: accounts of officers and custodians whom the report names, and who else it names of an office.

    Raises:
        DomainError: `nobody-impartial`: it is about all units whose officers could read it; `nobody-to-seal-to`: no unit has
            an officer with a key.
    """
    units, led = {one.kind: one for one in UNITS(day)}, offices_led(without, day)
    for kind in (AGENCY, PROSECUTOR):
        unit = units.get(kind)
        if unit is None or kind in led or about_office in (kind, BOTH):
            continue
        if about is not None and is_same_house(unit.body, about):
            continue
        bodies = concerning(unit, about, day, about_office, without)
        if keys := [one for one in keys_for(unit, bodies, day) if one.account_id not in without]:
            kept = [one for one in custodian_keys(unit, bodies, day) if one.account_id not in without]
            custodians = tuple(one.recipient for one in kept)
            return Route(unit, tuple(one.recipient for one in keys), custodians)
    able = any(keys_for(one, (), day) for one in units.values())
    raise DomainError("nobody-impartial" if able else "nobody-to-seal-to")


def offices_led(named: Collection[str], day: date) -> frozenset[str]:
    """The offices of which a report names the head, the integrity officer or somebody who holds a post there, by what they are.

    Args:
        named: accounts, also as `LEADER` and their id, and people of the register as `HOLDER` and theirs.
    """
    if not named:
        return frozenset()
    people = sorted(one.removeprefix(HOLDER) for one in named if one.startswith(HOLDER))
    leaders = {one.removeprefix(LEADER) for one in named if one.startswith(LEADER)} | (set(named) - receivers(day))
    return frozenset(
        unit.kind
        for unit in UNITS(day)
        if any(not officers_of(unit, day, role).isdisjoint(leaders) for role in LEADERS)
        or (people and POSTS(unit.body_id, day, people))
    )


def accounts_in(named: Collection[str]) -> list[str]:
    """Of those whom a report names the accounts, in their order."""
    return sorted(one for one in named if not one.startswith((HOLDER, LEADER)))


def concerning(
    unit: ReceivingUnit, about: Body | None, day: date, about_office: str = "", named: Collection[str] = frozenset()
) -> list[Body]:
    """Bodies whose people must not read a report that goes to a unit: the one that it is about, and offices that it passed over."""
    return [
        *([about] if about else []),
        *(one.body for one in passed_over(unit, about, day, about_office, named)),
    ]


def passed_over(
    unit: ReceivingUnit, about: Body | None, day: date, about_office: str = "", named: Collection[str] = frozenset()
) -> list[ReceivingUnit]:
    """Units that could have had a report before this one, and were passed over because it is about them.

    They never get it later either.

    Args:
        about_office: as for `route`.
        named: as its `without`.
    """
    offices = {about_office, *offices_led(named, day)} - {"", unit.kind}
    if unit.kind == AGENCY:
        return [one for one in UNITS(day) if one.kind in offices] if offices else []
    agencies = ReceivingUnit.objects.filter(in_force(day), kind=AGENCY).select_related("body")
    if AGENCY in offices:  # also while nobody there has a key: it is told of terms that pass, and may have one later
        return list(agencies)
    able = [one for one in agencies if about is None or not is_same_house(one.body, about)]
    return [one for one in able if keys_for(one, [about] if about else (), day)]


def place_of(code: str) -> Territory | None:
    """The territory of a code, if the register has it."""
    return PLACE.first(code) if code else None


def keys_for(unit: ReceivingUnit, about: Collection[Body], day: date) -> list[OfficerKey]:
    """Active keys of the officers of a unit who may read a report about some bodies."""
    officers = officers_of(unit, day)
    return keys_in_use(unit, REPORTS, officers - excluded(officers, about, day))


def custodian_keys(unit: ReceivingUnit, about: Collection[Body], day: date) -> list[OfficerKey]:
    """Active keys of the custodians of a unit whom a report about some bodies does not concern."""
    if not KEYS(unit.pk, IDENTITIES):
        return []
    custodians = officers_of(unit, day, Role.CUSTODIAN)
    return keys_in_use(unit, IDENTITIES, custodians - excluded(custodians, about, day))


def keys_in_use(unit: ReceivingUnit, purpose: str, accounts: Collection[str]) -> list[OfficerKey]:
    """Active keys that some accounts have for a unit, in the order of the keys."""
    return [one for one in KEYS(unit.pk, purpose) if one.account_id in accounts]


def has_custodians(day: date) -> bool:
    """Whether anybody keeps names on a day, so that reporters are asked for theirs."""
    return bool(KEPT_NAMES(day))


def officers_of(unit: ReceivingUnit, day: date, role: Role = Role.RECEIVING_OFFICER) -> set[str]:
    """Accounts that receive for a unit on a day, or have another role for it."""
    return set(OFFICERS(str(role), unit.body_id, day))


def receivers(day: date) -> set[str]:
    """Accounts of officers and custodians of all offices on a day."""
    return {one for unit in UNITS(day) for role in RECEIVERS for one in officers_of(unit, day, role)}


def excluded(accounts: Collection[str], about: Collection[Body], day: date) -> frozenset[str]:
    """Of some officers those who must not read a report about some bodies."""
    return concerned(accounts, about, day)
