"""Files that show that a record is wrong: taken by content, kept encrypted, opened by who answers, and noted."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from adaldyq.kernel.models import Account, CorrectionRequest, Person, Read, Upload
from adaldyq.kernel.models.uploads import ATTACHED
from adaldyq.kernel.roles import Role
from adaldyq.kernel.sessions import SEEN
from tests import factories
from tests.portal.registers.test_mine import signed_in
from tests.portal.registers.test_pages import address, text_of

pytestmark = pytest.mark.django_db
PNG = b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR" + bytes(200) + b"\0\0\0\0IEND\xaeB`\x82"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Any) -> Path:
    settings.FILES_DIR = tmp_path
    return tmp_path


@pytest.fixture
def person() -> Person:
    return factories.person()


def claimed(browser: Client, person: Person, *files: SimpleUploadedFile, value: str = "m") -> Any:
    claim = {"field": "sex", "value": value, "evidence": "Passport 1", "papers": list(files)}
    return browser.post(address("registers-claim", "person", person.pk), claim)


def scan(name: str = "passport.png", content: bytes = PNG) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def test_a_file_goes_with_the_request_and_is_opened_by_who_answers_only(person: Person, folder: Path) -> None:
    citizen = signed_in("citizen", Role.CITIZEN, person)
    assert claimed(citizen, person, scan()).status_code == 302
    request, upload = CorrectionRequest.objects.get(), Upload.objects.get()
    assert (upload.state, upload.subject_id, upload.person_id) == (ATTACHED, request.pk, person.pk)
    assert not any(PNG in file.read_bytes() for file in folder.rglob("*") if file.is_file())
    page, file = address("registers-correction", request.pk), address("desk-file", upload.pk)
    answers, other = signed_in("registrar", Role.REGISTRAR), signed_in("another", Role.REGISTRAR)
    assert file not in text_of(answers, "registers-correction", request.pk)
    assert answers.get(file).status_code == 404
    answers.post(page, {"step": "take"})
    assert file in text_of(answers, "registers-correction", request.pk)
    assert answers.get(file).content == PNG
    assert other.get(file).status_code == 404
    assert "passport.png" in text_of(other, "registers-correction", request.pk)
    assert Read.objects.get(kind="upload", person_id=person.pk).object_id == upload.pk
    reviewer = signed_in("reviewer", Role.REVIEWER)
    answers.post(page, {"step": "refuse", "ground": "It is another’s."})
    assert reviewer.get(file).status_code == 404
    citizen.post(page, {"step": "appeal", "ground": "It is mine."})
    assert reviewer.get(file).content == PNG
    assert citizen.get(file).content == PNG


def test_a_file_that_is_not_what_it_says_is_told_and_nothing_is_kept(person: Person) -> None:
    citizen = signed_in("citizen", Role.CITIZEN, person)
    answer = claimed(citizen, person, scan(), scan("passport.pdf", b"MZ not a pdf"))
    assert answer.status_code == 422
    assert "Passport 1" in answer.content.decode()
    assert not CorrectionRequest.objects.exists()
    assert not Upload.objects.filter(state=ATTACHED).exists()


def test_a_refused_request_keeps_no_file(person: Person, folder: Path) -> None:
    citizen = signed_in("citizen", Role.CITIZEN, person)
    before = person.sex
    answer = claimed(citizen, person, scan(), value=before or "")
    assert answer.status_code == 422
    assert not CorrectionRequest.objects.exists()
    assert {one.state for one in Upload.objects.all()} == {"removed"}


def test_what_was_typed_while_the_sign_in_ended_comes_back(person: Person) -> None:
    citizen = signed_in("citizen", Role.CITIZEN, person)
    session = citizen.session
    session[SEEN] = (timezone.now() - timedelta(hours=2)).timestamp()
    session.save()
    assert claimed(citizen, person, value="1 марта").headers["Location"].startswith("/en/sign-in/")
    citizen.force_login(Account.objects.get(username="citizen"))
    page = text_of(citizen, "registers-claim", "person", person.pk)
    assert 'value="1 марта"' in page
    assert "Passport 1" in page
    assert not CorrectionRequest.objects.exists()
