"""What tests of reports share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import translation
from pytest_django import Settings

from adaldyq.measures.reports.domain.telling import Teller
from tests.kernel.notifications.peers import Gateway
from tests.measures.reports.office import Officer, officer, unit
from tests.measures.reports.reporter import Reporter


@pytest.fixture
def agency(db: None, settings: Settings, tmp_path: Path) -> Officer:
    """The one officer of the agency that receives reports; addresses are made in English."""
    translation.activate("en")
    settings.FILES_DIR = tmp_path / "files"
    return officer(unit("agency"), "aigul")


@pytest.fixture
def reporter() -> Reporter:
    """Somebody who reports."""
    return Reporter()


@pytest.fixture
def heads(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every coin shows heads at once: counts are told rounded down and no more, so that a test knows them."""
    monkeypatch.setattr(Teller, "tails", lambda _teller, _those, _table: 0)


@pytest.fixture
def gateway(settings: Settings) -> Iterator[Gateway]:
    """An SMS gateway that sends what we answer."""
    peer = Gateway()
    settings.SMS_GATEWAY, settings.SMS_TOKEN = f"http://127.0.0.1:{peer.port}/send", "a token of a test"
    yield peer
    peer.stop()
