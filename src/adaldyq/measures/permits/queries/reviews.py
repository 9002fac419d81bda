"""The review as everybody sees it, and what waits for whoever is signed in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q, QuerySet

from adaldyq.kernel.actor import Actor
from adaldyq.kernel.deadlines.days import days_between, later, pack_due
from adaldyq.measures.permits import policies
from adaldyq.measures.permits.models import PermitEntry, PermitReview, PermitRound
from adaldyq.measures.permits.queries.catalogue import Asked, entries
from adaldyq.measures.permits.states import (
    ASSESS_BURDEN,
    ASSESS_LEGALITY,
    ASSESS_NECESSITY,
    AWAITED,
    BURDEN_FOUND,
    DECIDE,
    DECIDED,
    JUSTIFIED,
    JUSTIFY,
    LAPSED,
    LEGALITY_FOUND,
    NECESSITY_FOUND,
    OPEN,
)

JUSTIFICATION = "permit_justification"
"""What the pack calls the least term in which a body justifies a permit."""
TO_ASSESS = (JUSTIFIED, LEGALITY_FOUND, NECESSITY_FOUND, BURDEN_FOUND)


@dataclass(frozen=True, slots=True)
class RoundLine:
    """A round with how far it is.

    Attributes:
        days_left: working days until the last day to justify; 0 when it has passed.
    """

    round: PermitRound
    entries: int
    awaited: int
    assessed: int
    decided: int
    lapsed: int
    days_left: int


def rounds(day: date) -> list[RoundLine]:
    """Rounds of the review, the newest first."""
    counts = {
        "entries": Count("reviews"),
        "awaited": Count("reviews", filter=Q(reviews__state=AWAITED)),
        "assessed": Count("reviews", filter=Q(reviews__state__in=TO_ASSESS)),
        "decided": Count("reviews", filter=Q(reviews__state=DECIDED)),
        "lapsed": Count("reviews", filter=Q(reviews__state=LAPSED)),
    }
    found = PermitRound.objects.annotate(**counts).order_by("-opened_date", "pk")
    return [
        RoundLine(one, **{name: getattr(one, name) for name in counts}, days_left=days_left(one, day)) for one in found
    ]


def days_left(of: PermitRound, day: date) -> int:
    """Working days until the last day to justify; 0 when it has passed."""
    return days_between(day, of.justify_until, working=True)


def last_day_to_justify(of: PermitRound) -> date:
    """The last day to justify by the calendar as it is now: a day of work, and not before the least term of the pack."""
    of_work = later(of.justify_until - timedelta(1), 1, working=True)
    return max(of_work, pack_due(JUSTIFICATION, of.opened_date))


def one_round(key: str) -> PermitRound | None:
    """A round."""
    return PermitRound.objects.filter(pk=key).first()


def reviews_of(of: PermitRound) -> QuerySet[PermitReview]:
    """Reviews of a round, by number of the entry."""
    return of.reviews.select_related("entry__body").order_by("entry__number")


def review(key: str) -> PermitReview | None:
    """A review with its entry and its round."""
    found = PermitReview.objects.select_related("round", "entry__body", "version__body")
    return found.filter(pk=key).first()


def reviews_of_entry(of: PermitEntry) -> list[PermitReview]:
    """Reviews of an entry, the newest first."""
    return list(PermitReview.objects.filter(entry=of).select_related("round").order_by("-round__opened_date", "-pk"))


def queue(by: Actor) -> QuerySet[PermitReview]:
    """What waits for the viewer: to be justified by the body, or to be assessed and decided."""
    found = PermitReview.objects.select_related("round", "entry__body").filter(state__in=OPEN)
    wanted = Q(pk__in=[])
    if policies.may_justify(by):
        wanted |= Q(state=AWAITED)
    if policies.may_review(by):
        wanted |= Q(state__in=TO_ASSESS)
    listed = found.filter(wanted).order_by("round__justify_until", "entry__number")
    return listed.filter(entry__body__in=bodies_of(by, listed))


def bodies_of(by: Actor, listed: QuerySet[PermitReview]) -> Sequence[str]:
    """Bodies among those of some reviews for which the viewer may act."""
    there = {one.entry.body_id: one.entry.body for one in listed}
    return [key for key, body in there.items() if policies.may_justify(by, body) or policies.may_review(by, body)]


STEPS: Mapping[str, tuple[str, ...]] = {
    AWAITED: (JUSTIFY,),
    JUSTIFIED: (ASSESS_LEGALITY,),
    LEGALITY_FOUND: (ASSESS_NECESSITY,),
    NECESSITY_FOUND: (ASSESS_BURDEN,),
    BURDEN_FOUND: (DECIDE,),
}


def step_of(one: PermitReview, by: Actor, day: date) -> str:
    """What the viewer may do about a review now; empty when that is nothing. What fell short may be decided at once."""
    step = STEPS.get(one.state, ("",))[0]
    if step == JUSTIFY:
        in_time = day <= last_day_to_justify(one.round)
        return step if in_time and policies.may_justify(by, one.entry.body) else ""
    return step if step and policies.may_review(by, one.entry.body) else ""


def may_decide_now(one: PermitReview) -> bool:
    """Whether it may be abolished without counting what it costs, since it is unlawful or not needed."""
    return one.state in {LEGALITY_FOUND, NECESSITY_FOUND} and (one.lawful is False or one.needed is False)


def to_review(body: str, sector: str, kind: str) -> list[PermitEntry]:
    """Entries in force of a body, sector and kind; of all where nothing is said."""
    return list(entries(Asked(body=body, sector=sector, kind=kind)))
