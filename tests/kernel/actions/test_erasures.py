"""What was erased is noted outside the backups, and erased again after a restore."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import transaction
from django.db.models import Q
from pytest_django.fixtures import DjangoCaptureOnCommitCallbacks, Settings

from adaldyq.base.errors import NotAllowed
from adaldyq.kernel.actions.erasures import replay_erasures
from adaldyq.kernel.actor import Actor, actor_of, system
from adaldyq.kernel.chores import due_chores
from adaldyq.kernel.models import Account, Upload
from adaldyq.kernel.models.uploads import REMOVED
from adaldyq.kernel.uploads.actions import attach, remove_upload, take_in
from adaldyq.kernel.uploads.purposes import EVIDENCE
from adaldyq.ledger import erasures
from adaldyq.ledger.actions import append, forget
from adaldyq.ledger.models import Leaf, WaitingErasure
from tests import factories

pytestmark = pytest.mark.django_db

AT = datetime(2026, 6, 1, 7, tzinfo=UTC)
BY = system("test")
PDF = b"%PDF-1.7\n1 0 obj\n<< >>\nendobj\n%%EOF\n"


@pytest.fixture(autouse=True)
def place(settings: Settings, tmp_path: Path) -> Path:
    """Where erasures are noted."""
    settings.DATA_DIR, settings.FILES_DIR = tmp_path, tmp_path / "files"
    settings.ERASED = tmp_path / "outside" / "erased"
    return tmp_path / "outside" / "erased"


@pytest.fixture
def upload() -> Upload:
    holder: Account = factories.account("aigerim")
    by = actor_of(holder)
    held = take_in(purpose=EVIDENCE, name="act.pdf", content=PDF, by=by, at=AT)
    return attach(upload=held, subject=holder, by=by, at=AT)


def lines(*records: str) -> list[str]:
    append(act="room.record.make", payloads=[{"record": record} for record in records], at=AT)
    return list(Leaf.objects.filter(subject__in=records).order_by("pk").values_list("reference", flat=True))


def test_erased_lines_and_files_are_noted_by_opaque_names_only(
    place: Path, upload: Upload, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    first, _second = lines("about-somebody", "R2")
    with django_capture_on_commit_callbacks(execute=True):
        assert forget(Q(subject="about-somebody")) == 1
        remove_upload(upload=upload, by=BY, at=AT)
    assert list(erasures.erased()) == [(erasures.LINE, first), (erasures.FILE, upload.place)]
    assert "somebody" not in place.read_text()
    assert "act.pdf" not in place.read_text()
    assert place.stat().st_mode & 0o077 == 0


def test_what_is_not_committed_is_not_noted(place: Path) -> None:
    lines("R1")
    with pytest.raises(RuntimeError), transaction.atomic():
        forget(Q(subject="R1"))
        raise RuntimeError
    assert not place.exists()


def test_what_the_file_did_not_take_waits_for_the_worker(
    place: Path, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    [reference] = lines("R1")
    place.mkdir(parents=True)  # in the way
    with django_capture_on_commit_callbacks(execute=True):
        forget(Q(subject="R1"))
    due_chores(at=AT, searched=AT)
    assert WaitingErasure.objects.count() == 1
    place.rmdir()
    due_chores(at=AT, searched=AT)
    assert list(erasures.erased()) == [(erasures.LINE, reference)]
    assert not WaitingErasure.objects.exists()


def test_a_line_that_was_cut_short_spoils_no_later_one(place: Path) -> None:
    erasures.write([(erasures.LINE, "a")])
    place.write_text(place.read_text().rstrip("}\n"))
    erasures.write([(erasures.LINE, "b")])
    assert list(erasures.erased()) == [(erasures.LINE, "b")]


def test_what_is_noted_is_erased_again_and_nothing_else(upload: Upload, place: Path) -> None:
    first, second = lines("R1", "R2")
    erasures.write([(erasures.LINE, first), (erasures.FILE, upload.place)])
    with place.open("a") as notes:
        notes.write('{"kind": "line", "na')  # a crash cut it short
    done = replay_erasures(by=BY, at=AT)
    assert (done.lines, done.files) == (1, 1)
    assert Leaf.objects.get(reference=first).salt is None
    assert Leaf.objects.get(reference=second).salt is not None
    assert Upload.objects.get(pk=upload.pk).state == REMOVED
    again = replay_erasures(by=BY, at=AT)
    assert (again.lines, again.files) == (0, 0)


def test_only_the_system_erases_again() -> None:
    with pytest.raises(NotAllowed):
        replay_erasures(by=Actor(id="x", roles=frozenset()), at=AT)
