"""People that are looked at together, so that a country of any size is gone through in bounded memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from adaldyq.kernel.models import FamilyTie, Person

SPOUSE = "spouse"


@dataclass(frozen=True, slots=True)
class Span:
    """People to look at together: those of a list, or all whose id lies after one and up to another.

    A span of ids is one range of each index, so that a country of any size is gone through in bounded memory.
    """

    people: tuple[str, ...] = ()
    after: str = ""
    until: str = ""

    def on(self, path: str, written: Callable[[str], str] = str) -> Q:
        """The condition that a column that leads to a person is in the span.

        Args:
            written: how the column writes an id.
        """
        if self.people:
            return Q(**{f"{path}__in": [written(one) for one in self.people]})
        return Q(**{f"{path}__gt": written(self.after), f"{path}__lte": written(self.until)})


def spans(size: int) -> Iterator[Span]:
    """Spans of so many people that together are everybody, in the order of their ids."""
    after = ""
    while True:
        ids = list(Person.objects.filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)[:size])
        if not ids:
            return
        yield Span(after=after, until=ids[-1])
        after = ids[-1]


def everybody() -> int:
    """How many people the register holds."""
    return Person.objects.count()


def ties_of(span: Span) -> Any:
    """Marriages of the people of a span, seen from their side."""
    return FamilyTie.objects.filter(span.on("person_id"), kind=SPOUSE)
