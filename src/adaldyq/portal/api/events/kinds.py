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
from adaldyq.kernel.api.values import Given
from adaldyq.portal.api.events.recording import CREATED, Answered, Key, RecordedOut, recorded

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
    """

    name: str
    route: str
    schema: type[Given]
    act: Recording[Any]

    @property
    def address(self) -> str:
        """Path of its operation."""
        return reverse(self.route)


KINDS: dict[str, Kind] = {}


def event(router: Router, name: str, *, route: str, summary: str) -> Callable[[Recording[Said]], Recording[Said]]:
    """Declare a function as the recording of a kind of event, and open its operation.

    The function takes what was said, who acts and when; the annotation of the first is the schema, the docstring the
    operation's description.

    Args:
        router: of the room.
        name: last part of the address.
        route: name of the address in the access matrix.

    Raises:
        ValueError: two kinds have one name.
    """

    def declare(act: Recording[Said]) -> Recording[Said]:
        if name in KINDS:
            raise ValueError(f"two kinds of event are called {name}")
        schema = get_type_hints(act)["given"]
        KINDS[name] = Kind(name, route, schema, act)

        def operation(request: HttpRequest, response: HttpResponse, key: Key, given: Any) -> Answered:
            return recorded(request, response, key, given, lambda by, at: act(given, by, at))

        operation.__annotations__["given"] = schema
        operation.__module__, operation.__name__, operation.__doc__ = act.__module__, act.__name__, act.__doc__
        router.post(f"/{name}", response={CREATED: RecordedOut}, url_name=route, summary=summary)(operation)
        return act

    return declare
