"""What the sample country is once it is in the database, and that no second one is mixed in."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib.auth import authenticate
from django.db.models import Count
from django.db.transaction import atomic, set_rollback
from pytest_django import DjangoDbBlocker

from adaldyq.base.draw import differences
from adaldyq.base.errors import DomainError
from adaldyq.demo.load import is_loaded
from adaldyq.demo.score import read_truth
from adaldyq.demo.sign_ins import PASSWORD, SIGN_INS
from adaldyq.kernel.models import Account, Body, Person, Post
from adaldyq.kernel.roles import Role
from adaldyq.ledger.leaves import opens
from adaldyq.ledger.models import Leaf
from adaldyq.measures.permits.models import PermitApplication, PermitDraw, PermitLicence
from adaldyq.measures.permits.queries.draws import bundle_of
from adaldyq.measures.permits.states import PERMIT_APPLICATION
from adaldyq.verification.contracts import published
from adaldyq.verification.models import Finding
from adaldyq.verification.runs import verify_country
from tests.demo.loading import AT, PEOPLE, SEED, counts, loaded, made, of_country, quiet


@pytest.fixture(scope="module")
def country_once(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Path]:
    """The folder of a sample country that is loaded once; what a test writes is rolled back before."""
    folder = tmp_path_factory.mktemp("loaded")
    with django_db_blocker.unblock(), atomic():
        loaded(folder)
        yield folder
        set_rollback(True)


@pytest.fixture
def country(country_once: Path, tmp_path: Path, db: None) -> Path:
    """The sample country in the registers, with a copy of its folder."""
    return shutil.copytree(country_once, tmp_path / "country")


def test_all_that_was_made_is_in_the_registers(country: Path) -> None:
    assert counts() == made()
    assert is_loaded()
    obligations = published()["obligation"].model
    assert obligations is not None
    assert not obligations._default_manager.filter(law="").exists()


def test_applications_stand_in_every_state_and_licences_too(country: Path) -> None:
    states = set(PermitApplication.objects.values_list("state", flat=True))
    everywhere = {one.target for one in PERMIT_APPLICATION.transitions} | {PERMIT_APPLICATION.initial}
    assert everywhere - states == {"closed", "discarded", "upheld"}
    assert set(PermitLicence.objects.values_list("state", flat=True)) == {
        "valid",
        "suspended",
        "revoked",
        "transferred",
    }
    assert PermitLicence.objects.filter(deemed=True).count() == 1
    for one in PermitDraw.objects.exclude(drawn_at=None):
        assert differences(bundle_of(one)) == []


def test_texts_in_three_languages_come_along(country: Path) -> None:
    assert all(set(body.names) == {"kk", "ru", "en"} and body.names["kk"] == body.name for body in Body.objects.all())
    assert all(post.titles["kk"] == post.title for post in Post.objects.all())
    declarations = published()["declaration"].model
    assert declarations is not None
    public = declarations._default_manager.filter(is_public=True).values_list(
        "post_title", "post_titles", "search_text"
    )
    assert public
    assert all(titles["kk"] == title and found for title, titles, found in public)


def test_every_declaration_and_every_batch_leaves_its_line_in_the_ledger(country: Path) -> None:
    lines = dict(Leaf.objects.values_list("act").annotate(Count("id")))
    assert lines["declarations.declaration.file"] == made()["declaration"]
    assert lines["kernel.account.open"] == lines["kernel.role.grant"] == len(SIGN_INS)
    registers = {
        name
        for name, rows in of_country().items()
        if rows and name not in {"obligation", "declaration"} and not name.startswith("declared_")
    }
    of_stories = 2 * 3  # what happened to citizen and official in the year that they declare, in three registers
    assert lines["kernel.register.load"] == len(registers) + of_stories
    one = Leaf.objects.filter(act="declarations.declaration.file").first()
    assert one is not None
    assert opens(bytes(one.entry), bytes(one.salt or b""), one.payload or "")


def test_the_demo_accounts_sign_in_with_their_roles(country: Path) -> None:
    for one in SIGN_INS:
        account = authenticate(username=one.username, password=PASSWORD)
        assert isinstance(account, Account)
        assert account.roles == {one.role}
        assert account.name
    official = Account.objects.get(username="official")
    assert official.person is not None
    assert official.person.declarations.filter(is_public=True, is_current=True).exists()
    officer = Account.objects.get(username="integrity-officer")
    assert officer.held[0].body_id in set(official.person.obligations.values_list("body_id", flat=True))
    assert {one.role for one in SIGN_INS} > {Role.AGENCY_ANALYST, Role.ADMINISTRATOR}


def test_a_second_load_changes_nothing(country: Path) -> None:
    before = counts(), Leaf.objects.count()
    loaded(country)
    assert (counts(), Leaf.objects.count()) == before


def test_the_truth_of_what_was_loaded_is_kept(country: Path) -> None:
    subjects = set(read_truth(country / "demo" / "truth.parquet")["subject_id"].to_pylist())
    assert subjects
    assert Person.objects.filter(pk__in=subjects).count() == len(subjects)


def test_another_sample_country_is_not_mixed_in(country: Path) -> None:
    with pytest.raises(DomainError) as refused:
        loaded(country, people=PEOPLE + 1)
    assert refused.value.code == "another-sample-country"
    assert refused.value.parameters == {"seed": SEED, "people": PEOPLE}
    assert counts() == made()


def test_a_spoilt_plan_is_no_reason_to_mix_countries(country: Path) -> None:
    (country / "demo" / "plan.json").write_text(json.dumps({"seed": SEED}))
    with pytest.raises(DomainError) as refused:
        loaded(country)
    assert refused.value.code == "registers-not-empty"


def test_rules_about_permits_and_payments_find_what_was_planted_and_nothing_else(country: Path) -> None:
    done = verify_country(data=country, clock=lambda: AT, progress=quiet).run
    assert done is not None
    assert not done.rules.exclude(error="").exists()
    asked = Finding.objects.filter(rule__regex=r"^(permits|payments)\.").values_list("rule", "object_id")
    found = Counter(rule for rule, _thing in asked)
    # Lots give who decides by night, and one decision falls on 16 December, a holiday.
    assert found.pop("permits.outside-office-hours") in {1, 2}
    assert found == {
        "permits.repeated-returns": 1,
        "permits.granted-after-suspension": 2,
        "payments.refunds-by-same-two": 1,
    }
    judged = done.rules.get(rule="permits.related-reviewer")
    assert (judged.checked > 0, judged.unjudged) == (True, {})
