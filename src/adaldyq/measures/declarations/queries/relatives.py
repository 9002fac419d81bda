"""Finds relatives by the numbers that were typed for them, those of many rows at once."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence

from adaldyq.countries.identifiers import Holder, IdentifierScheme
from adaldyq.kernel import naming
from adaldyq.kernel.models import Person, PersonName
from adaldyq.kernel.queries.keys import records_by_number
from adaldyq.measures.declarations.domain.checks import Typed
from adaldyq.measures.declarations.domain.relatives import FIELD, Relative

AT_ONCE = 500


def schemes() -> Sequence[IdentifierScheme]:
    """Schemes of the country by which people and companies are numbered."""
    return [*naming.pack().schemes.values()]


def numbers_of(rows: Iterable[Typed]) -> set[str]:
    """Numbers that stand in rows of the family and look like one."""
    listed = [one for one in schemes() if one.holder is Holder.PERSON]
    typed = {"".join(row.get(FIELD, "").split()) for row in rows}
    return {number for number in typed if number and any(one.check(number) for one in listed)}


def relatives(rows: Iterable[Typed]) -> Callable[[str], Relative | None]:
    """What finds the relatives of some rows, read at once, and of any other number when it is asked for."""
    known: dict[str, Relative | None] = dict(by_number(numbers_of(rows)))

    def find(number: str) -> Relative | None:
        if number not in known:
            known[number] = by_number({number}).get(number)
        return known[number]

    return find


def known(rows: Iterable[Typed]) -> Callable[[str], Relative | None]:
    """What finds by their ids the relatives of some rows, read at once, and any other when it is asked for."""
    found: dict[str, Relative | None] = {}
    of_rows = {key for row in rows if (key := row.get("relative_id", ""))}

    def find(key: str) -> Relative | None:
        if key not in found:
            wanted = {key, *of_rows} - found.keys()
            found.update(dict.fromkeys(wanted) | by_id(wanted))
        return found[key]

    return find


def by_number(numbers: Collection[str]) -> dict[str, Relative | None]:
    """Whom the register knows by each number; none for those of nobody."""
    found: dict[str, Relative | None] = dict.fromkeys(numbers)
    listed = sorted(numbers)
    for start in range(0, len(listed), AT_ONCE):
        ids = records_by_number("person", listed[start : start + AT_ONCE])
        people = by_id(ids.values())
        found |= {number: people[key] for number, key in ids.items() if key in people}
    return found


def by_id(ids: Iterable[str]) -> dict[str, Relative]:
    """Whom the register knows by each id."""
    people = Person.objects.in_bulk(set(ids))
    names: dict[str, list[str]] = {}
    for person, text in PersonName.objects.filter(person__in=people).values_list("person_id", "text"):
        names.setdefault(person, []).append(text)
    return {key: Relative(key, one.birth_date, one.death_date, names.get(key, [])) for key, one in people.items()}
