"""What is due is shown to whom it binds, and counted for everybody."""

from __future__ import annotations

import html
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from adaldyq.kernel.deadlines.actions import start_deadline
from adaldyq.kernel.deadlines.clock import tick
from adaldyq.kernel.deadlines.terms import Bound, Due
from adaldyq.kernel.models import Account
from adaldyq.kernel.roles import Role
from tests import factories

pytestmark = pytest.mark.django_db


def started(bound: Account, title: str, last_day: date) -> None:
    due = Due("answer", title, last_day, href="messages/")
    start_deadline(subject=factories.person(), due=due, bound=Bound(account=bound), by=factories.BY, at=timezone.now())


def text_of(client: Client, address: str) -> str:
    return html.unescape(client.get(address).content.decode())


def test_my_deadlines_name_what_is_due_and_what_was_missed(client: Client) -> None:
    holder, today = factories.account("aigerim", Role.CITIZEN), timezone.localdate()
    started(holder, "Answer to a correction", today + timedelta(days=5))
    started(holder, "Report", today - timedelta(days=5))
    started(factories.account("other"), "Something else", today)
    tick(at=timezone.now())
    client.force_login(holder)
    page = text_of(client, "/en/deadlines/mine/")
    assert "Answer to a correction" in page
    assert "running" in page
    assert "missed" in page
    assert 'href="/en/messages/"' in page
    assert "Something else" not in page


def test_deadlines_are_counted_in_public_and_name_nobody(client: Client) -> None:
    holder, today = factories.account("aigerim"), timezone.localdate()
    started(holder, "Answer to a correction", today - timedelta(days=5))
    tick(at=timezone.now())
    page = text_of(client, "/en/deadlines/")
    assert "Answer to a correction" in page
    assert "aigerim" not in page
    file = b"".join(client.get("/en/deadlines.csv").streaming_content).decode()  # type: ignore[attr-defined]  # the test client hides it
    assert file.splitlines()[1] == "Answer to a correction,0,0,0,0,1,0.0"


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_empty_pages_say_what_will_be_there(client: Client, language: str) -> None:
    client.force_login(factories.account("aigerim", Role.CITIZEN))
    for address in ("deadlines/", "deadlines/mine/"):
        assert f'lang="{language}"' in text_of(client, f"/{language}/{address}")
