"""Open declarations as FollowTheMoney entities, with the people, bodies and posts that they lead to."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from adaldyq.kernel import naming
from adaldyq.kernel.adapters import ftm_writer
from adaldyq.kernel.adapters.ftm_writer import Entity
from adaldyq.measures.declarations.adapters.entities import entities_of
from adaldyq.measures.declarations.queries import whole
from adaldyq.measures.declarations.queries.whole import Part, Some

POLITICALLY_EXPOSED = "role.pep"
"""What FollowTheMoney calls whoever holds a public office."""


def of(found: Part, page: Callable[[str], str]) -> Iterator[Entity]:
    """Entities of a part of the register, each once.

    Args:
        page: address of the page of a declaration, by its id.
    """
    seen: set[tuple[str, str]] = set()
    for some in whole.declared(found):
        for one in entities(some, page):
            key = one["id"], one["schema"]
            if key not in seen:
                seen.add(key)
                yield one


def entities(some: Some, page: Callable[[str], str]) -> Iterator[Entity]:
    """What is known of some people and what they declared; some entities come more than once."""
    country = naming.pack().code
    posts = whole.posts_held(some.people)
    declared = {one.body_id for one in some.declarations if one.body_id}
    yield from people(some)
    for body in whole.bodies(declared | {one.post.body_id for one in posts}):
        yield ftm_writer.body(body, country)
    for held in posts:
        yield ftm_writer.post(held.post, country)
        yield from ftm_writer.appointment(held)
    for one in some.declarations:
        yield from entities_of(whole.told_of(one, some, page(one.pk)))


def people(some: Some) -> Iterator[Entity]:
    """The declarants, by all their names."""
    declared = {one.person_id: one.declarant_name for one in some.declarations}
    for one in whole.declarants(some.people):
        person: dict[str, Any] = ftm_writer.person(one)
        names: Sequence[str] = [name.text for name in one.names] or [declared[one.person.pk]]
        others = [name for name in (*names[1:], declared[one.person.pk]) if name != names[0]]
        person["properties"] |= {"name": [names[0]], "topics": [POLITICALLY_EXPOSED]}
        if others:
            person["properties"]["alias"] = list(dict.fromkeys(others))
        yield person
