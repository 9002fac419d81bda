"""Acts on declarations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import models

from adaldyq.kernel.actions.registers import digest
from adaldyq.kernel.actor import Actor, require
from adaldyq.kernel.acts import Leaves, Recorded, act
from adaldyq.kernel.roles import Role
from adaldyq.measures.declarations.models import Declaration, Obligation

BATCH = 500


@dataclass(frozen=True)
class FiledBatch:
    """Declarations to file together: the declarations and, by section, all their rows."""

    declarations: Sequence[Declaration]
    rows: Mapping[str, Sequence[models.Model]] = field(default_factory=dict)


def filed(batch: FiledBatch) -> Recorded:
    """A ledger line for each declaration: which, whose, what year, and a digest of its rows."""
    keys: dict[str, list[str]] = {declaration.pk: [] for declaration in batch.declarations}
    for name, rows in sorted(batch.rows.items()):
        for row in rows:
            keys[row.declaration_id].append(f"{name}/{row.pk}")  # type: ignore[attr-defined]  # made by section_model
    payloads = [
        {
            "declaration": declaration.pk,
            "person": declaration.person_id,
            "form": declaration.form,
            "year": declaration.year,
            "version": declaration.version,
            "rows": digest(keys[declaration.pk]),
        }
        for declaration in batch.declarations
    ]
    return Recorded(payloads, {"declarations": len(payloads)})


def stated(obligations: Sequence[Obligation]) -> Recorded:
    """The ledger line of a batch of obligations."""
    facts: dict[str, object] = {"rows": len(obligations), "digest": digest(str(one.pk) for one in obligations)}
    return Recorded([facts], {"rows": len(obligations)})


@act("declarations.declaration.file", leaves=Leaves.PER_RECORD, records=filed)
def file_declarations(*, batch: FiledBatch, by: Actor, at: datetime) -> FiledBatch:
    """File declarations in bulk, each with its rows and its own ledger line.

    Raises:
        NotAllowed: `by` is neither a registrar nor the importer.
    """
    require(by.system or Role.REGISTRAR in by.roles, "declarations.declaration.file")
    Declaration.objects.bulk_create(batch.declarations, batch_size=BATCH)
    for rows in batch.rows.values():
        if rows:
            type(rows[0])._default_manager.bulk_create(rows, batch_size=BATCH)
    return batch


@act("declarations.obligation.state", leaves=Leaves.PER_BATCH, records=stated)
def state_obligations(*, obligations: Sequence[Obligation], by: Actor, at: datetime) -> Sequence[Obligation]:
    """State who must file what by when.

    Raises:
        NotAllowed: `by` is neither a registrar nor the importer.
    """
    require(by.system or Role.REGISTRAR in by.roles, "declarations.obligation.state")
    Obligation.objects.bulk_create(obligations, batch_size=BATCH)
    return obligations
