"""Bulk acts: many records of a register in one transaction a batch."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import models

from adaldyq.kernel import findable
from adaldyq.kernel.actions import name_index
from adaldyq.kernel.actor import Actor
from adaldyq.kernel.acts import Leaves, Recorded, act
from adaldyq.kernel.inserting import insert_missing
from adaldyq.kernel.policies import require_registrar


@dataclass(frozen=True, slots=True)
class Loaded:
    """What one batch put into a register."""

    register: str
    rows: int
    digest: str


def recorded(loaded: Loaded) -> Recorded:
    """The ledger line of a batch: which register, how many rows, and a digest of their ids."""
    facts: dict[str, object] = {"register": loaded.register, "rows": loaded.rows, "digest": loaded.digest}
    return Recorded([facts], {"register": loaded.register, "rows": loaded.rows})


@act("kernel.register.load", leaves=Leaves.PER_BATCH, records=recorded)
def load_register(*, register: str, rows: Sequence[models.Model], by: Actor, at: datetime) -> Loaded:
    """Load a batch of records into a base registry. A record that is there already stays as it is.

    Args:
        register: name of the published table.
        rows: unsaved records, all of the register's model.

    Raises:
        NotAllowed: `by` does not keep the register, and is not the importer.
    """
    require_registrar(by, "kernel.register.load", register)
    if rows:
        insert_missing(rows)
        findable.refresh(rows)
        name_index.keep(rows)
    return Loaded(register, len(rows), digest(str(row.pk) for row in rows))


def digest(keys: Iterable[str]) -> str:
    """SHA-256 over the ids of a batch, in hexadecimal."""
    return hashlib.sha256("\n".join(keys).encode()).hexdigest()
