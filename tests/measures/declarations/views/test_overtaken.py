"""Another declaration is filed while a draft is filled in: what was typed can be filed as an amendment of it."""

from __future__ import annotations

import pytest
from django.test import Client

from adaldyq.kernel.models import Person
from adaldyq.measures.declarations.models import SECTION_MODELS, Declaration, Draft, Obligation
from tests import factories
from tests.measures.declarations.views.journey import CAR, address, answered, filled_in, shown_again, signing

pytestmark = pytest.mark.django_db


def test_what_was_typed_is_filed_as_an_amendment_of_what_payroll_filed_meanwhile(
    citizen: Client, declarant: Person
) -> None:
    draft = filled_in(citizen, declarant)
    sent = signing(citizen, draft)
    other = factories.declaration(declarant, draft.year, form=draft.form, way="bulk")
    refused = citizen.post(address("draft-sign", draft.pk), sent)
    said = refused.content.decode()
    assert refused.status_code == 422
    assert "Another declaration for 2024 was filed for you meanwhile" in said
    assert address("filed", other.pk) in said
    assert address("amend", other.pk) in said
    for page in ("draft", "draft-check"):
        assert address("amend", other.pk) in citizen.get(address(page, draft.pk)).content.decode()

    onward = citizen.post(address("amend", other.pk))
    assert onward.headers["Location"] == address("draft", draft.pk)
    page = citizen.get(address("draft", draft.pk)).content.decode()
    assert "This amends version 1" in page
    assert address("amend", other.pk) not in page
    assert citizen.post(address("draft-sign", draft.pk), signing(citizen, draft)).status_code == 302
    filed = Declaration.objects.get(is_current=True)
    assert (filed.version, filed.way) == (2, "electronic")
    assert SECTION_MODELS["vehicle"]._default_manager.filter(declaration=filed).count() == 1


def test_an_amendment_that_was_begun_goes_on_from_a_version_that_was_filed_meanwhile(
    citizen: Client, declarant: Person
) -> None:
    first = factories.declaration(declarant, 2024, form="income", way="bulk")
    citizen.post(address("amend", first.pk))
    draft = Draft.objects.get()
    citizen.post(address("draft-row", draft.pk, "vehicle", "0000000000AA"), CAR)
    second = factories.declaration(declarant, 2024, form="income", way="bulk", version=2)
    answered(citizen, draft)
    shown_again(citizen)
    assert address("amend", second.pk) in citizen.get(address("draft-sign", draft.pk)).content.decode()
    citizen.post(address("amend", second.pk))
    assert citizen.post(address("draft-sign", draft.pk), signing(citizen, draft)).status_code == 302
    filed = Declaration.objects.get(is_current=True)
    assert filed.version == 3
    assert SECTION_MODELS["vehicle"]._default_manager.filter(declaration=filed).count() == 1


def test_begin_on_a_page_left_open_says_that_the_declaration_was_filed(citizen: Client, declarant: Person) -> None:
    draft = filled_in(citizen, declarant)
    citizen.post(address("draft-sign", draft.pk), signing(citizen, draft))
    answer = citizen.post(address("begin", Obligation.objects.get().pk))
    assert answer.status_code == 409
    assert "You have filed this declaration for 2024" in answer.content.decode()
    assert not Draft.objects.filter(state="open").exists()
    somebody = factories.obligation(factories.person(), 2024)
    assert citizen.post(address("begin", somebody.pk)).status_code == 404
