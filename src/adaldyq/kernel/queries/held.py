"""All that is held on a person, over every room: each record that leads to them, as far as they may see it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Q

from adaldyq.kernel.models import (
    Account,
    Deadline,
    Document,
    FormerValue,
    Merge,
    Notification,
    Person,
    SourceKey,
    Upload,
)
from adaldyq.kernel.registry import REGISTERS, as_text
from adaldyq.ledger.models import Leaf

CLOSED_ROOMS = frozenset({"verification"})
"""Rooms whose records a person does not see here: questions of an inquiry, which telling would defeat."""

CLOSED_FIELDS = frozenset({"password", "digest", "session_key", "salt", "payload", "entry", "place", "code"})
"""Columns with which somebody could sign in, or open what is kept: secrets, hashes of them, places of files.

What the ledger says of one's own acts stands in one's receipts."""
CLOSED_DATA = frozenset({"mfa.Authenticator.data", "socialaccount.SocialToken.token"})
"""The same in the tables of the sign-in."""
OTHERS = frozenset({"relative_id", "previous_owner_id"})
"""Columns by which a person stands in a record that is somebody else's."""
OWN = frozenset({"account_id", "user_id", "owner_id", "submitted_by_id"})
"""Columns by which a record belongs to an account; by others it is one that an official has handled."""
ROWS_SHOWN = 2000
WITHHELD, TOLD = "withheld", "told"
"""What a model's note of privacy may name: columns that the person does not see, and the condition under which they see
the record at all, so that an inquiry is not told of before the person is asked."""


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
    """Every kind of record that leads to a person and has some, the person's own record first.

    Among them are those of their sign-ins (roles, sessions, messages, files handed in) and those that name a record
    of theirs by its id: files, documents, deadlines, former values, merges.
    """
    yield Held(Person._meta.label, "id", [values(person)])
    seen: dict[str, set[str]] = {Person._meta.label: {person.pk}}
    accounts = list(Account.objects.filter(person=person).order_by("pk").values_list("pk", flat=True))
    for model, column in references(Person):
        if column not in OTHERS:
            yield from found(model, column, Q(**{column: person.pk}), seen)
    for model, column in references(Account):
        if column in OWN:
            yield from found(model, column, Q(**{f"{column}__in": accounts}), seen)
    yield from found(Leaf, "holder", Q(holder__in=accounts), seen)
    notices = seen.get(Notification._meta.label, set())
    for model, column in references(Notification):
        yield from found(model, column, Q(**{f"{column}__in": notices}), seen)
    yield from by_id(seen)


def references(model: type[models.Model]) -> Iterator[tuple[type[models.Model], str]]:
    """Columns that lead to records of a model, those without a way back among them, in the order of their names."""
    relations = [
        one
        for one in model._meta.get_fields(include_hidden=True)
        if isinstance(one, models.ManyToOneRel) and one.related_model._meta.app_label not in CLOSED_ROOMS
    ]
    for one in sorted(relations, key=lambda one: (one.related_model._meta.label, one.field.name)):
        yield one.related_model, one.field.attname


def by_id(seen: dict[str, set[str]]) -> Iterator[Held]:
    """Records that name, by its id and without a key, a record that was found."""
    about = Q(pk__in=())
    for kind, keys in list(seen.items()):
        about |= Q(subject_kind=kind, subject_id__in=keys)
    for model in (Upload, Document, Deadline):
        yield from found(model, "subject_id", about, seen)
    of_registers = Q(pk__in=())
    for register in REGISTERS.values():
        of_registers |= Q(register=register.name, record_id__in=seen.get(register.model, ()))
    for former in (FormerValue, SourceKey):
        yield from found(former, "record_id", of_registers, seen)
    people = seen[Person._meta.label]
    yield from found(Merge, "kept_id", Q(register="person") & (Q(kept_id__in=people) | Q(merged_id__in=people)), seen)


def found(model: type[models.Model], column: str, which: Q, seen: dict[str, set[str]]) -> Iterator[Held]:
    """Records of one kind that were not found before in another way; nothing when there are none."""
    if model._meta.app_label in CLOSED_ROOMS:
        return
    known: Collection[str] = seen.get(model._meta.label, set())
    rows = model._default_manager.filter(which, noted(model, TOLD, Q())).order_by("pk")[:ROWS_SHOWN]
    new = [one for one in rows if str(one.pk) not in known]
    if new:
        seen.setdefault(model._meta.label, set()).update(str(one.pk) for one in new)
        yield Held(model._meta.label, column, [values(one) for one in new])


def noted(model: type[models.Model], name: str, otherwise: Any) -> Any:
    """What a model's note of privacy names, if it does."""
    return getattr(getattr(model, "Privacy", None), name, otherwise)


def values(record: models.Model) -> dict[str, object]:
    """A record as JSON holds it, without what the person does not see."""
    withheld = {*CLOSED_FIELDS, *noted(type(record), WITHHELD, ())}
    return {
        one.attname: in_json(getattr(record, one.attname))
        for one in record._meta.concrete_fields
        if one.attname not in withheld and f"{record._meta.label}.{one.attname}" not in CLOSED_DATA
    }


def in_json(value: object) -> object:
    """A value that JSON can hold."""
    if isinstance(value, datetime):
        return value.isoformat()
    if value is None or isinstance(value, bool | int | str | list | dict):
        return value
    plain = as_text(value)
    return plain if isinstance(plain, str) else str(value)
