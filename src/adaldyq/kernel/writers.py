"""Who may write which register, as data: `writers.csv` beside this file.

Each line names a register, the registry that keeps it, a role, and the acts by which that role writes it. The
register `*` stands for every register of the file.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from adaldyq.kernel.roles import Registry, Role

FILE = Path(__file__).with_name("writers.csv")
EVERY = "*"


@dataclass(frozen=True, slots=True)
class Writers:
    """What the file says.

    Attributes:
        registries: who keeps each register.
        roles: by act, for each register that it may write, the roles that may do it.
    """

    registries: Mapping[str, Registry]
    roles: Mapping[str, Mapping[str, frozenset[Role]]]


@cache
def writers() -> Writers:
    """Read the file.

    Raises:
        ValueError: a line has a role or a registry that there is not.
    """
    with FILE.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    registries = {row["register"]: Registry(row["registry"]) for row in rows if row["register"] != EVERY}
    roles: dict[str, dict[str, frozenset[Role]]] = {}
    for row in rows:
        for act in row["acts"].split():
            for register in registries if row["register"] == EVERY else (row["register"],):
                known = roles.setdefault(act, {})
                known[register] = known.get(register, frozenset()) | {Role(row["role"])}
    return Writers(registries, roles)


def register_of(act: str) -> str:
    """The one register that an act writes; empty when it may write several."""
    registers = writers().roles.get(act, {})
    return next(iter(registers)) if len(registers) == 1 else ""
