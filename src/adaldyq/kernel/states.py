"""Applies transition tables to rows."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TypeVar

from django.db import models

from adaldyq.base.errors import Conflict, NotAllowed
from adaldyq.base.states import TransitionTable
from adaldyq.kernel.actor import Actor
from adaldyq.kernel.compiled import CompiledUpdate
from adaldyq.kernel.gathering import update_later

Entity = TypeVar("Entity", bound=models.Model)


def advance(entity: Entity, act: str, *, by: Actor, at: datetime, **changes: object) -> Entity:
    """Take the step `act` from the state that `entity` was read in, writing `changes` with it.

    The row is updated where id *and* state still match, so that of two who act at once only one does.

    Raises:
        Conflict: the table has no such step from here, or somebody else was first.
        NotAllowed: the step belongs to a role that the actor has not.
    """
    step_from(entity, act, by, changes)
    entity.refresh_from_db()
    return entity


def advance_later(entity: Entity, act: str, *, by: Actor, written: CompiledUpdate, **changes: object) -> Entity:
    """The same, written where the transaction gathers its writes, and without reading the row again.

    Args:
        written: updates the row of a key where it is in a state; takes both, the new state, and then the changes.

    Raises:
        Conflict, NotAllowed: as `advance`; a conflict shows when it is written.
    """
    state: str = entity.state  # type: ignore[attr-defined]  # every model with a life names it
    target = target_of(entity, act, by)
    update_later(written, entity.pk, state, target, *changes.values(), one=Conflict(act, state))
    for name, value in {**changes, "state": target}.items():
        setattr(entity, name, value)
    return entity


def target_of(entity: models.Model, act: str, by: Actor) -> str:
    """The state to which a step leads from the one that the row was read in.

    Raises:
        Conflict, NotAllowed: as `advance`.
    """
    life: TransitionTable = entity.LIFE  # type: ignore[attr-defined]  # every model with a life names it
    step = life.step(entity.state, act)  # type: ignore[attr-defined]  # as above
    if step.role and step.role not in by.roles:
        raise NotAllowed(act)
    return step.target


def step_from(entity: models.Model, act: str, by: Actor, changes: Mapping[str, object]) -> str:
    """Take the step where the row still stands as it was read, and return the state that it leads to.

    Raises:
        Conflict, NotAllowed: as `advance`.
    """
    state: str = entity.state  # type: ignore[attr-defined]  # every model with a life names it
    target = target_of(entity, act, by)
    rows = type(entity)._default_manager.filter(pk=entity.pk, state=state)
    if rows.update(state=target, **changes) != 1:
        raise Conflict(act, state)
    return target
