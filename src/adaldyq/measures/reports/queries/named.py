"""Which receiving offices and officers a text in own words names, where the server sees it: none of them may get it.

Nothing of the text is kept. A name is found in any script, and with the ending of a case.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise

from adaldyq.base.names import comparison_key
from adaldyq.base.redaction import is_named, keys_of
from adaldyq.kernel.models import Account, PersonName
from adaldyq.kernel.roles import Role
from adaldyq.measures.reports.models.keys import AGENCY, PROSECUTOR
from adaldyq.measures.reports.queries.offices import names_of
from adaldyq.measures.reports.queries.routing import UNITS, officers_of

ENDING, SHORTEST_STEM, LONG, ADDED = 2, 4, 9, 4
"""Letters that a case may change at the end of a word, and how many must stay; of a word that is not long it changes the last
vowel only. A case adds so many at most."""
BETWEEN = 3
"""Words that may stand between two of a name, such as those of the country in the official one."""
WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
FULL_NAME = 2
"""Words of a name that must be there, unless the register tells which is that of the family: many have a given name."""
VOWELS = "аеёиоуыэюяәіөұүaeiouyь"


def offices_named(text: str, day: date) -> list[str]:
    """The offices that receive reports that a text names by any of their names, by what they are."""
    words = comparison_key(text).split()
    units = {one.kind: one.body for one in UNITS(day)}
    found = []
    for kind in (AGENCY, PROSECUTOR):
        if kind in units:
            body = units[kind]
            names = {body.name, *body.names.values(), *names_of(kind)}
            if any(
                is_within(comparison_key(name).split(), some) for name in names for some in (words, pairs_of(words))
            ):
                found.append(kind)
    return found


def pairs_of(words: Sequence[str]) -> list[str]:
    """Words of a text, each written together with the next: a name is also found where somebody parts a word of it."""
    return [one + other for one, other in pairwise(words)]


def is_within(name: Sequence[str], words: Sequence[str]) -> bool:
    """Whether the words of a name stand in a text in their order, near each other, each perhaps with another ending.

    Two words of it may be written as one.
    """
    if not name:
        return False
    first = name[0]
    joint = [[first + name[1], *name[2:]]] if len(name) > 1 else []
    return any(follows(one, words, place) for one in ([*name], *joint) for place in range(len(words)))


def follows(name: Sequence[str], words: Sequence[str], place: int) -> bool:
    """Whether a name begins at a place of a text and goes on, with few words between two of its own."""
    if not is_form(words[place], name[0]):
        return False
    for part in name[1:]:
        near = words[place + 1 : place + 2 + BETWEEN]
        found = next((further for further, word in enumerate(near, place + 1) if is_form(word, part)), None)
        if found is None:
            return False
        place = found
    return True


def is_form(word: str, of: str) -> bool:
    """Whether a word is another, perhaps with the ending of a case."""
    if len(of) < SHORTEST_STEM:
        return word == of
    stem = of[:-ENDING] if len(of) >= LONG else of[:-1] if of[-1] in VOWELS and len(of) > SHORTEST_STEM else of
    return word.startswith(stem) and len(word) <= len(of) + ADDED


def officers_named(text: str, day: date) -> frozenset[str]:
    """Accounts of officers and custodians of all offices whom a text names: by their family name, or by the whole one."""
    accounts = {
        one
        for unit in UNITS(day)
        for role in (Role.RECEIVING_OFFICER, Role.CUSTODIAN)
        for one in officers_of(unit, day, role)
    }
    words = WORD.findall(text)
    called = names_of_accounts(accounts)
    return frozenset(one for one, families, names in called if has_family(words, families) or has_name(words, names))


def names_of_accounts(accounts: Iterable[str]) -> list[tuple[str, list[str], list[str]]]:
    """Accounts, each with the family names and the whole names of its holder."""
    listed = list(Account.objects.filter(pk__in=set(accounts)).values_list("pk", "name", "person_id"))
    called: dict[str, list[str]] = {}
    rows = PersonName.objects.filter(person__in=[person for _pk, _name, person in listed if person])
    for person, family in rows.values_list("person_id", "family_name"):
        called.setdefault(str(person), []).append(family)
    return [(str(account), called.get(str(person), []), [name]) for account, name, person in listed]


def has_family(words: Sequence[str], families: Iterable[str]) -> bool:
    """Whether a text has a family name. Many may have the same: who has it gets nothing either, and loses nothing by that."""
    names = keys_of([one for one in families if len(one) > SHORTEST_STEM], stems=True)
    return any(is_named(word, names, frozenset()) for word in words)


def has_name(words: Sequence[str], names: Iterable[str]) -> bool:
    """Whether a text has two words of a whole name, or one of them and beside it the first letter of the other."""
    return any(has_both(words, parts) for name in names if len(parts := WORD.findall(name)[:FULL_NAME]) == FULL_NAME)


def has_both(words: Sequence[str], parts: Sequence[str]) -> bool:
    """The same, of the two words of one name."""
    keys = [keys_of([part], stems=True) for part in parts]
    whole = [{place for place, word in enumerate(words) if is_named(word, one, frozenset())} for one in keys]
    if all(whole):
        return True
    letters = [comparison_key(part)[:1] for part in parts]
    initials = {place: comparison_key(word) for place, word in enumerate(words) if len(word) == 1}
    return any(
        initials.get(place + beside) == letters[1 - one]
        for one in (0, 1)
        for place in whole[one]
        for beside in (-2, -1, 1)
    )
