"""Who must not review or judge whose declaration: oneself, one's family, and whoever works in one's own body."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date

from django.db.models import Q

from adaldyq.kernel.models import Account, Appointment, FamilyTie
from adaldyq.kernel.models.accounts import RoleGrant
from adaldyq.measures.declarations.models import Declaration

AT_ONCE = 500


def held_on(day: date) -> Q:
    """Condition on appointments: in force on a day."""
    return (Q(valid_to=None) | Q(valid_to__gte=day)) & Q(valid_from__lte=day)


def bodies_of(people: Collection[str], day: date) -> Mapping[str, set[str]]:
    """Bodies in which people hold a post on a day, by person."""
    found: dict[str, set[str]] = defaultdict(set)
    rows = Appointment.objects.filter(held_on(day), person_id__in=people)
    for person, body in rows.values_list("person_id", "post__body_id"):
        found[person].add(body)
    return found


def kin_of(people: Collection[str]) -> Mapping[str, set[str]]:
    """People and all to whom a tie of family leads or once led, by person."""
    found = {person: {person} for person in people}
    for person, relative in FamilyTie.objects.filter(person_id__in=people).values_list("person_id", "relative_id"):
        found[person].add(relative)
    for person, relative in FamilyTie.objects.filter(relative_id__in=people).values_list("relative_id", "person_id"):
        found[person].add(relative)
    return found


def biased(declarations: Collection[Declaration], accounts: Collection[str], day: date) -> dict[str, set[str]]:
    """Of some accounts those that must not deal with a declaration, by its id.

    An account without a person behind it has no family that anybody knows; the body of its role counts all the same.
    """
    person_of = dict(Account.objects.filter(pk__in=accounts, person__isnull=False).values_list("pk", "person_id"))
    kin, works = kin_of(set(person_of.values())), bodies_of(set(person_of.values()), day)
    own = {account: set(works.get(person_of.get(account, ""), ())) for account in accounts}
    grants = RoleGrant.objects.on(day).filter(account__in=accounts, body__isnull=False)
    for account, body in grants.values_list("account_id", "body_id"):
        own[account].add(str(body))
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
