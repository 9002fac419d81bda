"""Steps by which the database is prepared: those that this version has, and those that one of them stands for.

Several steps of an older version may have become one. A database that went through all of them needs the new one no
more, though its name is not noted there.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import cache

from django.db.migrations.loader import MigrationLoader

Step = tuple[str, str]
"""App and name."""


@cache
def steps() -> dict[Step, frozenset[Step]]:
    """Steps of this version, with those that each replaces; read once, for files do not change under a process."""
    return {step: frozenset(one.replaces) for step, one in MigrationLoader(None).disk_migrations.items()}


def known_steps() -> frozenset[Step]:
    """Steps that this version knows, those that newer ones replaced among them."""
    return frozenset(steps()).union(*steps().values())


def missing_steps(applied: Collection[Step]) -> frozenset[Step]:
    """Steps that a database lacks which went through these."""
    done = frozenset(applied)
    return frozenset(step for step, older in steps().items() if step not in done and not (older and older <= done))
