"""Who must not deal with an application: whoever owns or heads the applicant, and their family; and officers of a body."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from django.db.models import Count, Q

from adaldyq.kernel.models import Account, Body, Ownership, RoleGrant
from adaldyq.kernel.models.held import line_of
from adaldyq.kernel.queries.ties import kin_of
from adaldyq.kernel.roles import Role
from adaldyq.measures.permits.models import PermitApplication
from adaldyq.measures.permits.states import WITH_A_BODY

DEEPEST = 4
"""How many companies that own each other are looked through."""


def officers_of(body: Body, day: date) -> list[str]:
    """Accounts that are licensing officers of a body on a day, those of bodies above it too."""
    line = list(line_of(Body, body.pk))
    granted = RoleGrant.objects.on(day).filter(role=Role.LICENSING_OFFICER, body__in=line, account__is_active=True)
    return sorted(set(granted.values_list("account_id", flat=True)))


def people_behind(application: PermitApplication, day: date) -> set[str]:
    """Persons who gain from a permit: the applicant, the head and the owners of the company, also through companies."""
    if application.person_id:
        return {application.person_id}
    found: set[str] = set()
    companies = {application.company_id} if application.company_id else set()
    if application.company and application.company.head_id:
        found.add(application.company.head_id)
    seen: set[str] = set()
    for _level in range(DEEPEST):
        seen |= companies
        now = Q(valid_to=None) | Q(valid_to__gte=day)
        owners = Ownership.objects.filter(now, company__in=companies).values_list("owner_person_id", "owner_company_id")
        people, above = {one for one, _company in owners}, {company for _one, company in owners}
        found |= {one for one in people if one}
        companies = {one for one in above if one} - seen
    return found


def biased(application: PermitApplication, accounts: Collection[str], day: date) -> set[str]:
    """Of some accounts those that must not deal with an application.

    An account without a person behind it has no family and owns nothing that anybody knows.
    """
    person_of = dict(Account.objects.filter(pk__in=accounts, person__isnull=False).values_list("pk", "person_id"))
    behind = people_behind(application, day)
    kin = kin_of(set(person_of.values()))
    found = {account for account, person in person_of.items() if behind & kin.get(person, {person})}
    return found | ({application.owner_id} & set(accounts) if application.owner_id else set())


def is_biased(application: PermitApplication, account: str, day: date) -> bool:
    """Whether an account must not deal with an application."""
    return account in biased(application, [account], day)


def busy(accounts: Collection[str]) -> Mapping[str, int]:
    """How many applications that are not decided each account has."""
    found = dict.fromkeys(accounts, 0)
    for role in ("verifier", "decider"):
        open_ones = PermitApplication.objects.filter(**{f"{role}__in": accounts}, state__in=WITH_A_BODY)
        for account, count in open_ones.values_list(role).annotate(count=Count("pk")):
            found[account] += count
    return found
