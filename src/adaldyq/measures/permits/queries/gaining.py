"""Who gains from permits of many parties, or acts for them, and who wrote their applications, in a few queries however many they are."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from django.db.models import Q
from django.utils.timezone import localtime

from adaldyq.kernel.deadlines.days import day_of
from adaldyq.kernel.models import Company, Mandate, Ownership
from adaldyq.measures.permits.models import PermitApplication, PermitApplicationEvent

DEEPEST = 4
"""How many companies that own each other are looked through."""
BY_APPLICANT = ("sent", "withdrawn", "appealed")
"""What only the applicant's side does."""
Name = TypeVar("Name")


@dataclass(frozen=True, slots=True)
class Party:
    """Who has a permit or wants it.

    Attributes:
        person: id of a person; empty where it is a company.
        company: id of a company.
        since: day since which who acted for it counts.
    """

    person: str
    company: str
    since: date


def party_of(application: PermitApplication, day: date) -> Party:
    """Who applies; who acted for them counts since it was begun."""
    since = min(day_of(application.created_at), day)
    return Party(application.person_id or "", application.company_id or "", since)


def gaining(parties: Mapping[Name, Party], day: date) -> dict[Name, set[str]]:
    """Of each party the person, or the head and the owners of the company, also through companies; and who could act for it."""
    found = {name: {one.person} if one.person else set() for name, one in parties.items()}
    of_company = {name: {one.company} for name, one in parties.items() if one.company}
    heads = dict(Company.objects.filter(pk__in=all_of(of_company)).values_list("pk", "head_id")) if of_company else {}
    for name, companies in of_company.items():
        found[name] |= {head for one in companies if (head := heads.get(one))}
    for name, people in owning(of_company, day).items():
        found[name] |= people
    for name, people in acting(parties, day).items():
        found[name] |= people
    return found


def owning(companies: Mapping[Name, set[str]], day: date) -> dict[Name, set[str]]:
    """People who own companies, also through others."""
    found: dict[Name, set[str]] = {name: set() for name in companies}
    wanted, seen = dict(companies), {name: set[str]() for name in companies}
    now = Q(valid_to=None) | Q(valid_to__gte=day)
    for _level in range(DEEPEST):
        if not (asked := all_of(wanted)):
            break
        owners: dict[str, list[tuple[str | None, str | None]]] = {}
        rows = Ownership.objects.filter(now, company__in=asked)
        for company, person, above in rows.values_list("company_id", "owner_person_id", "owner_company_id"):
            owners.setdefault(company, []).append((person, above))
        for name, here in wanted.items():
            seen[name] |= here
            pairs = [pair for one in here for pair in owners.get(one, ())]
            found[name] |= {person for person, _above in pairs if person}
            wanted[name] = {above for _person, above in pairs if above} - seen[name]
    return found


def acting(parties: Mapping[Name, Party], day: date) -> dict[Name, set[str]]:
    """Who had a mandate of a party on some day since the one that counts."""
    people, companies = {one.person for one in parties.values()}, {one.company for one in parties.values()}
    principals = Q(company__in=companies - {""}) | Q(person__in=people - {""})
    rows = Mandate.objects.filter(principals, valid_from__lte=day) if (people | companies) - {""} else ()
    of: dict[tuple[str, str], list[Mandate]] = {}
    for one in rows:
        key = ("", one.company_id) if one.company_id else (one.person_id or "", "")
        of.setdefault(key, []).append(one)
    return {
        name: {one.representative_id for one in of.get(one_of_two(party), ()) if lasted(one, party.since)}
        for name, party in parties.items()
    }


def one_of_two(party: Party) -> tuple[str, str]:
    """A party as mandates name it: a company, else a person."""
    return ("", party.company) if party.company else (party.person, "")


def lasted(mandate: Mandate, since: date) -> bool:
    """Whether a mandate held on some day since one."""
    withdrawn = mandate.withdrawn_at is not None and localtime(mandate.withdrawn_at).date() < since
    return (mandate.valid_to is None or mandate.valid_to >= since) and not withdrawn


def writers(applications: Iterable[PermitApplication]) -> dict[str, set[str]]:
    """Of each application the accounts that wrote or sent it, or what it takes up again."""
    chains = {one.pk: {one.pk: one.owner_id} for one in applications}
    above = {one.pk: one.previous_id for one in applications if one.previous_id}
    while above:
        before = PermitApplication.objects.filter(pk__in=set(above.values())).values_list(
            "pk", "owner_id", "previous_id"
        )
        there = {pk: (owner, previous) for pk, owner, previous in before}
        for key, one in above.items():
            chains[key][one] = there[one][0]
        nexts = {key: there[one][1] for key, one in above.items()}
        above = {key: one for key, one in nexts.items() if one and one not in chains[key]}
    keys = {one for chain in chains.values() for one in chain}
    wrote: dict[str, set[str | None]] = {}
    rows = PermitApplicationEvent.objects.filter(application__in=keys, happened__in=BY_APPLICANT)
    for application, account in rows.values_list("application_id", "account_id"):
        wrote.setdefault(application, set()).add(account)
    return {
        key: {one for pk, owner in chain.items() for one in (owner, *wrote.get(pk, ())) if one}
        for key, chain in chains.items()
    }


def all_of(sets: Mapping[Name, Collection[str]]) -> set[str]:
    """Everything in some sets."""
    return {one for each in sets.values() for one in each}
