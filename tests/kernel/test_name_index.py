"""People are found by spellings of their names that the register does not have, on every database."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from adaldyq.base.errors import DomainError
from adaldyq.kernel.actions import merges, people
from adaldyq.kernel.actor import actor_of
from adaldyq.kernel.models import NameKey, Person
from adaldyq.kernel.queries import lookup
from adaldyq.kernel.roles import Role
from tests import factories
from tests.kernel.registry import AT, ORIGIN, REGISTRAR, day

pytestmark = pytest.mark.django_db


def called(*names: str, **facts: Any) -> Person:
    return factories.person(names, **facts)


@pytest.fixture
def gabit() -> Person:
    return called("Құдайбергенов Ғабит Нұрланұлы", "Кудайбергенов Габит Нурланович")


@pytest.mark.parametrize(
    "asked",
    [
        "Xudaybergenov",
        "Gabit Khudaibergenov",
        "Khudaibergenov G.",
        "Г. Худайберг",
        "Ğabit Qūdaibergenov Nūrlanūly",
        "Kudaibergenov Gabit Nurlan uly",
        "Nurlanovitch Khoudaïbergenov",
        "خدايبرگنوف",
    ],
)
def test_a_person_is_found_by_another_spelling(gabit: Person, asked: str) -> None:
    called("Щербаков Юрий", "Shcherbakov Yury")
    assert lookup.people(asked) == [gabit]


@pytest.mark.parametrize("asked", ["Ghabit Serikov", "Г", "…", "", "Нурлан Кудайбергенович"])
def test_a_name_that_lacks_a_word_is_not_found(gabit: Person, asked: str) -> None:
    assert lookup.people(asked) == []


def test_who_is_called_so_comes_before_who_may_be(gabit: Person) -> None:
    same = called("Худайбергенов Габит")
    assert lookup.people("Худайбергенов Габит") == [same, gabit]
    assert lookup.people("Құдайбергенов Ғабит") == [gabit, same]


def test_a_new_name_and_the_former_one_find_a_person() -> None:
    names = [people.Spelling("kk", "Cyrl", "Ахметова Айгүл")]
    how: dict[str, Any] = {"origin": ORIGIN, "by": REGISTRAR, "at": AT}
    person = people.register_person(names=names, number=None, birth_date=day("1984-03-27"), **how)
    new = people.Spelling("kk", "Cyrl", "Щербакова Айгүл")
    people.record_name(person=person, name=new, since=day("2010-06-05"), **how)
    assert lookup.people("Scherbakova Aigoul") == [person]
    assert lookup.people("Akhmetova") == [person]


def test_people_who_may_be_one_are_offered() -> None:
    born = date(1980, 2, 3)
    one = called("Құдайбергенов Ғабит Нұрланұлы", birth_date=born, sex="m")
    same = called("Khudaibergenov Gabit", birth_date=born)
    undated = called("Худайбергенов Г. Н.", birth_date=None)
    called("Худайбергенов Габит", birth_date=date(1981, 2, 3))
    called("Худайбергенова Анар", birth_date=born, sex="f")
    called("Ахметов Ғабит", birth_date=born)
    assert {found.pk for found in lookup.namesakes(one)} == {same.pk, undated.pk}
    assert {found.pk for found in lookup.namesakes(same)} == {one.pk, undated.pk}


def test_keys_follow_a_merge_and_a_split(gabit: Person) -> None:
    gone = called("Щербаков Юрий")
    how: dict[str, Any] = {"at": AT}
    one, other = (actor_of(factories.account(name, Role.REGISTRAR)) for name in ("one", "other"))
    merge = merges.propose_merge(register="person", kept=gabit.pk, merged=gone.pk, reason="One number", by=one, **how)
    merges.confirm_merge(merge=merge, by=other, **how)
    assert lookup.people("Scherbakov") == [gabit]
    with pytest.raises(DomainError):
        merges.propose_merge(register="person", kept=gabit.pk, merged=gone.pk, reason="Again", by=one, **how)
    merge.refresh_from_db()
    merges.propose_split(merge=merge, reason="Two numbers", by=one, **how)
    merge.refresh_from_db()
    merges.confirm_split(merge=merge, by=other, **how)
    assert lookup.people("Scherbakov") == [gone]
    assert NameKey.objects.filter(person=gone).exists()
