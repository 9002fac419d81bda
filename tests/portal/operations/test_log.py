"""The log tells what happened and never to whom."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings as product
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path
from pytest_django import DjangoCaptureOnCommitCallbacks
from pytest_django.fixtures import Settings

from adaldyq.base.errors import DomainError
from adaldyq.kernel import events, logs
from adaldyq.kernel.roles import Role
from adaldyq.ledger.leaves import Payload
from adaldyq.project.urls import *  # noqa: F403  # the product's addresses and one more
from adaldyq.project.urls import urlpatterns as of_product
from tests import factories

SURNAME, NUMBER, PASSWORD, ADDRESS = "Tanatarov", "750301300123", "not the right one", "203.0.113.77"
SECRETS = (SURNAME, SURNAME.lower(), "Таңатаров", "Танатаров", NUMBER, PASSWORD, ADDRESS, "example.kz")


def fails(request: HttpRequest, who: str) -> HttpResponse:
    try:
        return HttpResponse({"": ""}[NUMBER])
    except KeyError as error:
        raise ValueError(f"no such person: {SURNAME} {NUMBER}, a@example.kz") from error


urlpatterns = [*of_product, path("fails/<str:who>", fails, name="fails")]


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """What the program writes to its log while it serves."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logs.formatter(logs.JSON, addresses=False))
    root, own = logging.getLogger(), logging.getLogger(logs.OWN)
    root.addHandler(handler)
    logs.speak()
    yield stream
    own.setLevel(logging.NOTSET)
    root.removeHandler(handler)


def test_with_a_file_only_what_goes_wrong_comes_to_the_error_output_too(tmp_path: Path) -> None:
    for file, level, handlers in (("", "NOTSET", ["stderr"]), (str(tmp_path / "log"), "WARNING", ["file", "stderr"])):
        asked = logs.configuration(logs.CONSOLE, addresses=False, file=file)
        assert asked["handlers"]["stderr"]["level"] == level
        assert asked["root"]["handlers"] == handlers


@pytest.fixture
def one_that_fails(settings: Settings, tmp_path: Path) -> str:
    """An address of the product whose view fails with personal data in its message."""
    matrix = tmp_path / "access.csv"
    matrix.write_text(f"{Path(product.ACCESS_MATRIX).read_text(encoding='utf-8')}fails,everybody,a test,\n", "utf-8")
    settings.ACCESS_MATRIX, settings.ROOT_URLCONF, settings.MAIL_IS_SENT = matrix, __name__, True
    return f"/fails/{NUMBER}?name={SURNAME}"


@pytest.mark.django_db
def test_nothing_about_people_is_written(
    written: io.StringIO,
    one_that_fails: str,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        account = factories.account(SURNAME.lower(), Role.REGISTRAR)
        person = factories.person()
    client = Client(raise_request_exception=False, REMOTE_ADDR=ADDRESS)
    client.post("/en/sign-in/", {"username": SURNAME.lower(), "password": PASSWORD})
    client.post("/en/sign-in/", {"username": SURNAME.lower(), "password": factories.PASSWORD})
    client.force_login(account)
    client.get(f"/en/search/?q={SURNAME}+{NUMBER}")
    client.get(f"/en/registers/people/{person.pk}/?iin={NUMBER}")
    refused = client.post("/en/messages/settings/email/", {"address": f"{SURNAME}@@example.kz"})
    assert refused.status_code == 422
    failed = client.get(one_that_fails)
    assert failed.status_code == 500
    logging.getLogger("some.library").warning("%s is unknown", SURNAME)
    logging.getLogger("some.library").warning(f"{SURNAME} is unknown")  # noqa: G004  # libraries do so
    told = written.getvalue()
    assert [secret for secret in SECRETS if secret in told] == []
    assert person.pk not in told
    assert account.pk not in told
    lines = [json.loads(line) for line in told.splitlines()]
    requests = [line for line in lines if line["event"] == "request"]
    assert [line["route"] for line in requests][:3] == ["sign-in", "sign-in", "search"]
    assert requests[-1]["status"] == 500
    assert requests[-1]["roles"] == ["registrar"]
    [error] = [line for line in lines if line["level"] == "error"]
    assert error["request"] == requests[-1]["request"] == failed.headers["X-Request-Id"]
    assert error["error"] == ["ValueError", "KeyError"]
    assert any("test_log.py:" in place for place in error["where"])
    assert error["request"] in failed.content.decode()
    assert "%s is unknown" in [line["event"] for line in lines]


@pytest.mark.django_db
def test_an_act_is_a_line_with_the_same_hash_for_the_same_account(
    written: io.StringIO, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        factories.account("somebody")
    [line] = [json.loads(line) for line in written.getvalue().splitlines()]
    assert (line["event"], line["act"], line["lines"], line["process"]) == ("act", "kernel.account.open", 1, "test")
    assert logs.token("A") == logs.token("A") != logs.token("B")


def takes(payload: Payload, at: datetime) -> None:
    logging.getLogger("some.library").warning("half way")


def refuses(payload: Payload, at: datetime) -> None:
    raise DomainError("file-gone", name=SURNAME)


@pytest.mark.django_db
def test_a_job_is_a_line_and_so_is_its_failure_with_a_code_and_without_a_message(
    written: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    handlers = {"thing.happened.now": f"{__name__}.takes", "thing.happened.then": f"{__name__}.refuses"}
    monkeypatch.setattr(apps.get_app_config("verification"), "handlers", handlers, raising=False)
    for name in handlers:
        events.append(name=name, payload={"name": SURNAME}, at=factories.AT)
    events.deliver_waiting(at=factories.AT)
    within, done, failed = [json.loads(line) for line in written.getvalue().splitlines()]
    assert within["job"] == done["handler"] == f"{__name__}.takes"
    assert (done["event"], done["act"]) == ("job", "thing.happened.now")
    assert (failed["level"], failed["attempts"], failed["code"]) == ("error", 1, "file-gone")
    assert SURNAME not in written.getvalue()


@pytest.mark.django_db
def test_the_visitors_address_is_written_only_where_the_settings_say_so(settings: Settings) -> None:
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logs.formatter(logs.JSON, addresses=True))
    logger = logging.getLogger(logs.OWN)
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    try:
        Client(REMOTE_ADDR=ADDRESS).get("/en/about/")
        settings.LOG_ADDRESSES = True
        Client(REMOTE_ADDR=ADDRESS).get("/en/about/")
    finally:
        logger.setLevel(logging.NOTSET)
        logger.removeHandler(handler)
    without, beside = [json.loads(line) for line in stream.getvalue().splitlines()]
    assert "client" not in without
    assert beside["client"] == ADDRESS


@pytest.mark.parametrize(
    ("name", "value", "kept"),
    [
        ("route", "home", True),
        ("route", "Таңатаров", False),
        ("route", "a b", False),
        ("route", NUMBER, False),
        ("lines", 5, True),
        ("lines", int(NUMBER), False),
        ("actor", "0123456789abcdef", True),
        ("actor", "aigerim", False),
        ("name", "home", False),
    ],
)
def test_a_value_is_kept_when_its_name_is_listed_and_its_form_is_harmless(name: str, value: object, kept: bool) -> None:
    assert logs.is_harmless(name, value) is kept


def test_a_terminal_gets_lines_for_people() -> None:
    formatter = logs.formatter(logs.CONSOLE, addresses=False)
    line = formatter.format(logging.LogRecord("some.library", logging.WARNING, __file__, 1, "%s is away", ("x",), None))
    assert "%s is away" in line
    assert not line.startswith("{")
