"""Leads declarations that nobody filed each to another step: notice, offence, fine, appeal, so that a visitor sees the way."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.apps import apps
from django.contrib.auth.hashers import make_password
from django.db import transaction

from adaldyq.demo.duties import law_of
from adaldyq.demo.filing_story import BY
from adaldyq.demo.lists import YEARS
from adaldyq.demo.load import own_name
from adaldyq.demo.paper_story import REASON, private_declarants
from adaldyq.demo.sign_ins import KEEPERS_OF_DECLARATIONS, LATE, PASSWORD
from adaldyq.kernel import naming
from adaldyq.kernel.actions.accounts import grant_role, mark_as_sample, open_account
from adaldyq.kernel.actor import Actor, actor_of
from adaldyq.kernel.models import Account
from adaldyq.kernel.roles import Role
from adaldyq.measures.declarations.actions import non_filing
from adaldyq.measures.declarations.actions.obligations import state_obligations
from adaldyq.verification.contracts import published

MATTERS = 4
FINDING = (
    "Тізілімде декларация да, қағаздағы құжат та жоқ; тұрғылықты мекенжайға хабарлама жіберілген.\n\n"
    "В реестре нет ни декларации, ни бумажного документа; уведомление отправлено по месту жительства.\n\n"
    "The register holds neither a declaration nor a paper; a notice was sent to the home address."
)
APPEAL = (
    "Мерзімде ауруханада жаттым, анықтамасын алып келемін.\n\n"
    "В срок подачи я был в больнице, справку принесу.\n\n"
    "I was in hospital when it was due; I will bring the certificate."
)
"""Free texts stay in the language in which they are written; in the sample country they say it in all three."""


def tell_lapses(at: datetime) -> None:
    """Let one be fined and one appeal, notice of one wait for a decision, and an established offence for the fine; once.

    The one who is fined signs in as `late-declarant`. Nothing happens while the registrars are not there.
    """
    kept: Any = apps.get_model("declarations", "NonFiling")
    keepers = list(Account.objects.filter(username__in=KEEPERS_OF_DECLARATIONS, is_sample=True).order_by("username"))
    if len(keepers) < len(KEEPERS_OF_DECLARATIONS) or kept.objects.exists():
        return
    first, second = (actor_of(one) for one in keepers)
    with transaction.atomic():
        owed = unfiled(at)
        owed += stated(MATTERS - len(owed), at)
        people = [
            sign_in(one.person, place, at) for place, one in enumerate(owed[: MATTERS - 2])
        ]  # who then gets messages
        matters = [non_filing.give_notice(obligation=one, by=first, at=at) for one in owed]
        for place, one in enumerate(matters[: MATTERS - 1]):
            established = non_filing.establish_offence(non_filing=one, finding=FINDING, by=first, at=at)
            if place < MATTERS - 2:
                fined = non_filing.fine(non_filing=established, by=second, at=at)
                if place:
                    non_filing.appeal(non_filing=fined, text=APPEAL, by=people[place], at=at)


def unfiled(at: datetime) -> list[Any]:
    """What private people of the sample country left unfiled for its last year, whose last day has passed."""
    obligation: Any = published()["obligation"].model
    left = obligation.objects.filter(year=YEARS[-1], filed_date=None, is_public=False, person__death_date=None)
    known = Account.objects.exclude(person=None).values("person")
    past = left.exclude(person__in=known).filter(due_date__lt=naming.pack().day_of(at))
    return list(past.order_by("person_id")[:MATTERS])


def stated(most: int, at: datetime) -> list[Any]:
    """The same of the year after it, stated for them: in a small country everybody filed for its last year."""
    obligation: Any = published()["obligation"].model
    year = YEARS[-1] + 1
    due = naming.pack().filing_deadlines[year]
    if not most or due >= naming.pack().day_of(at):
        return []
    owing = set(obligation.objects.filter(year=year).values_list("person_id", flat=True))
    people = [one for one in private_declarants(most + len(owing)) if one.pk not in owing][:most]
    facts = {"year": year, "form": "income", "reason": REASON, "due_date": due, **law_of(REASON, year)}
    owed = [obligation(person=one, **facts) for one in people]
    if owed:
        state_obligations(obligations=owed, by=BY, at=at)
    return owed


def sign_in(person: Any, place: int, at: datetime) -> Actor:
    """The sign-in of somebody who is going to be fined."""
    name = LATE if not place else f"{LATE}-{place + 1}"
    hashed, called = make_password(PASSWORD), own_name(person)
    account = open_account(username=name, name=called, by=BY, at=at, person=person, password_hash=hashed)
    grant_role(account=account, role=Role.CITIZEN, by=BY, at=at)
    mark_as_sample(account=account, by=BY, at=at)
    return Actor(account.pk, frozenset({Role.CITIZEN}), person=person.pk)
