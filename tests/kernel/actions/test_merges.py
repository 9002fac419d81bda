"""Two records that are one: proposed by one registrar, confirmed by another, undone in the same way."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils.translation import override

from adaldyq.base.errors import Conflict, DomainError, NotAllowed
from adaldyq.kernel.actions import merges as acts
from adaldyq.kernel.actor import Actor, actor_of
from adaldyq.kernel.models import Appointment, FamilyTie, Merge, PersonName, SourceKey
from adaldyq.kernel.problems import sentence
from adaldyq.kernel.queries import history, lookup
from adaldyq.kernel.registry import register_named
from adaldyq.kernel.roles import Role
from adaldyq.measures.declarations.models import Declaration
from tests import factories
from tests.kernel.registry import AT, CITIZEN

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(hours=1)


@pytest.fixture
def first() -> Actor:
    return actor_of(factories.account("first", Role.REGISTRAR))


@pytest.fixture
def second() -> Actor:
    return actor_of(factories.account("second", Role.REGISTRAR))


def proposed(by: Actor, kept: str, merged: str, register: str = "person") -> Merge:
    return acts.propose_merge(register=register, kept=kept, merged=merged, reason="One birth record", by=by, at=AT)


def test_everything_that_led_to_one_leads_to_the_other_and_back_after_a_split(first: Actor, second: Actor) -> None:
    kept, gone = factories.person(), factories.person(["Танатаров С."])
    held = factories.appointment(gone, factories.post())
    filed = factories.declaration(gone)
    SourceKey.objects.create(register="person", source="tax", key="T1", record_id=gone.pk)
    merge = acts.confirm_merge(merge=proposed(first, kept.pk, gone.pk), by=second, at=LATER)
    assert Appointment.objects.get(pk=held.pk).person_id == kept.pk
    assert Declaration.objects.get(pk=filed.pk).person_id == kept.pk
    assert SourceKey.objects.get().record_id == kept.pk
    assert history.resolve("person", gone.pk) == kept.pk
    assert lookup.person(gone.pk) == kept
    assert PersonName.objects.get(text="Танатаров С.").person_id == gone.pk  # a second name in Kazakh has no place
    split = acts.propose_split(merge=merge, reason="Two birth records", by=first, at=LATER)
    acts.confirm_split(merge=split, by=second, at=LATER)
    assert Appointment.objects.get(pk=held.pk).person_id == gone.pk
    assert Declaration.objects.get(pk=filed.pk).person_id == gone.pk
    assert SourceKey.objects.get().record_id == gone.pk
    assert history.resolve("person", gone.pk) == gone.pk


def test_nobody_confirms_what_they_proposed(first: Actor, second: Actor) -> None:
    merge = proposed(first, factories.person().pk, factories.person().pk)
    with pytest.raises(NotAllowed):
        acts.confirm_merge(merge=merge, by=first, at=LATER)
    merged = acts.confirm_merge(merge=merge, by=second, at=LATER)
    split = acts.propose_split(merge=merged, reason="Two", by=second, at=LATER)
    with pytest.raises(NotAllowed):
        acts.confirm_split(merge=split, by=second, at=LATER)


def test_only_registrars_propose() -> None:
    with pytest.raises(NotAllowed):
        proposed(CITIZEN, factories.person().pk, factories.person().pk)


def test_nothing_moves_before_it_is_confirmed_and_a_rejected_one_may_be_proposed_again(
    first: Actor, second: Actor
) -> None:
    kept, gone = factories.person(), factories.person()
    held = factories.appointment(gone, factories.post())
    merge = proposed(first, kept.pk, gone.pk)
    with pytest.raises(DomainError, match="merged-already"):
        proposed(second, kept.pk, gone.pk)
    acts.reject_merge(merge=merge, by=second, at=LATER)
    assert Appointment.objects.get(pk=held.pk).person_id == gone.pk
    with pytest.raises(Conflict):
        acts.confirm_merge(merge=merge, by=second, at=LATER)
    proposed(first, kept.pk, gone.pk)


def test_two_who_are_tied_can_be_merged_without_a_tie_to_oneself(first: Actor, second: Actor) -> None:
    kept, gone, child = factories.person(), factories.person(), factories.person()
    factories.family_tie(kept, gone, "sibling")
    factories.family_tie(gone, child, "child")
    acts.confirm_merge(merge=proposed(first, kept.pk, gone.pk), by=second, at=LATER)
    assert FamilyTie.objects.get(relative=child).person_id == kept.pk
    assert FamilyTie.objects.get(person=child).relative_id == kept.pk
    assert FamilyTie.objects.filter(kind="sibling").count() == 2


def test_bodies_are_merged_and_the_old_one_is_listed_no_more(first: Actor, second: Actor) -> None:
    kept, gone = factories.body("Жаңа"), factories.body("Ескі", parent=None)
    post = factories.post(gone)
    acts.confirm_merge(merge=proposed(first, kept.pk, gone.pk, "body"), by=second, at=LATER)
    post.refresh_from_db()
    assert post.body_id == kept.pk
    assert list(lookup.bodies()) == [kept]


def test_a_chain_of_merges_leads_to_its_end(first: Actor, second: Actor) -> None:
    a, b, c = (factories.person().pk for _ in range(3))
    acts.confirm_merge(merge=proposed(first, b, a), by=second, at=LATER)
    with pytest.raises(DomainError, match="merged-already"):
        proposed(first, a, c)
    acts.confirm_merge(merge=proposed(first, c, b), by=second, at=LATER)
    assert history.resolve("person", a) == c


@pytest.mark.parametrize(("register", "code"), [("territory", "not-mergeable"), ("company", "no-such-record")])
def test_what_cannot_be_merged_is_told(first: Actor, register: str, code: str) -> None:
    with pytest.raises(DomainError, match=code):
        proposed(first, factories.person().pk, factories.person().pk, register)


def test_a_record_is_not_merged_with_itself(first: Actor) -> None:
    one = factories.person().pk
    with pytest.raises(DomainError, match="merge-with-itself"):
        proposed(first, one, one)


def test_a_record_that_is_not_there_is_told_with_the_name_of_the_register_that_pages_show() -> None:
    with pytest.raises(DomainError) as refused:
        register_named("person_name").find("nobody")
    with override("ru"):
        assert "«Имена физических лиц»" in sentence(refused.value)
