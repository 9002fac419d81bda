"""A person is erased by two registrars: nothing leads to them any more, and every proof of the ledger holds."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as configured
from django.utils import timezone
from pytest_django.fixtures import DjangoCaptureOnCommitCallbacks, Settings

from adaldyq.base.errors import DomainError, NotAllowed
from adaldyq.kernel import reads
from adaldyq.kernel.actions import corrections
from adaldyq.kernel.actions import erasures as acts
from adaldyq.kernel.actions.accounts import open_personal_account
from adaldyq.kernel.actions.people import Spelling, record_name
from adaldyq.kernel.actor import Actor, actor_of, system
from adaldyq.kernel.models import (
    Account,
    Appointment,
    Deadline,
    Erasure,
    Merge,
    Notification,
    Person,
    SearchEntry,
    Upload,
)
from adaldyq.kernel.roles import Role
from adaldyq.kernel.uploads.actions import take_in
from adaldyq.kernel.uploads.purposes import CORRECTION
from adaldyq.ledger import erasures
from adaldyq.ledger.models import Leaf
from tests import factories
from tests.held import every_row
from tests.kernel.registry import AT, CITIZEN, ORIGIN

pytestmark = [pytest.mark.django_db, pytest.mark.database]

NAME, NUMBER = "Зейнегүл Ерасылқызы", "750301400015"
LONG_AGO, LONG_DEAD = date(1990, 1, 1), date(1930, 5, 1)
LATER = AT + timedelta(hours=1)
PDF = b"%PDF-1.7\n1 0 obj\n<< >>\nendobj\n%%EOF\n"
WHY: dict[str, Any] = {
    "ground": Erasure.Ground.ORDER,
    "legal_basis": "Decision 7 of the city court, article 25",
    "reason": "The court ordered it.",
}


@pytest.fixture(autouse=True)
def folders(settings: Settings, tmp_path: Path) -> Path:
    """Where files lie, and where erasures are noted."""
    settings.DATA_DIR, settings.FILES_DIR = tmp_path, tmp_path / "files"
    settings.ERASED = tmp_path / "outside" / "erased"
    return tmp_path


@pytest.fixture
def first() -> Actor:
    return actor_of(factories.account("first", Role.REGISTRAR))


@pytest.fixture
def second() -> Actor:
    return actor_of(factories.account("second", Role.REGISTRAR))


@pytest.fixture
def citizen() -> Person:
    """Somebody with a bit of everything: family, posts of old, a sign-in, a request with a file, an old declaration."""
    person = factories.person([NAME], birth_date=date(1975, 3, 1))
    factories.family_tie(person, factories.person(["Оспанов Ержан"]))
    factories.appointment(person, factories.post(), LONG_AGO, date(1999, 1, 1))
    factories.official(2010, names=["Басқа Біреу"])
    factories.obligation(person, 2010)
    factories.declaration(person, 2010, declarant_name=NAME, rows={"income": [{"amount": 5, "payer": "A bank"}]})
    by = actor_of(open_personal_account(person=person, name=NAME, by=system("test"), at=AT))
    name = person.names.get()
    claim = corrections.Claim("person_name", name.pk, "text", NAME + " Жаңа", f"{NAME} has a paper")
    upload = take_in(purpose=CORRECTION, name=f"{NAME}.pdf", content=PDF, by=by, at=AT, person=person)
    corrections.submit_correction(claim=claim, files=[upload], by=by, at=AT)
    record_name(
        person=person,
        name=Spelling("ru", "Cyrl", NAME),
        since=date(2020, 1, 1),
        origin=ORIGIN,
        by=system("import"),
        at=AT,
    )
    reads.record(by=CITIZEN, kind="person", of=[(person.pk, person.pk)], purpose="test", at=AT)
    return person


def erased(person: Person, first: Actor, second: Actor, **why: Any) -> Erasure:
    asked = acts.propose_erasure(person=person, **{**WHY, **why}, by=first, at=AT)
    return acts.confirm_erasure(erasure=asked, by=second, at=LATER)


def found(*wanted: str) -> list[str]:
    return [
        row
        for row in (f"{table}: {held}" for table, held in every_row())
        for one in wanted
        if one in row or one.encode().decode("latin-1") in row
    ]


def test_nothing_leads_to_an_erased_person_and_the_ledger_keeps_its_lines(
    citizen: Person,
    first: Actor,
    second: Actor,
    folders: Path,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    entries = list(Leaf.objects.order_by("pk").values_list("reference", "entry"))
    assert found(NAME)
    [file] = [one for one in (folders / "files").rglob("*") if one.is_file()]
    with django_capture_on_commit_callbacks(execute=True):
        done = erased(citizen, first, second)
    assert found(NAME, citizen.pk) == []
    assert not file.exists()
    assert not Account.objects.filter(name=NAME).exists()
    assert not SearchEntry.objects.filter(kind="official", key=citizen.pk).exists()
    assert list(Leaf.objects.order_by("pk").values_list("reference", "entry"))[: len(entries)] == entries
    assert Leaf.objects.filter(salt=None).count() == 7
    stayed = [one for one in done.outcome if one[2] == "stayed"]
    assert stayed == [["kernel.Appointment", 1, "stayed"]]
    held = Appointment.objects.get(valid_from=LONG_AGO)
    assert held.person.birth_date is None
    assert not held.person.names.exists()
    assert {"kernel.PersonName", "declarations.Declaration", "kernel.Upload", "kernel.CorrectionRequest"} <= {
        one[0] for one in done.outcome
    }
    noted = list(erasures.erased())
    assert (erasures.PERSON, erasures.digest(citizen.pk)) in noted
    assert citizen.pk not in Path(configured.ERASED).read_text()
    assert not Deadline.objects.filter(name="correction_answer").exists()


def test_whoever_asks_does_not_confirm(citizen: Person, first: Actor) -> None:
    asked = acts.propose_erasure(person=citizen, **WHY, by=first, at=AT)
    with pytest.raises(DomainError, match="acts-apart"):
        acts.confirm_erasure(erasure=asked, by=first, at=LATER)
    assert Person.objects.filter(pk=citizen.pk).exists()
    with pytest.raises(DomainError, match="erasure-proposed-already"):
        acts.propose_erasure(person=citizen, **WHY, by=first, at=AT)
    acts.refuse_erasure(erasure=asked, by=first, at=LATER)
    acts.propose_erasure(person=citizen, **WHY, by=first, at=AT)


def test_only_who_keeps_the_register_of_people_erases_and_nobody_themselves(citizen: Person, first: Actor) -> None:
    with pytest.raises(NotAllowed):
        acts.propose_erasure(person=citizen, **WHY, by=CITIZEN, at=AT)
    own = Actor(first.id, first.roles, held=first.held, person=citizen.pk)
    with pytest.raises(NotAllowed):
        acts.propose_erasure(person=citizen, **WHY, by=own, at=AT)


@pytest.mark.parametrize(
    ("field", "text", "code"),
    [
        ("reason", " ", "value-missing"),
        ("legal_basis", "", "value-missing"),
        ("reason", "x" * 2001, "text-too-long"),
        ("reason", f"{NAME.upper()} asked for it", "erasure-names-the-person"),
        ("legal_basis", "Case of Зейнегүл", "erasure-names-the-person"),
    ],
)
def test_reason_and_basis_are_obligatory_and_name_nobody(
    citizen: Person, first: Actor, field: str, text: str, code: str
) -> None:
    with pytest.raises(DomainError, match=code) as refusal:
        acts.propose_erasure(person=citizen, **{**WHY, field: text}, by=first, at=AT)
    assert refusal.value.field == field


def refused(person: Person, by: Actor, **why: Any) -> str:
    with pytest.raises(DomainError) as refusal:
        acts.propose_erasure(person=person, **{**WHY, **why}, by=by, at=AT)
    return refusal.value.code


def test_what_the_law_keeps_refuses_the_erasure(first: Actor) -> None:
    filed, due, wife = factories.person(), factories.person(), factories.person()
    factories.declaration(filed, 2021, rows={"family": [{"relative_id": wife.pk, "name": "W"}]})
    factories.obligation(due, 2021)
    assert refused(filed, first) == "erasure-declaration-kept"
    assert refused(due, first) == "erasure-declaration-unfiled"
    assert refused(wife, first) == "erasure-named-by-others"
    holder, owner = factories.person(), factories.person()
    factories.appointment(holder, factories.post())
    factories.land(owner)
    assert refused(holder, first) == "erasure-entry-lasts"
    assert refused(owner, first) == "erasure-entry-lasts"


def test_the_term_of_the_pack_counts_from_the_death(first: Actor, second: Actor) -> None:
    alive, dead = factories.person(), factories.person(death_date=date(2020, 1, 1))
    assert refused(alive, first, ground=Erasure.Ground.TERM) == "erasure-of-the-living"
    assert refused(dead, first, ground=Erasure.Ground.TERM) == "erasure-term-runs"
    of_old = factories.person(birth_date=date(1900, 1, 1), death_date=LONG_DEAD)
    assert erased(of_old, first, second, ground=Erasure.Ground.TERM).state == "erased"


def test_a_name_in_an_old_declaration_of_another_goes_too(first: Actor, second: Actor) -> None:
    wife = factories.person([NAME])
    old = factories.declaration(None, 2010, rows={"family": [{"relative_id": wife.pk, "name": NAME}]})
    erased(wife, first, second)
    assert found(NAME, wife.pk) == []
    assert old.family.get().name == ""  # type: ignore[attr-defined]  # made by section_model


def test_merged_records_go_with_the_one_that_was_kept(first: Actor, second: Actor) -> None:
    kept, gone = factories.person([NAME]), factories.person([NAME])
    merge = Merge.objects.create(
        register="person", kept_id=kept.pk, merged_id=gone.pk, reason="One", proposed_by_id=first.id, proposed_at=AT,
        state="merged",
    )  # fmt: skip
    erased(gone, first, second)
    assert not Person.objects.filter(pk__in=[kept.pk, gone.pk]).exists()
    assert not Merge.objects.filter(pk=merge.pk).exists()
    assert found(NAME, kept.pk, gone.pk) == []


def test_the_sign_in_of_a_former_official_stays_without_the_person(first: Actor, second: Actor) -> None:
    person = factories.person([NAME])
    account = factories.account("served", Role.REGISTRAR)
    Account.objects.filter(pk=account.pk).update(person=person, name=NAME)
    Notification.objects.create(account=account, key="k", message="m", created_at=timezone.now())
    assert refused(person, first) == "erasure-in-office"
    account.grants.update(valid_from=LONG_AGO, valid_to=date(1999, 1, 1))
    erased(person, first, second)
    account.refresh_from_db()
    assert (account.name, account.person_id, account.is_active) == ("", None, False)
    assert account.username.startswith("erased-")
    assert not account.notifications.exists()


def test_a_restore_erases_again(
    citizen: Person, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    other = factories.person(["Сәлімова Айгүл"])
    erasures.write([(erasures.PERSON, erasures.digest(citizen.pk))])
    with django_capture_on_commit_callbacks(execute=True):
        done = acts.replay_erasures(by=system("restore"), at=datetime(2026, 7, 1, tzinfo=UTC))
    assert done.people == 1
    assert found(NAME, citizen.pk) == []
    assert not Upload.objects.exists()
    assert Person.objects.filter(pk=other.pk).exists()
