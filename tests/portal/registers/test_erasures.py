"""The pages on which two registrars erase a person."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings

from adaldyq.kernel.models import Erasure, Person
from adaldyq.kernel.roles import Registry, Role
from tests import factories
from tests.portal.registers.test_merges import registrar
from tests.portal.registers.test_pages import address, text_of

pytestmark = pytest.mark.django_db
FACTS = {"ground": "order", "legal_basis": "Decision 7, article 25", "reason": "The court ordered it."}


@pytest.fixture(autouse=True)
def noted(settings: Settings, tmp_path: Path) -> None:
    settings.ERASED = tmp_path / "erased"


def test_two_registrars_erase_a_person_and_the_page_says_what_went_and_what_stayed() -> None:
    person = factories.person(["Зейнегүл Ерасылқызы"])
    factories.appointment(person, factories.post(), date(1990, 1, 1), date(1999, 1, 1))
    first, second = registrar("first"), registrar("second")
    assert "Erase this person" in text_of(first, "registers-person", person.pk)
    page = address("registers-erase", person.pk)
    assert "stays, without the person" in first.get(page).content.decode()
    answer = first.post(page, FACTS)
    asked = Erasure.objects.get()
    assert answer.headers["Location"] == address("registers-erasure", asked.pk)
    assert "Erase the person" not in text_of(first, "registers-erasure", asked.pk)
    assert "Зейнегүл" in text_of(second, "registers-erasure", asked.pk)
    own = first.post(address("registers-erasure", asked.pk), {"step": "confirm"})
    assert own.status_code == 422
    assert "another" in own.content.decode()
    assert second.post(address("registers-erasure", asked.pk), {"step": "confirm"}).status_code == 302
    assert first.get(address("registers-person", person.pk)).status_code == 404
    done = text_of(second, "registers-erasure", asked.pk)
    assert "Names of people" in done
    assert "Register of appointments" in done
    assert "Зейнегүл" not in done
    assert "Erased" in text_of(second, "registers-erasures")
    again = second.post(address("registers-erasure", asked.pk), {"step": "confirm"})
    assert again.status_code == 409


def test_what_is_wrong_is_told_and_the_form_comes_back_filled() -> None:
    person = factories.person(["Зейнегүл Ерасылқызы"])
    page = address("registers-erase", person.pk)
    answer = registrar("first").post(page, {**FACTS, "reason": "Зейнегүл asked for it"})
    assert answer.status_code == 422
    assert "without the name" in answer.content.decode()
    assert "Зейнегүл asked for it" in answer.content.decode()
    assert registrar("other").post(page, {"ground": "whim"}).status_code == 422


def test_what_the_law_keeps_is_said_before_anything_goes() -> None:
    person = factories.person()
    factories.declaration(person, timezone.localdate().year - 2)
    answer = registrar("first").post(address("registers-erase", person.pk), FACTS)
    assert answer.status_code == 422
    assert "is kept by law until" in answer.content.decode()
    asked = Erasure.objects.create(
        person_id=person.pk,
        **FACTS,
        proposed_by=factories.account("second", Role.REGISTRAR),
        proposed_at="2026-01-01T00:00Z",
    )
    browser = registrar("third")
    assert "is kept by law until" in text_of(browser, "registers-erasure", asked.pk)
    assert browser.post(address("registers-erasure", asked.pk), {"step": "confirm"}).status_code == 422
    assert browser.post(address("registers-erasure", asked.pk), {"step": "refuse"}).status_code == 302
    assert Person.objects.filter(pk=person.pk).exists()


def test_a_registrar_of_another_registry_erases_nobody() -> None:
    person = factories.person()
    account = factories.account("land")
    factories.grant(account, Role.REGISTRAR, registry=Registry.LAND)
    browser = Client()
    browser.force_login(account)
    assert "Erase this person" not in text_of(browser, "registers-person", person.pk)
    assert browser.get(address("registers-erase", person.pk)).status_code == 403
