"""Rows that are inserted together are those that Django would have saved one by one, few or many."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, models, transaction

from adaldyq.kernel.inserting import FEW, TOGETHER, Written, insert_missing, insert_together
from adaldyq.kernel.models import Event
from adaldyq.measures.declarations.models import SECTION_MODELS, Declaration
from tests import factories

pytestmark = pytest.mark.django_db

VEHICLE, CASH = SECTION_MODELS["vehicle"], SECTION_MODELS["cash"]


def declaration() -> Declaration:
    return Declaration(
        person=factories.person(),
        form="income",
        year=2024,
        filed_at=datetime(2025, 3, 1, 7, 30, 5, 123456, tzinfo=UTC),
        due_date=date(2025, 9, 15),
        post_titles={"kk": 'Басшы \\ "бөлім"', "ru": "100 %"},
        declarant_name="Таңатаров\tСерік",
        country="KZ",
        currency="KZT",
    )


def rows(of: Declaration, count: int) -> list[models.Model]:
    return [
        VEHICLE(
            declaration=of,
            make="Камаз \\N, 'ұзын'",
            production_year=2000 + number,
            share=Decimal("33.333333"),
            value=Decimal("9500000.55"),
            acquired_date=date(2019, 3, 27),
        )
        for number in range(count)
    ]


@pytest.mark.parametrize("count", [2, FEW + 1])
def test_what_is_read_back_is_what_was_given(count: int) -> None:
    one = declaration()
    vehicles, cash = rows(one, count), [CASH(declaration=one, amount=None, or_at_bank=True)]
    insert_together([one], vehicles, [], cash)
    for given in (one, *vehicles, *cash):
        kept = type(given)._default_manager.get(pk=given.pk)
        names = [field.attname for field in given._meta.concrete_fields]
        assert {name: getattr(kept, name) for name in names} == {name: getattr(given, name) for name in names}
    one.refresh_from_db()
    one.save()  # it counts as saved: this updates, and inserts no second one
    assert Declaration.objects.count() == 1


@pytest.mark.parametrize("count", [2, FEW + 1])
def test_rows_that_were_never_records_are_kept_as_those_that_were(count: int) -> None:
    one = declaration()
    vehicles = rows(one, count)
    columns = [field.attname for field in VEHICLE._meta.concrete_fields]
    values = [[getattr(row, name) for name in columns] for row in vehicles]
    texts = [[value if value is None or isinstance(value, int) else str(value) for value in row] for row in values]
    insert_together([one], Written(VEHICLE, texts), Written(CASH, []))
    assert sorted(VEHICLE._default_manager.values_list(*columns)) == sorted(map(tuple, values))


@pytest.mark.parametrize("count", [1, FEW + 1])
def test_two_rows_of_one_key_are_refused_with_all_others(count: int) -> None:
    one = declaration()
    vehicles = rows(one, count)
    with pytest.raises(IntegrityError), transaction.atomic():
        insert_together([one], [*vehicles, vehicles[0]])
    assert not Declaration.objects.exists()


def test_a_key_that_the_database_counts_is_left_to_it() -> None:
    at = datetime(2025, 3, 1, tzinfo=UTC)
    insert_together([Event(name="a.b.c", payload={"n": [1, None, "ұ"]}, happened_at=at) for _number in range(2)])
    assert [one.payload for one in Event.objects.filter(name="a.b.c")] == [{"n": [1, None, "ұ"]}] * 2


def test_of_rows_that_may_be_there_only_the_missing_are_inserted() -> None:
    one = declaration()
    one.save()
    vehicles: list[Any] = rows(one, TOGETHER + 2)
    insert_missing(vehicles[:3])
    first: Any = VEHICLE._default_manager.get(pk=vehicles[0].pk)
    vehicles[0].make = "another"
    insert_missing(vehicles)
    insert_missing([])
    assert VEHICLE._default_manager.count() == TOGETHER + 2
    kept: Any = VEHICLE._default_manager.get(pk=first.pk)
    assert (kept.make, kept.share, kept.value) == (first.make, Decimal("33.333333"), Decimal("9500000.55"))
