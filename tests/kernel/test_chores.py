"""The worker forgets what has been kept for its term, and keeps the rest."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import transaction
from pytest_django.fixtures import Settings

from adaldyq.kernel import reads
from adaldyq.kernel.actor import system
from adaldyq.kernel.chores import due_chores
from adaldyq.kernel.models import Notification, Read
from adaldyq.kernel.notifications.actions import notify
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


def test_the_folder_is_searched_once_an_hour() -> None:
    first = due_chores(at=AT, searched=None)
    assert first == AT
    assert due_chores(at=AT + timedelta(minutes=59), searched=first) == AT
    assert due_chores(at=AT + timedelta(minutes=60), searched=first) == AT + timedelta(minutes=60)
