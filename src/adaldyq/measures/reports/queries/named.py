"""Which receiving offices and officers a text in own words names, where the server sees it: none of them may get it.

Nothing of the text is kept. A name is found in any script, and with the ending of a case.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

from adaldyq.base.names import comparison_key
from adaldyq.base.redaction import is_named, keys_of
from adaldyq.kernel.models import Account, PersonName
from adaldyq.kernel.roles import Role
from adaldyq.measures.reports.models.keys import AGENCY, PROSECUTOR
from adaldyq.measures.reports.queries.offices import names_of
from adaldyq.measures.reports.queries.routing import UNITS, officers_of

ENDING, SHORTEST_STEM = 2, 4
"""Letters that a case may change at the end of a word, and how many must stay; shorter words must be whole."""
WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
FULL_NAME = 2
"""Words of a name that must be there: one alone, such as a given name, many people have."""


def offices_named(text: str, day: date) -> list[str]:
    """The offices that receive reports that a text names by any of their names, by what they are."""
    words = comparison_key(text).split()
    units = {one.kind: one.body for one in UNITS(day)}
    found = []
    for kind in (AGENCY, PROSECUTOR):
        if kind in units:
            body = units[kind]
            names = {body.name, *body.names.values(), *names_of(kind)}
            if any(is_within(comparison_key(name).split(), words) for name in names):
                found.append(kind)
    return found


def is_within(name: Sequence[str], words: Sequence[str]) -> bool:
    """Whether the words of a name stand in a text one after another, each perhaps with another ending."""
    count = len(name)
    starts = range(len(words) - count + 1) if count else ()
    return any(all(map(is_form, words[start : start + count], name)) for start in starts)


def is_form(word: str, of: str) -> bool:
    """Whether a word is another, perhaps with the ending of a case."""
    if len(of) < SHORTEST_STEM + ENDING:
        return word == of or (len(of) >= SHORTEST_STEM and word.startswith(of))
    return word.startswith(of[:-ENDING])


def officers_named(text: str, day: date) -> frozenset[str]:
    """Accounts of officers and custodians of all offices whose family name and given name a text has."""
    accounts = {
        one
        for unit in UNITS(day)
        for role in (Role.RECEIVING_OFFICER, Role.CUSTODIAN)
        for one in officers_of(unit, day, role)
    }
    words = set(WORD.findall(text))
    return frozenset(account for account, names in names_of_accounts(accounts) if is_named_in(words, names))


def names_of_accounts(accounts: Iterable[str]) -> list[tuple[str, list[str]]]:
    """What the people of some accounts are called, by account."""
    held = Account.objects.filter(pk__in=set(accounts)).values_list("pk", "name", "person_id")
    listed = list(held)
    called: dict[str, list[str]] = {}
    rows = PersonName.objects.filter(person__in=[person for _pk, _name, person in listed if person])
    for person, family, given in rows.values_list("person_id", "family_name", "given_name"):
        called.setdefault(str(person), []).append(f"{family} {given}")
    return [(str(account), [name, *called.get(str(person), [])]) for account, name, person in listed]


def is_named_in(words: Iterable[str], names: Iterable[str]) -> bool:
    """Whether words of a text are a family name and a given name of one spelling."""
    return any(
        sum(any(is_named(word, keys_of([part], stems=True), frozenset()) for word in words) for part in parts)
        >= FULL_NAME
        for name in names
        if len(parts := WORD.findall(name)[:FULL_NAME]) == FULL_NAME
    )
