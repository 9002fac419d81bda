"""A request with a key acts once: sent again, sent at once by two, or sent with another request under its key."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Barrier, Event
from typing import TypeVar

import pytest
from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, connection, connections
from pytest_django.fixtures import Settings

from adaldyq.base.errors import DomainError
from adaldyq.kernel.actions.accounts import open_account
from adaldyq.kernel.actor import system
from adaldyq.kernel.chores import due_chores
from adaldyq.kernel.idempotency import FORM_KEY, Answer, fingerprint, in_turn, once, sent_once
from adaldyq.kernel.models import Account, StoredAnswer
from adaldyq.ledger.models import Leaf

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
REQUEST = fingerprint("POST", "/somewhere", "{}")
Made = TypeVar("Made")
InThread = Callable[[Callable[[], Made]], Made]


@pytest.fixture(autouse=True)
def folder(settings: Settings, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    settings.FILES_DIR = tmp_path / "files"


def opened(name: str = "serik") -> Answer:
    """The act of these tests."""
    account = open_account(
        username=name, name="Серік", password_hash=make_password("a password of a test"), by=system("test"), at=AT
    )
    return Answer(201, {"id": account.pk})


def asked(key: str = "one", request: str = REQUEST, perform: Callable[[], Answer] = opened, owner: str = "T") -> Answer:
    return once(owner=owner, key=key, request=request, at=AT, perform=perform)


@pytest.mark.django_db
def test_the_same_request_with_its_key_acts_once_and_is_answered_alike() -> None:
    first, second = asked(), asked()
    assert (first.again, second.again) == (False, True)
    assert (second.status, second.facts) == (201, first.facts)
    assert (Account.objects.count(), Leaf.objects.count()) == (1, 1)


@pytest.mark.django_db
def test_a_form_whose_acts_stand_and_fall_together_leaves_nothing_when_one_is_refused() -> None:
    def both() -> dict[str, str]:
        opened()
        return {"id": str(opened().facts["id"])}  # the name is taken

    def send(perform: Callable[[], dict[str, str]]) -> object:
        return sent_once({FORM_KEY: "one"}, place="here", owner="T", at=AT, perform=perform, as_one=True)

    with pytest.raises(IntegrityError):
        send(both)
    assert (Account.objects.count(), Leaf.objects.count(), StoredAnswer.objects.count()) == (0, 0, 0)
    assert send(lambda: {"id": str(opened().facts["id"])}) == send(both)


@pytest.mark.django_db
def test_a_key_belongs_to_one_request_of_one_sender() -> None:
    asked()
    with pytest.raises(DomainError) as refusal:
        asked(request=fingerprint("POST", "/somewhere", "{1}"))
    assert refusal.value.code == "key-of-another-request"
    assert asked(owner="U", perform=lambda: opened("aigerim")).again is False
    assert asked(key="two", perform=lambda: opened("bolat")).again is False


@pytest.mark.django_db
@pytest.mark.parametrize(("key", "code"), [("", "key-empty"), ("k" * 256, "key-too-long")])
def test_a_request_without_a_fitting_key_is_refused(key: str, code: str) -> None:
    with pytest.raises(DomainError, match=code):
        asked(key=key)


@pytest.mark.django_db
def test_what_was_refused_may_be_mended_and_sent_again() -> None:
    def refused() -> Answer:
        opened()
        raise DomainError("value-missing", field="name")

    with pytest.raises(DomainError, match="value-missing"):
        asked(perform=refused)
    assert not Account.objects.exists()
    assert asked(request=fingerprint("mended")).again is False


@pytest.mark.django_db
def test_answers_are_forgotten_when_their_term_has_passed() -> None:
    asked()
    due_chores(at=AT + timedelta(days=7), searched=None)
    assert StoredAnswer.objects.count() == 1
    due_chores(at=AT + timedelta(days=9), searched=None)
    assert StoredAnswer.objects.count() == 0
    assert Account.objects.count() == 1


def test_parts_of_a_request_are_told_apart() -> None:
    assert fingerprint("ab", "c") != fingerprint("a", "bc")


@pytest.fixture
def in_thread(transactional_db: None, tmp_path: Path) -> InThread[Answer]:
    """Runs a function with a database connection of its own, on a database that several can write to."""
    name = connections["default"].settings_dict["NAME"]
    if connection.vendor == "sqlite":  # that of tests is in memory, where SQLite locks otherwise than in a file
        connection.ensure_connection()
        name = str(tmp_path / "copy.sqlite3")
        with sqlite3.connect(name) as copy:
            connection.connection.backup(copy)
        copy.close()

    def run(function: Callable[[], Made]) -> Made:
        own = connections.create_connection("default")
        own.settings_dict = own.settings_dict | {"NAME": name}
        connections["default"] = own
        try:
            return function()
        finally:
            own.close()

    return run


def test_of_two_at_once_one_acts_and_the_other_is_told_to_come_again(in_thread: InThread[Answer]) -> None:
    inside, refused = Event(), Event()

    def slowly() -> Answer:
        inside.set()
        assert refused.wait(20)
        return opened()

    def second() -> Answer:
        assert inside.wait(20)
        with pytest.raises(DomainError, match="request-under-way"):
            asked()
        refused.set()
        return Answer(0, {})

    with ThreadPoolExecutor(2) as threads:
        acting = threads.submit(in_thread, lambda: asked(perform=slowly))
        threads.submit(in_thread, second).result()
        first = acting.result()
        later = threads.submit(in_thread, asked).result()
    assert (first.again, later.again) == (False, True)
    assert later.facts == first.facts


def test_of_many_at_once_one_acts(in_thread: InThread[Answer]) -> None:
    start = Barrier(6)

    def until_answered() -> Answer:
        start.wait(20)
        while True:
            try:
                return asked()
            except DomainError as error:
                if error.code != "request-under-way":
                    raise

    with ThreadPoolExecutor(6) as threads:
        answers = list(threads.map(in_thread, [until_answered] * 6))
    assert sorted(one.again for one in answers) == [False] + [True] * 5
    assert len({one.facts["id"] for one in answers}) == 1


def test_whoever_waits_in_vain_is_told_that_the_request_is_under_way() -> None:
    asked: list[int] = []

    def under_way() -> Answer:
        asked.append(1)
        raise DomainError("request-under-way")

    with pytest.raises(DomainError, match="request-under-way"):
        in_turn(under_way, 0.1)
    assert len(asked) > 1


def test_whatever_else_is_refused_is_not_asked_for_again() -> None:
    asked: list[int] = []

    def refused() -> Answer:
        asked.append(1)
        raise DomainError("key-empty")

    with pytest.raises(DomainError, match="key-empty"):
        in_turn(refused)
    assert len(asked) == 1
