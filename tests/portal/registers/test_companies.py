"""The page of a company and the events that a registrar records there."""

from __future__ import annotations

import pytest
from django.test import Client

from adaldyq.kernel.models import Company, Ownership
from adaldyq.kernel.roles import Role
from tests import factories
from tests.kernel.registry import day
from tests.portal.registers.test_pages import SOURCE, address, dated, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def registrar(client: Client) -> Client:
    client.force_login(factories.account("registrar", Role.REGISTRAR))
    return client


@pytest.fixture
def firm(registrar: Client) -> Company:
    factories.territory()
    facts = {"name": "«Байтерек» ЖШС", "legal_form": "too", "identifier": "080740800604", "territory": "KZ-75"}
    registrar.post(address("registers-begin", "company"), {**facts, **dated("registered", "2008-07-29"), **SOURCE})
    return Company.objects.get()


def test_a_company_is_registered_and_found_by_its_number(firm: Company, registrar: Client) -> None:
    assert firm.registered_date == day("2008-07-29")
    assert firm.name in text_of(registrar, "registers-companies", query=f"?q={firm.identifier}")


@pytest.mark.parametrize(
    ("code", "words"),
    [("41201", "construction of buildings (41201)"), ("41.20", "construction of buildings (41.20)"), ("X9", "X9")],
)
def test_the_activity_is_told_in_words_with_its_code(firm: Company, registrar: Client, code: str, words: str) -> None:
    Company.objects.filter(pk=firm.pk).update(activity=code)
    page = " ".join(text_of(registrar, "registers-company", firm.pk).split())
    assert f'Main activity</dt> <dd class="govuk-summary-list__value"> {words} </dd>' in page


def test_an_owner_is_recorded_and_shown(firm: Company, registrar: Client) -> None:
    owner = factories.person()
    facts = {"owner_person": owner.pk, "kind": "direct", "share": "60.5", **dated("since", "2010-01-01")}
    assert registrar.post(address("registers-event", "owner", firm.pk), {**facts, **SOURCE}).status_code == 302
    page = text_of(registrar, "registers-company", firm.pk)
    assert "Tanatarov Serik Abdievich" in page
    assert "60.5" in page
    share = Ownership.objects.get()
    registrar.post(address("registers-event", "end-owner", share.pk), {**dated("until", "2020-01-01"), **SOURCE})
    assert "names no owner" in text_of(registrar, "registers-company", firm.pk)


def test_two_owners_at_once_are_refused(firm: Company, registrar: Client) -> None:
    facts = {"kind": "direct", "share": "60.5", **dated("since", "2010-01-01"), **SOURCE}
    answer = registrar.post(address("registers-event", "owner", firm.pk), facts)
    assert answer.status_code == 422
    assert "Name one owner" in answer.content.decode()


def test_a_new_name_keeps_the_old_one(firm: Company, registrar: Client) -> None:
    facts = {"name": "«Тұлпар» ЖШС", "legal_form": "too", **dated("since", "2020-01-01"), **SOURCE}
    registrar.post(address("registers-event", "company-facts", firm.pk), facts)
    page = text_of(registrar, "registers-company", firm.pk)
    assert "«Тұлпар» ЖШС" in page
    assert "«Байтерек» ЖШС" in page


def test_striking_off_twice_is_refused(firm: Company, registrar: Client) -> None:
    facts = {**dated("until", "2020-01-01"), **SOURCE}
    assert registrar.post(address("registers-event", "close-company", firm.pk), facts).status_code == 302
    answer = registrar.post(address("registers-event", "close-company", firm.pk), facts)
    assert answer.status_code == 422
    assert "It was closed on" in answer.content.decode()
