"""Who acts."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser

from adaldyq.base.errors import NotAllowed
from adaldyq.kernel.models import Account, Body, Held, Territory
from adaldyq.kernel.roles import Role


@dataclass(frozen=True, slots=True)
class Actor:
    """The one who acts: an account with its roles, the public, or the system itself.

    Attributes:
        id: of the account; empty for the public; the name of the process for the system.
        roles: in force today, wherever they hold.
        system: whether it is a process of the system (an importer, the clock), which needs no role.
        held: where each role holds; a role without an entry holds everywhere.
        acting_for: whom it acts for, as `company:ID` or `person:ID`; empty when for itself.
        person: id of the person behind the account; empty when there is none.
    """

    id: str
    roles: frozenset[Role]
    system: bool = False
    held: tuple[Held, ...] = ()
    acting_for: str = ""
    person: str = ""

    @property
    def stands_for(self) -> str:
        """Id of the person in whose matters it acts; empty when there is none, or it acts for a company or body.

        That is whoever gave it a mandate and was chosen, else the person behind the account. Pages of what is one's
        own, and acts on it, ask this; whether somebody is biased is asked of `person`.
        """
        if not self.acting_for:
            return self.person
        kind, _, key = self.acting_for.partition(":")
        return key if kind == "person" else ""

    @property
    def represents(self) -> bool:
        """Whether it acts for another person, whose records it then sees by their mandate."""
        return bool(self.acting_for and self.stands_for)

    def may(self, role: Role, *, body: Body | None = None, territory: Territory | None = None) -> bool:
        """Whether the actor has a role where it is asked for.

        A role given for a body holds for it and the bodies below it; one given for a territory, for it, the
        territories in it and the bodies that serve them.

        Args:
            role: which is needed.
            body: for which body; none asks whether the role is held anywhere.
            territory: for which territory; the same.
        """
        if self.system:
            return True
        if role not in self.roles:
            return False
        places = [one for one in self.held if one.role == role]
        return not places or (body is None and territory is None) or any(one.holds(body, territory) for one in places)


def system(process: str) -> Actor:
    """The system itself, acting through a process such as `import` or `clock`."""
    return Actor(id=process, roles=frozenset(), system=True)


def actor_of(user: Account | AnonymousUser) -> Actor:
    """The actor behind a request."""
    if isinstance(user, Account):
        held = () if user.acting_for else user.held
        return Actor(user.pk, user.roles, held=held, acting_for=user.acting_for, person=user.person_id or "")
    return Actor(id="", roles=frozenset({Role.PUBLIC}))


def require(permitted: bool, act: str) -> None:
    """Stop an act that is not permitted.

    Raises:
        NotAllowed: `permitted` is false.
    """
    if not permitted:
        raise NotAllowed(act)
