"""Who must not review or judge whose declaration: oneself, one's family, and whoever works in one's own body."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from adaldyq.kernel.models import Account
from adaldyq.kernel.models.accounts import RoleGrant
from adaldyq.kernel.queries.ties import bodies_of, kin_of
from adaldyq.measures.declarations.models import Declaration

AT_ONCE = 500


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
