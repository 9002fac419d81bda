"""What base registers know of officers, found in free text: their relatives, and the bodies where they or relatives work.

Only the server looks for it, where it sees the text: a list for browsers would tell everybody who works where.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from adaldyq.base.names import comparison_key
from adaldyq.kernel.compiled import Compiled
from adaldyq.kernel.models import Body, PersonName
from adaldyq.kernel.queries.ties import kin_of
from adaldyq.measures.reports.domain.named import Reading, called, folded_words, is_within
from adaldyq.measures.reports.queries.houses import PEOPLE, houses
from adaldyq.measures.reports.queries.routing import UNITS

NAMES = Compiled(
    lambda people: (
        PersonName.objects.filter(person__any_of=people).order_by("person", "text").values_list("person_id", "text")
    ),
    list,
)
BODIES = Compiled(lambda bodies: Body.objects.filter(pk__any_of=bodies).order_by("pk"), list)


def concerned_by(text: str, reading: Reading, accounts: Collection[str], day: date) -> frozenset[str]:
    """Of some accounts those whom a text concerns by what registers know, though it does not name them.

    Args:
        reading: the same text, read for names of people.
    """
    return with_bodies_named(text, accounts, day) | with_relatives_named(reading, accounts)


def with_bodies_named(text: str, accounts: Collection[str], day: date) -> frozenset[str]:
    """Those who work, or whose relatives work, in a body that a text names; offices that receive reports are asked about apart."""
    found = houses(accounts, day)
    offices = {str(one.body_id) for one in UNITS(day)}
    every = sorted(set[str]().union(*found.values()) - offices)
    if not every:
        return frozenset()
    words = folded_words(text)
    named = {str(one.pk) for one in BODIES(every) if any(is_within(name, words) for name in names_of_body(one))}
    return frozenset(account for account, bodies in found.items() if bodies & named)


def names_of_body(body: Body) -> list[Sequence[str]]:
    """The names of a body in the register, as folded words."""
    return [comparison_key(name).split() for name in {body.name, *body.names.values()}]


def with_relatives_named(reading: Reading, accounts: Collection[str]) -> frozenset[str]:
    """Those of whose relatives a text has two words of the name, or one with the initial of another."""
    people = {str(account): str(person) for account, person in PEOPLE(list(accounts))}
    kin = kin_of(set(people.values()))
    relatives = sorted(set[str]().union(*kin.values()) - kin.keys())
    if not relatives:
        return frozenset()
    named = {str(person) for person, text in NAMES(relatives) if reading.names(called((), (text,), by_family=False))}
    return frozenset(account for account, person in people.items() if named & (kin[person] - {person}))
