"""Who may write the base registries: a role for the registry, body and place that the record belongs to."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from adaldyq.base.errors import DomainError, NotAllowed
from adaldyq.kernel.actor import Actor
from adaldyq.kernel.models import Appointment, Body, Held, Ownership, Post, Territory
from adaldyq.kernel.models.held import line_of
from adaldyq.kernel.registry import REGISTERS
from adaldyq.kernel.roles import Registry, Role
from adaldyq.kernel.titles import REGISTRY_TITLES
from adaldyq.kernel.writers import register_of, writers


class RegisterNotKept(NotAllowed):
    """The actor is a registrar, but not of this register, or not for this body or place."""

    def __init__(self, registry: Registry | None) -> None:
        DomainError.__init__(self, "register-not-kept", registry=REGISTRY_TITLES[registry] if registry else "…")


def may_write(
    by: Actor, act: str, register: str = "", *, body: Body | None = None, territory: Territory | None = None
) -> bool:
    """Whether an actor may do an act on a register, for a body or in a territory where the record has one.

    Args:
        act: its name, as in `writers.csv`.
        register: which is written; the one of the act when it has only one.
    """
    written = register or register_of(act)
    roles = writers().roles.get(act, {}).get(written)
    if by.system:
        return True
    if roles is None:  # a register that no registry of the file keeps is for those who are bound to none
        return Role.REGISTRAR in by.roles and not bound(by)
    return any(role in by.roles and reaches(by, role, writers().registries[written], body, territory) for role in roles)


def bound(by: Actor) -> bool:
    """Whether an actor keeps certain registries only."""
    places = [one for one in by.held if one.role == Role.REGISTRAR]
    return bool(places) and all(one.registry for one in places)


def reaches(by: Actor, role: Role, registry: Registry, body: Body | None, territory: Territory | None) -> bool:
    """Whether a role is held for a registry, and for a body or territory; without an entry it is held everywhere."""
    places = [one for one in by.held if one.role == role]
    return not places or any(one.registry in {"", registry} and lies_within(one, body, territory) for one in places)


def lies_within(held: Held, body: Body | None, territory: Territory | None) -> bool:
    """Whether a record is one that a body keeps: its own or a lower body's, or one of the territory it serves."""
    if (body is None and territory is None) or held.holds(body, territory):
        return True
    if body is not None or territory is None or not held.body_id:
        return False
    served = Body.objects.filter(pk=held.body_id).values_list("territory_id", flat=True).first()
    return served is not None and served in line_of(Territory, territory.pk)


def kept_by(by: Actor) -> Collection[str]:
    """Registers that an actor may write at least somewhere."""
    if by.system:
        return writers().registries.keys()
    return {name for name in writers().registries if may_write(by, "kernel.record.change", name)}


def require_registrar(
    by: Actor, act: str, register: str = "", *, body: Body | None = None, territory: Territory | None = None
) -> None:
    """Stop whoever may not write a register there.

    Raises:
        NotAllowed: `by` has none of the roles that write registers.
        RegisterNotKept: `by` is a registrar of another register, body or place.
    """
    if may_write(by, act, register, body=body, territory=territory):
        return
    if Role.REGISTRAR in by.roles:
        raise RegisterNotKept(writers().registries.get(register or register_of(act)))
    raise NotAllowed(act)


def require_keeper(by: Actor, act: str, register: str, record: Any) -> None:
    """Stop whoever may not do an act on one record of a register, as `require_registrar`.

    Args:
        record: whose body and place are looked up.

    Raises:
        NotAllowed: as `require_registrar`.
    """
    require_registrar(by, act, register, **place_of(record))


def may_keep(by: Actor, act: str, register: str, record: Any) -> bool:
    """Whether an actor may do an act on one record of a register."""
    return may_write(by, act, register, **place_of(record))


def register_of_model(kind: str) -> str:
    """The register that keeps records of a model, `app.Model`; one that the file does not name is kept by nobody."""
    return next((name for name, one in REGISTERS.items() if one.model == kind), kind.rpartition(".")[2].lower())


def place_of(record: Any) -> dict[str, Any]:
    """The body or territory that a record belongs to; neither for people and what is dated of them."""
    if isinstance(record, Body):
        return {"body": record}
    if isinstance(record, Territory):
        return {"territory": record}
    if isinstance(record, Post | Appointment):
        return {"body": record.body if isinstance(record, Post) else record.post.body}
    if getattr(record, "body", None) is not None:
        return {"body": record.body}
    place = record.company if isinstance(record, Ownership) else record
    return {"territory": getattr(place, "territory", None)}
