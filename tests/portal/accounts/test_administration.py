"""Administrators open accounts, give roles and recover lost sign-ins, two of them where the data says so."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from adaldyq.kernel.models import Account, Proposal, RoleGrant
from adaldyq.kernel.roles import Role
from tests import factories

pytestmark = pytest.mark.django_db


def administrator(name: str) -> Client:
    client = Client()
    client.force_login(factories.account(name, Role.ADMINISTRATOR))
    return client


def roles_of(name: str) -> set[str]:
    return set(RoleGrant.objects.filter(account__username=name, withdrawn_at=None).values_list("role", flat=True))


def test_an_account_is_opened_gets_a_role_and_its_owner_a_link() -> None:
    first, second = administrator("first"), administrator("second")
    page = first.post("/en/accounts/", {"username": "serik", "name": "Серік"}).headers["Location"]
    first.post(page, {"role": "registrar"})
    assert roles_of("serik") == {"registrar"}
    first.post(f"{page}recovery/")
    proposal = Proposal.objects.get()
    shown = second.post("/en/accounts/proposals/", {"proposal": proposal.pk, "decision": "confirm"}).content.decode()
    found = re.search(r"http://testserver(/en/sign-in/recover/[\w-]+/)", shown)
    assert found
    assert found[1] not in second.get("/en/accounts/proposals/").content.decode()
    owner = Client()
    words = "correct horse battery staple"
    differing = owner.post(found[1], {"password": words, "again": "other"}).content.decode()
    assert "The two passwords differ" in differing
    confirmed = owner.post(found[1], {"password": words, "again": words}, follow=True).content.decode()
    assert "Your new password is set" in confirmed
    assert "set up a new one" in confirmed
    owner.post("/en/sign-in/", {"username": "serik", "password": words})
    assert owner.get("/en/").headers["Location"] == "/en/my/second-factor/"
    assert Client().get(found[1]).status_code == 410


def test_a_weak_password_is_refused_by_the_link() -> None:
    first, second = administrator("first"), administrator("second")
    account = factories.account("serik", Role.REGISTRAR)
    first.post(f"/en/accounts/{account.pk}/recovery/")
    decision = {"proposal": Proposal.objects.get().pk, "decision": "confirm"}
    shown = second.post("/en/accounts/proposals/", decision).content.decode()
    link = re.search(r"/en/sign-in/recover/[\w-]+/", shown)
    assert link
    answer = Client().post(link[0], {"password": "short", "again": "short"})
    assert 'href="#id_password"' in answer.content.decode()


def test_a_role_that_takes_two_waits_for_another() -> None:
    first, second = administrator("first"), administrator("second")
    account = factories.account("somebody")
    first.post(f"/en/accounts/{account.pk}/", {"role": "auditor"})
    assert roles_of("somebody") == set()
    decision = {"proposal": Proposal.objects.get().pk, "decision": "confirm"}
    refused = first.post("/en/accounts/proposals/", decision)
    assert refused.status_code == 409
    assert "Somebody else must do this one" in refused.content.decode()
    second.post("/en/accounts/proposals/", decision)
    assert roles_of("somebody") == {"auditor"}


def test_a_proposal_is_refused_or_taken_back() -> None:
    first, second = administrator("first"), administrator("second")
    account = factories.account("somebody")
    for decides in (first, second):
        first.post(f"/en/accounts/{account.pk}/", {"role": "auditor"})
        waiting = Proposal.objects.get(state="waiting")
        decides.post("/en/accounts/proposals/", {"proposal": waiting.pk, "decision": "refuse"})
    assert roles_of("somebody") == set()
    assert not Proposal.objects.filter(state="waiting").exists()


def test_roles_that_must_be_apart_are_refused_with_the_reason() -> None:
    account = factories.account("registrar", Role.REGISTRAR)
    shown = administrator("first").post(f"/en/accounts/{account.pk}/", {"role": "reviewer"}).content.decode()
    assert "must be with different people" in shown
    assert roles_of("registrar") == {"registrar"}


@pytest.mark.parametrize(("field", "value"), [("body", "NOBODY"), ("territory", "XX-00")])
def test_an_unknown_body_or_territory_is_said_beside_its_field(field: str, value: str) -> None:
    account = factories.account("somebody")
    entry = {"role": "registrar", field: value}
    shown = administrator("first").post(f"/en/accounts/{account.pk}/", entry).content.decode()
    assert f'href="#id_{field}"' in shown


def test_a_role_is_withdrawn_and_the_page_says_when_it_already_was() -> None:
    first = administrator("first")
    factories.account("registrar", Role.REGISTRAR)
    grant = RoleGrant.objects.get(role="registrar")
    assert first.post(f"/en/accounts/grants/{grant.pk}/withdraw/").status_code == 302
    assert roles_of("registrar") == set()
    assert first.post(f"/en/accounts/grants/{grant.pk}/withdraw/").status_code == 409


def test_a_closed_account_is_signed_out_at_once() -> None:
    account = factories.account("citizen", Role.CITIZEN)
    client = Client()
    client.post("/en/sign-in/", {"username": "citizen", "password": factories.PASSWORD})
    assert client.get("/en/my/").status_code == 200
    administrator("first").post(f"/en/accounts/{account.pk}/close/")
    assert client.get("/en/my/").status_code == 302


def test_a_name_that_is_taken_or_unfit_is_said_beside_its_field() -> None:
    first = administrator("first")
    for name in ("First", "first", "two words", "Серік"):
        shown = first.post("/en/accounts/", {"username": name, "name": "x"}).content.decode()
        assert 'href="#id_username"' in shown, name
    assert Account.objects.count() == 1


def test_accounts_are_found_by_name() -> None:
    found = factories.account("somebody")
    other = factories.account("else")
    shown = administrator("first").get("/en/accounts/?q=someb").content.decode()
    assert f"/en/accounts/{found.pk}/" in shown
    assert f"/en/accounts/{other.pk}/" not in shown
