"""Husband and wife file one declaration together where the pack allows it: both confirm, and each has their own."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from adaldyq.countries.loader import HERE
from adaldyq.kernel.models import Notification, Person
from adaldyq.kernel.roles import Registry, Role
from adaldyq.ledger.models import Leaf
from adaldyq.measures.declarations.models import SECTION_MODELS, Declaration, Draft, JointFiling, Obligation
from tests import factories
from tests.measures.declarations.views.journey import CAR, account_of, address, answered, begun, shown_again, signing

pytestmark = pytest.mark.django_db


@pytest.fixture
def spouse(declarant: Person) -> Person:
    """The declarant's husband or wife, who owes the same, in a country that lets them file together."""
    other = factories.person(("Танатарова Гүл",))
    factories.family_tie(declarant, other)
    factories.obligation(other, 2024)
    return other


@pytest.fixture
def their(spouse: Person) -> Client:
    browser = Client()
    browser.force_login(account_of(spouse, "spouse"))
    shown_again(browser)
    return browser


@pytest.fixture
def allowed(settings: Settings, tmp_path: Path) -> None:
    shutil.copytree(HERE / "kz", tmp_path / "joint")
    pack = tmp_path / "joint" / "pack.yaml"
    text = pack.read_text(encoding="utf-8")
    assert "allowed: false" in text
    pack.write_text(text.replace("allowed: false", "allowed: true"), encoding="utf-8")
    settings.COUNTRY = str(tmp_path / "joint")


def filled(citizen: Client, declarant: Person) -> Draft:
    draft = begun(citizen, declarant)
    citizen.post(address("draft-row", draft.pk, "vehicle", "0000000000AA"), {**CAR, "owner": "spouse"})
    answered(citizen, draft)
    shown_again(citizen)
    return draft


def confirm(their: Client, **more: str) -> int:
    here = address("joint", JointFiling.objects.get().pk)
    page = their.get(here).content.decode()
    seen = page.partition('name="seen" value="')[2].partition('"')[0]
    return their.post(here, {"true": "on", "seen": seen, **more}).status_code


@pytest.mark.usefixtures("allowed")
def test_both_say_yes_and_each_has_a_declaration_of_their_own(
    citizen: Client, their: Client, declarant: Person, spouse: Person
) -> None:
    draft = filled(citizen, declarant)
    before = signing(citizen, draft)
    citizen.post(address("draft-joint", draft.pk))
    assert Notification.objects.filter(account__person=spouse).exists()
    assert address("joint", JointFiling.objects.get().pk) in their.get(address("mine")).content.decode()
    for page in ("draft-check", "draft-sign"):
        text = citizen.get(address(page, draft.pk)).content.decode()
        assert "has still to confirm the answers as they stand. They were told" in text
        assert "File the declaration</button>" not in text
        assert "Go on to sign" not in text
    Obligation.objects.filter(person=spouse).update(due_date=date(2025, 9, 15))
    waiting = their.get(address("joint", JointFiling.objects.get().pk)).content.decode()
    assert "your declaration counts as late" in waiting
    early = citizen.post(address("draft-sign", draft.pk), before)
    assert early.status_code == 422
    assert "has not confirmed these answers" in early.content.decode()
    assert confirm(their) == 302
    assert "has confirmed these answers" in citizen.get(address("draft", draft.pk)).content.decode()
    assert citizen.post(address("draft-sign", draft.pk), signing(citizen, draft)).status_code == 302
    mine, theirs = (Declaration.objects.get(person=one) for one in (declarant, spouse))
    assert Leaf.objects.filter(act="declarations.declaration.file").count() == 2
    assert not Obligation.objects.filter(filed_date=None).exists()
    cars = dict(SECTION_MODELS["vehicle"]._default_manager.values_list("declaration", "owner"))
    assert cars == {mine.pk: "spouse", theirs.pk: "declarant"}
    family = dict(SECTION_MODELS["family"]._default_manager.values_list("declaration", "relative_id"))
    assert family == {mine.pk: spouse.pk, theirs.pk: declarant.pk}
    assert "for husband and wife together" in their.get(address("filed", theirs.pk)).content.decode()
    assert their.get(address("filed", mine.pk)).status_code == 404


@pytest.mark.usefixtures("allowed")
def test_what_is_changed_after_it_was_confirmed_has_to_be_confirmed_again_or_is_declined(
    citizen: Client, their: Client, declarant: Person, spouse: Person
) -> None:
    draft = filled(citizen, declarant)
    citizen.post(address("draft-joint", draft.pk))
    confirm(their)
    citizen.post(address("draft-row", draft.pk, "vehicle", "0000000000AA"), {**CAR, "revision": "1"})
    assert citizen.post(address("draft-sign", draft.pk), signing(citizen, draft)).status_code == 422
    own = Obligation.objects.get(person=spouse)
    their.post(address("begin", own.pk))
    assert confirm(their) == 422
    assert their.post(address("joint", JointFiling.objects.get().pk), {"step": "end"}).status_code == 302
    assert citizen.post(address("draft-sign", draft.pk), signing(citizen, draft)).status_code == 302
    assert Declaration.objects.get().person == declarant


def test_where_the_law_does_not_allow_it_each_files_their_own(
    citizen: Client, their: Client, declarant: Person
) -> None:
    draft = filled(citizen, declarant)
    assert "Ask to file together" not in citizen.get(address("draft", draft.pk)).content.decode()
    citizen.post(address("draft-joint", draft.pk))
    assert not JointFiling.objects.exists()
    assert their.post(address("draft-joint", draft.pk)).status_code == 404


def told(person: Person) -> list[str]:
    """Messages to somebody, the first first."""
    return list(
        Notification.objects.filter(account__person=person).order_by("created_at").values_list("message", flat=True)
    )


def boxes_of(page: str) -> dict[str, str]:
    """What the page of signing sends when it is signed."""
    return {**dict(re.findall(r'name="(seen|form_key)" value="([^"]+)"', page)), "true": "on"}


@pytest.mark.usefixtures("allowed")
def test_whoever_signs_for_both_while_the_other_declines_is_told_and_asked_again(
    citizen: Client, their: Client, declarant: Person, spouse: Person
) -> None:
    draft = filled(citizen, declarant)
    citizen.post(address("draft-joint", draft.pk))
    confirm(their)
    sent = signing(citizen, draft)
    their.post(address("joint", JointFiling.objects.get().pk), {"step": "end"})
    assert sorted(told(declarant)) == ["joint-confirmed", "joint-declined"]
    refused = citizen.post(address("draft-sign", draft.pk), sent)
    page = refused.content.decode()
    assert refused.status_code == 422
    assert "your own declaration for 2024 only" in page
    assert not Declaration.objects.exists()
    assert citizen.post(address("draft-sign", draft.pk), boxes_of(page)).status_code == 302
    assert Declaration.objects.get().person == declarant


@pytest.mark.usefixtures("allowed")
def test_whoever_signs_for_themselves_while_it_becomes_one_for_both_is_told_and_asked_again(
    citizen: Client, their: Client, declarant: Person, spouse: Person
) -> None:
    draft = filled(citizen, declarant)
    sent = signing(citizen, draft)
    citizen.post(address("draft-joint", draft.pk))
    confirm(their)
    refused = citizen.post(address("draft-sign", draft.pk), sent)
    page = refused.content.decode()
    assert refused.status_code == 422
    assert "the declaration for 2024 of both of you" in page
    assert not Declaration.objects.exists()
    assert citizen.post(address("draft-sign", draft.pk), boxes_of(page)).status_code == 302
    assert Declaration.objects.count() == 2


@pytest.mark.usefixtures("allowed")
def test_the_other_hears_when_it_is_taken_back_or_given_up(
    citizen: Client, their: Client, declarant: Person, spouse: Person
) -> None:
    draft = filled(citizen, declarant)
    citizen.post(address("draft-joint", draft.pk))
    confirm(their)
    citizen.post(address("draft-joint", draft.pk), {"step": "end"})
    assert told(spouse) == ["joint-asked", "joint-withdrawn"]
    citizen.post(address("draft-joint", draft.pk))
    citizen.post(address("draft-set-aside", draft.pk))
    assert told(spouse) == ["joint-asked", "joint-withdrawn"] * 2
    assert not JointFiling.objects.exists()


@pytest.mark.usefixtures("allowed")
def test_the_other_hears_once_that_what_they_confirmed_was_changed(
    citizen: Client, their: Client, declarant: Person, spouse: Person
) -> None:
    draft = filled(citizen, declarant)
    citizen.post(address("draft-joint", draft.pk))
    confirm(their)
    row = address("draft-row", draft.pk, "vehicle", "0000000000AA")
    for revision, make in (("1", "GAZ"), ("2", "Lada")):
        citizen.post(row, {**CAR, "owner": "spouse", "make": make, "revision": revision})
    assert told(spouse) == ["joint-asked", "joint-changed"]
    assert "changed since you confirmed it" in their.get(address("mine")).content.decode()
    page = their.get(address("joint", JointFiling.objects.get().pk)).content.decode()
    assert "Changed since you confirmed it" in page
    assert confirm(their) == 302
    assert "changed since you confirmed it" not in their.get(address("mine")).content.decode()
    citizen.post(address("draft-row-remove", draft.pk, "vehicle", "0000000000AA"))
    assert told(spouse) == ["joint-asked", "joint-changed", "joint-changed"]


@pytest.mark.usefixtures("allowed")
def test_nothing_is_filed_for_whoever_was_exempted_after_they_confirmed(
    citizen: Client, their: Client, declarant: Person, spouse: Person
) -> None:
    draft = filled(citizen, declarant)
    citizen.post(address("draft-joint", draft.pk))
    confirm(their)
    registrar = factories.account("keeper")
    factories.grant(registrar, Role.REGISTRAR, registry=Registry.DECLARATIONS)
    keeper = Client()
    keeper.force_login(registrar)
    owed = Obligation.objects.get(person=spouse)
    keeper.post(address("obligation", owed.pk), {"step": "exempt", "ground": "Is ill."})
    refused = citizen.post(address("draft-sign", draft.pk), signing(citizen, draft))
    assert refused.status_code == 422
    assert "no declaration for 2024 to file any more" in refused.content.decode()
    assert not Declaration.objects.exists()
    assert confirm(their) == 422
    citizen.post(address("draft-joint", draft.pk), {"step": "end"})
    assert citizen.post(address("draft-sign", draft.pk), signing(citizen, draft)).status_code == 302
    assert Declaration.objects.get().person == declarant
