"""The sample citizen has something to see: who read their record, and a request that waits for a registrar."""

from __future__ import annotations

import pytest

from adaldyq.demo.registry_story import sample_citizen, tell_story
from adaldyq.kernel.models import Account, Company, CorrectionRequest, Read
from adaldyq.kernel.roles import Role
from tests import factories

pytestmark = pytest.mark.django_db


def test_the_sample_citizen_manages_a_company_and_is_not_the_official() -> None:
    official, citizen = factories.person(), factories.person()
    for head in (official, citizen):
        facts = {"source": factories.SOURCE, "as_of": factories.AS_OF, "legal_form": "too"}
        factories.loaded("company", Company(name="«Байтерек» ЖШС", head=head, **facts))
    assert sample_citizen(official) == citizen
    assert sample_citizen(citizen) == official


def test_the_citizen_finds_a_read_and_a_request() -> None:
    person = factories.person()
    citizen, registrar = factories.account("citizen", Role.CITIZEN), factories.account("registrar", Role.REGISTRAR)
    Account.objects.filter(pk=citizen.pk).update(person=person)
    tell_story(Account.objects.get(pk=citizen.pk), registrar, factories.AT)
    assert Read.objects.get(person_id=person.pk).reader_id == registrar.pk
    request = CorrectionRequest.objects.get(person=person)
    assert (request.register, request.state) == ("person_name", "submitted")
