"""What people and programs are told while the database or the room on the disk is away."""

from __future__ import annotations

import errno
from collections.abc import Callable
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client

from adaldyq.kernel.api import limits
from adaldyq.kernel.away import is_away
from adaldyq.kernel.roles import Role
from tests import factories

pytestmark = pytest.mark.django_db
GONE = "connection failed: connection to server at 127.0.0.1 failed\nDETAIL: it is starting up"


def failing(words: str) -> Callable[..., Any]:
    """What a driver does whose server is gone."""

    def execute(*_words: object) -> None:
        raise OperationalError(words)

    return execute


@pytest.fixture
def visitor() -> Client:
    return Client(raise_request_exception=False)


@pytest.mark.parametrize(
    ("language", "words"), [("kk", "уақытша қолжетімсіз"), ("ru", "временно недоступен"), ("en", "away for a moment")]
)
def test_a_page_says_that_the_service_is_away(visitor: Client, language: str, words: str) -> None:
    with connection.execute_wrapper(failing(GONE)):
        answer = visitor.get(f"/{language}/registers/")
    assert answer.status_code == 503
    assert answer["Retry-After"] == "30"
    assert words in answer.content.decode()
    assert "starting up" not in answer.content.decode()


def test_whoever_is_signed_in_is_told_so_too(visitor: Client) -> None:
    visitor.force_login(factories.account("registrar", Role.REGISTRAR))
    with connection.execute_wrapper(failing(GONE)):
        assert visitor.get("/en/registers/").status_code == 503


def test_a_program_gets_a_problem_document(visitor: Client) -> None:
    with connection.execute_wrapper(failing(GONE)):
        answer = visitor.get("/api/v1/registers/bodies")
    assert (answer.status_code, answer["Content-Type"]) == (503, "application/problem+json")
    assert answer["Retry-After"] == "30"


def test_a_database_that_is_not_prepared_is_a_fault(visitor: Client) -> None:
    with connection.execute_wrapper(failing("no such table: kernel_body")):
        assert visitor.get("/en/registers/").status_code == 500


def test_programs_are_answered_while_their_requests_cannot_be_counted(
    visitor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_words: object, **_more: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(limits, "count", full)
    assert visitor.get("/api/v1/rules").status_code == 200


def test_only_what_passes_by_itself_is_away() -> None:
    assert is_away(OSError(errno.ENOSPC, "No space left on device"))
    assert not is_away(PermissionError(errno.EACCES, "Permission denied"))
    assert not is_away(RuntimeError("ours"))
    assert not is_away(None)
