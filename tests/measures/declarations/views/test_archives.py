"""Whoever files for others sends a ZIP with the documents of entries; a broken, huge or strange one is refused in words."""

from __future__ import annotations

import io
import json
import unicodedata
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import translation
from pytest_django import Settings

from adaldyq.kernel.models import Upload
from adaldyq.kernel.roles import Registry, Role
from adaldyq.measures.declarations.domain.examples import xml_of
from adaldyq.measures.declarations.models import Attachment, Declaration, SentFile
from tests import factories
from tests.measures.declarations.test_sending import worker
from tests.measures.declarations.test_sent_documents import OF_LOAN, PDF, borrowed

pytestmark = pytest.mark.django_db
HIDDEN = 0x1


@pytest.fixture(autouse=True)
def own_folder(settings: Settings, tmp_path: Path) -> None:
    settings.DATA_DIR, settings.FILES_DIR = tmp_path, tmp_path / "files"
    translation.activate("en")


@pytest.fixture
def client() -> Client:
    account = factories.account("registrar")
    factories.grant(account, Role.REGISTRAR, registry=Registry.DECLARATIONS)
    browser = Client()
    browser.force_login(account)
    return browser


def packed(*files: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", method) as archive:
        for name, content in files:
            archive.writestr(zipfile.ZipInfo(name) if method == zipfile.ZIP_STORED else name, content)
    return held.getvalue()


def listed(*declarations: Any) -> bytes:
    return json.dumps({"declarations": declarations}).encode()


def send(client: Client, content: bytes, name: str = "file.zip") -> Any:
    return client.post(reverse("declarations-send"), {"file": SimpleUploadedFile(name, content)}, follow=True)


def test_an_archive_is_filed_with_its_documents_and_sent_again_files_nothing_twice(client: Client) -> None:
    one, two = worker(None), worker(None)
    named = borrowed(one, OF_LOAN | {"file": "papers/loan.pdf"}, reference="A-1")
    missing = borrowed(two, OF_LOAN | {"file": "papers/other.pdf"}, reference="A-2")
    content = packed(("all.json", listed(named, missing)), ("papers/loan.pdf", PDF), ("__MACOSX/x", b"x"))
    page = send(client, content).content.decode()
    assert "Documents, Entry 1, File" in page
    assert "is not in the archive" in page
    kept, attached = Declaration.objects.get(), Attachment.objects.get()
    assert attached.upload is not None
    assert (attached.declaration, attached.upload.name, attached.upload.person_id) == (kept, "loan.pdf", one.pk)
    assert attached.upload.state == "attached"
    send(client, content)
    assert SentFile.objects.get().again == 1
    whole = packed(("all.json", listed(named, missing)), ("papers/loan.pdf", PDF), ("papers/other.pdf", PDF))
    send(client, whole)
    assert Declaration.objects.count() == 2
    assert Upload.objects.count() == 2


CONTRACT = "Договор займа мой.pdf"


def unflagged(name: bytes, declarations: bytes) -> bytes:
    """An archive with a name whose bytes no flag says to be UTF-8."""
    stand_in = "x" * len(name)
    return packed(("all.json", declarations), (stand_in, PDF)).replace(stand_in.encode(), name)


@pytest.mark.parametrize("spelling", ["composed", "parted", "windows", "mac", "western"])
def test_a_name_is_found_however_the_system_of_the_sender_spells_it(client: Client, spelling: str) -> None:
    name = "prêt.pdf" if spelling == "western" else CONTRACT
    declared = listed(borrowed(worker(None), OF_LOAN | {"file": name}, reference="A-1"))
    parted = unicodedata.normalize("NFD", name)
    content = {
        "composed": lambda: packed(("all.json", declared), (name, PDF)),
        "parted": lambda: packed(("all.json", declared), (parted, PDF)),
        "windows": lambda: unflagged(name.encode("cp866"), declared),
        "mac": lambda: unflagged(parted.encode(), declared),
        "western": lambda: unflagged(name.encode("cp437"), declared),
    }[spelling]()
    page = send(client, content).content.decode()
    assert "is not in the archive" not in page
    assert Attachment.objects.get().upload is not None


def test_a_declaration_may_name_a_file_in_parted_letters(client: Client) -> None:
    named = OF_LOAN | {"file": unicodedata.normalize("NFD", CONTRACT)}
    send(client, packed(("all.json", listed(borrowed(worker(None), named))), (CONTRACT, PDF)))
    assert Attachment.objects.get().upload is not None


@pytest.mark.parametrize("name", ["loan.pdf", "papers/rent.pdf", "my/loan.pdf"])
def test_paths_of_a_packed_folder_begin_where_its_file_of_declarations_lies(client: Client, name: str) -> None:
    declared = listed(borrowed(worker(None), OF_LOAN | {"file": name}))
    send(client, packed(("my/all.json", declared), ("my/loan.pdf", PDF), ("my/papers/rent.pdf", PDF)))
    assert Attachment.objects.get().upload is not None


def test_a_file_of_declarations_with_a_windows_name_is_one_file(client: Client) -> None:
    name = "Декларации.json".encode("cp866")
    declared = listed(borrowed(worker(None), OF_LOAN | {"file": "loan.pdf"}))
    stand_in = "x" * (len(name) - 5) + ".json"
    send(client, packed((stand_in, declared), ("loan.pdf", PDF)).replace(stand_in.encode(), name))
    assert Declaration.objects.exists()


def test_an_archive_may_hold_xml_and_what_is_refused_leaves_no_file(client: Client) -> None:
    right = borrowed(worker(None), OF_LOAN | {"file": "loan.pdf"})
    wrong = borrowed(worker(None), OF_LOAN | {"file": "loan.pdf"}, cash=[{"owner": "declarant", "amount": "-1"}])
    none = borrowed(worker(None))
    send(client, packed(("all.xml", xml_of({"declarations": [right, wrong, none]})), ("loan.pdf", PDF)))
    sent = SentFile.objects.get()
    assert (sent.filed, sent.refused, Upload.objects.count()) == (1, 2, 1)
    file = b"".join(client.get(reverse("declarations-file-refused", args=[sent.pk]))).decode()
    assert ",claim,1,documents,declared-document-missing," in file


def locked() -> bytes:
    content = bytearray(packed(("all.json", listed())))
    content[content.index(b"PK\x01\x02") + 8] |= HIDDEN
    return bytes(content)


def bomb() -> bytes:
    return packed(("all.json", listed()), *((f"{number}.txt", b"0" * 10_000_000) for number in range(11)))


def lying() -> bytes:
    """A file that says it is small and is not."""
    content = bytearray(packed(("all.json", b'{"declarations": [' + b" " * 5_000_000)))
    for mark, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        place = content.index(mark) + at
        content[place : place + 4] = (100).to_bytes(4, "little")
    return bytes(content)


ARCHIVES = {
    "cut": (packed(("all.json", listed()))[:-30], "cannot be unpacked"),
    "damaged": (
        packed(("all.json", listed({"a": 1})), method=zipfile.ZIP_STORED).replace(b"declar", b"DECLAR"),
        "cannot be",
    ),
    "locked": (locked(), "locked with a password"),
    "bomb": (bomb(), "more than 100 MB"),
    "lying": (lying(), "cannot be unpacked"),
    "many": (packed(*((f"{number}.txt", b"x") for number in range(1001))), "at most 1000"),
    "outside": (packed(("all.json", listed()), ("../loan.pdf", PDF)), "no plain path"),
    "absolute": (packed(("all.json", listed()), ("/etc/loan.pdf", PDF)), "no plain path"),
    "drive": (packed(("all.json", listed()), ("C:\\loan.pdf", PDF), method=zipfile.ZIP_STORED), "no plain path"),
    "backwards": (packed(("all.json", listed()), ("\u202eloan.pdf", PDF)), "no plain path"),
    "long": (packed(("all.json", listed()), ("x" * 300, PDF)), "no plain path"),
    "empty": (packed(), "holds no file of declarations"),
    "none": (packed(("loan.pdf", PDF)), "holds no file of declarations"),
    "two": (packed(("a.json", listed()), ("b.xml", b"<a/>")), "more than one file"),
    "nothing": (packed(("a.json", listed())), "holds no declaration"),
    "broken": (packed(("a.json", b"[")), "The JSON cannot be read"),
}


@pytest.mark.parametrize("kind", ARCHIVES)
def test_an_archive_that_cannot_be_read_is_refused_in_words(client: Client, kind: str) -> None:
    content, told = ARCHIVES[kind]
    answer = send(client, content)
    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert not SentFile.objects.exists()
    assert not Upload.objects.exists()


def test_a_document_that_is_cut_or_no_document_is_told_by_its_place(client: Client) -> None:
    cut = borrowed(worker(None), OF_LOAN | {"file": "loan.pdf"})
    strange = borrowed(worker(None), OF_LOAN | {"file": "loan.exe"})
    page = send(
        client, packed(("a.json", listed(cut, strange)), ("loan.pdf", PDF[:20]), ("loan.exe", PDF))
    ).content.decode()
    assert "“loan.pdf” is cut off" in page
    assert "“loan.exe” is not of a kind that is accepted" in page
    assert not Declaration.objects.exists()


def test_two_files_of_one_name_are_refused(client: Client) -> None:
    with pytest.warns(UserWarning, match="Duplicate name"):
        content = packed(("all.json", listed()), ("loan.pdf", PDF), ("loan.pdf", PDF))
    assert "two files called" in send(client, content).content.decode()


def test_a_file_that_is_no_archive_is_no_larger_than_before(client: Client) -> None:
    answer = send(client, b'{"declarations": [' + b" " * 10_000_001, "file.json")
    assert "larger than 10 MB" in answer.content.decode()


def test_the_page_says_which_documents_belong_to_entries(client: Client) -> None:
    page = client.get(reverse("declarations-send")).content.decode()
    assert "loan_contract" in page
    assert "asks for it, or for the reason why there is none" in page
