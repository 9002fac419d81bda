"""The kinds of event that institutions record: what each says, and the one act that records it.

A kind is an operation of its own, `POST /events/NAME`, and what a line of a batch may name.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar, get_type_hints

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from ninja import Router

from adaldyq.kernel.actor import Actor
from adaldyq.kernel.api.keys import Key
from adaldyq.kernel.api.values import Given
from adaldyq.portal.api.events.matching import Match, require_match
from adaldyq.portal.api.events.recording import CREATED, Act, Answered, RecordedOut, recorded

Said = TypeVar("Said", bound=Given)
Recording = Callable[[Said, Actor, datetime], models.Model]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of event.

    Attributes:
        name: last part of its address, by which lines of a batch name it.
        route: of its operation, whose row in the access matrix says which scope opens it.
        schema: what is said of such an event.
        act: finds what the event names, calls the one act, and returns the record.
        changes: the register of the record that it changes and the field that names it, where that record has an
            address of its own, whose tag `If-Match` may hold.
    """

    name: str
    route: str
    schema: type[Given]
    act: Recording[Any]
    changes: tuple[str, str] | None = None

    @property
    def address(self) -> str:
        """Path of its operation."""
        return reverse(self.route)

    def acting(self, given: Any, match: str | None) -> Act:
        """What records one such event, if the record that it changes is still the one that the sender has seen.

        Args:
            match: value of `If-Match`, if there is one.

        Raises:
            DomainError: `record-not-as-seen`, or what the act refuses.
        """

        def act(by: Actor, at: datetime) -> models.Model:
            if match and self.changes:
                require_match(*self.changes, given, match)
            made: models.Model = self.act(given, by, at)
            return made

        return act


KINDS: dict[str, Kind] = {}


def event(
    router: Router, name: str, *, route: str, summary: str, changes: tuple[str, str] | None = None
) -> Callable[[Recording[Said]], Recording[Said]]:
    """Declare a function as the recording of a kind of event, and open its operation.

    The function takes what was said, who acts and when; the annotation of the first is the schema, the docstring the
    operation's description.

    Args:
        router: of the room.
        name: last part of the address.
        route: name of the address in the access matrix.
        changes: as of `Kind`.

    Raises:
        ValueError: two kinds have one name.
    """

    def declare(act: Recording[Said]) -> Recording[Said]:
        if name in KINDS:
            raise ValueError(f"two kinds of event are called {name}")
        schema = get_type_hints(act)["given"]
        kind = KINDS[name] = Kind(name, route, schema, act, changes)

        def operation(request: HttpRequest, response: HttpResponse, key: Key, given: Any) -> Answered:
            return recorded(request, response, key, given, kind.acting(given, None))

        def operation_if(
            request: HttpRequest, response: HttpResponse, key: Key, given: Any, match: Match = None
        ) -> Answered:
            return recorded(request, response, key, given, kind.acting(given, match))

        opened = operation_if if changes else operation
        opened.__annotations__["given"] = schema
        opened.__module__, opened.__name__, opened.__doc__ = act.__module__, act.__name__, act.__doc__
        router.post(f"/{name}", response={CREATED: RecordedOut}, url_name=route, summary=summary)(opened)
        return act

    return declare
