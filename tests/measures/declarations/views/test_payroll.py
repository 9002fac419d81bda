"""The payroll of a body files for those who work there and let it, and for nobody else."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from pytest_django import Settings

from adaldyq.base.errors import DomainError, NotAllowed
from adaldyq.kernel.actions.accounts import withdraw_role
from adaldyq.kernel.actions.mandates import grant_mandate, withdraw_mandate
from adaldyq.kernel.actor import actor_of, system
from adaldyq.kernel.models import Account, Body, Mandate, Person, RoleGrant
from adaldyq.kernel.roles import Role
from adaldyq.ledger.models import Leaf
from adaldyq.measures.declarations.actions.receiving import Reception, receive_paper
from adaldyq.measures.declarations.models import Declaration, SentFile
from tests import factories
from tests.measures.declarations.test_sending import declared, worker

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_folder(settings: Settings, tmp_path: Path) -> None:
    settings.DATA_DIR, settings.FILES_DIR = tmp_path, tmp_path / "files"
    translation.activate("en")


@pytest.fixture
def employer() -> Body:
    return factories.body()


@pytest.fixture
def clerk(employer: Body) -> Account:
    """Of the payroll of the employer; a person whom the register knows."""
    account = factories.account("clerk")
    factories.grant(account, Role.PAYROLL, body=employer)
    Account.objects.filter(pk=account.pk).update(person=factories.person())
    return Account.objects.get(pk=account.pk)


def browser(account: Account) -> Client:
    client = Client()
    client.force_login(account)
    return client


def lets(who: Person, clerk: Account) -> Mandate:
    """The person gives the clerk a mandate."""
    account = factories.account(f"of-{who.pk}".lower(), Role.CITIZEN)
    Account.objects.filter(pk=account.pk).update(person=who)
    by = actor_of(Account.objects.get(pk=account.pk))
    assert clerk.person is not None
    return grant_mandate(representative=clerk.person, by=by, at=timezone.now())


def send(clerk: Account, *declarations: Any, **more: str) -> Any:
    file = SimpleUploadedFile("all.json", json.dumps({"declarations": declarations}).encode())
    return browser(clerk).post(reverse("declarations-send"), {"file": file, **more}, follow=True)


def codes() -> list[str]:
    return [wrong["code"] for one in SentFile.objects.get().results for wrong in one["wrong"]]


def test_payroll_files_for_those_of_its_body_who_let_it_and_the_page_says_so(clerk: Account, employer: Body) -> None:
    below, above = factories.body("Бөлім", parent=employer), factories.body("Басқа")
    mine, lower, unasked, elsewhere = (
        worker(employer, lets=False),
        worker(below, lets=False),
        worker(employer, lets=False),
        worker(above, lets=False),
    )
    for who in (mine, lower, elsewhere):
        lets(who, clerk)
    page = browser(clerk).get(reverse("declarations-send")).content.decode()
    assert "who have let you act for them" in page
    answer = send(clerk, *(declared(who) for who in (mine, lower, unasked, elsewhere)))
    assert answer.status_code == 200
    assert set(Declaration.objects.values_list("person", flat=True)) == {mine.pk, lower.pk}
    assert codes() == ["file-not-authorised", "file-nothing-owed"]
    assert "has not let you act for them" in answer.content.decode()
    line = Leaf.objects.filter(act="declarations.declaration.file").first()
    assert line is not None
    assert f'"on_behalf_of":"body:{employer.pk}"' in (line.payload or "")
    own = browser(Account.objects.get(person=mine))
    filed = Declaration.objects.get(person=mine)
    assert ", by its payroll" in own.get(reverse("declarations-filed", args=[filed.pk])).content.decode()


def test_a_mandate_that_ended_and_a_role_that_was_withdrawn_open_nothing(clerk: Account, employer: Body) -> None:
    who = worker(employer, lets=False)
    mandate = lets(who, clerk)
    withdraw_mandate(mandate=mandate, by=actor_of(Account.objects.get(person=who)), at=timezone.now())
    send(clerk, declared(who))
    assert codes() == ["file-not-authorised"]
    grant = RoleGrant.objects.get(account=clerk)
    withdraw_role(grant=grant, by=system("test"), at=timezone.now())
    answer = browser(clerk).get(reverse("declarations-send"))
    assert answer.status_code in {302, 403}
    assert not Declaration.objects.exists()


def test_somebody_of_two_payrolls_says_for_which(clerk: Account, employer: Body) -> None:
    other = factories.body("Екінші")
    factories.grant(clerk, Role.PAYROLL, body=other)
    who = worker(other, lets=False)
    lets(who, clerk)
    clerk = Account.objects.get(pk=clerk.pk)
    assert "id_body" in send(clerk, declared(who)).content.decode()
    send(clerk, declared(who), body=employer.pk)
    assert codes() == ["file-nothing-owed"]
    send(clerk, declared(who, reference="R-1"), body=other.pk)
    assert Declaration.objects.get().person == who


def test_payroll_takes_in_no_papers_and_holds_for_a_body_only(clerk: Account, employer: Body) -> None:
    who = worker(employer, lets=False)
    lets(who, clerk)
    reception = Reception(who, "income", 2025, timezone.localdate(), 1)
    with pytest.raises(NotAllowed):
        receive_paper(reception=reception, by=actor_of(clerk), at=timezone.now())
    assert browser(clerk).get(reverse("declarations-papers")).status_code in {302, 403}
    with pytest.raises(DomainError) as refused:
        factories.grant(factories.account("another"), Role.PAYROLL, body=None)
    assert (refused.value.code, refused.value.field) == ("role-needs-body", "body")
