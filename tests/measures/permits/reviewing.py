"""A review of permits, led through its acts, for tests."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from adaldyq.kernel.actor import Actor, actor_of
from adaldyq.kernel.models import Account, Body
from adaldyq.kernel.roles import Role
from adaldyq.measures.permits.actions.deciding import decide
from adaldyq.measures.permits.actions.reviewing import (
    assess_burden,
    assess_legality,
    assess_necessity,
    justify,
    open_round,
)
from adaldyq.measures.permits.domain.deciding import Decision, Lighter, Reference
from adaldyq.measures.permits.domain.terms import Burden
from adaldyq.measures.permits.models import PermitEntry, PermitReview, PermitRound
from tests import factories

AT = datetime(2025, 9, 22, 9, tzinfo=UTC)
LATER = datetime(2025, 10, 20, 9, tzinfo=UTC)
UNTIL = date(2025, 11, 6)
"""Thirty working days after `AT` by the calendar of the pack, or more."""
ORDER = Reference("Order on the review", "55-n", date(2025, 9, 1))
LAW = Reference("Law on abolishing permits", "120-VIII", date(2025, 10, 1))
SINCE = date(2025, 10, 15)


def officer(of: Body, name: str = "licensing-officer") -> Account:
    """A licensing officer of a body."""
    account = factories.account(name)
    factories.grant(account, Role.LICENSING_OFFICER, body=of)
    return account


def reviewer(name: str = "reviewer") -> Actor:
    """Somebody of the reviewing body."""
    return actor_of(factories.account(name, Role.REVIEWER))


def opened(by: Actor, entries: Sequence[PermitEntry], at: datetime = AT, until: date = UNTIL) -> PermitRound:
    """A round over some entries."""
    return open_round(entries=entries, order=ORDER, until=until, by=by, at=at)


def review_of(entry: PermitEntry) -> PermitReview:
    """The newest review of an entry, read anew."""
    return (
        PermitReview.objects.select_related("entry__body", "round", "version").filter(entry=entry).order_by("-round")[0]
    )


def assessed(review: PermitReview, by: Actor, *, lawful: bool = True, needed: bool = True) -> PermitReview:
    """A justified permit whose law, necessity and burden were looked at."""
    who: dict[str, Any] = {"by": by, "at": LATER}
    assess_legality(review=review, lawful=lawful, words="Article 5 asks for it", **who)
    assess_necessity(review=review, needed=needed, words="Fire", **who)
    burden = Burden(Decimal(10), Decimal(1000), 50)
    return assess_burden(review=review, burden=burden, days=20, words="Asked 12 businesses", **who)


def justified(entry: PermitEntry, by: Actor) -> PermitReview:
    """A permit that its body has justified."""
    return justify(review=review_of(entry), words="People were poisoned in 2019", by=by, at=LATER)


def decision(outcome: str, **facts: Any) -> Decision:
    """A decision by a law."""
    return Decision(**{"outcome": outcome, "act": LAW, "reasons": "So few harms", "since": SINCE, **facts})


def lighter(**facts: Any) -> Lighter:
    """What a permit asks for once it is simplified."""
    return Lighter(**{"days": 5, "fee": Decimal(3), "hours": Decimal(4), "costs": Decimal(1000), **facts})


def decided(entry: PermitEntry, outcome: str, of: Actor, by: Actor, **facts: Any) -> PermitReview:
    """A permit that was justified, assessed and decided about."""
    return decide(review=assessed(justified(entry, of), by), decision=decision(outcome, **facts), by=by, at=LATER)
