"""What tests of pages on which a person files share."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import translation

from adaldyq.kernel.models import Person
from tests import factories
from tests.measures.declarations.views.journey import account_of


@pytest.fixture
def declarant(db: None) -> Person:
    """Somebody whom the register knows; addresses are made in English."""
    translation.activate("en")
    return factories.person()


@pytest.fixture
def citizen(declarant: Person) -> Client:
    """Their browser, signed in."""
    browser = Client()
    browser.force_login(account_of(declarant))
    return browser
