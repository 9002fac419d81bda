"""The few kinds of column that every register uses."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import models

from adaldyq.base.ids import LENGTH, new_id
from adaldyq.base.money import LIMIT
from adaldyq.base.tables import Column, ColumnType


def opaque_key() -> models.CharField[str, str]:
    """Primary key that tells nothing and cannot be guessed."""
    return models.CharField(max_length=LENGTH, primary_key=True, default=new_id, editable=False, help_text="Opaque id.")


def money_field(meaning: str, *, null: bool = True) -> models.DecimalField[Decimal | None, Decimal | None]:
    """Exact sum of money with two places; its currency stands in a column beside it."""
    return models.DecimalField(max_digits=15, decimal_places=2, null=null, blank=null, help_text=meaning)


def number_field(meaning: str, *, null: bool = True) -> models.DecimalField[Decimal | None, Decimal | None]:
    """Exact number with six places, such as an area or a share."""
    return models.DecimalField(max_digits=18, decimal_places=6, null=null, blank=null, help_text=meaning)


def currency_field(*, blank: bool = True) -> models.CharField[str, str]:
    """Currency of the amounts of the row, ISO 4217."""
    return models.CharField(max_length=3, blank=blank, help_text="Currency, ISO 4217.")


def period_in_order(name: str) -> models.CheckConstraint:
    """The invariant that nothing ends before it begins."""
    return models.CheckConstraint(
        condition=models.Q(valid_to__isnull=True)
        | models.Q(valid_from__isnull=True)
        | models.Q(valid_to__gte=models.F("valid_from")),
        name=f"{name}_period_in_order",
    )


def once_at_a_time(name: str, *fields: str) -> models.UniqueConstraint:
    """The invariant that at most one dated row of its kind is still in force.

    Periods that have ended are kept apart by the acts that end them.
    """
    return models.UniqueConstraint(fields=fields, condition=models.Q(valid_to__isnull=True), name=name)


def source_field() -> models.CharField[str, str]:
    """Where a dated row came from."""
    return models.CharField(max_length=200, blank=True, help_text="Register the record came from.")


def as_of_field() -> models.DateField[date | None, date | None]:
    """The day on which that source said so."""
    return models.DateField(null=True, blank=True, help_text="Day on which the source said so.")


def exact_amount(field: str, name: str) -> models.CheckConstraint:
    """The invariant that an amount stays in the range every database keeps exactly."""
    return models.CheckConstraint(
        condition=models.Q(**{f"{field}__isnull": True}) | models.Q(**{f"{field}__gt": -LIMIT, f"{field}__lt": LIMIT}),
        name=f"{name}_{field}_is_exact",
    )


def field_of(column: Column) -> models.Field[Any, Any]:
    """The field that keeps a column of a published table; what a declarant leaves empty stays empty."""
    match column.type:
        case ColumnType.MONEY:
            return money_field(column.meaning)
        case ColumnType.NUMBER:
            return number_field(column.meaning)
        case ColumnType.DATE:
            return models.DateField(null=True, blank=True, help_text=column.meaning)
        case ColumnType.INTEGER:
            return models.IntegerField(null=True, blank=True, help_text=column.meaning)
        case ColumnType.BOOLEAN:
            return models.BooleanField(null=True, blank=True, help_text=column.meaning)
        case _:
            return models.CharField(max_length=500, blank=True, default="", help_text=column.meaning)
