"""Reports in the sample country find officers who can open them."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.contrib.auth.hashers import make_password
from pytest_django import Settings

from adaldyq.demo.report_story import key_file, office_of, open_office, publish_key
from adaldyq.kernel.actions.accounts import grant_role, open_account
from adaldyq.kernel.models import Account
from adaldyq.kernel.roles import Role
from adaldyq.measures.reports.adapters import identities
from adaldyq.measures.reports.queries.routing import route
from adaldyq.sealing import envelopes, lockers
from tests import factories
from tests.factories import BY

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.mark.django_db
def test_a_report_is_sealed_to_the_officer_whose_key_lies_beside_the_data(settings: Settings, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    factories.territory()
    for username in ("receiving-officer", "receiving-officer-2"):
        unit = open_office(username, AT)
        hashed = make_password(factories.PASSWORD)
        account = open_account(username=username, name=username, password_hash=hashed, by=BY, at=AT)
        grant_role(account=account, role=Role.RECEIVING_OFFICER, body=unit.body, by=BY, at=AT)
        publish_key(Account.objects.get(pk=account.pk), unit, AT)
        goes = route(None, AT.date(), about_office="agency" if username.endswith("2") else "")
        secret = lockers.unlock(key_file(username).read_text(), "")
        wrapped = envelopes.wrap("the report's key", goes.recipients)
        assert goes.unit == unit
        assert envelopes.unwrap(wrapped, secret) == "the report's key"


@pytest.mark.django_db
def test_the_custodian_of_the_sample_country_keeps_names_for_the_agency(settings: Settings, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    factories.territory()
    for username, role in (("receiving-officer", Role.RECEIVING_OFFICER), ("custodian", Role.CUSTODIAN)):
        unit = office_of(username, AT)
        account = open_account(username=username, name=username, password_hash="x", by=BY, at=AT)
        grant_role(account=account, role=role, body=unit.body, by=BY, at=AT)
        publish_key(Account.objects.get(pk=account.pk), unit, AT)
    sealed = identities.seal("Saule", route(None, AT.date()).custodians)
    secret = lockers.unlock(key_file("custodian").read_text(), "")
    assert identities.open_file(identities.written("", sealed.wrapped, sealed.sealed), secret) == "Saule"
