"""The decision of the reviewing body about a permit, by an act with reasons."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

from adaldyq.base.errors import DomainError
from adaldyq.kernel.actor import Actor, require
from adaldyq.kernel.acts import Recorded, act
from adaldyq.kernel.deadlines.days import day_of
from adaldyq.kernel.periods import day_before
from adaldyq.kernel.states import advance
from adaldyq.measures.permits import policies
from adaldyq.measures.permits.actions.catalogue import drop_announced, rewrite
from adaldyq.measures.permits.actions.closing import close_for
from adaldyq.measures.permits.actions.reviewing import columns_of
from adaldyq.measures.permits.domain.deciding import (
    ABOLISH,
    ENDING,
    EXCLUDE,
    KEEP,
    Decision,
    check_outcome,
    check_reference,
    check_words,
    saved,
    terms_after,
)
from adaldyq.measures.permits.domain.terms import Burden, Terms
from adaldyq.measures.permits.models import PermitEntry, PermitEvent, PermitReview, PermitVersion
from adaldyq.measures.permits.queries.catalogue import burden_of, hour_price, newest, terms_of
from adaldyq.measures.permits.states import DECIDE

DECIDED = "permits.review.decide"
Saved = tuple[Decimal | None, int | None]
UNCOUNTED: Saved = (None, None)


def decided(review: PermitReview) -> Recorded:
    """The ledger line: which entry, what was decided, by which act, since when, and what it saves."""
    facts: dict[str, object] = {
        "review": review.pk,
        "entry": review.entry.number,
        "outcome": review.outcome,
        "act": review.act_number,
        "day": review.effective_date.isoformat() if review.effective_date else "",
        "saved": str(review.saved_amount or ""),
    }
    return Recorded([facts], {"permit_review": review.pk, "outcome": review.outcome})


@act(DECIDED, records=decided, on="review")
def decide(*, review: PermitReview, decision: Decision, by: Actor, at: datetime) -> PermitReview:
    """Keep, simplify, move to notification, abolish or take out a permit, by an act with reasons.

    What no law asks for, or what is not needed, may be abolished without counting what it costs.

    Raises:
        NotAllowed: `by` is not of the reviewing body.
        DomainError: `acts-apart` when `by` justified it; `permit-act-missing`, `permit-act-ahead`, `reason-missing`;
            `permit-not-yet` when the day from which it holds has not come; `permit-before-round` when it lies before the review; those of `domain.deciding`; those of `rewrite`.
        Conflict: it was decided before, or it is not its turn.
    """
    require(policies.may_review(by, review.entry.body), DECIDED)
    today, entry = day_of(at), review.entry
    check_reference(decision.act, today)
    reasons = check_words(decision.reasons, "reasons")
    check_outcome(decision.outcome, lawful=review.lawful, needed=review.needed)
    if decision.since > today or decision.since < decision.act.day:
        raise DomainError("permit-not-yet", field="since")
    if decision.since < review.round.opened_date:
        raise DomainError("permit-before-round", field="since", day=review.round.opened_date)
    if decision.outcome not in ENDING and review.burden_amount is None:
        raise DomainError("permit-not-assessed", field="outcome")
    if decision.outcome != KEEP:
        drop_announced(entry, today)
    after, gain = what_follows(review, decision, today)
    changes = columns_of(decision.act)
    done = advance(
        review, DECIDE, by=by, at=at, outcome=decision.outcome, reasons=reasons, effective_date=decision.since,
        decided_by=by.id or None, decided_at=at, saved_amount=gain[0], saved_days=gain[1], **changes,
    )  # fmt: skip
    ends = {"ended_date": decision.since} if decision.outcome in ENDING else {}
    if ends:
        end_version(entry, decision.since)
        close_for(entry, by=by, at=at)
    elif after is not None:
        rewrite(entry, after, newest(entry).body, decision.since, today)
    moved = advance(entry, decision.outcome, by=by, at=at, **ends)
    note(moved, moved.state, decision.since, changes, reasons, gain, review.currency)
    return done


def what_follows(review: PermitReview, decision: Decision, today: date) -> tuple[Terms | None, Saved]:
    """What the permit says after the decision, None when that is nothing new or nothing at all; and what it saves.

    Raises:
        DomainError: those of `terms_after`.
    """
    if decision.outcome in {KEEP, EXCLUDE}:
        return None, UNCOUNTED
    found = found_burden(review)
    price = hour_price(today)
    if decision.outcome == ABOLISH:
        if found is None:
            return None, UNCOUNTED
        burden, days = found
        return None, saved(burden, days, None, price)
    if found is None:
        raise DomainError("permit-not-assessed", field="outcome")
    burden, days = found
    before = replace(terms_of(newest(review.entry)), burden=burden)
    after = terms_after(before, decision.outcome, decision.lighter, burden.applications)
    return after, saved(burden, days, after, price)


def found_burden(review: PermitReview) -> tuple[Burden, int] | None:
    """What the review found that a permit costs, else what the catalogue says; None when nobody counted."""
    if review.hours is not None and review.costs is not None and review.applications is not None:
        return Burden(review.hours, review.costs, review.applications), review.days or 0
    known = burden_of(review.version)
    return (known, review.version.days) if known else None


def end_version(entry: PermitEntry, day: date) -> None:
    """Let what an entry says end on the day before.

    Raises:
        DomainError: `permit-version-day` when it began on that day or later.
    """
    last = newest(entry)
    if day <= last.valid_from:
        raise DomainError("permit-version-day", field="since", day=last.valid_from)
    PermitVersion.objects.filter(pk=last.pk).update(valid_to=day_before(day))


def note(
    entry: PermitEntry, happened: str, day: date, by_act: dict[str, object], reasons: str, gain: Saved, currency: str
) -> None:
    """Note what happened to an entry, with what it saves."""
    PermitEvent.objects.create(
        entry=entry,
        happened=happened,
        day=day,
        kind=entry.kind,
        reasons=reasons,
        saved_amount=gain[0],
        saved_days=gain[1],
        currency=currency if gain[0] is not None else "",
        **by_act,
    )
