"""Events of people and families close what was and never edit it."""

from __future__ import annotations

from typing import Any

import pytest

from adaldyq.base.errors import DomainError, NotAllowed
from adaldyq.kernel.actions import people
from adaldyq.kernel.models import Event, FamilyTie, Person, PersonIdentifier, PersonName
from adaldyq.kernel.queries import history
from adaldyq.ledger.models import Leaf
from tests import factories
from tests.kernel.registry import AT, CITIZEN, ORIGIN, REGISTRAR, day

pytestmark = pytest.mark.django_db
IIN = "840327400128"
HOW: dict[str, Any] = {"origin": ORIGIN, "by": REGISTRAR, "at": AT}


def registered(**facts: Any) -> Person:
    names = [
        people.Spelling("kk", "Cyrl", "Ахметова Айгүл Серікқызы"),
        people.Spelling("en", "Latn", "Akhmetova Aigul"),
    ]
    return people.register_person(**{"names": names, "number": None, "birth_date": day("1984-03-27"), **HOW, **facts})


def test_a_person_enters_the_register_with_names_number_and_source() -> None:
    number = people.Number("IIN", "KZ", IIN)
    person = registered(number=number, sex="f", country="KZ")
    assert (person.source, person.as_of) == (ORIGIN.source, ORIGIN.as_of)
    assert [one.text for one in history.names_of(person.pk, day("2026-03-02"))] == [
        "Akhmetova Aigul",
        "Ахметова Айгүл Серікқызы",
    ]
    assert [one.value for one in history.identifiers_of(person.pk, day("2026-03-02"))] == [number.value]
    assert Leaf.objects.get(act="kernel.person.register").payload.count(person.pk) == 1  # type: ignore[union-attr]  # a fresh leaf has its payload
    assert Event.objects.get().payload["record"] == person.pk


def test_only_a_registrar_registers() -> None:
    with pytest.raises(NotAllowed):
        registered(by=CITIZEN)
    assert not Person.objects.exists()


def test_a_name_ends_the_day_before_the_next_begins() -> None:
    person = registered()
    new = people.Spelling("kk", "Cyrl", "Омарова Айгүл Серікқызы")
    people.record_name(person=person, name=new, since=day("2010-06-05"), **HOW)
    assert [one.text for one in history.names_of(person.pk, day("2010-06-04")) if one.language == "kk"] == [
        "Ахметова Айгүл Серікқызы"
    ]
    assert [one.text for one in history.names_of(person.pk, day("2010-06-05")) if one.language == "kk"] == [new.text]
    assert PersonName.objects.filter(person=person, language="kk").count() == 2


def test_a_name_cannot_begin_before_the_present_one() -> None:
    person = registered()
    with pytest.raises(DomainError, match="begins-before-the-present"):
        people.record_name(person=person, name=people.Spelling("kk", "Cyrl", "Омарова"), since=day("1984-03-27"), **HOW)
    assert PersonName.objects.filter(person=person, valid_to__isnull=True).count() == 2


def test_a_number_that_does_not_check_is_refused() -> None:
    with pytest.raises(DomainError, match="bad-identifier"):
        people.Number("IIN", "KZ", "123456789012")
    with pytest.raises(DomainError, match="unknown-scheme"):
        people.Number("SSN", "KZ", "1")


def test_two_people_cannot_have_one_number() -> None:
    number = people.Number("IIN", "KZ", IIN)
    registered(number=number)
    with pytest.raises(DomainError, match="identifier-taken"):
        registered(number=number)
    assert Person.objects.count() == 1
    assert PersonIdentifier.objects.count() == 1


def test_a_tie_stands_on_both_sides_and_ends_on_both() -> None:
    one, other = registered(), factories.person()
    people.record_tie(person=one, relative=other, kind="spouse", since=day("2008-08-08"), **HOW)
    assert [tie.relative_id for tie in history.family_of(other.pk, day("2020-01-01"))] == [one.pk]
    people.end_tie(tie=FamilyTie.objects.get(person=other), until=day("2019-12-31"), **HOW)
    assert not history.family_of(one.pk, day("2020-01-01"))
    assert history.family_of(one.pk, day("2019-12-31")).get().relative_id == other.pk


def test_a_parent_of_a_child_is_its_childs_parent() -> None:
    parent, child = registered(), factories.person()
    people.record_tie(person=parent, relative=child, kind="child", since=None, **HOW)
    assert FamilyTie.objects.get(person=child).kind == "parent"


def test_a_tie_is_stated_once() -> None:
    one, other = registered(), factories.person()
    people.record_tie(person=one, relative=other, kind="spouse", since=day("2008-08-08"), **HOW)
    with pytest.raises(DomainError, match="period-overlaps"):
        people.record_tie(person=one, relative=other, kind="spouse", since=day("2009-08-08"), **HOW)
    with pytest.raises(DomainError, match="tie-to-oneself"):
        people.record_tie(person=one, relative=one, kind="spouse", since=None, **HOW)


def test_a_person_lives_in_one_place_at_a_time() -> None:
    person = registered()
    for place, since in (("KZ-75", "2000-01-01"), ("KZ-71", "2015-09-01")):
        people.record_residence(
            person=person, territory=factories.territory(place), dwelling="D1", since=day(since), **HOW
        )
    lived = history.residence_of(person.pk, day("2015-08-31"))
    lives = history.residence_of(person.pk, day("2015-09-01"))
    assert lived is not None
    assert lives is not None
    assert (lived.territory_id, lives.territory_id) == ("KZ-75", "KZ-71")
