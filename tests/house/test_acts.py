"""Acts are declared once, in rooms of acts, and each of them is the only way its rows are written."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from django.contrib.auth.hashers import make_password
from django.utils import timezone

from adaldyq.base.errors import NotAllowed
from adaldyq.kernel.actions.accounts import open_account
from adaldyq.kernel.actor import Actor, system
from adaldyq.kernel.acts import ACTS
from adaldyq.kernel.models import Account, Event
from adaldyq.kernel.roles import Role
from adaldyq.ledger.models import Leaf
from adaldyq.portal.ledger.act_words import act_title
from tests import rooms_of_acts

SOURCE = Path(__file__).resolve().parents[2] / "src" / "adaldyq"
WRITES = {"save", "bulk_create", "bulk_update", "update_or_create", "get_or_create"}
WRITERS_BESIDE_ACTS = {
    "kernel/idempotency.py",  # what requests were answered, in the transactions of the acts that answered them
    "kernel/deadlines/notices.py",  # when reminders go out, within the act on their deadline
    "kernel/heartbeats.py",  # the workers' signs of life, which are no acts
    "kernel/events.py",  # the delivery of an event, which is no act
    "kernel/reads.py",  # that somebody was shown a record, which is no act
    "kernel/search.py",  # the index of what acts have opened, in their transactions
    "kernel/indexing.py",  # how far the search has been filled anew, which is no act
    "kernel/lockout.py",  # failed sign-ins, which no act may roll back
    "ledger/actions.py",  # the line that every act leaves
    "ledger/erasures.py",  # that an erasure is still to be noted, within its act
    "ledger/store.py",  # hashes of lines, which the sequencer works out
    "ledger/witnessing.py",  # what witnesses signed of a checkpoint that is there
    "measures/reports/adapters/cleaning/pictures.py",  # pictures, drawn into memory
    "portal/ledger/views/files.py",  # a QR code, drawn into memory
}


def test_acts_stand_in_rooms_of_acts() -> None:
    rooms_of_acts.read_in()
    assert ACTS
    for name, one in ACTS.items():
        assert ".actions" in one.function, name
        assert name.count(".") == 2, name
        assert act_title(name) != name, f"portal/ledger/act_words.py has no words for {name}"


def test_nobody_else_writes() -> None:
    found = set()
    for file in SOURCE.rglob("*.py"):
        place = str(file.relative_to(SOURCE))
        if "actions" in file.parts or file.name == "actions.py" or "migrations" in file.parts:
            continue
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and node.attr in WRITES:
                found.add(place)
    assert found <= WRITERS_BESIDE_ACTS


@pytest.mark.django_db
def test_an_act_leaves_its_line_and_its_event() -> None:
    open_account(
        username="a",
        name="A",
        password_hash=make_password("a password of a test"),
        by=system("test"),
        at=timezone.now(),
    )
    assert Leaf.objects.get().act == "kernel.account.open"
    assert Event.objects.get().name == "kernel.account.open"


@pytest.mark.django_db
def test_an_act_that_fails_leaves_nothing() -> None:
    citizen = Actor(id="someone", roles=frozenset({Role.CITIZEN}))
    with pytest.raises(NotAllowed):
        open_account(
            username="a", name="A", password_hash=make_password("a password of a test"), by=citizen, at=timezone.now()
        )
    assert not Leaf.objects.exists()
    assert not Event.objects.exists()
    assert not Account.objects.exists()
