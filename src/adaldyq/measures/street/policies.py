"""Who may do what with what people tell openly."""

from __future__ import annotations

from adaldyq.kernel.actor import Actor
from adaldyq.kernel.roles import Role


def may_tell(by: Actor) -> bool:
    """Whether somebody may tell something: anybody, and only as nobody, so that nothing leads to whoever is signed in."""
    return not by.id and not by.system


def may_moderate(by: Actor) -> bool:
    """Whether somebody may read what waits and decide about it: a reviewer, who reads no sealed report."""
    kept_apart = by.roles & {Role.RECEIVING_OFFICER, Role.CUSTODIAN, Role.OPERATOR}
    return not by.system and Role.REVIEWER in by.roles and not kept_apart


def may_keep(by: Actor) -> bool:
    """Whether somebody may write the public numbers, or let go what is past its term: the house itself, and no person."""
    return by.system
