"""For whom somebody may act: companies that they head, and whoever gave them a mandate."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from adaldyq.kernel.actor import Actor
from adaldyq.kernel.models import Account, Company, Mandate
from adaldyq.kernel.naming import names_of

SESSION_KEY = "acting_for"
COMPANY, PERSON, BODY = "company", "person", "body"


@dataclass(frozen=True, slots=True)
class Principal:
    """A company or person to act for.

    Attributes:
        key: `company:ID` or `person:ID`.
        name: of the company or person.
        until: last day of the mandate; none for a head, or while it has no end.
    """

    key: str
    name: str
    until: date | None = None


class ForAnother(Http404):
    """What is asked for is of somebody for whom the visitor may act, or did, and does not act now.

    Another window may have chosen anew for whom one acts, or a mandate may have ended while something was typed.

    Attributes:
        key: of whom to act for again; empty for the visitor themselves, none when the mandate has ended.
        name: of whose it is.
        typed: what was sent, each with what the page calls it.
    """

    def __init__(self, key: str | None, name: str, typed: Sequence[tuple[str, str]] = ()) -> None:
        super().__init__(name)
        self.key, self.name, self.typed = key, name, typed


def for_another(by: Actor, person: str, typed: Sequence[tuple[str, str]] = (), *, day: date) -> ForAnother | None:
    """Why an actor is not shown what is of a person, when that is only for whom they act now; none for a stranger.

    Args:
        typed: what was sent, each with what the page calls it.
    """
    if not by.person or by.stands_for == person:
        return None
    key = f"{PERSON}:{person}"
    found = None if person == by.person else principal(by.person, key, day=day)
    name = found.name if found else names_of([person]).get(person, "")
    if person == by.person:
        return ForAnother("", name, typed)
    had = Mandate.objects.filter(representative_id=by.person, person_id=person, valid_from__lte=day)
    return ForAnother(key if found else None, name, typed) if found or had.exists() else None


def headed(person: str) -> Q:
    """Condition on companies: this person heads it, and it still exists."""
    return Q(head_id=person, closed_date=None)


def principals(person: str, *, day: date) -> list[Principal]:
    """All for whom a person may act on a day."""
    if not person:
        return []
    companies = Company.objects.filter(headed(person)).order_by("name").values_list("id", "name")
    found = {f"{COMPANY}:{key}": Principal(f"{COMPANY}:{key}", name) for key, name in companies}
    mandates = list(
        Mandate.objects.filter(representative_id=person)
        .filter(Q(valid_to=None) | Q(valid_to__gte=day), valid_from__lte=day, withdrawn_at=None)
        .filter(Q(company=None) | Q(company__closed_date=None))
        .select_related("company")
        .order_by("granted_at")
    )
    names = names_of([one.person_id for one in mandates if one.person_id])
    for one in mandates:
        key = f"{COMPANY}:{one.company_id}" if one.company_id else f"{PERSON}:{one.person_id}"
        name = one.company.name if one.company else names.get(one.person_id or "", one.person_id or "")
        found.setdefault(key, Principal(key, name, one.valid_to))
    return list(found.values())


def principal(person: str, key: str, *, day: date) -> Principal | None:
    """One for whom a person may act on a day; None when they may not."""
    return next((one for one in principals(person, day=day) if one.key == key), None)


def may_appoint(by: Actor, company: Company | None, *, at: datetime) -> bool:
    """Whether the actor may give others a mandate: for a company only its head, for a person only themselves."""
    if by.system:
        return True
    if not by.person:
        return False
    if company is None:
        return not by.acting_for
    return by.acting_for in {"", f"{COMPANY}:{company.pk}"} and company.head_id == by.person and not company.closed_date


def in_charge(by: Actor) -> str | None:
    """Id of the account to which belongs what an actor hands in or asks for; none for the system and the public.

    What a representative does for a person belongs to the person, who keeps it when the mandate ends; what a program
    does, to its institution.
    """
    if by.system or not by.id:
        return None
    if body_behind(by):
        return None
    if not by.represents:
        return by.id
    accounts = Account.objects.filter(person_id=by.stands_for, is_active=True).order_by("pk")
    return accounts.values_list("pk", flat=True).first() or by.id


def body_behind(by: Actor) -> str:
    """Id of the institution whose program acts; empty when somebody else does."""
    kind, _, key = by.acting_for.partition(":")
    return key if kind == BODY else ""


def handed_in(by: Actor, owner: str | None, body: str | None) -> bool:
    """Whether a file is the actor's to handle: handed in by them, for whom they act, or by a program of their body."""
    return body == body_behind(by) if body else same_party(by, owner)


def same_party(by: Actor, owner: str | None) -> bool:
    """Whether what an account owns is the actor's to handle: their own, or that of the person they act for."""
    if by.system or not by.id or not owner:
        return False
    if not by.represents:
        return owner == by.id
    return owner == in_charge(by) or Account.objects.filter(pk=owner, person_id=by.stands_for).exists()


def belonging(by: Actor) -> Q:
    """Condition on rows with an `owner` that `same_party` holds of."""
    if by.system or not by.id:
        return Q(pk__in=())
    return Q(owner__person_id=by.stands_for) | Q(owner_id=in_charge(by)) if by.represents else Q(owner_id=by.id)


class ActingForMiddleware:
    """Lets the account act for whom it has chosen in this session, as long as it still may."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Read the choice; one that has ended is forgotten."""
        if chosen := request.session.get(SESSION_KEY):
            user = request.user
            kept = (
                principal(user.person_id or "", chosen, day=timezone.localdate()) if isinstance(user, Account) else None
            )
            if kept is None:
                del request.session[SESSION_KEY]
            elif isinstance(user, Account):
                user.acting_for, user.acting_name = kept.key, kept.name
        return self.get_response(request)
