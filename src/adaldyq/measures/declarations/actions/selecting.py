"""Acts that select declarations for review and give them to analysts.

Nobody picks by hand, and nobody makes the seed. First the frame is fixed with its weights, and its hash goes into the
ledger; the seed is made of what the ledger's witnesses sign first after that line (`base/draw.py`), and it decides.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from datetime import datetime

from adaldyq.base import draw
from adaldyq.base.errors import Conflict, DomainError
from adaldyq.kernel import naming
from adaldyq.kernel.actions.periods import hold_names
from adaldyq.kernel.actions.registers import digest
from adaldyq.kernel.actor import Actor, require
from adaldyq.kernel.acts import Leaves, Recorded, act
from adaldyq.kernel.deadlines.days import day_of
from adaldyq.kernel.roles import Role
from adaldyq.kernel.separation import of_same_people
from adaldyq.ledger.witnessing import known_keys
from adaldyq.measures.declarations.actions.settling import BATCH
from adaldyq.measures.declarations.domain import selection as draws
from adaldyq.measures.declarations.domain.reviews import DECISION
from adaldyq.measures.declarations.models import Declaration, Review, ReviewSelection
from adaldyq.measures.declarations.queries import conflicts, selecting
from adaldyq.measures.declarations.queries.selecting import DRAW, FIX

GIVE_UP, ASSIGN = "declarations.selection.give_up", "declarations.review.assign"


def fixed(made: ReviewSelection) -> Recorded:
    """The ledger line of a frame that was fixed: its hash, how many are taken, and whose signatures make the seed."""
    facts: dict[str, object] = {
        "selection": made.pk,
        "year": made.year,
        "turn": made.turn,
        "algorithm": made.algorithm,
        "frame": made.frame_sha256,
        "size": made.frame_size,
        "risk": made.risk_count,
        "random": made.random_count,
        "witnesses": made.witnesses,
    }
    return Recorded([facts], {"selection": made.pk, "year": made.year})


@act(FIX, records=fixed)
def fix_frame(*, year: int, by: Actor, at: datetime) -> ReviewSelection:
    """Fix the frame of a year, before its seed can be known: of everybody at first, later of those filed since.

    The first draw of a year is an analyst's; the later ones come by the clock, so that nobody chooses their moment.

    Raises:
        NotAllowed: `by` is neither an analyst nor the clock.
        DomainError: as `selecting.check_year` or `selecting.check_supplement`.
    """
    require(by.system or Role.AGENCY_ANALYST in by.roles, FIX)
    hold_names("review_selection", [str(year)])
    day = day_of(at)
    run = selecting.check_supplement(year, day) if by.system else selecting.check_year(year, day)
    frame = selecting.frame_of(year, day)
    risk_share, random_share = (naming.pack().threshold(name, day).amount for name in draws.SHARES)
    return ReviewSelection.objects.create(
        year=year,
        turn=ReviewSelection.objects.filter(year=year).count() + 1,
        algorithm=draws.ALGORITHM,
        witnesses=sorted(key.name for key in known_keys()),
        frame=zlib.compress(frame.text),
        frame_sha256=draw.commitment(frame.text),
        frame_size=frame.size,
        weights=dict(frame.weights),
        reasons=selecting.packed(frame.reasons),
        risk_share=risk_share,
        random_share=random_share,
        risk_count=draws.count_of(frame.size, risk_share),
        random_count=draws.count_of(frame.size, random_share),
        run_id=run.pk,
        by_id=None if by.system else by.id,
        at=at,
    )


def drawn(made: ReviewSelection) -> Recorded:
    """The ledger line of a draw: the seed, how many were taken, and a digest of what."""
    facts: dict[str, object] = {
        "selection": made.pk,
        "year": made.year,
        "seed": made.seed,
        "risk": made.risk_count,
        "random": made.random_count,
        "taken": made.taken_sha256,
    }
    return Recorded([facts], {"selection": made.pk, "year": made.year})


@act(DRAW, records=drawn)
def draw_selection(*, selection: ReviewSelection, by: Actor, at: datetime) -> ReviewSelection:
    """Draw from a frame once its seed is known, and give the reviews out.

    Raises:
        NotAllowed: `by` is neither an analyst nor the clock.
        DomainError: `review-seed-to-come`: a witness has not signed yet.
        Conflict: it was drawn or given up.
    """
    require(by.system or Role.AGENCY_ANALYST in by.roles, DRAW)
    one = ReviewSelection.objects.get(pk=selection.pk)
    if one.drawn_at is not None or one.given_up_at is not None:
        raise Conflict(DRAW, "drawn")
    beacon = selecting.beacon_of(one)
    if beacon is None:
        raise DomainError("review-seed-to-come")
    reasons, seed = selecting.reasons_kept(one), draw.seed_of(draw.seed_text(one.frame_sha256, beacon))
    taken = draws.draw(selecting.frame_kept(one), seed, risk=one.risk_count, random=one.random_count)
    changed = {
        "seed": seed,
        "beacon": beacon,
        "risk_count": len(taken.risk),
        "random_count": len(taken.random),
        "taken_sha256": digest(draws.taken_lines(taken)),
        "reasons": b"",
        "drawn_at": at,
    }
    if ReviewSelection.objects.filter(pk=one.pk, drawn_at=None, given_up_at=None).update(**changed) != 1:
        raise Conflict(DRAW, "drawn")
    one.refresh_from_db()
    begin_reviews(one, reasons, taken, at)
    return one


@act(GIVE_UP, records=fixed)
def give_up_frame(*, selection: ReviewSelection, by: Actor, at: datetime) -> ReviewSelection:
    """Give a frame up because a witness has not signed for long, so that the year can be fixed anew; it stays listed.

    Raises:
        NotAllowed: `by` is not an analyst.
        DomainError: `review-witness-has-time`: all have signed, or the time has not passed.
        Conflict: it was drawn or given up.
    """
    require(not by.system and Role.AGENCY_ANALYST in by.roles, GIVE_UP)
    waiting = ReviewSelection.objects.filter(pk=selection.pk, drawn_at=None, given_up_at=None)
    if waiting.exists() and not selecting.is_overdue(selection, at):
        raise DomainError("review-witness-has-time", days=selecting.PATIENCE.days)
    if waiting.update(given_up_at=at, reasons=b"") != 1:
        raise Conflict(GIVE_UP, "drawn")
    selection.refresh_from_db()
    return selection


def begin_reviews(
    made: ReviewSelection, reasons: Mapping[str, list[dict[str, str]]], taken: draws.Drawn, at: datetime
) -> None:
    """Begin the review of each declaration that was taken and is still there, and give it to an analyst."""
    due = naming.pack().due(DECISION, day_of(at))
    filed = Declaration.objects.in_bulk([*taken.risk, *taken.random])
    weights = {one.id: one.weight for one in draws.read_frame(selecting.frame_kept(made))}
    reviews = [
        Review(
            selection=made,
            declaration=filed[key],
            person_id=filed[key].person_id,
            part=part,
            weight=weights[key],
            reasons=reasons.get(key, []),
            decision_due_date=due,
        )
        for part, keys in ((draws.RISK, taken.risk), (draws.RANDOM, taken.random))
        for key in keys
        if key in filed
    ]
    give_out(reviews, at)
    Review.objects.bulk_create(reviews, batch_size=BATCH)


def give_out(reviews: Sequence[Review], at: datetime) -> list[Review]:
    """Set the analyst of each of these reviews, evenly among those free of conflict; return those that have one now."""
    day = day_of(at)
    analysts, away = selecting.analysts_on(day), selecting.away_until(day)
    biased = conflicts.biased([one.declaration for one in reviews], analysts, day)
    for one in reviews:
        passed = {str(past["account"]) for past in one.passed_by if not past.get("until")}
        biased[one.declaration_id] |= of_same_people(passed) if passed else set()
    by_declaration = {one.declaration_id: one for one in reviews}
    seed = selecting.seed_of(reviews[0].selection_id) if reviews else ""
    given = draws.assigned(list(by_declaration), analysts, biased, selecting.load_of(), seed)
    for key, one in by_declaration.items():
        if one.analyst_id in away and key in given:
            past = {"account": one.analyst_id, "until": away[one.analyst_id].isoformat(), "at": at.isoformat()}
            one.passed_by = [*one.passed_by, past]
        one.analyst_id = given.get(key)
        one.assigned_at = at if key in given else None
    return [by_declaration[key] for key in given]


def assigned(reviews: Sequence[Review]) -> Recorded:
    """The ledger line of reviews that were given out: how many, and a digest of which to whom."""
    said = sorted(f"{one.pk} {one.analyst_id}" for one in reviews)
    return Recorded([{"rows": len(said), "digest": digest(said)}], {"rows": len(said)})


@act(ASSIGN, leaves=Leaves.PER_BATCH, records=assigned)
def assign_reviews(*, reviews: Sequence[Review], by: Actor, at: datetime) -> Sequence[Review]:
    """Give reviews that nobody has, or somebody who is away for long, to analysts who are free.

    Raises:
        NotAllowed: `by` is not the clock.
    """
    require(by.system, ASSIGN)
    given = give_out(reviews, at)
    Review.objects.bulk_update(given, ["analyst", "assigned_at", "passed_by"], batch_size=BATCH)
    return given


def assign_all(*, by: Actor, at: datetime) -> int:
    """Give out every review that waits for an analyst and somebody is free to do; without an act when there is none."""
    waiting = list(selecting.without_analyst(day_of(at)))
    if not waiting or not give_out(waiting, at):
        return 0
    return len(assign_reviews(reviews=waiting, by=by, at=at))


def draw_all(*, by: Actor, at: datetime) -> int:
    """Draw from every frame whose seed is known, then fix the frames of those who filed since; return how many it were."""
    ready = [one for one in selecting.to_draw() if selecting.beacon_of(one) is not None]
    for one in ready:
        draw_selection(selection=one, by=by, at=at)
    years = selecting.years_to_supplement(day_of(at))
    for year in years:
        fix_frame(year=year, by=by, at=at)
    return len(ready) + len(years)
