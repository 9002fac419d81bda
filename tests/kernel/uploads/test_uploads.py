"""A file is taken only when it is what it says and clean, lies sealed, and goes when nobody needs it."""

from __future__ import annotations

import hashlib
import io
import os
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some
from pytest_django.fixtures import Settings

from adaldyq.base.errors import Conflict, DomainError, NotAllowed
from adaldyq.kernel.actor import Actor, actor_of, system
from adaldyq.kernel.models import Account, Upload
from adaldyq.kernel.models.uploads import REMOVED
from adaldyq.kernel.uploads import queries, store
from adaldyq.kernel.uploads.actions import attach, clear_left_behind, clear_strays, expire_upload, take_in
from adaldyq.kernel.uploads.content import harmless_name
from adaldyq.kernel.uploads.purposes import EVIDENCE, Purpose
from tests import factories
from tests.kernel.uploads.clamd import HARMFUL, Scanner

pytestmark = pytest.mark.django_db

AT = datetime(2026, 6, 1, 7, tzinfo=UTC)
PDF = b"%PDF-1.7\n1 0 obj\n<< >>\nendobj\n%%EOF\n"
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x01\x00\x48\x00\x48\x00\x00" + bytes(40) + b"\xff\xd9"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(20) + b"\0\0\0\0IEND\xaeB`\x82"
CLOCK = system("clock")


def docx() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<document/>")
    return buffer.getvalue()


@pytest.fixture
def holder() -> Account:
    return factories.account("aigerim")


def taken(by: Account, name: str = "act.pdf", content: bytes = PDF, purpose: Purpose = EVIDENCE) -> Upload:
    return take_in(purpose=purpose, name=name, content=content, by=actor_of(by), at=AT)


def files(folder: Path) -> list[Path]:
    return [one for one in folder.rglob("*") if one.is_file()]


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("act.pdf", PDF, "application/pdf"),
        ("PHOTO.PNG", PNG, "image/png"),
        ("photo.jpg", JPEG, "image/jpeg"),
        ("letter.docx", docx(), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("note.txt", "Қала, әкімдік".encode(), "text/plain"),
    ],
)
def test_a_file_that_is_what_it_says_is_taken(holder: Account, name: str, content: bytes, kind: str) -> None:
    upload = taken(holder, name, content)
    assert (upload.media_type, upload.size) == (kind, len(content))
    assert upload.sha256 == hashlib.sha256(content).hexdigest()
    assert store.take(upload.place, sealed=True) == content


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("act.pdf", b"", "file-empty"),
        ("act.pdf", PNG, "file-is-another"),
        ("act.pdf", b"MZ\x90\x00" + bytes(60), "file-is-another"),
        ("photo.png", b"<html><script>alert(1)</script></html>", "file-is-another"),
        ("note.txt", b"<html><script>alert(1)</script></html>", "file-is-another"),
        ("note.txt", b"\x00\x01\x02", "file-is-another"),
        ("note.txt", b"\xff\xfe\xfd", "file-is-another"),
        ("letter.docx", PDF, "file-is-another"),
        ("act.pdf", PDF[:20], "file-cut"),
        ("photo.png", PNG[:40], "file-cut"),
        ("photo.jpg", JPEG[:-4], "file-cut"),
        ("virus.exe", b"MZ\x90\x00", "file-kind-unknown"),
        ("act.pdf.svg", b"<svg/>", "file-kind-unknown"),
        ("nothing", PDF, "file-kind-unknown"),
    ],
)
def test_a_file_that_is_not_what_it_says_leaves_nothing(
    holder: Account, folder: Path, name: str, content: bytes, code: str
) -> None:
    with pytest.raises(DomainError) as refused:
        taken(holder, name, content)
    assert refused.value.code == code
    assert not Upload.objects.exists()
    assert files(folder) == []


def test_a_file_beyond_the_limit_of_its_purpose_is_refused(holder: Account) -> None:
    small = Purpose("small", "Small", largest=10)
    with pytest.raises(DomainError, match="file-too-large"):
        taken(holder, purpose=small)


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\temp\\Акт №5.PDF", "Акт №5.pdf"),
        ('a"b<c>\r\nd.pdf', "a_b_c___d.pdf"),
        ("...pdf", "file.pdf"),
        ("\u202efdp.exe.pdf", "_fdp.exe.pdf"),
        ("x" * 300 + ".pdf", "x" * 100 + ".pdf"),
    ],
)
def test_names_are_made_harmless(given_name: str, kept: str) -> None:
    assert harmless_name(given_name, "pdf") == kept


@given(some.text(max_size=300))
def test_no_name_leaves_its_folder_or_its_line(name: str) -> None:
    kept = harmless_name(name, "pdf")
    assert kept.endswith(".pdf")
    assert len(kept) <= 104
    assert not set(kept) & set('/\\"\r\n\0<>:|?*')
    assert not kept.startswith(".")


def test_a_sealed_file_shows_nothing_on_the_disk(holder: Account, folder: Path) -> None:
    taken(holder, "note.txt", "құпия".encode())
    on_disk = files(folder)[0]
    assert "құпия".encode() not in on_disk.read_bytes()
    assert on_disk.stat().st_mode & 0o077 == 0
    assert on_disk.read_bytes().startswith(b"age-encryption.org/v1")


@pytest.mark.parametrize("change", ["cut", "flip"])
def test_of_a_sealed_file_that_was_changed_nothing_is_given_out(holder: Account, folder: Path, change: str) -> None:
    upload = taken(holder, "note.txt", b"a long story " * 20_000)
    on_disk = files(folder)[0]
    data = bytearray(on_disk.read_bytes())
    if change == "cut":
        data = data[:-10]
    else:
        data[-10] ^= 1
    on_disk.write_bytes(data)
    with pytest.raises(DomainError, match="file-damaged"):
        store.take(upload.place, sealed=True)
    on_disk.unlink()
    with pytest.raises(DomainError, match="file-gone"):
        store.take(upload.place, sealed=True)


def test_a_key_from_the_environment_is_used(holder: Account, settings: Settings) -> None:
    import pyrage  # noqa: PLC0415  # only this test makes a key

    first = taken(holder)
    settings.FILES_KEY = str(pyrage.x25519.Identity.generate())
    with pytest.raises(DomainError, match="file-damaged"):
        store.take(first.place, sealed=True)
    assert store.take(taken(holder).place, sealed=True) == PDF


def test_a_file_is_scanned_before_it_is_kept(holder: Account, scanner: Scanner) -> None:
    assert taken(holder).scanned_at == AT
    assert scanner.scanned == [PDF]


def test_a_harmful_file_is_refused(holder: Account, scanner: Scanner, folder: Path) -> None:
    with pytest.raises(DomainError, match="file-infected"):
        taken(holder, "note.txt", HARMFUL)
    assert files(folder) == []


def test_while_the_scanner_is_away_nothing_is_taken(holder: Account, scanner: Scanner, settings: Settings) -> None:
    scanner.answer = b"INSTREAM size limit exceeded. ERROR\0"
    with pytest.raises(DomainError, match="scanner-away"):
        taken(holder)
    settings.CLAMD = "127.0.0.1:1"
    with pytest.raises(DomainError, match="scanner-away"):
        taken(holder)
    settings.CLAMD = "/no/such/socket"
    with pytest.raises(DomainError, match="scanner-away"):
        taken(holder)
    assert not Upload.objects.exists()


def test_a_held_file_is_its_owners_and_an_attached_one_is_as_its_purpose_says(holder: Account) -> None:
    other = factories.account("other")
    upload = taken(holder)
    assert queries.upload_for(upload.pk, actor_of(holder)) == upload
    assert queries.upload_for(upload.pk, actor_of(other)) is None
    with pytest.raises(NotAllowed):
        attach(upload=upload, subject=factories.person(), by=actor_of(other), at=AT)
    subject = factories.person()
    attach(upload=upload, subject=subject, by=actor_of(holder), at=AT)
    assert list(queries.attached_to(subject)) == [upload]
    assert queries.upload_for(upload.pk, actor_of(other)) is None
    with pytest.raises(Conflict):
        attach(upload=upload, subject=subject, by=actor_of(holder), at=AT)


def test_nobody_hands_in_a_file_unnamed() -> None:
    with pytest.raises(NotAllowed):
        take_in(purpose=EVIDENCE, name="a.pdf", content=PDF, by=Actor(id="", roles=frozenset()), at=AT)


@pytest.mark.django_db(transaction=True)
def test_what_nobody_attached_goes_after_a_day_and_what_was_attached_stays(folder: Path) -> None:
    holder = factories.account("aigerim")
    forgotten, needed = taken(holder), taken(holder, "other.pdf")
    attach(upload=needed, subject=factories.person(), by=actor_of(holder), at=AT)
    assert clear_left_behind(by=CLOCK, at=AT + timedelta(hours=23)) == 0
    assert clear_left_behind(by=CLOCK, at=AT + timedelta(hours=25)) == 1
    forgotten.refresh_from_db()
    assert forgotten.state == REMOVED
    assert [str(one.relative_to(folder)) for one in files(folder)] == [needed.place]


def test_a_file_that_a_killed_process_left_goes_and_known_ones_stay(holder: Account, folder: Path) -> None:
    upload = taken(holder)
    stray = store.keep(b"left behind", sealed=False)
    old = (AT - timedelta(days=2)).timestamp()
    for place in (upload.place, stray):
        os.utime(folder / place, (old, old))
    assert clear_strays(at=AT) == 1
    assert [str(one.relative_to(folder)) for one in files(folder)] == [upload.place]


def test_only_its_owner_or_the_clock_removes_a_file(holder: Account) -> None:
    upload = taken(holder)
    with pytest.raises(NotAllowed):
        expire_upload(upload=upload, by=actor_of(factories.account("other")), at=AT)
    expire_upload(upload=upload, by=actor_of(holder), at=AT)
    assert queries.upload_for(upload.pk, actor_of(holder)) is None
