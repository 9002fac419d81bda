"""Fixtures of the tests of verification."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from adaldyq.kernel.models import Account


@pytest.fixture
def data_dir(tmp_path: Path, settings: Settings) -> Path:
    """A data folder of this test alone."""
    settings.DATA_DIR = tmp_path
    return tmp_path


@pytest.fixture
def browser_of(db: None) -> Callable[[Account], Client]:
    """A browser in which an account is signed in."""

    def signed_in(account: Account) -> Client:
        client = Client()
        client.force_login(account)
        return client

    return signed_in
