"""Acts on the register of territories: one is made, called otherwise, merged into another, or split, on a day."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from adaldyq.base.errors import DomainError
from adaldyq.countries.required import LEVELS
from adaldyq.kernel import naming
from adaldyq.kernel.actions.carrying_over import Division, carry_over
from adaldyq.kernel.actions.facts import replace
from adaldyq.kernel.actions.periods import Provenance, check_period, hold, length_of, recorded
from adaldyq.kernel.actor import Actor
from adaldyq.kernel.acts import Recorded, act
from adaldyq.kernel.models import RoleGrant, Territory, TerritorySuccession
from adaldyq.kernel.models.held import line_of
from adaldyq.kernel.periods import day_before
from adaldyq.kernel.policies import require_registrar
from adaldyq.kernel.registry import register_named

CODE = re.compile(r"[A-Z0-9][A-Z0-9-]*")


@dataclass(frozen=True, slots=True)
class Ended:
    """A territory that ended, those that follow it, and how many roles that were held for it ended with it."""

    territory: Territory
    successors: tuple[str, ...]
    roles: int


def territory_line(territory: Territory) -> Recorded:
    """The ledger line of a territory."""
    facts = {"begins": territory.opened_date, "ends": territory.closed_date, "parent": territory.parent_id}
    return recorded("territory", territory, "", **facts, names=" / ".join(territory.names.values()))


def ended_line(ended: Ended) -> Recorded:
    """The ledger line of a territory that ended: who follows it."""
    line = territory_line(ended.territory)
    followed = {"successors": " ".join(ended.successors), "roles_ended": ended.roles}
    return Recorded([{**line.payloads[0], **followed}], line.event)


def check_names(names: Mapping[str, str]) -> dict[str, str]:
    """Names in each language of the country, without blanks around them.

    Raises:
        DomainError: `value-missing` without one in the first language.
    """
    stated = {language: text.strip() for language, text in names.items() if text.strip()}
    first = naming.pack().languages[0]
    if first not in stated:
        raise DomainError("value-missing", field=f"name_{first}")
    return stated


@act("kernel.territory.create", records=territory_line)
def create_territory(
    *,
    code: str,
    level: str,
    parent: Territory,
    names: Mapping[str, str],
    since: date,
    origin: Provenance,
    by: Actor,
    at: datetime,
) -> Territory:
    """Make a territory within another.

    Args:
        code: ISO 3166-2, or the official one below it.
        level: region, city, district or rural.

    Raises:
        NotAllowed: `by` does not keep the register of territories there.
        DomainError: `bad-territory-code`, `territory-there-already`, `unknown-level`, `value-missing` without a
            name, or `closed-already` of the parent.
    """
    require_registrar(by, "kernel.territory.create", territory=parent)
    if not CODE.fullmatch(code) or len(code) > length_of(Territory, "id"):
        raise DomainError("bad-territory-code", field="code", value=code[:40])
    if Territory.objects.filter(pk=code).exists():
        raise DomainError("territory-there-already", field="code", value=code)
    if level not in LEVELS[1:]:
        raise DomainError("unknown-level", field="level", value=level, known=", ".join(LEVELS[1:]))
    check_open(parent, "parent")
    made = Territory.objects.create(
        id=code, level=level, parent=parent, names=check_names(names), opened_date=since, **origin.columns
    )
    transaction.on_commit(naming.forget_territory_names)
    return made


def check_open(territory: Territory, field: str) -> None:
    """Refuse a territory that has ended.

    Raises:
        DomainError: `closed-already`.
    """
    if territory.closed_date is not None:
        raise DomainError("closed-already", field=field, day=territory.closed_date)


@act("kernel.territory.rename", records=territory_line)
def rename_territory(
    *, territory: Territory, names: Mapping[str, str], since: date, origin: Provenance, by: Actor, at: datetime
) -> Territory:
    """Call a territory otherwise from a day; what it was called stays in its history.

    Raises:
        NotAllowed: `by` does not keep the register of territories there.
        DomainError: `value-missing`, `nothing-changed`, `closed-already`, `begins-before-the-present`.
    """
    require_registrar(by, "kernel.territory.rename", territory=territory)
    held = hold(territory)
    check_open(held, "since")
    if not held.names:  # until now it was called as the pack calls it, which becomes its former name
        called = dict(naming.territory_names().get(held.pk, {}))
        Territory.objects.filter(pk=held.pk).update(names=called)
    replace(register_named("territory"), held.pk, {"names": check_names(names)}, since, origin)
    transaction.on_commit(naming.forget_territory_names)
    held.refresh_from_db()
    return held


@act("kernel.territory.merge", records=ended_line)
def merge_territory(
    *, territory: Territory, into: Territory, since: date, origin: Provenance, by: Actor, at: datetime
) -> Ended:
    """Merge a territory into another: what lies in it belongs to the other from that day.

    That is the territories in it, bodies, companies, real estate, and whoever lives there.

    Raises:
        NotAllowed: `by` does not keep the register of territories there.
        DomainError: `closed-already`, `ends-before-it-begins`, `territory-within-itself`, or
            `begins-before-the-present` when something came to lie there later.
    """
    require_registrar(by, "kernel.territory.merge", territory=territory)
    held = hold(territory)
    check_open(into, "into")
    if held.pk in line_of(Territory, into.pk):
        raise DomainError("territory-within-itself", field="into")
    check_open(held, "since")
    carry_over(held, Division(rest=into.pk), since, origin)
    return follow_by(held, [into], since, origin, at)


@act("kernel.territory.split", records=ended_line)
def split_territory(
    *,
    territory: Territory,
    into: Sequence[Territory],
    since: date,
    origin: Provenance,
    by: Actor,
    at: datetime,
    division: Division | None = None,
) -> Ended:
    """Split a territory into others that were made before, which take what lies in it from that day.

    Args:
        division: which of them takes what; without one, nothing may be left in it.

    Raises:
        NotAllowed: `by` does not keep the register of territories there.
        DomainError: `split-into-two`, `closed-already`, `ends-before-it-begins`, `not-a-follower` when the division
            names another territory, or what `carry_over` says.
    """
    require_registrar(by, "kernel.territory.split", territory=territory)
    held = hold(territory)
    if len({one.pk for one in into} - {held.pk}) < 2:  # noqa: PLR2004  # fewer is a change of name or a merge
        raise DomainError("split-into-two", field="second")
    for one in into:
        check_open(one, "first")
    check_open(held, "since")
    divided, codes = division or Division(), frozenset(one.pk for one in into)
    for field, code in (*(("placed", one) for one in divided.named.values()), ("rest", divided.rest or min(codes))):
        if code not in codes:
            raise DomainError("not-a-follower", field=field, value=code)
    carry_over(held, divided, since, origin, but=codes)
    return follow_by(held, into, since, origin, at)


def follow_by(territory: Territory, into: Sequence[Territory], since: date, origin: Provenance, at: datetime) -> Ended:
    """End a territory on the day before others follow it, and with it the roles that are held for it.

    Roles are not carried over: who follows may reach farther, and whoever gives roles decides on that anew.

    Raises:
        DomainError: `closed-already` or `ends-before-it-begins`.
    """
    check_open(territory, "since")
    until = day_before(since)
    check_period(territory.opened_date, until)
    for one in into:
        TerritorySuccession.objects.create(former=territory, successor=one, since=since, **origin.columns)
    Territory.objects.filter(pk=territory.pk).update(closed_date=until, **origin.columns)
    territory.refresh_from_db()
    return Ended(territory, tuple(one.pk for one in into), end_roles(territory, until, at))


def end_roles(territory: Territory, until: date, at: datetime) -> int:
    """End roles that are held for a territory on its last day; those given later are withdrawn. Returns how many."""
    lasting = Q(valid_to__isnull=True) | Q(valid_to__gt=until)
    held = RoleGrant.objects.filter(lasting, territory=territory, withdrawn_at__isnull=True)
    given_later = held.filter(valid_from__gt=until).update(withdrawn_at=at)
    return given_later + held.filter(valid_from__lte=until).update(valid_to=until)
