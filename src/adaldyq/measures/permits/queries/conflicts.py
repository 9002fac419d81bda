"""Who must not deal with an application or licence, and officers of a body.

Whoever owns, heads or may act for the applicant, whoever wrote the application, and their family: people, with whichever account.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from django.db.models import Count, Q

from adaldyq.kernel.actor import Actor
from adaldyq.kernel.deadlines.days import day_of
from adaldyq.kernel.models import Account, Body, Company, Mandate, Ownership, RoleGrant
from adaldyq.kernel.models.held import line_of
from adaldyq.kernel.queries.ties import kin_of
from adaldyq.kernel.roles import Role
from adaldyq.measures.permits import policies
from adaldyq.measures.permits.domain.procedures import Key, Procedure, Side, Step, participant_of
from adaldyq.measures.permits.models import PermitApplication, PermitApplicationEvent, PermitLicence
from adaldyq.measures.permits.states import WITH_A_BODY

DEEPEST = 4
"""How many companies that own each other are looked through."""
BY_APPLICANT = ("sent", "withdrawn", "appealed")
"""What only the applicant's side does."""


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


def people_behind(application: PermitApplication, day: date) -> set[str]:
    """Persons who gain from a permit or act for whoever does: also by a mandate that ended while it was under way."""
    since = min(day_of(application.created_at), day)
    return gaining(application.person_id or "", application.company, since, day)


def gaining(person: str, company: Company | None, since: date, day: date) -> set[str]:
    """A person, or the head and the owners of a company, also through companies; and who could act for them since a day."""
    found = {person} if person else set()
    found |= {company.head_id} if company and company.head_id else set()
    companies, seen = {company.pk} if company else set(), set[str]()
    for _level in range(DEEPEST if company else 0):
        seen |= companies
        now = Q(valid_to=None) | Q(valid_to__gte=day)
        owners = Ownership.objects.filter(now, company__in=companies).values_list("owner_person_id", "owner_company_id")
        people, above = {one for one, _company in owners}, {other for _one, other in owners}
        found |= {one for one in people if one}
        companies = {one for one in above if one} - seen
    return found | representatives(person, company, since, day)


def representatives(person: str, company: Company | None, since: date, day: date) -> set[str]:
    """Who had a mandate of a person or company on some day from one to another."""
    if not person and company is None:
        return set()
    principal = Q(company=company) if company is not None else Q(person_id=person)
    held = Q(valid_from__lte=day) & (Q(valid_to=None) | Q(valid_to__gte=since))
    found = Mandate.objects.filter(principal, held, Q(withdrawn_at=None) | Q(withdrawn_at__date__gte=since))
    return set(found.values_list("representative_id", flat=True))


def writers(application: PermitApplication) -> set[str]:
    """Accounts that wrote or sent an application, or what it takes up again."""
    keys, found = [application.pk], {application.owner_id}
    previous = application.previous
    while previous is not None and previous.pk not in keys:
        keys.append(previous.pk)
        found.add(previous.owner_id)
        previous = previous.previous
    sent = PermitApplicationEvent.objects.filter(application__in=keys, happened__in=BY_APPLICANT)
    return {one for one in {*found, *sent.values_list("account_id", flat=True)} if one}


def biased(application: PermitApplication, accounts: Collection[str], day: date) -> set[str]:
    """Of some accounts those that must not deal with an application.

    An account without a person behind it has no family and owns nothing that anybody knows.
    """
    wrote = writers(application)
    return tied(accounts, people_behind(application, day), wrote)


def tied(accounts: Collection[str], behind: Collection[str], wrote: Collection[str] = ()) -> set[str]:
    """Of some accounts those of people who are, or whose family is, among some people, or who have one of some accounts."""
    listed = Account.objects.filter(pk__in={*accounts, *wrote}, person__isnull=False)
    person_of = dict(listed.values_list("pk", "person_id"))
    gain = {*behind, *(person_of[one] for one in wrote if one in person_of)}
    mine = {account: person for account, person in person_of.items() if account in set(accounts)}
    kin = kin_of(set(mine.values()))
    found = {account for account, person in mine.items() if gain & kin.get(person, {person})}
    return found | (set(wrote) & set(accounts))


def with_same_person(accounts: Collection[str]) -> set[str]:
    """Some accounts and all others of the same people."""
    if not accounts:
        return set()
    people = Account.objects.filter(pk__in=accounts, person__isnull=False).values("person")
    return {*accounts, *Account.objects.filter(person__in=people).values_list("pk", flat=True)}


def is_biased(application: PermitApplication, account: str, day: date) -> bool:
    """Whether an account must not deal with an application."""
    return account in biased(application, [account], day)


def gains_from(licence: PermitLicence, account: str, day: date, to: Company | None = None) -> bool:
    """Whether an account must not deal with a licence: of its holder, of whoever applied for it, or of whom it goes to."""
    application = licence.application
    behind = gaining(licence.person_id or "", licence.company, day, day)
    behind |= people_behind(application, day) if application is not None else set()
    behind |= gaining("", to, day, day) if to is not None else set()
    return bool(tied([account], behind, writers(application) if application is not None else ()))


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
