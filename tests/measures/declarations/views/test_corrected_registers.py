"""What a register was corrected to reaches the drafts that it filled in, and nothing typed is lost."""

from __future__ import annotations

import html
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from adaldyq.base.errors import NotAllowed
from adaldyq.kernel.actions.corrections import (
    accept_correction,
    appeal_correction,
    decide_appeal,
    refuse_correction,
    take_correction,
)
from adaldyq.kernel.actor import actor_of
from adaldyq.kernel.events import deliver_waiting
from adaldyq.kernel.models import Account, CorrectionRequest, EventDelivery, Person, PersonName, RoleGrant
from adaldyq.kernel.roles import Registry, Role
from adaldyq.measures.declarations import jobs
from adaldyq.measures.declarations.actions.taking_over import take_over
from adaldyq.measures.declarations.models import Draft, DraftRow
from adaldyq.measures.declarations.queries.corrected import corrected
from tests import factories
from tests.measures.declarations.views.journey import address, answered, begun

pytestmark = pytest.mark.django_db


def accepted(client: Client, register: str, record: str, field: str, value: str, registry: Registry) -> None:
    """A claim made through the page, accepted by who keeps the register, and told to whoever listens."""
    said = {"field": field, "value": value, "evidence": "The contract", "form_key": (field + value + "k" * 16)[:40]}
    assert client.post(reverse("registers-claim", args=[register, record]), said).status_code == 302
    request = CorrectionRequest.objects.get(record_id=record, field=field, state="submitted")
    keeper = factories.account(f"keeper-{field}", Role.REGISTRAR)
    RoleGrant.objects.filter(account=keeper).update(registry=registry)
    by, at = actor_of(keeper), timezone.now()
    accept_correction(request=take_correction(request=request, by=by, at=at), ground="", by=by, at=at)
    delivered()
    delivered()


def delivered() -> None:
    deliver_waiting(at=timezone.now())
    assert not EventDelivery.objects.exclude(error="").exists()


def shown(client: Client, *where: Any) -> str:
    return html.unescape(client.get(address(*where)).content.decode())


def test_an_open_draft_holds_the_corrected_value_with_its_source_and_asks_to_look_again(
    citizen: Client, declarant: Person
) -> None:
    flat = factories.land(declarant, object_number="20-1", address="Абай 1", area=84)
    factories.land(declarant, object_number="20-2", address="Абай 2", area=50)
    draft = begun(citizen, declarant)
    answered(citizen, draft)
    accepted(citizen, "land_register", flat.pk, "area", "90", Registry.LAND)
    row, other = draft.rows.get(origin_id=flat.pk), draft.rows.exclude(origin_id=flat.pk).get()
    assert (row.typed["area"], row.sources["area"]) == ("90", "land_register")
    assert (other.typed["area"], other.news) == ("50", {})
    assert "A register was corrected since you began." in shown(citizen, "draft", draft.pk)
    section = shown(citizen, "draft-section", draft.pk, "real_estate")
    assert "Corrected in the register on" in section
    assert "From the register of land and buildings." in section
    assert not draft.answers.filter(section="real_estate").exists()
    assert draft.answers.filter(section="vehicle").exists()
    citizen.post(address("draft-section", draft.pk, "real_estate"), {"answer": "complete"})
    assert "A register was corrected" not in shown(citizen, "draft", draft.pk)


def test_what_somebody_typed_stays_and_what_the_register_says_stands_beside_it(
    citizen: Client, declarant: Person
) -> None:
    flat = factories.land(declarant, object_number="20-1", address="Абай 1", area=84)
    draft = begun(citizen, declarant)
    row = draft.rows.get()
    where = address("draft-row", draft.pk, "real_estate", row.pk)
    citizen.post(where, {**row.typed, "area": "95", "revision": "1"})
    stale = citizen.get(where).content.decode()
    accepted(citizen, "land_register", flat.pk, "area", "90", Registry.LAND)
    row.refresh_from_db()
    assert row.typed["area"] == "95"
    for page in (
        shown(citizen, "draft-section", draft.pk, "real_estate"),
        html.unescape(citizen.get(where).content.decode()),
    ):
        assert "In the register: 90." in page
        assert "What you typed has stayed" in page
    assert 'name="revision" value="2"' in stale
    late = citizen.post(where, {**row.typed, "area": "97", "revision": "2"})
    assert late.status_code == 409, "the page was shown before the correction"
    assert 'value="97"' in late.content.decode()
    citizen.post(where, {**row.typed, "area": "90", "revision": str(row.revision)})
    row.refresh_from_db()
    assert row.sources["area"] == "land_register"
    assert "In the register:" not in shown(citizen, "draft-section", draft.pk, "real_estate")


def test_a_thing_of_which_the_register_tells_no_more_stays_and_says_so(citizen: Client, declarant: Person) -> None:
    flat = factories.land(declarant, object_number="20-1", address="Абай 1")
    draft = begun(citizen, declarant)
    accepted(citizen, "land_register", flat.pk, "valid_to", "2024-05-01", Registry.LAND)
    row = draft.rows.get()
    assert row.typed["address"] == "Абай 1"
    assert "land_register" not in row.sources.values()
    assert "the register tells of this no more" in shown(citizen, "draft-section", draft.pk, "real_estate")


def test_a_draft_of_the_parent_follows_a_record_of_the_child(citizen: Client, declarant: Person) -> None:
    child = factories.person(("Бала",), birth_date=timezone.localdate() - timedelta(days=5 * 365))
    factories.family_tie(declarant, child, "child")
    plot = factories.land(child, object_number="20-9", kind="land", area=600)
    draft = begun(citizen, declarant)
    accepted(citizen, "land_register", plot.pk, "area", "500", Registry.LAND)
    assert draft.rows.get(section="real_estate").typed["area"] == "500"
    assert draft.rows.get(section="family").news == {}


def test_an_amendment_shows_what_was_filed_beside_what_the_register_says_now(
    citizen: Client, declarant: Person
) -> None:
    car = factories.vehicle(declarant, object_number="VIN 1", make="Lada", valid_from=date(2019, 1, 1))
    held = {"kind": "car", "object_number": "VIN 1", "make": "Lada", "owner": "declarant"}
    filed = factories.declaration(declarant, 2024, rows={"vehicle": [held]})
    citizen.post(address("amend", filed.pk))
    draft = Draft.objects.get()
    accepted(citizen, "vehicle_register", car.pk, "make", "Lada Niva", Registry.VEHICLES)
    assert draft.rows.get().typed["make"] == "Lada"
    assert "In the register: Lada Niva." in shown(citizen, "draft-section", draft.pk, "vehicle")


def test_a_draft_without_the_record_and_one_that_was_filed_stay_as_they_are(citizen: Client, declarant: Person) -> None:
    flat = factories.land(declarant, object_number="20-1", area=84)
    draft = begun(citizen, declarant)
    DraftRow.objects.all().delete()
    accepted(citizen, "land_register", flat.pk, "area", "90", Registry.LAND)
    assert not draft.rows.exists()
    with pytest.raises(NotAllowed):
        take_over(
            draft=draft,
            what=corrected("land_register", flat.pk, ""),
            by=actor_of(factories.account("me")),
            at=timezone.now(),
        )


def test_a_relative_is_called_by_the_corrected_name(citizen: Client, declarant: Person) -> None:
    child = factories.person(("Бала Бір",), birth_date=timezone.localdate() - timedelta(days=5 * 365))
    factories.family_tie(declarant, child, "child")
    draft = begun(citizen, declarant)
    name = PersonName.objects.get(person=child)
    accepted(citizen, "person_name", name.pk, "text", "Бала Екі", Registry.CIVIL_STATUS)
    row = draft.rows.get(section="family")
    assert (row.typed["name"], row.sources["name"]) == ("Бала Екі", "family_tie")


def test_a_refusal_that_falls_on_appeal_reaches_the_draft_too_and_is_taken_over_once(
    citizen: Client, declarant: Person
) -> None:
    flat = factories.land(declarant, object_number="20-1", area=84)
    draft = begun(citizen, declarant)
    said = {"field": "area", "value": "90", "evidence": "The plan", "form_key": "k" * 16}
    citizen.post(reverse("registers-claim", args=["land_register", flat.pk]), said)
    keeper, reviewer = factories.account("keeper", Role.REGISTRAR), factories.account("reviewer", Role.REVIEWER)
    RoleGrant.objects.filter(account=keeper).update(registry=Registry.LAND)
    by, at = actor_of(keeper), timezone.now()
    taken = take_correction(request=CorrectionRequest.objects.get(), by=by, at=at)
    refused = refuse_correction(request=taken, ground="No plan", by=by, at=at)
    own = actor_of(Account.objects.get(username="citizen"))
    appealed = appeal_correction(request=refused, text="There is one", by=own, at=at)
    delivered()
    assert draft.rows.get().typed["area"] == "84"
    decide_appeal(request=appealed, overturn=True, ground="There is", by=actor_of(reviewer), at=at)
    delivered()
    row = draft.rows.get()
    assert (row.typed["area"], row.revision, row.news["taken"]) == ("90", 2, ["area"])
    jobs.take_correction({"request": appealed.pk, "state": "overturned"}, timezone.now())
    assert draft.rows.get().revision == 2
