"""What the ledger says of a declaration, held against what the register says now."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from adaldyq.kernel.actions.registers import digest
from adaldyq.ledger.leaves import opens
from adaldyq.ledger.queries import line_about
from adaldyq.measures.declarations.models import Declaration
from adaldyq.measures.declarations.queries.sections import Contents

ACT = "declarations.declaration.file"


@dataclass(frozen=True, slots=True)
class Receipt:
    """The line that the filing of a declaration left.

    Attributes:
        entry: the public text of the line, as it goes into the tree.
        recorded_at: when it was appended.
        reference: name of its receipt.
        position: its place in the tree; None while it waits for one.
        opens: whether the kept payload is what the line commits to.
        agrees: whether the rows of the register now are those that were filed.
    """

    entry: str
    recorded_at: datetime
    reference: str
    position: int | None
    opens: bool
    agrees: bool


def receipt(declaration: Declaration, contents: Contents) -> Receipt | None:
    """The line of a declaration; None when the ledger has none, or its payload was erased."""
    line = line_about(ACT, declaration.pk)
    if line is None or line.payload is None or line.salt is None:
        return None
    entry = bytes(line.entry)
    filed = json.loads(line.payload)
    return Receipt(
        entry=entry.decode(),
        recorded_at=line.recorded_at,
        reference=line.reference,
        position=line.position,
        opens=opens(entry, bytes(line.salt), line.payload),
        agrees=filed["rows"] == digest(sorted(contents.lines(declaration)))
        and filed["person"] == declaration.person_id,
    )
