"""Many events in one request: as one JSON document, or as JSON lines.

Each event is acted on by itself and answered by itself: one that is refused stops no other. Each acts once under its
own key, or, where it has none, under that of the request and the number of its line; so the whole may be sent again
until there is an answer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Field, Router, Schema
from pydantic import StringConstraints

from adaldyq.base.errors import DomainError
from adaldyq.kernel.access import scopes_for
from adaldyq.kernel.actor import Actor
from adaldyq.kernel.api import documents
from adaldyq.kernel.api.documents import Problem
from adaldyq.kernel.api.keys import KEY_PATTERN, Key
from adaldyq.kernel.api.values import Given
from adaldyq.kernel.idempotency import fingerprint
from adaldyq.kernel.models.requests import LONGEST_KEY
from adaldyq.kernel.scopes import Scope, written
from adaldyq.kernel.tokens import behind, carried_by
from adaldyq.portal.api.events.each import REFUSALS, in_order, problem_of
from adaldyq.portal.api.events.kinds import KINDS, Kind
from adaldyq.portal.api.events.matching import LONGEST_TAGS
from adaldyq.portal.api.events.recording import settled
from adaldyq.portal.api.lines import LIMITS, Line, answered, described, lines_of

router = Router(tags=["events: many at once"])

MOST_EVENTS = 500
LINE, RESULT = "EventLine", "EventResult"  # what the schema calls them
REFERENCE = "#/components/schemas/"
EXAMPLE = (
    '{"event": "tie-ends", "key": "7f0c-1", "data": {"tie_id": "01HV3XJ5K2MN", "until": "2026-03-01", '
    '"source": "register of marriages, 7-12", "as_of": "2026-03-02"}}\n'
)


class EventIn(Given):
    """An event of a batch; `data` is what the operation of the same name takes."""

    event: str = Field(description="Last part of the address of its operation.")
    key: Annotated[str, StringConstraints(pattern=KEY_PATTERN, min_length=1, max_length=LONGEST_KEY)] | None = Field(
        None, description="Its Idempotency-Key; without it, that of the request with the number of the line."
    )
    if_match: Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_TAGS)] | None = Field(
        None, description="Its If-Match, where the operation of the same name takes one."
    )
    data: dict[str, Any]


class BatchIn(Given):
    """Several events."""

    events: list[Any] = Field(min_length=1, max_length=MOST_EVENTS)


class EventResult(Schema):
    """What became of one event."""

    line: int = Field(description="Which it was, from 1.")
    status: int = Field(description="What its own operation would have answered: 201 when it is recorded.")
    id: str | None = Field(None, description="Of the record.")
    receipts: list[str] = Field([], description="References of the receipts in the ledger.")
    replayed: bool = Field(False, description="Whether it had been recorded before, under the same key.")
    problem: Problem | None = Field(None, description="Why it was refused.")


class BatchOut(Schema):
    """What became of several events."""

    recorded: int
    replayed: int = Field(description="Recorded before, under the same keys.")
    refused: int
    results: list[EventResult]


@router.post("/batch", response=BatchOut, url_name="api-events-batch", summary="Several events at once")
def record_batch(request: HttpRequest, key: Key, given: BatchIn) -> dict[str, Any]:
    """Record up to 500 events of any kinds that the token's scopes open; each is answered by itself."""
    results = list(taken(request, key, [Line(number, one) for number, one in enumerate(given.events, 1)]))
    became = Counter(
        "refused" if one.get("problem") else "replayed" if one["replayed"] else "recorded" for one in results
    )
    return {"results": results, **{name: became[name] for name in ("recorded", "replayed", "refused")}}


@router.post(
    "/lines",
    url_name="api-events-lines",
    summary="Events as JSON lines",
    description=f"Record events of any kinds that the token's scopes open, one a line. {LIMITS}",
    openapi_extra=described(LINE, RESULT, EXAMPLE),
)
def record_lines(request: HttpRequest, key: Key) -> HttpResponse:
    """Record events that come as JSON lines.

    Raises:
        TooLong: as `lines_of`.
        DomainError: as `lines_of`.
    """
    return answered(taken(request, key, lines_of(request)))


def taken(request: HttpRequest, key: str, lines: Sequence[Line]) -> Iterator[dict[str, Any]]:
    """Act on lines, many in a transaction, and yield what became of each once that is committed."""
    token, whole = carried_by(request), key.strip('"') or key
    opens, by = token.opens if token else frozenset(), behind(request)
    return in_order(lines, lambda one: result_of(one, whole, opens, by))


def result_of(line: Line, whole: str, opens: frozenset[Scope], by: Actor) -> dict[str, Any]:
    """What became of a line."""
    try:
        return recorded(line, whole, opens, by)
    except REFUSALS as error:
        return refused(line, problem_of(error, "event"))


def recorded(line: Line, whole: str, opens: frozenset[Scope], by: Actor) -> dict[str, Any]:
    """Record the event of a line.

    Raises:
        DomainError: the line's own, `no-such-event`, or what the act refuses.
        ValidationError: it is not as the schema says.
    """
    if line.error is not None:
        raise line.error
    said = EventIn.model_validate(line.value)
    kind = kind_of(said.event)
    if not (needed := scopes_for(kind.route)) & opens:
        return refused(line, documents.document_of_scope(written(needed)))
    given = kind.schema.model_validate(said.data)
    answer = settled(
        by=by,
        at=timezone.now(),
        key=said.key or fingerprint(whole, str(line.number)),
        address=kind.address,
        given=given,
        act=kind.acting(given, said.if_match),
    )
    return {"line": line.number, "status": answer.status, **answer.facts, "replayed": answer.again}


def kind_of(name: str) -> Kind:
    """The kind of event that a line names.

    Raises:
        DomainError: `no-such-event`.
    """
    if name not in KINDS:
        raise DomainError("no-such-event", field="event", value=name[:40], known=", ".join(sorted(KINDS)))
    return KINDS[name]


def refused(line: Line, problem: dict[str, object]) -> dict[str, Any]:
    """What is answered for a line that was refused."""
    return {"line": line.number, "status": problem["status"], "replayed": False, "problem": problem}


def describe(schemas: dict[str, Any]) -> None:
    """Write into the schemas of an OpenAPI document what an event of a batch is: `data` depends on `event`.

    Args:
        schemas: by name; they are changed.
    """
    rest = EventIn.model_json_schema()["properties"]
    for kind in KINDS.values():
        schemas[f"{LINE}_{kind.name}"] = {
            "type": "object",
            "title": kind.name,
            "properties": {
                "event": {"const": kind.name},
                "key": rest["key"],
                **({"if_match": rest["if_match"]} if kind.changes else {}),
                "data": {"$ref": REFERENCE + kind.schema.__name__},
            },
            "required": ["event", "data"],
            "additionalProperties": False,
        }
    names = {kind: f"{REFERENCE}{LINE}_{kind}" for kind in KINDS}
    schemas[LINE] = {
        "description": EventIn.__doc__,
        "oneOf": [{"$ref": address} for address in names.values()],
        "discriminator": {"propertyName": "event", "mapping": names},
    }
    schemas[BatchIn.__name__]["properties"]["events"]["items"] = {"$ref": REFERENCE + LINE}
