"""Acts of the review before its decision: a round is opened, bodies justify, the reviewing body assesses.

Whoever justifies does not decide (`duties.csv`). What nobody justified by the last day falls by the clock (`lapsing`).
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime

from django.utils.translation import gettext_noop

from adaldyq.base.errors import DomainError
from adaldyq.kernel import naming
from adaldyq.kernel.actions.periods import hold_names
from adaldyq.kernel.actions.registers import digest
from adaldyq.kernel.actor import Actor, require
from adaldyq.kernel.acts import Leaves, Recorded, act
from adaldyq.kernel.deadlines.actions import DueOf, begin_deadlines, meet_deadlines
from adaldyq.kernel.deadlines.days import day_of
from adaldyq.kernel.deadlines.terms import Bound, Due, kind_of
from adaldyq.kernel.states import advance
from adaldyq.measures.permits import policies
from adaldyq.measures.permits.domain.burden import days_of, money_of
from adaldyq.measures.permits.domain.deciding import Reference, check_reference, check_words
from adaldyq.measures.permits.domain.terms import MOST_DAYS, MOST_FEE, Burden
from adaldyq.measures.permits.models import PermitEntry, PermitEvent, PermitReview, PermitRound, PermitVersion
from adaldyq.measures.permits.queries.catalogue import hour_price, says_on
from adaldyq.measures.permits.queries.reviews import JUSTIFICATION, last_day_to_justify
from adaldyq.measures.permits.states import ASSESS_BURDEN, ASSESS_LEGALITY, ASSESS_NECESSITY, IN_FORCE, JUSTIFY, OPEN

OPEN_ROUND, JUSTIFIED = "permits.round.open", "permits.review.justify"
LEGALITY, NECESSITY, BURDEN = (f"permits.review.assess_{what}" for what in ("legality", "necessity", "burden"))
TERM = JUSTIFICATION
LAPSE_ACTION = "adaldyq.measures.permits.actions.lapsing.lapse"
REMINDERS = (10, 3, 1)
BATCH = 500


def opened(of: PermitRound) -> Recorded:
    """The ledger line of a round: its act, its last day, how many entries, and a digest of their numbers."""
    numbers = sorted(of.reviews.values_list("entry__number", flat=True))
    facts: dict[str, object] = {
        "round": of.pk,
        "act": of.act_number,
        "until": of.justify_until.isoformat(),
        "entries": len(numbers),
        "digest": digest(numbers),
    }
    return Recorded([facts], {"permit_round": of.pk})


@act(OPEN_ROUND, leaves=Leaves.PER_BATCH, records=opened)
def open_round(
    *, entries: Sequence[PermitEntry], order: Reference, until: date, by: Actor, at: datetime
) -> PermitRound:
    """Put entries under review; their bodies justify them until a day, or they fall.

    Args:
        order: the act that orders the review.
        until: last day to justify.

    Raises:
        NotAllowed: `by` is not of the reviewing body.
        DomainError: `permit-act-missing`, `permit-act-ahead`; `permit-term-short` when bodies would have fewer working days
            than the pack gives them; `permit-day-of-rest`; `permit-nothing-to-review`.
    """
    require(policies.may_review(by), OPEN_ROUND)
    today, pack = day_of(at), naming.pack()
    check_reference(order, today)
    least = pack.due(TERM, today)
    if until < least:
        raise DomainError("permit-term-short", field="until", day=least)
    if not pack.calendar.is_working(until):
        raise DomainError("permit-day-of-rest", field="until", day=pack.calendar.next_working(until))
    hold_names("permit-round", ["open"])
    free = list(
        PermitEntry.objects.filter(pk__in=[one.pk for one in entries], state__in=IN_FORCE)
        .filter(pk__in=PermitVersion.objects.filter(says_on(today)).values("entry_id"))
        .exclude(pk__in=PermitReview.objects.filter(state__in=OPEN).values("entry_id"))
        .select_related("body")
        .order_by("number")
    )
    if not free:
        raise DomainError("permit-nothing-to-review", field="until")
    made = PermitRound.objects.create(opened_date=today, justify_until=until, opened_at=at, **columns_of(order))
    begin(made, free, at)
    return made


def columns_of(order: Reference) -> dict[str, object]:
    """An act as rows keep it."""
    return {"act_title": order.title.strip(), "act_number": order.number.strip(), "act_date": order.day}


def begin(of: PermitRound, entries: Sequence[PermitEntry], at: datetime) -> None:
    """Begin the review of entries, each with a deadline that binds its body."""
    now = dict(PermitVersion.objects.filter(says_on(of.opened_date)).values_list("entry_id", "pk"))
    reviews = [PermitReview(round=of, entry=one, version_id=now[one.pk]) for one in entries]
    PermitReview.objects.bulk_create(reviews, batch_size=BATCH)
    PermitEvent.objects.bulk_create(
        [
            PermitEvent(
                entry=one,
                happened="reviewed",
                day=of.opened_date,
                kind=one.kind,
                act_title=of.act_title,
                act_number=of.act_number,
                act_date=of.act_date,
            )
            for one in entries
        ],
        batch_size=BATCH,
    )
    by_body: dict[str, list[PermitReview]] = defaultdict(list)
    for review in reviews:
        by_body[review.entry.body_id].append(review)
    for group in by_body.values():
        due = Due(
            TERM,
            gettext_noop("Justify a permit that is reviewed"),
            of.justify_until,
            action=LAPSE_ACTION,
            reminders=REMINDERS,
            href="permits/queue/",
        )
        subjects = [DueOf(one, "", of.justify_until) for one in group]
        begin_deadlines(due=due, of=subjects, bound=Bound(body=group[0].entry.body), at=at)


def stepped(review: PermitReview) -> Recorded:
    """The ledger line of a step: which entry, how far it is, and a hash of the words behind it."""
    said = [review.justification, review.legality, review.necessity, review.burden]
    facts: dict[str, object] = {
        "review": review.pk,
        "entry": review.entry.number,
        "state": review.state,
        "words": hashlib.sha256("\n".join(said).encode()).hexdigest(),
    }
    return Recorded([facts], {"permit_review": review.pk, "state": review.state})


@act(JUSTIFIED, records=stepped, on="review")
def justify(*, review: PermitReview, words: str, by: Actor, at: datetime) -> PermitReview:
    """Say why the body needs a permit, before the last day of the round.

    Raises:
        NotAllowed: `by` is no licensing officer of the body.
        DomainError: `reason-missing`, `text-too-long`, `permit-justified-late`, `acts-apart`.
        Conflict: it was justified before, or has fallen.
    """
    require(policies.may_justify(by, review.entry.body), JUSTIFIED)
    said, until = check_words(words, "words"), last_day_to_justify(review.round)
    if day_of(at) > until:
        raise DomainError("permit-justified-late", field="words", day=until)
    done = advance(review, JUSTIFY, by=by, at=at, justification=said, justified_by=by.id or None, justified_at=at)
    meet_deadlines(kind=kind_of(review), subjects=[review.pk], name=TERM, at=at)
    return done


@act(LEGALITY, records=stepped, on="review")
def assess_legality(*, review: PermitReview, lawful: bool, words: str, by: Actor, at: datetime) -> PermitReview:
    """Say whether a law asks for the permit as it stands.

    Raises:
        NotAllowed: `by` is not of the reviewing body.
        DomainError: `reason-missing`, `text-too-long`.
        Conflict: it is not its turn.
    """
    require(policies.may_review(by, review.entry.body), LEGALITY)
    return advance(review, ASSESS_LEGALITY, by=by, at=at, lawful=lawful, legality=check_words(words, "words"))


@act(NECESSITY, records=stepped, on="review")
def assess_necessity(*, review: PermitReview, needed: bool, words: str, by: Actor, at: datetime) -> PermitReview:
    """Say whether the permit protects something that nothing lighter would protect as well.

    Raises:
        NotAllowed, DomainError, Conflict: as `assess_legality`.
    """
    require(policies.may_review(by, review.entry.body), NECESSITY)
    return advance(review, ASSESS_NECESSITY, by=by, at=at, needed=needed, necessity=check_words(words, "words"))


@act(BURDEN, records=stepped, on="review")
def assess_burden(
    *, review: PermitReview, burden: Burden, days: int, words: str, by: Actor, at: datetime
) -> PermitReview:
    """Say what the permit costs those who need it, in money and days, by the standard cost model.

    Args:
        burden: of one application, and how many there are in a year.
        days: working days in which it is decided.

    Raises:
        NotAllowed, DomainError, Conflict: as `assess_legality`; `permit-number-range`.
    """
    require(policies.may_review(by, review.entry.body), BURDEN)
    check_burden(burden, days)
    price = hour_price(day_of(at))
    return advance(
        review,
        ASSESS_BURDEN,
        by=by,
        at=at,
        hours=burden.hours,
        costs=burden.costs,
        applications=burden.applications,
        days=days,
        burden=check_words(words, "words"),
        burden_amount=money_of(burden, price),
        burden_days=days_of(days, burden),
        currency=naming.pack().currency,
    )


def check_burden(burden: Burden, days: int) -> None:
    """Refuse numbers that cannot be.

    Raises:
        DomainError: `permit-number-range`.
    """
    ranges = (
        ("hours", burden.hours, 10_000),
        ("costs", burden.costs, MOST_FEE),
        ("applications", burden.applications, 10_000_000),
        ("days", days, MOST_DAYS),
    )
    for field, value, most in ranges:
        if not 0 <= value <= most:
            raise DomainError("permit-number-range", field=field, most=most)
