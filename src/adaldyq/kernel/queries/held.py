"""All that is held on a person, over every room: each record that leads to them, as far as they may see it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import models

from adaldyq.kernel.models import Person
from adaldyq.kernel.registry import as_text

CLOSED_ROOMS = frozenset({"verification"})
"""Rooms whose records a person does not see here: questions of an inquiry, which telling would defeat."""

CLOSED_FIELDS = frozenset({"password"})
ROWS_SHOWN = 2000


@dataclass(frozen=True, slots=True)
class Held:
    """Records of one kind about a person.

    Attributes:
        kind: `app.Model`.
        relation: column by which they lead to the person.
        rows: values by column, as JSON holds them.
    """

    kind: str
    relation: str
    rows: list[dict[str, object]]


def held_on(person: Person) -> Iterator[Held]:
    """Every kind of record that leads to a person and has some, the person's own record first."""
    yield Held(Person._meta.label, "id", [values(person)])
    relations = sorted(Person._meta.related_objects, key=lambda one: (one.related_model._meta.label, one.field.name))
    for relation in relations:
        model = relation.related_model
        if model._meta.app_label in CLOSED_ROOMS:
            continue
        found = model._default_manager.filter(**{relation.field.name: person}).order_by("pk")[:ROWS_SHOWN]
        if rows := [values(one) for one in found]:
            yield Held(model._meta.label, relation.field.attname, rows)


def values(record: models.Model) -> dict[str, object]:
    """A record as JSON holds it."""
    names = [one.attname for one in record._meta.concrete_fields if one.attname not in CLOSED_FIELDS]
    return {name: in_json(getattr(record, name)) for name in names}


def in_json(value: object) -> object:
    """A value that JSON can hold."""
    if isinstance(value, datetime):
        return value.isoformat()
    if value is None or isinstance(value, bool | int | str | list | dict):
        return value
    plain = as_text(value)
    return plain if isinstance(plain, str) else str(value)
