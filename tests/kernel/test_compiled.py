"""A compiled query finds, and a compiled update writes, what Django's own would, with other values each time."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from adaldyq.kernel.compiled import Compiled, CompiledUpdate
from adaldyq.kernel.models import Appointment, PersonName
from tests import factories

pytestmark = pytest.mark.django_db

RANKED = [factories.NAMES[place] for place in (1, 0, 2)]
"""In the order of their languages, backwards: ru, kk, en."""

HELD = Compiled(
    lambda person, day: Appointment.objects.filter(person=person, valid_from__lte=day).select_related("post__body"),
    str,
    date,
)
TEXTS = Compiled(
    lambda person: PersonName.objects.filter(person=person).order_by("-language").values_list("text", flat=True), str
)
PAIRS = Compiled(lambda person: PersonName.objects.filter(person=person).values_list("language", "text"), str)


def test_records_come_with_those_selected_beside_them_and_only_for_the_values_asked_for() -> None:
    since = date(2020, 5, 1)
    one, other = factories.person(), factories.person()
    post = factories.post()
    factories.appointment(one, post, since=since)
    factories.appointment(other, factories.post(), since=since)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        found = HELD(one.pk, since)
        assert [(held.person_id, held.valid_from, held.post.titles, held.post.body.name) for held in found] == [
            (one.pk, since, post.titles, post.body.name)
        ]
    assert len(asked) == 1
    assert HELD(one.pk, since - timedelta(days=1)) == []
    assert HELD.first(other.pk, since) == Appointment.objects.get(person=other)


def test_tuples_and_single_columns_come_as_the_query_says() -> None:
    who = factories.person()
    assert TEXTS(who.pk) == RANKED
    assert dict(PAIRS(who.pk)) == dict(zip(("kk", "ru", "en"), factories.NAMES, strict=True))
    assert TEXTS("nobody") == []


def test_an_update_and_a_removal_tell_how_many_rows_they_were() -> None:
    who, other = factories.person(), factories.person()
    rename = CompiledUpdate(lambda person, text: (PersonName.objects.filter(person=person), {"text": text}), str, str)
    remove = CompiledUpdate(lambda person: (PersonName.objects.filter(person=person), None), str)
    assert rename(who.pk, "Ахметов % Серік") == 3
    assert set(TEXTS(who.pk)) == {"Ахметов % Серік"}
    assert TEXTS(other.pk) == RANKED
    assert (remove(who.pk), remove(who.pk)) == (3, 0)
    assert TEXTS(other.pk) == RANKED


def test_a_list_is_one_value_however_long_it_is() -> None:
    many = Compiled(lambda people: PersonName.objects.filter(person__any_of=people, text__any_of=factories.NAMES), list)
    rename = CompiledUpdate(
        lambda people, text: (PersonName.objects.filter(person_id__any_of=people), {"text": text}), list, str
    )
    one, other, third = (factories.person() for _person in range(3))
    assert {name.person_id for name in many([one.pk, other.pk, 'it\'s {no}, "one"'])} == {one.pk, other.pk}
    assert many([]) == []
    assert rename([one.pk, third.pk], "Ахметов") == 6
    assert {name.person_id for name in many([one.pk, other.pk, third.pk])} == {other.pk}


def test_a_value_that_the_query_does_not_use_is_refused() -> None:
    with pytest.raises(ValueError, match="not every value"):
        Compiled(lambda _person, language: PersonName.objects.filter(language=language), str, str)("one", "kk")


@pytest.mark.postgresql
def test_postgresql_keeps_one_plan_of_a_query_that_comes_again() -> None:
    for person in ("one", "another", "a third"):
        TEXTS(person)
    kept = "SELECT generic_plans, custom_plans FROM pg_prepared_statements WHERE statement LIKE %s"
    with connection.cursor() as cursor:
        cursor.execute(kept, ['%ORDER BY "kernel_personname"."language" DESC%'])
        assert cursor.fetchall() == [(3, 0)]
