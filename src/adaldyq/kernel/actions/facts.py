"""The act that changes an undated fact of a record and keeps what it was."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, models, transaction

from adaldyq.base.errors import DomainError
from adaldyq.kernel import findable
from adaldyq.kernel.actions.periods import Provenance, hold, recorded
from adaldyq.kernel.actor import Actor
from adaldyq.kernel.acts import Recorded, act
from adaldyq.kernel.models import FormerValue
from adaldyq.kernel.periods import day_before
from adaldyq.kernel.policies import require_keeper
from adaldyq.kernel.registry import Register, as_text, from_text, register_named


@dataclass(frozen=True, slots=True)
class Changed:
    """A record after a change, and the fields that changed."""

    register: str
    record: models.Model
    fields: tuple[str, ...]


def line(changed: Changed) -> Recorded:
    """The ledger line of a change: which fields of which record, and what they hold now."""
    facts = {f"to_{field}": as_text(getattr(changed.record, field)) for field in changed.fields}
    told = recorded(changed.register, changed.record, "", **facts)
    return Recorded(told.payloads, {**told.event, "fields": list(changed.fields)})


@act("kernel.record.change", records=line)
def change_facts(
    *,
    register: str,
    record_id: str,
    facts: Mapping[str, object],
    since: date,
    origin: Provenance,
    by: Actor,
    at: datetime,
) -> Changed:
    """Change undated facts of a record from a day; what they held before is kept with its last day.

    Args:
        facts: new values by column, as text where a person typed them.

    Raises:
        NotAllowed: `by` does not keep the register.
        DomainError: `no-such-register`, `no-such-record`, `field-not-changeable`, `nothing-changed`, what
            `from_text` says of a value, or `record-would-contradict-itself`.
    """
    kept = register_named(register)
    require_keeper(by, "kernel.record.change", register, kept.find(record_id))
    for field in facts:
        if field not in kept.changeable:
            raise DomainError("field-not-changeable", field=field, register=register, name=field)
    return replace(kept, record_id, facts, since, origin)


def replace(
    register: Register, record_id: str, facts: Mapping[str, object], since: date, origin: Provenance
) -> Changed:
    """Write new values into a record within an act, and keep those they replace."""
    record: Any = hold(register.find(record_id))
    values = {field: from_text(type(record), field, value) for field, value in facts.items()}
    changed = {field: value for field, value in values.items() if getattr(record, field) != value}
    if not changed:
        raise DomainError("nothing-changed", field=next(iter(facts), None))
    keep(register.name, record, changed, day_before(since))
    try:
        with transaction.atomic():
            type(record)._default_manager.filter(pk=record.pk).update(**changed, **origin.columns)
    except IntegrityError:
        raise DomainError("record-would-contradict-itself", field=next(iter(changed))) from None
    record.refresh_from_db()
    findable.refresh([record])
    return Changed(register.name, record, tuple(changed))


def keep(register: str, record: Any, fields: Collection[str], until: date) -> None:
    """Keep what fields of a record held to a day; a value that was replaced on the day it came held on none.

    Raises:
        DomainError: `begins-before-the-present` when a field already changed later than that.
    """
    known = FormerValue.objects.filter(register=register, record_id=record.pk, field__in=fields, valid_to__gte=until)
    since: dict[str, date] = dict(known.order_by("valid_to").values_list("field", "valid_to"))
    for field in fields:
        if since.get(field, until) > until:
            raise DomainError("begins-before-the-present", field=field, since=since[field])
    former = {"source": record.source, "as_of": record.as_of}
    FormerValue.objects.bulk_create(
        FormerValue(
            register=register,
            record_id=record.pk,
            field=field,
            value=as_text(getattr(record, field)),
            valid_to=until,
            **former,
        )
        for field in fields
        if field not in since
    )
