"""Who must not review or judge whose declaration: oneself, one's family, and whoever works in one's own body."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from django.db.models import QuerySet

from adaldyq.kernel.models import Account, Appointment
from adaldyq.kernel.models.accounts import RoleGrant
from adaldyq.kernel.queries.history import records_of_one
from adaldyq.kernel.queries.ties import bodies_of, held_on, kin_of
from adaldyq.measures.declarations.models import Declaration, Review

AT_ONCE = 500


def biased(declarations: Collection[Declaration], accounts: Collection[str], day: date) -> dict[str, set[str]]:
    """Of some accounts those that must not deal with a declaration, by its id.

    An account without a person behind it has no family that anybody knows; the body of its role counts all the same.
    """
    person_of = people_behind(accounts)
    kin, own = kin_of(set(person_of.values())), own_bodies(accounts, person_of, day)
    listed, found = list(declarations), dict[str, set[str]]()
    for start in range(0, len(listed), AT_ONCE):
        some = listed[start : start + AT_ONCE]
        theirs = bodies_of([one.person_id for one in some], day)
        for one in some:
            bodies = theirs.get(one.person_id, set()) | ({one.body_id} if one.body_id else set())
            found[one.pk] = {
                account
                for account in accounts
                if one.person_id in kin.get(person_of.get(account, ""), ()) or bodies & own[account]
            }
    return found


def is_biased(declaration: Declaration, account: str, day: date) -> bool:
    """Whether an account must not deal with a declaration."""
    return account in biased([declaration], [account], day)[declaration.pk]


def people_behind(accounts: Collection[str]) -> Mapping[str, str]:
    """The people of some accounts, by account; none of one without a person behind it."""
    listed = Account.objects.filter(pk__in=accounts, person__isnull=False).values_list("pk", "person_id")
    return {account: str(person) for account, person in listed}


def own_bodies(accounts: Collection[str], person_of: Mapping[str, str], day: date) -> Mapping[str, set[str]]:
    """Bodies in which accounts work on a day, by a post of their person or by a role, by account."""
    works = bodies_of(set(person_of.values()), day)
    own = {account: set(works.get(person_of.get(account, ""), ())) for account in accounts}
    grants = RoleGrant.objects.on(day).filter(account__in=accounts, body__isnull=False)
    for account, body in grants.values_list("account_id", "body_id"):
        own[account].add(str(body))
    return own


def without_biased(found: QuerySet[Review], account: str, day: date) -> QuerySet[Review]:
    """Of some reviews those of declarations that an account may deal with: what `biased` says of each, of all at once."""
    person_of = people_behind([account])
    own = own_bodies([account], person_of, day)[account]
    kin = kin_of(person_of.values()).get(person_of.get(account, ""), set())
    concerned = sorted(kin | working_in(own, day))
    if concerned:
        found = found.exclude(person_id__any_of=concerned).exclude(declaration__person_id__any_of=concerned)
    return found.exclude(declaration__body_id__in=own) if own else found


def working_in(bodies: Collection[str], day: date) -> set[str]:
    """Whoever holds a post in one of some bodies on a day, by all records that are one with theirs by now."""
    if not bodies:
        return set()
    posts = Appointment.objects.filter(held_on(day), post__body_id__in=bodies)
    same = records_of_one("person", set(posts.values_list("person_id", flat=True)))
    return {key for own in same.values() for key in own}
