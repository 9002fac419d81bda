"""Peers for the channels, and an installation that uses them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytest_django.fixtures import Settings

from tests.kernel.notifications.peers import Gateway, MailSink


@pytest.fixture
def mail(settings: Settings) -> Iterator[MailSink]:
    """A mail server of this test."""
    sink = MailSink()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.MAIL_IS_SENT = "127.0.0.1", sink.port, True
    settings.DEFAULT_FROM_EMAIL = "Adaldyq <adaldyq@integrity.example>"
    yield sink
    sink.stop()


@pytest.fixture
def gateway(settings: Settings) -> Iterator[Gateway]:
    """An SMS gateway of this test."""
    peer = Gateway()
    settings.SMS_GATEWAY, settings.SMS_TOKEN = f"http://127.0.0.1:{peer.port}/send", "a token of a test"
    yield peer
    peer.stop()
