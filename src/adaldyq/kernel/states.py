"""Applies transition tables to rows."""

from __future__ import annotations

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
    life: TransitionTable = entity.LIFE  # type: ignore[attr-defined]  # every model with a life names it
    state: str = entity.state  # type: ignore[attr-defined]  # as above
    step = life.step(state, act)
    if step.role and step.role not in by.roles:
        raise NotAllowed(act)
    rows = type(entity)._default_manager.filter(pk=entity.pk, state=state)
    if rows.update(state=step.target, **changes) != 1:
        raise Conflict(act, state)
    entity.refresh_from_db()
    return entity
