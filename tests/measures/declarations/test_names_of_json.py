"""Names in JSON that no database keeps and no page can show are told, and the others of the file are filed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import translation
from pytest_django import Settings

from adaldyq.kernel.models import Body
from adaldyq.kernel.roles import Registry, Role
from adaldyq.measures.declarations.models import SentFile
from tests import factories
from tests.measures.declarations.test_sending import declared, employer, secret, worker

__all__ = ["employer", "secret"]
pytestmark = [pytest.mark.django_db, pytest.mark.database]

NAMES = {r"\ud800x": "U+D800x", r"\u0000x": "U+0000x", r"x\u202e": "xU+202E"}
"""Names as JSON writes them, and as they are told."""
PLACES = ["declaration", "sections", "row", "document"]


@pytest.fixture(autouse=True)
def own_folder(settings: Settings, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    translation.activate("en")


def named(body: Body, place: str, name: str) -> bytes:
    """A file of a declaration with a name that it has not, and of one that is right."""
    one, right = declared(worker(body)), declared(worker(body))
    added: dict[str, Any] = {
        "declaration": one,
        "sections": one["sections"],
        "row": one["sections"]["vehicle"][0],
        "document": {},
    }
    added[place]["NAME"] = []
    one["documents"] = [added["document"]] if place == "document" else []
    return json.dumps({"declarations": [one, right]}).replace("NAME", name).encode()


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("place", PLACES)
def test_a_page_tells_the_name_and_keeps_the_results(employer: Body, place: str, name: str) -> None:
    account = factories.account("registrar")
    factories.grant(account, Role.REGISTRAR, registry=Registry.DECLARATIONS)
    browser = Client()
    browser.force_login(account)
    file = SimpleUploadedFile("a.json", named(employer, place, name))
    answer = browser.post(reverse("declarations-send"), {"file": file})
    assert answer.status_code == 302
    assert NAMES[name] in browser.get(answer.headers["Location"]).content.decode()
    sent = SentFile.objects.get()
    assert (sent.filed, sent.refused) == (1, 1)
    listed = browser.get(reverse("declarations-file-refused", args=[sent.pk]))
    assert NAMES[name] in b"".join(listed).decode()


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("place", PLACES)
def test_a_program_is_told_the_name(employer: Body, secret: str, place: str, name: str) -> None:
    answer = posted(secret, named(employer, place, name))
    assert answer.status_code == 200
    assert [one["status"] for one in answer.json()["results"]] == [422, 201]
    assert NAMES[name] in answer.content.decode()


@pytest.mark.parametrize("name", NAMES)
def test_a_name_that_stands_twice_is_told(secret: str, name: str) -> None:
    answer = posted(secret, f'{{"declarations": [{{"{name}": 1, "{name}": 2}}]}}'.encode())
    assert answer.status_code in {400, 422}
    assert NAMES[name] in answer.content.decode()


def posted(secret: str, content: bytes) -> Any:
    """The answer to a program that files."""
    headers = {"Authorization": f"Bearer {secret}", "Idempotency-Key": str(uuid4()), "Accept-Language": "en"}
    return Client().post("/api/v1/filings", content, content_type="application/json", headers=headers)
