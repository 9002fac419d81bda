"""When those of the family were born who may own what a row declares."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date

from adaldyq.base.errors import DomainError
from adaldyq.measures.declarations.domain.checks import Asked, Typed, read_day
from adaldyq.measures.declarations.domain.questions import OWNER_OF_RELATION


def births_of(family: Iterable[Typed], asked: Asked) -> Mapping[str, Collection[date]]:
    """Days of birth by owner; nothing of an owner of whom one day is not known, since it may be theirs.

    Args:
        family: its rows as they were typed.
    """
    found: dict[str, list[date]] = defaultdict(list)
    unknown = set()
    for typed in family:
        owner = OWNER_OF_RELATION.get(typed.get("relation", ""), "")
        try:
            born = read_day("family", "birth_date", typed, asked)
        except DomainError:
            born = None
        if born is None:
            unknown.add(owner)
        else:
            found[owner].append(born)
    return {owner: days for owner, days in found.items() if owner not in unknown | {""}}
