"""What registers tell of a person that a draft does not state: removed from it, or never taken in."""

from __future__ import annotations

from collections.abc import Mapping

from adaldyq.measures.declarations.queries.drafts import Draft, Filled
from adaldyq.measures.declarations.queries.prefill import known_by
from adaldyq.measures.declarations.queries.prefilled import CLAIMABLE, Prefilled
from adaldyq.measures.declarations.queries.registered import of_registers


def left_out(draft: Draft, filled: Filled) -> list[Prefilled]:
    """Entries of registers that nothing in the draft answers to.

    A thing may be missing with good reason, such as a sale that the register does not know of; the person is asked,
    and decides.
    """
    stated: dict[str, set[str]] = {}
    origins: set[tuple[str, str, str]] = set()
    for part in filled.sections:
        for one in part.rows:
            origins.add((part.section.name, one.row.origin, one.row.origin_id))
            stated.setdefault(part.section.name, set()).update(told_by(part.section.name, one.row.typed))
    asked = {part.section.name for part in filled.sections}
    return [
        one
        for one in of_registers(draft.person, draft.year)
        if one.origin in CLAIMABLE
        and one.section in asked
        and (one.section, one.origin, one.origin_id) not in origins
        and not stated.get(one.section, set()).intersection(told_by(one.section, one.typed))
    ]


def told_by(section: str, typed: Mapping[str, str]) -> list[str]:
    """By what an entry answers to a register: as it is known again, and one of the family also by name.

    Whoever types in a relative by hand knows no number of theirs.
    """
    name = "".join(typed.get("name", "").split()).casefold() if section == "family" else ""
    return [*known_by(section, typed), *([name] if name else [])]
