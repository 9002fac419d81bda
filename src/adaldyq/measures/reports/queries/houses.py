"""In which bodies officers and their families work, and whether a report about a body concerns them.

Whoever works above or beneath a body has to do with it as much as whoever works in it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date

from adaldyq.kernel.compiled import Compiled
from adaldyq.kernel.models import Account, Body
from adaldyq.kernel.models.accounts import RoleGrant
from adaldyq.kernel.queries.ties import bodies_near, kin_of

LATELY = 3
"""How many years a post that ended binds, as long as France keeps a former official from whom they had to do with
(Code pénal, art. 432-13); the packs name no term for it."""
ROLES = Compiled(
    lambda accounts, day: (RoleGrant.objects.on(day).filter(account__any_of=accounts, body__isnull=False)).values_list(
        "account_id", "body_id"
    ),
    list,
    date,
)
PEOPLE = Compiled(
    lambda accounts: Account.objects.filter(pk__any_of=accounts, person__isnull=False).values_list("pk", "person_id"),
    list,
)
ABOVE = Compiled(
    lambda bodies: Body.objects.filter(pk__any_of=bodies, parent__isnull=False).values_list("pk", "parent_id"), list
)
BENEATH = Compiled(lambda bodies: Body.objects.filter(parent__any_of=bodies).values_list("parent_id", "pk"), list)


def is_same_house(one: Body, other: Body) -> bool:
    """Whether one body is the other, or stands above it; whoever answers for a body does not receive reports about it."""
    return one.pk in line_above(other) or other.pk in line_above(one)


def line_above(body: Body) -> list[str]:
    """A body and those above it, nearest first."""
    line = [body.pk]
    above = body.parent
    while above is not None and above.pk not in line:
        line.append(above.pk)
        above = above.parent
    return line


def concerned(accounts: Collection[str], about: Collection[Body], day: date) -> frozenset[str]:
    """Of some accounts those that work, or whose family works, in one of some bodies, above it or beneath it."""
    if not about:
        return frozenset()
    found = houses(accounts, day)
    links = linked(ABOVE, set().union(*found.values()))
    named = {one.pk for one in about}
    lines = named.union(*(line_above(one) for one in about))
    return frozenset(account for account, bodies in found.items() if bodies & lines or named & reached(bodies, links))


def homes(accounts: Collection[str], day: date) -> Mapping[str, set[str]]:
    """Of each account the bodies that a report must not be about: as `houses`, with those above and beneath."""
    found = houses(accounts, day)
    every = set().union(*found.values())
    up, down = linked(ABOVE, every), linked(BENEATH, every)
    return {account: reached(bodies, up) | reached(bodies, down) for account, bodies in found.items()}


def linked(step: Compiled[tuple[str, str]], bodies: Iterable[str]) -> Mapping[str, set[str]]:
    """From each body, and each to which that leads, the next ones in a direction."""
    found: dict[str, set[str]] = {}
    ahead = set(bodies)
    while ahead:
        for one in ahead:
            found[one] = set()
        for one, following in step(sorted(ahead)):
            found[str(one)].add(str(following))
        ahead = set().union(*(found[one] for one in ahead)) - found.keys()
    return found


def reached(bodies: Iterable[str], links: Mapping[str, set[str]]) -> set[str]:
    """Some bodies, and all to which they lead."""
    found: set[str] = set()
    ahead = set(bodies)
    while ahead:
        found |= ahead
        ahead = set().union(*(links.get(one, set()) for one in ahead)) - found
    return found


def lately(day: date) -> date:
    """The first day of those years that end with a day; of 29 February the last of that month."""
    year = day.year - LATELY
    return day.replace(year=year, day=28) if (day.month, day.day) == (2, 29) else day.replace(year=year)


def houses(accounts: Collection[str], day: date) -> Mapping[str, set[str]]:
    """Of each account the bodies in which the person or somebody of the family holds a post, and those of its roles.

    A post that ended within `LATELY` counts, and one that is entered to begin later.
    """
    found: dict[str, set[str]] = {account: set() for account in accounts}
    for account, body in ROLES(list(accounts), day):
        found[account].add(str(body))
    people = dict(PEOPLE(list(accounts)))
    kin = kin_of({str(person) for person in people.values()})
    works = bodies_near(set().union(*kin.values()), lately(day))
    for account, person in people.items():
        for relative in kin[str(person)]:
            found[account] |= works.get(relative, set())
    return found
