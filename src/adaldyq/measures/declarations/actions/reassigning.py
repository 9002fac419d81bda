"""The act by which a head gives the open reviews of an analyst to others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from adaldyq.kernel.actions.registers import digest
from adaldyq.kernel.actor import Actor, require
from adaldyq.kernel.acts import Leaves, Recorded, act
from adaldyq.kernel.models import Account
from adaldyq.measures.declarations.actions.relief import check_text
from adaldyq.measures.declarations.actions.selecting import give_out
from adaldyq.measures.declarations.actions.settling import BATCH
from adaldyq.measures.declarations.models import Review
from adaldyq.measures.declarations.queries.analysts import led_by
from adaldyq.measures.declarations.queries.selecting import open_reviews

REASSIGN = "declarations.review.reassign"


@dataclass(frozen=True, slots=True)
class Moved:
    """Reviews that a head took from an analyst.

    Attributes:
        given: those that another analyst has now; the others wait, and the clock looks every night.
    """

    analyst: str
    reviews: Sequence[Review]
    given: int


def moved(done: Moved) -> Recorded:
    """The ledger line of reviews that changed hands: from whom, how many, and a digest of which to whom."""
    said = sorted(f"{one.pk} {one.analyst_id or ''}" for one in done.reviews)
    facts: dict[str, object] = {"from": done.analyst, "rows": len(said), "digest": digest(said)}
    return Recorded([facts], {"analyst": done.analyst, "rows": len(said)})


@act(REASSIGN, leaves=Leaves.PER_BATCH, records=moved)
def reassign_reviews(*, analyst: Account, ground: str, by: Actor, at: datetime) -> Moved:
    """Take all open reviews from an analyst, with the reason, and give them to others as they were given out first.

    They do not come back to that analyst. The head sees how many there are, and of nobody which.

    Raises:
        NotAllowed: `by` does not head a body in which the analyst works.
        DomainError: `reason-missing`, `reason-too-long`.
    """
    require(not by.system and led_by(by, at).filter(pk=analyst.pk).exists(), REASSIGN)
    check_text(ground, "text", "reason-missing")
    reviews = list(open_reviews().filter(analyst=analyst).select_related("declaration").order_by("pk"))
    for one in reviews:
        one.analyst_id = None
        one.passed_by = [*one.passed_by, {"account": analyst.pk, "ground": ground.strip(), "at": at.isoformat()}]
    given = give_out(reviews, at)
    Review.objects.bulk_update(reviews, ["analyst", "assigned_at", "passed_by"], batch_size=BATCH)
    return Moved(analyst.pk, reviews, len(given))
