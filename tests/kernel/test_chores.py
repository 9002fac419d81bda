"""The worker forgets what has been kept for its term, and keeps the rest."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction
from pytest_django.fixtures import Settings

from adaldyq.base.errors import NotAllowed
from adaldyq.kernel import reads
from adaldyq.kernel.actions import corrections
from adaldyq.kernel.actions.sessions import clear_sessions
from adaldyq.kernel.actor import actor_of, system
from adaldyq.kernel.chores import due_chores
from adaldyq.kernel.models import Account, Notification, Read, Upload
from adaldyq.kernel.models.uploads import ATTACHED
from adaldyq.kernel.notifications.actions import notify
from adaldyq.kernel.roles import Role
from adaldyq.kernel.uploads.actions import attach, take_in
from adaldyq.kernel.uploads.purposes import CORRECTION, EVIDENCE
from adaldyq.ledger.models import Leaf
from tests import factories

pytestmark = pytest.mark.django_db

AT = datetime(2026, 6, 1, 7, tzinfo=UTC)


@pytest.fixture(autouse=True)
def folder(settings: Settings, tmp_path: Path) -> None:
    settings.FILES_DIR = tmp_path / "files"


def test_old_reads_and_messages_go_when_their_terms_have_passed() -> None:
    holder = factories.account("aigerim")
    said = {"due_date": "2026-06-05", "what_title": "Answer"}
    with transaction.atomic():
        notify(account=holder, message="deadline-reminder", parameters=said, key="k", at=AT)
    reads.record(by=system("test"), kind="person", of=[("P1", "P1")], purpose="test", at=AT)
    due_chores(at=AT + timedelta(days=300), searched=None)
    assert (Notification.objects.count(), Read.objects.count()) == (1, 1)
    due_chores(at=AT + timedelta(days=370), searched=None)
    assert (Notification.objects.count(), Read.objects.count()) == (0, 1)
    due_chores(at=AT + timedelta(days=6 * 365), searched=None)
    assert Read.objects.count() == 0


def test_sessions_that_expired_go_with_the_note_of_where_they_began() -> None:
    holder = factories.account("aigerim")
    for key, days in (("old", -1), ("new", 1)):
        Session.objects.create(session_key=key, session_data="x", expire_date=AT + timedelta(days=days))
        UserSession.objects.create(user=holder, session_key=key, ip="127.0.0.1")
    due_chores(at=AT, searched=None)
    assert list(Session.objects.values_list("session_key", flat=True)) == ["new"]
    assert list(UserSession.objects.values_list("session_key", flat=True)) == ["new"]
    with pytest.raises(NotAllowed):
        clear_sessions(by=actor_of(holder), at=AT)


def test_evidence_goes_by_act_when_its_term_has_passed_since_the_answer(tmp_path: Path, settings: Settings) -> None:
    settings.DATA_DIR, settings.ERASED = tmp_path, tmp_path / "erased"
    person, years = factories.person(), timedelta(days=366)
    registrar = actor_of(factories.account("registrar", Role.REGISTRAR))
    factories.account("aigerim")
    Account.objects.filter(username="aigerim").update(person=person)
    by = actor_of(Account.objects.get(username="aigerim"))
    claim = corrections.Claim("person", person.pk, "sex", "m", "Passport 1")
    files = [take_in(purpose=purpose, name="a.txt", content=b"A", by=by, at=AT) for purpose in (CORRECTION, EVIDENCE)]
    asked = corrections.submit_correction(claim=claim, files=files[:1], by=by, at=AT)
    attach(upload=files[1], subject=person, by=by, at=AT)
    taken = corrections.take_correction(request=asked, by=registrar, at=AT)
    corrections.refuse_correction(request=taken, ground="No", by=registrar, at=AT + 3 * years)

    def left(at: datetime) -> list[str]:
        due_chores(at=at, searched=None)
        return list(Upload.objects.filter(state=ATTACHED).values_list("purpose", flat=True))

    assert left(AT + 4 * years) == ["correction", "evidence"]
    assert left(AT + 6 * years) == ["correction"]
    assert left(AT + 9 * years) == []
    assert Leaf.objects.filter(act="kernel.upload.remove").count() == 2


def test_the_folder_is_searched_once_an_hour() -> None:
    first = due_chores(at=AT, searched=None)
    assert first == AT
    assert due_chores(at=AT + timedelta(minutes=59), searched=first) == AT
    assert due_chores(at=AT + timedelta(minutes=60), searched=first) == AT + timedelta(minutes=60)
