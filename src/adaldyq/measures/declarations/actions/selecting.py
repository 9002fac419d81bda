"""Acts that select declarations for review and give them to analysts.

Nobody picks by hand: the frame, its weights and the seed decide, and all three are in the ledger's line by their hash
before anybody can look at what was taken (`domain/selection.py`).
"""

from __future__ import annotations

import secrets
import zlib
from collections.abc import Sequence
from datetime import datetime

from adaldyq.kernel import naming
from adaldyq.kernel.actions.periods import hold_names
from adaldyq.kernel.actions.registers import digest
from adaldyq.kernel.actor import Actor, require
from adaldyq.kernel.acts import Leaves, Recorded, act
from adaldyq.kernel.deadlines.days import day_of
from adaldyq.kernel.roles import Role
from adaldyq.measures.declarations.actions.declarations import BATCH
from adaldyq.measures.declarations.domain import selection as draws
from adaldyq.measures.declarations.domain.reviews import DECISION
from adaldyq.measures.declarations.models import Declaration, Review, ReviewSelection
from adaldyq.measures.declarations.queries import conflicts, selecting

SELECT, ASSIGN = "declarations.review.select", "declarations.review.assign"
SEED_BYTES = 32


def selected(made: ReviewSelection) -> Recorded:
    """The ledger line of a selection: frame, seed, algorithm, numbers, and a digest of what was taken."""
    taken = made.reviews.order_by("declaration_id").values_list("declaration_id", "part")
    facts: dict[str, object] = {
        "selection": made.pk,
        "year": made.year,
        "algorithm": made.algorithm,
        "seed": made.seed,
        "frame": made.frame_sha256,
        "size": made.frame_size,
        "risk": made.risk_count,
        "random": made.random_count,
        "taken": digest(f"{key} {part}" for key, part in taken),
    }
    return Recorded([facts], {"selection": made.pk, "year": made.year})


@act(SELECT, records=selected)
def select_reviews(*, year: int, by: Actor, at: datetime) -> ReviewSelection:
    """Select declarations of a year for review: by risk and at random, in the pack's shares; and give them out.

    Raises:
        NotAllowed: `by` is not an analyst.
        DomainError: as `selecting.check_year`.
    """
    require(not by.system and Role.AGENCY_ANALYST in by.roles, SELECT)
    hold_names("review_selection", [str(year)])
    day, country = day_of(at), naming.pack()
    run = selecting.check_year(year, day)
    frame = selecting.frame_of(year, day)
    risk_share = country.threshold(draws.RISK_SHARE, day).amount
    random_share = country.threshold(draws.RANDOM_SHARE, day).amount
    seed = secrets.token_hex(SEED_BYTES)
    drawn = draws.draw(
        frame.text,
        seed,
        risk=draws.count_of(frame.size, risk_share),
        random=draws.count_of(frame.size, random_share),
    )
    made = ReviewSelection.objects.create(
        year=year,
        algorithm=draws.ALGORITHM,
        seed=seed,
        frame=zlib.compress(frame.text),
        frame_sha256=draws.digest(frame.text),
        frame_size=frame.size,
        weights=dict(frame.weights),
        risk_share=risk_share,
        random_share=random_share,
        risk_count=len(drawn.risk),
        random_count=len(drawn.random),
        run_id=run.pk,
        by_id=by.id,
        at=at,
    )
    begin_reviews(made, frame, drawn, at)
    return made


def begin_reviews(made: ReviewSelection, frame: selecting.Frame, drawn: draws.Drawn, at: datetime) -> None:
    """Begin the review of each declaration that was taken, and give it to an analyst."""
    due = naming.pack().due(DECISION, day_of(at))
    filed = Declaration.objects.in_bulk([*drawn.risk, *drawn.random])
    reviews = [
        Review(
            selection=made,
            declaration=filed[key],
            person_id=filed[key].person_id,
            part=part,
            weight=sum(frame.weights.get(one["severity"], 0) for one in frame.reasons.get(key, ())),
            reasons=list(frame.reasons.get(key, ())),
            decision_due_date=due,
        )
        for part, keys in ((draws.RISK, drawn.risk), (draws.RANDOM, drawn.random))
        for key in keys
    ]
    give_out(reviews, at)
    Review.objects.bulk_create(reviews, batch_size=BATCH)


def give_out(reviews: Sequence[Review], at: datetime) -> list[Review]:
    """Set the analyst of each of these reviews, evenly among those free of conflict; return those that have one now."""
    day = day_of(at)
    analysts = selecting.analysts_on(day)
    biased = conflicts.biased([one.declaration for one in reviews], analysts, day)
    for one in reviews:
        biased[one.declaration_id] |= {str(past["account"]) for past in one.passed_by}
    by_declaration = {one.declaration_id: one for one in reviews}
    seed = selecting.seed_of(reviews[0].selection_id) if reviews else ""
    given = draws.assigned(list(by_declaration), analysts, biased, selecting.load_of(), seed)
    for key, one in by_declaration.items():
        one.analyst_id = given.get(key)
        one.assigned_at = at if key in given else None
    return [by_declaration[key] for key in given]


def assigned(reviews: Sequence[Review]) -> Recorded:
    """The ledger line of reviews that were given out: how many, and a digest of which to whom."""
    said = sorted(f"{one.pk} {one.analyst_id}" for one in reviews)
    return Recorded([{"rows": len(said), "digest": digest(said)}], {"rows": len(said)})


@act(ASSIGN, leaves=Leaves.PER_BATCH, records=assigned)
def assign_reviews(*, reviews: Sequence[Review], by: Actor, at: datetime) -> Sequence[Review]:
    """Give reviews that nobody has to analysts who are free.

    Raises:
        NotAllowed: `by` is not the clock.
    """
    require(by.system, ASSIGN)
    given = give_out(reviews, at)
    Review.objects.bulk_update(given, ["analyst", "assigned_at"], batch_size=BATCH)
    return given


def assign_all(*, by: Actor, at: datetime) -> int:
    """Give out every review that nobody has and somebody is free to do; without an act when there is none."""
    waiting = list(selecting.without_analyst(day_of(at)))
    if not waiting or not give_out(waiting, at):
        return 0
    return len(assign_reviews(reviews=waiting, by=by, at=at))
