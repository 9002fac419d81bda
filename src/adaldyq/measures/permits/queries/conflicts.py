"""Who must not deal with an application or licence, and officers of a body.

Whoever owns, heads or may act for the applicant, whoever wrote the application, and their family: people, with whichever account.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from django.db.models import Count

from adaldyq.kernel.actor import Actor
from adaldyq.kernel.models import Account, Body, Company, RoleGrant
from adaldyq.kernel.models.held import line_of
from adaldyq.kernel.queries.ties import kin_of
from adaldyq.kernel.roles import Role
from adaldyq.measures.permits import policies
from adaldyq.measures.permits.domain.procedures import Key, Procedure, Side, Step, participant_of
from adaldyq.measures.permits.models import PermitApplication, PermitLicence
from adaldyq.measures.permits.queries.gaining import Party, all_of, gaining, party_of, writers
from adaldyq.measures.permits.states import WITH_A_BODY


def officers_of(body: Body, day: date) -> list[str]:
    """Accounts that are licensing officers of a body on a day, those of bodies above it too; one of each person.

    Whoever has several accounts is drawn as one, so that no one holds both keys.
    """
    line = list(line_of(Body, body.pk))
    granted = RoleGrant.objects.on(day).filter(role=Role.LICENSING_OFFICER, body__in=line, account__is_active=True)
    found: dict[str, str] = {}
    for account, person in sorted(set(granted.values_list("account_id", "account__person_id"))):
        found.setdefault(person or account, account)
    return sorted(found.values())


def biased(application: PermitApplication, accounts: Collection[str], day: date) -> set[str]:
    """Of some accounts those that must not deal with an application.

    An account without a person behind it has no family and owns nothing that anybody knows.
    """
    return biased_each([(application, accounts)], day)[application.pk]


def biased_each(asked: Sequence[tuple[PermitApplication, Collection[str]]], day: date) -> dict[str, set[str]]:
    """The same of many applications, each with its accounts, by application; in a few queries however many they are."""
    listed = [application for application, _accounts in asked]
    wrote = writers(listed)
    behind = gaining({one.pk: party_of(one, day) for one in listed}, day)
    accounts = {application.pk: set(them) for application, them in asked}
    people = people_of(all_of(accounts) | all_of(wrote))
    kin = kin_of({people[one] for one in all_of(accounts) if one in people})
    return {key: tied(them, behind[key], wrote[key], people, kin) for key, them in accounts.items()}


def people_of(accounts: Collection[str]) -> dict[str, str]:
    """The persons of some accounts, by account; none of one that has no person behind it."""
    listed = Account.objects.filter(pk__in=accounts, person__isnull=False)
    return {pk: person for pk, person in listed.values_list("pk", "person_id") if person}


def tied(
    accounts: Collection[str],
    behind: Collection[str],
    wrote: Collection[str],
    people: Mapping[str, str],
    kin: Mapping[str, set[str]],
) -> set[str]:
    """Of some accounts those of people who are, or whose family is, among some people, or who have one of some accounts.

    Args:
        people: persons of all these accounts.
        kin: of those who are asked about, they and their families.
    """
    gain = {*behind, *(people[one] for one in wrote if one in people)}
    mine = {account: people[account] for account in accounts if account in people}
    found = {account for account, person in mine.items() if gain & kin.get(person, {person})}
    return found | (set(wrote) & set(accounts))


def with_same_people(accounts: Mapping[str, Collection[str]]) -> dict[str, set[str]]:
    """Sets of accounts, each with all other accounts of the same people."""
    people = people_of(all_of(accounts))
    of: dict[str, set[str]] = {}
    listed = Account.objects.filter(person__in=set(people.values())) if people else Account.objects.none()
    for account, person in listed.values_list("pk", "person_id"):
        of.setdefault(person or "", set()).add(account)
    return {
        key: {one for account in them for one in (account, *of.get(people.get(account, ""), ()))}
        for key, them in accounts.items()
    }


def is_biased(application: PermitApplication, account: str, day: date) -> bool:
    """Whether an account must not deal with an application."""
    return account in biased(application, [account], day)


def gains_from(licence: PermitLicence, account: str, day: date, to: Company | None = None) -> bool:
    """Whether an account must not deal with a licence: of its holder, of whoever applied for it, or of whom it goes to."""
    application = licence.application
    parties = {"holder": Party(licence.person_id or "", licence.company_id or "", day)}
    if application is not None:
        parties["applicant"] = party_of(application, day)
    if to is not None:
        parties["to"] = Party("", to.pk, day)
    wrote = all_of(writers([application] if application is not None else []))
    people = people_of({account, *wrote})
    behind = all_of(gaining(parties, day))
    return bool(tied([account], behind, wrote, people, kin_of({people[account]} if account in people else ())))


def hindrance(application: PermitApplication, procedure: Procedure, step: Step, by: Actor, day: date) -> str:
    """Why somebody whose turn it is must not take a step, as the code of an error; empty when they may."""
    if participant_of(procedure, step).side is Side.APPLICANT:
        return ""
    if is_biased(application, by.id, day):
        return "permit-conflict"
    if step.key is Key.DECIDE and policies.is_same(by, application.verified_by):
        return "permit-both-keys"
    return "permit-both-bodies" if took_for_another(application, procedure, step, by) else ""


def took_for_another(application: PermitApplication, procedure: Procedure, step: Step, by: Actor) -> bool:
    """Whether somebody was drawn for an application, or took a step of it, for another body than that of a step."""
    own = participant_of(procedure, step).body
    sides = {one.id: participant_of(procedure, one) for one in procedure.steps}
    others = [key for key, one in sides.items() if one.side is Side.OFFICIAL and one.body != own]
    taken = application.events.filter(happened="step", step__in=others).select_related("account")
    people = [one.account for one in taken] + ([application.verifier, application.decider] if own else [])
    return any(policies.is_same(by, one) for one in people)


def busy(accounts: Collection[str]) -> Mapping[str, int]:
    """How many applications that are not decided each account has."""
    found = dict.fromkeys(accounts, 0)
    for role in ("verifier", "decider"):
        open_ones = PermitApplication.objects.filter(**{f"{role}__in": accounts}, state__in=WITH_A_BODY)
        for account, count in open_ones.values_list(role).annotate(count=Count("pk")):
            found[account] += count
    return found
