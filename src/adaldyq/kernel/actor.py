"""Who acts."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser

from adaldyq.base.errors import NotAllowed
from adaldyq.kernel.models import Account
from adaldyq.kernel.roles import Role


@dataclass(frozen=True, slots=True)
class Actor:
    """The one who acts: an account with its roles, the public, or the system itself.

    Attributes:
        id: of the account; empty for the public; the name of the process for the system.
        roles: in force today.
        system: whether it is a process of the system (an importer, the clock), which needs no role.
    """

    id: str
    roles: frozenset[Role]
    system: bool = False


def system(process: str) -> Actor:
    """The system itself, acting through a process such as `import` or `clock`."""
    return Actor(id=process, roles=frozenset(), system=True)


def actor_of(user: Account | AnonymousUser) -> Actor:
    """The actor behind a request."""
    if isinstance(user, Account):
        return Actor(id=user.pk, roles=user.roles)
    return Actor(id="", roles=frozenset({Role.PUBLIC}))


def require(permitted: bool, act: str) -> None:
    """Stop an act that is not permitted.

    Raises:
        NotAllowed: `permitted` is false.
    """
    if not permitted:
        raise NotAllowed(act)
