"""Steps of a person who files through the pages."""

from __future__ import annotations

import re
import time

from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from django.test import Client
from django.urls import reverse

from adaldyq.kernel.actions.accounts import grant_role, open_account
from adaldyq.kernel.models import Account, Person
from adaldyq.kernel.roles import Role
from adaldyq.measures.declarations.domain.questions import sections_of
from adaldyq.measures.declarations.models import Draft
from tests import factories

CAR = {
    "owner": "declarant",
    "kind": "car",
    "make": "Toyota Camry",
    "share": "100",
    "basis": "ownership",
    "acquired_date_day": "27",
    "acquired_date_month": "3",
    "acquired_date_year": "2019",
    "value": "9 500 000,50",
    "currency": "KZT",
    "country": "KZ",
}


def account_of(person: Person, name: str = "citizen") -> Account:
    made = open_account(username=name, name=name, by=factories.BY, at=factories.AT, person=person, password_hash=HASH)
    grant_role(account=made, role=Role.CITIZEN, by=factories.BY, at=factories.AT)
    return made


HASH = "pbkdf2_sha256$1$salt$x"


def address(name: str, *args: object) -> str:
    return reverse(f"declarations-{name}", args=args)


def begun(client: Client, person: Person, **facts: object) -> Draft:
    """The draft that answers a new obligation, opened through the page."""
    owed = factories.obligation(person, 2024, **facts)
    assert owed.pk in client.get(address("mine")).content.decode()
    client.post(address("begin", owed.pk))
    return Draft.objects.get()


def shown_again(client: Client) -> None:
    """The session in which somebody has just shown password and factor once more."""
    session = client.session
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [
        {"method": "password", "at": time.time(), "reauthenticated": True},
        {"method": "mfa", "at": time.time(), "reauthenticated": True},
    ]
    session.save()


def answered(client: Client, draft: Draft) -> None:
    """All sections answered: those with rows are complete, the others hold nothing."""
    there = set(draft.rows.values_list("section", flat=True))
    for one in sections_of(draft.form):
        answer = "complete" if one.name in there else "nothing"
        client.post(address("draft-section", draft.pk, one.name), {"answer": answer})


def signing(client: Client, draft: Draft) -> dict[str, str]:
    """What the page of signing would send."""
    page = client.get(address("draft-sign", draft.pk)).content.decode()
    boxes = dict(re.findall(r'name="(seen|form_key)" value="([^"]+)"', page))
    return {**boxes, "true": "on"}


def filled_in(client: Client, person: Person, **facts: object) -> Draft:
    """A draft with a car, ready to be signed."""
    draft = begun(client, person, **facts)
    client.post(address("draft-row", draft.pk, "vehicle", "0000000000AA"), CAR)
    answered(client, draft)
    shown_again(client)
    return draft
