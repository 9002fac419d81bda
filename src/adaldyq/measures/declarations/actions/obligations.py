"""Acts on the obligation to file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from adaldyq.kernel.actions.registers import digest
from adaldyq.kernel.actor import Actor
from adaldyq.kernel.acts import Leaves, Recorded, act
from adaldyq.measures.declarations.actions.declarations import require_keeper
from adaldyq.measures.declarations.actions.settling import BATCH, settle
from adaldyq.measures.declarations.models import Obligation


def stated(obligations: Sequence[Obligation]) -> Recorded:
    """The ledger line of a batch of obligations."""
    facts: dict[str, object] = {"rows": len(obligations), "digest": digest(str(one.pk) for one in obligations)}
    return Recorded([facts], {"rows": len(obligations)})


@act("declarations.obligation.state", leaves=Leaves.PER_BATCH, records=stated)
def state_obligations(*, obligations: Sequence[Obligation], by: Actor, at: datetime) -> Sequence[Obligation]:
    """State who must file what by when.

    Raises:
        NotAllowed: `by` is not the importer, and does not keep declarations, or not those of these bodies.
    """
    require_keeper(by, "declarations.obligation.state", obligations)
    Obligation.objects.bulk_create(obligations, batch_size=BATCH)
    settle({obligation.person_id for obligation in obligations}, at=at)
    return obligations
