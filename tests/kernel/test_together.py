"""Queries that are asked together find what each finds alone, each value of its own type."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.db.models import Model
from django.test.utils import CaptureQueriesContext

from adaldyq.kernel.compiled import Compiled
from adaldyq.kernel.models import Appointment, LandRight, PersonName
from adaldyq.kernel.together import Together
from adaldyq.ledger.models import Leaf
from tests import factories

pytestmark = pytest.mark.django_db

SINCE = date(2020, 5, 1)
NAMES = Compiled(
    lambda person: PersonName.objects.filter(person=person).order_by("-text").values_list("language", "valid_to"), str
)
HELD = Compiled(
    lambda person, day: Appointment.objects.filter(person=person, valid_from__lte=day).select_related("post__body"),
    str,
    date,
)
LAND = Compiled(lambda person: LandRight.objects.filter(owner_person=person).order_by("area"), str)
TOGETHER = Together(NAMES, HELD, LAND)


def columns(row: Model) -> dict[str, object]:
    return {one.attname: getattr(row, one.attname) for one in row._meta.concrete_fields}


def test_they_find_what_each_finds_alone_in_one_statement_where_the_database_can() -> None:
    who, other = factories.person(), factories.person()
    post = factories.post()
    factories.appointment(who, post, since=SINCE)
    factories.appointment(other, factories.post(), since=SINCE)
    for number, area in enumerate(("12.5", "7")):
        factories.land(who, area=Decimal(area), object_number=str(number))
    TOGETHER((who.pk,), (who.pk, SINCE), (who.pk,))
    with CaptureQueriesContext(connection) as asked:
        names, held, land = TOGETHER((who.pk,), (who.pk, SINCE), (who.pk,))
        assert [(one.valid_from, one.post.titles, one.post.body.name) for one in held] == [
            (SINCE, post.titles, post.body.name)
        ]
    assert len(asked) == (1 if connection.vendor == "postgresql" else 3)
    assert names == NAMES(who.pk)
    assert [columns(one) for one in held] == [columns(one) for one in HELD(who.pk, SINCE)]
    assert [columns(one) for one in land] == [columns(one) for one in LAND(who.pk)]
    assert [one.area for one in land] == [Decimal(7), Decimal("12.5")]
    assert TOGETHER(("nobody",), (who.pk, date(2020, 4, 30)), ("nobody",)) == [[], [], []]


def test_for_each_of_many_they_find_what_they_find_for_it_alone_in_one_statement() -> None:
    people = [factories.person() for _one in range(3)]
    for number, who in enumerate(people[:2]):
        factories.appointment(who, factories.post(), since=SINCE)
        factories.land(who, area=Decimal("12.5"), object_number=str(number))
    given = [((who.pk,), (who.pk, SINCE), (who.pk,)) for who in (*people, people[0])]
    given.append((('{"no", body}',), (people[0].pk, date(2020, 4, 30)), ("",)))
    TOGETHER.for_each(given)
    with CaptureQueriesContext(connection) as asked:
        found = TOGETHER.for_each(given)
    if connection.vendor == "postgresql":
        assert len(asked) == 1

    def told(one: list[list[Any]]) -> object:
        names, held, land = one
        return names, [(columns(row), row.post.titles, row.post.body.pk) for row in held], list(map(columns, land))

    assert [told(one) for one in found] == [told(TOGETHER(*one)) for one in given]
    assert found[-1] == [[], [], []]
    assert TOGETHER.for_each([]) == []


@pytest.mark.postgresql
def test_what_would_come_back_otherwise_is_refused() -> None:
    lists = Compiled(lambda keys: PersonName.objects.filter(person_id__any_of=keys), list)
    with pytest.raises(ValueError, match="list"):
        Together(NAMES, lists)(("x",), (["x"],))
    with pytest.raises(ValueError, match="BinaryField"):
        Together(Compiled(lambda key: Leaf.objects.filter(reference=key), str))(("x",))
