"""A person hands in a file, takes it out again, and whoever may not sees nothing of it."""

from __future__ import annotations

import html
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django.fixtures import Settings

from adaldyq.kernel.models import Account, Read, Upload
from adaldyq.kernel.roles import Role
from tests import factories

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.7\n1 0 obj\n<< >>\nendobj\n%%EOF\n"
FILES = "/en/files/"


@pytest.fixture(autouse=True)
def folder(settings: Settings, tmp_path: Path) -> Path:
    settings.FILES_DIR = tmp_path / "files"
    return tmp_path / "files"


@pytest.fixture
def holder() -> Account:
    return factories.account("aigerim", Role.CITIZEN)


@pytest.fixture
def desk(holder: Account, client: Client) -> Client:
    client.force_login(holder)
    return client


def handed_in(desk: Client, name: str = "Акт 5.pdf", content: bytes = PDF) -> str:
    answer = desk.post(f"{FILES}add/", {"file": SimpleUploadedFile(name, content)})
    return html.unescape(answer.content.decode()) if answer.status_code == 422 else ""


def test_a_file_is_handed_in_listed_and_taken_out(desk: Client, holder: Account) -> None:
    assert "No file yet" in html.unescape(desk.get(FILES).content.decode())
    assert handed_in(desk) == ""
    upload = Upload.objects.get()
    assert "Акт 5.pdf" in desk.get(FILES).content.decode()
    answer = desk.get(f"{FILES}{upload.pk}/")
    assert answer.content == PDF
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert "no-store" in answer["Cache-Control"]
    assert Read.objects.values_list("kind", "object_id", "reader_id", "purpose").get() == (
        "upload",
        upload.pk,
        holder.pk,
        "desk-file",
    )


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("act.pdf", b"<html></html>", "is not what its name says"),
        ("act.exe", b"MZ", "not of a kind that is accepted"),
        ("act.pdf", b"", "empty"),
    ],
)
def test_a_wrong_file_comes_back_with_what_is_wrong(desk: Client, name: str, content: bytes, told: str) -> None:
    assert told in handed_in(desk, name, content)
    assert not Upload.objects.exists()


def test_no_file_at_all_is_told(desk: Client) -> None:
    assert desk.post(f"{FILES}add/").status_code == 422


def test_anothers_file_is_not_there(desk: Client) -> None:
    handed_in(desk)
    other = Client()
    other.force_login(factories.account("other", Role.CITIZEN))
    address = f"{FILES}{Upload.objects.get().pk}/"
    assert other.get(address).status_code == 404
    assert other.post(f"{address}remove/").status_code == 404
    assert Read.objects.count() == 0


def test_a_file_is_removed(desk: Client) -> None:
    handed_in(desk)
    address = f"{FILES}{Upload.objects.get().pk}/"
    assert "cannot be brought back" in desk.get(f"{address}remove/").content.decode()
    assert desk.post(f"{address}remove/").status_code == 302
    assert desk.get(address).status_code == 404


def test_a_file_that_is_damaged_is_told_and_not_given_out(desk: Client, folder: Path) -> None:
    handed_in(desk)
    upload = Upload.objects.get()
    (folder / upload.place).write_bytes(b"age-encryption.org/v1\nsomething else")
    answer = desk.get(f"{FILES}{upload.pk}/")
    assert answer.status_code == 410
    assert "cannot be opened" in answer.content.decode()


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_every_page_opens_in_every_language(desk: Client, language: str) -> None:
    handed_in(desk)
    for page in ("", "add/"):
        assert f'lang="{language}"' in desk.get(f"/{language}/files/{page}").content.decode()
