"""Separation of duties, as data: `duties.csv` beside this file.

Each line has a kind:

- `roles`: two roles that nobody holds at once, not even as somebody's deputy;
- `acts`: two acts that nobody does on one object;
- `two_persons`: a role that one administrator proposes and another confirms;
- `not_delegated`: a role that a deputy does not have while its holder is away.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from adaldyq.kernel.roles import Role

FILE = Path(__file__).with_name("duties.csv")


@dataclass(frozen=True, slots=True)
class Duties:
    """What the file says."""

    roles: frozenset[frozenset[Role]]
    acts: frozenset[frozenset[str]]
    two_persons: frozenset[Role]
    not_delegated: frozenset[Role]


@cache
def duties() -> Duties:
    """Read the file.

    Raises:
        ValueError: a line has a kind or a role that there is not.
    """
    with FILE.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    if unknown := {row["kind"] for row in rows} - {"roles", "acts", "two_persons", "not_delegated"}:
        raise ValueError(f"{FILE.name}: unknown kind {unknown}")
    pairs = {kind: [(row["first"], row["second"]) for row in rows if row["kind"] == kind] for kind in ("roles", "acts")}
    alone = {
        kind: [Role(row["first"]) for row in rows if row["kind"] == kind] for kind in ("two_persons", "not_delegated")
    }
    return Duties(
        roles=frozenset(frozenset({Role(first), Role(second)}) for first, second in pairs["roles"]),
        acts=frozenset(map(frozenset, pairs["acts"])),
        two_persons=frozenset(alone["two_persons"]),
        not_delegated=frozenset(alone["not_delegated"]),
    )
