"""Makes published tables out of models, so that a column is described once: on its field.

The name is the field's column, the meaning its help text, the privacy the model's `Privacy` note.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from django.db import models

from adaldyq.base.tables import Column, ColumnType, Privacy, Table

TYPES: Mapping[str, ColumnType] = {
    "CharField": ColumnType.TEXT,
    "TextField": ColumnType.TEXT,
    "IntegerField": ColumnType.INTEGER,
    "BigIntegerField": ColumnType.INTEGER,
    "BooleanField": ColumnType.BOOLEAN,
    "DateField": ColumnType.DATE,
    "DateTimeField": ColumnType.TIMESTAMP,
    "ForeignKey": ColumnType.TEXT,
    "OneToOneField": ColumnType.TEXT,
}


@dataclass(frozen=True)
class Published:
    """A table with the model that holds its rows, or with the function that lists them when no model does.

    With neither the country's registers do not have the table; only imported collections may.
    """

    table: Table
    model: type[models.Model] | None = None
    rows: Callable[[], Iterator[Mapping[str, object]]] | None = None


def publish(
    model: type[models.Model],
    name: str,
    meaning: str,
    *,
    leave_out: tuple[str, ...] = (),
    titles: Mapping[str, str] | None = None,
) -> Published:
    """Describe a model as a published table.

    Args:
        model: with a help text on every field and a `Privacy` note.
        name: of the table in SQL.
        meaning: one plain sentence: what a row is.
        leave_out: columns that stay inside, such as translations kept as JSON.
        titles: short labels for pages.
    """
    fields = [field for field in model._meta.concrete_fields if field.attname not in leave_out]
    columns = tuple(column_of(model, field, (titles or {}).get(field.attname, "")) for field in fields)
    return Published(Table(name, meaning, columns, model._meta.pk.attname), model=model)


def column_of(model: type[models.Model], field: models.Field[object, object], title: str) -> Column:
    """Describe one field as a column."""
    note = model.Privacy  # type: ignore[attr-defined]  # the house test holds every model to have it
    return Column(
        name=field.attname,
        type=type_of(field),
        meaning=str(field.help_text),
        privacy=Privacy.PUBLIC if field.attname in note.public else Privacy.RESTRICTED,
        required=not field.null and not (field.blank and field.empty_strings_allowed),
        title=title,
    )


def type_of(field: models.Field[object, object]) -> ColumnType:
    """The type of a column that keeps what the field keeps."""
    if isinstance(field, models.DecimalField):
        return ColumnType.MONEY if field.decimal_places == 2 else ColumnType.NUMBER  # noqa: PLR2004  # money has cents
    return TYPES[field.get_internal_type()]
