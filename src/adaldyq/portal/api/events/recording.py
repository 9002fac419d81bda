"""What all operations that record an event share: where it comes from, its key, its answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Field, Schema, Status

from adaldyq.base.errors import DomainError
from adaldyq.kernel.actions.periods import SOURCE_LENGTH, Provenance
from adaldyq.kernel.actor import Actor
from adaldyq.kernel.acts import collected_receipts
from adaldyq.kernel.api.values import PRINTABLE, Day, Given
from adaldyq.kernel.idempotency import Answer, fingerprint, once
from adaldyq.kernel.models import Territory
from adaldyq.kernel.queries.history import resolve
from adaldyq.kernel.registry import register_named
from adaldyq.kernel.tokens import behind

CREATED = 201
ANSWERED_AGAIN = "Idempotency-Replayed"

Act = Callable[[Actor, datetime], models.Model]
Answered = Status[Mapping[str, Any]]


class Event(Given):
    """What every event says: where it comes from."""

    source: str = Field(
        min_length=1, max_length=SOURCE_LENGTH, pattern=PRINTABLE, description="Register or document that says so."
    )
    as_of: Day = Field(description="Day on which it said so.")

    @property
    def origin(self) -> Provenance:
        """The same for an act."""
        return Provenance(self.source, self.as_of)


class RecordedOut(Schema):
    """What was recorded."""

    id: str = Field(description="Of the record.")
    receipts: list[str] = Field(description="References of the receipts in the ledger.")


def recorded(request: HttpRequest, response: HttpResponse, key: str, given: Given, act: Act) -> Answered:
    """Act once on a request, and answer it.

    Args:
        key: of the request; quotes around it, as a structured field has them, do not count.
        act: finds what the request names, calls the one act, and returns the record. It does not run when the request
            has been acted on.

    Raises:
        DomainError: what `once` or the act refuses.
    """
    answer = settled(
        by=behind(request), at=timezone.now(), key=key.strip('"') or key, address=request.path, given=given, act=act
    )
    if answer.again:
        response[ANSWERED_AGAIN] = "true"
    return Status(answer.status, answer.facts)


def settled(*, by: Actor, at: datetime, key: str, address: str, given: Given, act: Act) -> Answer:
    """Act once on one event, however it came: an event with the same key is the same alone and in a batch.

    Args:
        address: path of the operation of such events.

    Raises:
        DomainError: what `once` or the act refuses.
    """

    def perform() -> Answer:
        with collected_receipts() as receipts:
            made = act(by, at)
        return Answer(CREATED, {"id": made.pk, "receipts": receipts})

    said = fingerprint("POST", address, given.model_dump_json())
    return once(owner=by.id, key=key, request=said, at=at, perform=perform)


def record_of(register: str, record_id: str, field: str) -> Any:
    """The record that a request names, or the one that it was merged into.

    Raises:
        DomainError: `no-such-record`, with the field that names it.
    """
    found = register_named(register).records._default_manager.filter(pk=resolve(register, record_id)).first()
    if found is None:
        raise DomainError("no-such-record", field=field, register=register_named(register).title, value=record_id)
    return found


def territory_of(code: str) -> Territory:
    """The territory that a request names.

    Raises:
        DomainError: `no-such-record`.
    """
    found = Territory.objects.filter(pk=code).first()
    if found is None:
        raise DomainError("no-such-record", field="territory_id", register=_("territories"), value=code)
    return found
