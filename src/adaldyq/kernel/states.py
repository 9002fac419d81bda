"""Applies transition tables to rows."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TypeVar

from django.db import models

from adaldyq.base.errors import Conflict, NotAllowed
from adaldyq.base.states import TransitionTable
from adaldyq.kernel.actor import Actor

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


def advance_as_read(entity: Entity, act: str, *, by: Actor, **changes: object) -> Entity:
    """The same, without reading the row again: what is written stands in `entity`, and the rest as it was read.

    Raises:
        Conflict, NotAllowed: as `advance`.
    """
    changes["state"] = step_from(entity, act, by, changes)
    for name, value in changes.items():
        setattr(entity, name, value)
    return entity


def step_from(entity: models.Model, act: str, by: Actor, changes: Mapping[str, object]) -> str:
    """Take the step where the row still stands as it was read, and return the state that it leads to.

    Raises:
        Conflict, NotAllowed: as `advance`.
    """
    life: TransitionTable = entity.LIFE  # type: ignore[attr-defined]  # every model with a life names it
    state: str = entity.state  # type: ignore[attr-defined]  # as above
    step = life.step(state, act)
    if step.role and step.role not in by.roles:
        raise NotAllowed(act)
    rows = type(entity)._default_manager.filter(pk=entity.pk, state=state)
    if rows.update(state=step.target, **changes) != 1:
        raise Conflict(act, state)
    return step.target
