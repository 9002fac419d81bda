"""A file and a person, or a file and a paper, file the same at one moment: one is filed, the other is told."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone, translation
from pytest_django import Settings

from adaldyq.kernel.actor import actor_of, system
from adaldyq.kernel.models import Account, Person
from adaldyq.measures.declarations.actions import keying
from adaldyq.measures.declarations.actions.sending import file_sent
from adaldyq.measures.declarations.domain.examples import example
from adaldyq.measures.declarations.models import Declaration, Draft, Keying, ReceivedPaper
from tests import factories
from tests.measures.declarations.actions.test_joint_at_once import PATIENCE, waits
from tests.measures.declarations.views.journey import account_of, address, filled_in, signing
from tests.measures.declarations.views.test_received import DAY, keyed_in, opened, taken

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgresql]


@pytest.fixture(autouse=True)
def own_folder(settings: Settings, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    translation.activate("en")


def beside_a_file(who: Person, act: Callable[[], Any]) -> Any:
    """What an act answers while a file that declares for the same person is about to be kept."""
    one = {**example()["declarations"][0], "person": who.pk, "year": 2024}
    del one["reference"]
    held, released = threading.Event(), threading.Event()

    def send() -> None:
        with transaction.atomic():
            (became,) = file_sent(values=[one], key="k", by=system("importer"), at=timezone.now())
            assert became.declaration, became.wrong
            held.set()
            released.wait(PATIENCE)
        connection.close()

    def answer() -> Any:
        try:
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        sending = pool.submit(send)
        held.wait(PATIENCE)
        acting = pool.submit(answer)
        try:
            waits()
        finally:
            released.set()
        sending.result()
        return acting.result()


def test_who_signs_while_a_file_declares_for_them_is_told_and_goes_on() -> None:
    who = factories.person()
    browser = Client()
    browser.force_login(account_of(who))
    draft = filled_in(browser, who)
    sent, page = signing(browser, draft), address("draft-sign", draft.pk)
    answer = beside_a_file(who, lambda: browser.post(page, sent))
    assert answer.status_code == 422
    assert "was filed for you meanwhile" in answer.content.decode()
    assert address("amend", Declaration.objects.get().pk) in answer.content.decode()
    assert Draft.objects.get().rows.count() == 1


def test_a_paper_that_is_keyed_in_while_a_file_declares_the_same_stays_in_hand() -> None:
    who = factories.person()
    factories.obligation(who, 2024, body=factories.body())
    paper = taken(who, **DAY)
    keyed_in("first", paper)
    opened("second")
    by = actor_of(Account.objects.get(username="second"))
    rows: dict[str, list[dict[str, str]]] = {"vehicle": []}
    beside_a_file(who, lambda: keying.key_in(paper=paper, rows=rows, by=by, at=timezone.now()))
    assert ReceivedPaper.objects.get().state == "refused"
    assert Declaration.objects.get().way == "bulk"
    assert Keying.objects.filter(finished_at=None).count() == 0
