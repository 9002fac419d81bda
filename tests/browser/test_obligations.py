"""Obligations to declare in a browser: one's own, a body's, one person's, and what follows when nobody filed."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from adaldyq.kernel.actor import actor_of, system
from adaldyq.kernel.models import Account, Person
from adaldyq.kernel.roles import Registry, Role
from adaldyq.measures.declarations.actions import non_filing
from adaldyq.measures.declarations.domain import examples
from adaldyq.measures.declarations.models import NonFiling, Obligation
from tests import factories
from tests.browser.conftest import sign_in
from tests.browser.looks import Look, in_looks, put_on

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

OFFICER = ("ours/", "obligations/find/", "non-filing/", "non-filing/invoices/", "retention/", "files/")
"""The last of them takes a file, and says what became of it."""


def keeper(name: str) -> Account:
    account = factories.account(name)
    factories.grant(account, Role.REGISTRAR, registry=Registry.DECLARATIONS)
    return account


def owing(name: str, days: int) -> Person:
    """Somebody of a body whose last day to file is so many days from now."""
    who = factories.person([name])
    due = timezone.localdate() + timedelta(days)
    factories.obligation(who, 2025, due_date=due, group="official", law="a law of a test", body=factories.body())
    return who


@in_looks
def test_every_page_of_obligations_is_sound(
    live_server: LiveServer,
    page: Page,
    sound: Callable[[], None],
    look: Look,
) -> None:
    late, waiting = owing("Кешіккен Адам", -1), owing("Күтілетін Адам", 20)
    first, second, own = keeper("first"), keeper("second"), factories.account("late", Role.CITIZEN)
    Account.objects.filter(pk=own.pk).update(person=late)
    at = timezone.now()
    non_filing.give_all_notices(by=system("clock"), at=at)
    matter = NonFiling.objects.get()
    non_filing.establish_offence(non_filing=matter, finding="Reminded twice.", by=actor_of(first), at=at)
    one = Obligation.objects.get(person=waiting)
    pages = (*OFFICER, f"obligations/find/?person={waiting.pk}", f"obligations/{one.pk}/", f"non-filing/{matter.pk}/")
    put_on(page, look)
    sign_in(page, live_server, second)
    for path in pages:
        page.goto(f"{live_server.url}/{look.language}/declarations/{path}")
        sound()
    page.goto(f"{live_server.url}/{look.language}/declarations/files/")
    file = {"name": "a.json", "mimeType": "application/json", "buffer": json.dumps(examples.example()).encode()}
    page.locator("input[type=file]").set_input_files(file)  # type: ignore[arg-type]  # a dictionary of that shape
    page.locator("main button").click()
    page.wait_for_url("**/files/*/")
    sound()
    non_filing.fine(non_filing=matter, by=actor_of(second), at=at)
    sign_in(page, live_server, own)
    for path in ("mine/obligations/", f"non-filing/{matter.pk}/", "mine/change/"):
        page.goto(f"{live_server.url}/{look.language}/declarations/{path}")
        sound()
