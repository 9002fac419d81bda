"""“This is wrong”: asked by the person concerned, answered with a ground, heard on appeal by somebody else."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from adaldyq.base.errors import Conflict, DomainError, NotAllowed
from adaldyq.kernel.actions import corrections as acts
from adaldyq.kernel.actor import Actor, actor_of
from adaldyq.kernel.lives import CORRECTION
from adaldyq.kernel.models import Account, CorrectionRequest, Deadline, Notification, Person, PersonName
from adaldyq.kernel.queries import history
from adaldyq.kernel.roles import Role
from tests import factories
from tests.kernel.registry import AT, day

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(days=1)


def actor(name: str, *roles: Role, person: Person | None = None) -> Actor:
    account = factories.account(name, *roles)
    if person is not None:
        Account.objects.filter(pk=account.pk).update(person=person)
    return actor_of(Account.objects.get(pk=account.pk))


@pytest.fixture
def person() -> Person:
    return factories.person()


@pytest.fixture
def citizen(person: Person) -> Actor:
    return actor("citizen", Role.CITIZEN, person=person)


@pytest.fixture
def registrar() -> Actor:
    return actor("registrar", Role.REGISTRAR)


def asked(by: Actor, person: Person, **facts: str) -> CorrectionRequest:
    said = {"field": "birth_date", "value": "1975-03-11", "evidence": "Birth certificate 123", **facts}
    claim = acts.Claim(**{"register": "person", "record_id": person.pk, **said})
    return acts.submit_correction(claim=claim, by=by, at=AT)


def reviewed(by: Actor, person: Person, registrar: Actor, **facts: str) -> CorrectionRequest:
    return acts.take_correction(request=asked(by, person, **facts), by=registrar, at=LATER)


def test_an_accepted_claim_holds_from_that_day_and_keeps_what_was(
    person: Person, citizen: Actor, registrar: Actor
) -> None:
    request = reviewed(citizen, person, registrar)
    acts.accept_correction(request=request, ground="", by=registrar, at=LATER)
    person.refresh_from_db()
    assert person.birth_date == day("1975-03-11")
    assert person.source == f"Correction request {request.pk}"
    assert history.facts_on("person", person.pk, day("2026-03-02"))["birth_date"] == "1975-03-01"
    assert history.facts_on("person", person.pk, day("2026-03-03"))["birth_date"] == "1975-03-11"


def test_an_accepted_name_is_a_new_row(person: Person, citizen: Actor, registrar: Actor) -> None:
    name = PersonName.objects.get(person=person, language="en")
    facts = {"register": "person_name", "record_id": name.pk, "field": "text", "value": "Tanatarov Serik"}
    request = reviewed(citizen, person, registrar, **facts)
    acts.accept_correction(request=request, ground="", by=registrar, at=LATER)
    name.refresh_from_db()
    assert (name.text, name.valid_to) == ("Tanatarov Serik Abdievich", day("2026-03-02"))
    assert [one.text for one in history.names_of(person.pk, day("2026-03-03")) if one.language == "en"] == [
        "Tanatarov Serik"
    ]


def test_the_answer_is_due_by_the_pack_and_its_deadline_is_met(
    person: Person, citizen: Actor, registrar: Actor
) -> None:
    request = reviewed(citizen, person, registrar)
    assert request.due_date > day("2026-03-02")
    deadline = Deadline.objects.get(subject_id=request.pk)
    assert (deadline.name, deadline.due_date, deadline.state) == ("correction_answer", request.due_date, "running")
    acts.accept_correction(request=request, ground="", by=registrar, at=LATER)
    deadline.refresh_from_db()
    assert deadline.state in {"met", "met_late"}
    assert Notification.objects.filter(account_id=citizen.id).count() == 1


def test_a_refusal_needs_a_ground_and_can_be_overturned_by_somebody_else(
    person: Person, citizen: Actor, registrar: Actor
) -> None:
    request = reviewed(citizen, person, registrar)
    with pytest.raises(DomainError, match="value-missing"):
        acts.refuse_correction(request=request, ground=" ", by=registrar, at=LATER)
    refused = acts.refuse_correction(request=request, ground="The certificate is void.", by=registrar, at=LATER)
    appealed = acts.appeal_correction(request=refused, text="It is valid.", by=citizen, at=LATER)
    with pytest.raises(NotAllowed):
        acts.decide_appeal(request=appealed, overturn=True, ground="Yes.", by=registrar, at=LATER)
    reviewer = actor("reviewer", Role.REVIEWER)
    decided = acts.decide_appeal(request=appealed, overturn=True, ground="It is valid.", by=reviewer, at=LATER)
    person.refresh_from_db()
    assert decided.state == "overturned"
    assert person.birth_date == day("1975-03-11")


def test_an_upheld_refusal_changes_nothing(person: Person, citizen: Actor, registrar: Actor) -> None:
    refused = acts.refuse_correction(request=reviewed(citizen, person, registrar), ground="No.", by=registrar, at=LATER)
    appealed = acts.appeal_correction(request=refused, text="Yes.", by=citizen, at=LATER)
    reviewer = actor("reviewer", Role.REVIEWER)
    assert acts.decide_appeal(request=appealed, overturn=False, ground="No.", by=reviewer, at=LATER).state == "upheld"
    person.refresh_from_db()
    assert person.birth_date == day("1975-03-01")


def test_an_appeal_after_its_term_is_refused(person: Person, citizen: Actor, registrar: Actor) -> None:
    refused = acts.refuse_correction(request=reviewed(citizen, person, registrar), ground="No.", by=registrar, at=LATER)
    with pytest.raises(DomainError, match="term-passed"):
        acts.appeal_correction(request=refused, text="Yes.", by=citizen, at=AT + timedelta(days=400))


def test_nobody_asks_about_somebody_else(person: Person, registrar: Actor) -> None:
    with pytest.raises(NotAllowed):
        asked(actor("other", Role.CITIZEN, person=factories.person()), person)
    with pytest.raises(NotAllowed):
        asked(registrar, person)


def test_a_registrar_does_not_decide_about_themselves(person: Person, citizen: Actor) -> None:
    own = actor("own", Role.REGISTRAR, person=person)
    with pytest.raises(NotAllowed):
        acts.take_correction(request=asked(citizen, person), by=own, at=LATER)


def test_of_two_registrars_one_takes_it(person: Person, citizen: Actor, registrar: Actor) -> None:
    request = asked(citizen, person)
    stale = CorrectionRequest.objects.get(pk=request.pk)
    acts.take_correction(request=request, by=registrar, at=LATER)
    with pytest.raises(Conflict):
        acts.take_correction(request=stale, by=registrar, at=LATER)


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"value": "yesterday"}, "not-a-day"),
        ({"value": "1975-03-01"}, "nothing-changed"),
        ({"evidence": ""}, "value-missing"),
        ({"field": "id"}, "field-not-changeable"),
        ({"evidence": "x" * 5000}, "text-too-long"),
    ],
)
def test_a_claim_that_cannot_hold_is_refused(person: Person, citizen: Actor, facts: dict[str, str], code: str) -> None:
    with pytest.raises(DomainError, match=code):
        asked(citizen, person, **facts)
    assert not CorrectionRequest.objects.exists()


def test_a_field_is_in_dispute_once(person: Person, citizen: Actor) -> None:
    asked(citizen, person)
    with pytest.raises(DomainError, match="in-dispute-already"):
        asked(citizen, person)


def test_a_decision_that_skips_the_review_is_none(person: Person, citizen: Actor, registrar: Actor) -> None:
    request: Any = asked(citizen, person)
    with pytest.raises(Conflict):
        acts.accept_correction(request=request, ground="", by=registrar, at=LATER)
    assert {one.act for one in CORRECTION.acts_from("submitted")} == {"take"}
