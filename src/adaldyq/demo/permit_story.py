"""The catalogue of permits of the sample country, as the pack states it, and what its review has come to.

Two years ago a round was opened: one permit was kept, one simplified, one abolished, and one fell since nobody justified it.
A round is open now, in which the licensing officer has one left to justify and the reviewer some to decide about.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from adaldyq.countries.permits import PermitFact
from adaldyq.demo.application_story import tell_applications
from adaldyq.kernel import naming
from adaldyq.kernel.actor import Actor, actor_of, system
from adaldyq.kernel.deadlines.actions import fall
from adaldyq.kernel.deadlines.days import pack_due
from adaldyq.kernel.deadlines.queries import of_subject
from adaldyq.kernel.models import Account, Body
from adaldyq.measures.permits.actions import reviewing
from adaldyq.measures.permits.actions.deciding import decide
from adaldyq.measures.permits.actions.loading import load_pack, load_procedures
from adaldyq.measures.permits.domain.deciding import ABOLISH, KEEP, SIMPLIFY, Decision, Lighter, Reference
from adaldyq.measures.permits.domain.terms import Burden
from adaldyq.measures.permits.queries import catalogue, reviews
from adaldyq.measures.permits.queries.catalogue import Asked

BY = system("demo")
OFFICER, REVIEWER = "licensing-officer", "reviewer"
ISSUER, ECOLOGY = "L-001", "P-001"
"""Entries whose bodies the licensing officers work for."""

ECOLOGISTS = ("ecology-officer", "ecology-officer-2")
OFFICERS_SINCE = timedelta(800)
"""For how long they have been officers."""

AGO, TO_DECIDE = timedelta(730), timedelta(70)
PAST = ("L-001", "L-002", "N-002", "P-003")
"""Kept, simplified, abolished, and not justified."""

NOW = ("L-002", "N-001", "P-001")
NEEDED = "Онсыз адамдар ауырды: үш жылда 41 жағдай. Кейінгі тексеру оларды құтқара алмайтын еді."
ORDER_TITLE, LAW_TITLE = "Рұқсаттарды қайта қарау туралы бұйрық", "Кейбір рұқсаттардың күшін жою туралы заң"
WORDS = "Он екі кәсіпкер мен орган сұралды, заң мен соңғы үш жылдың деректері қаралды."


def open_catalogue(at: datetime) -> None:
    """Bring in what the pack states and the catalogue has not, and lead its review, unless that was done."""
    load_pack(by=BY, at=at)
    load_procedures(by=BY, at=at)
    people = {one.username: actor_of(one) for one in Account.objects.filter(username__in=(OFFICER, REVIEWER))}
    if len(people) == len({OFFICER, REVIEWER}) and not reviews.rounds(naming.pack().day_of(at)):
        lead_past(people[OFFICER], people[REVIEWER], at - AGO)
        open_now(people[OFFICER], people[REVIEWER], at)
    tell_applications(at)


def body_of_officer(username: str) -> Body | None:
    """The body whose permits a licensing officer defends."""
    number = ECOLOGY if username in ECOLOGISTS else ISSUER
    fact: PermitFact | None = next((one for one in naming.pack().permits if one.number == number), None)
    return Body.objects.filter(name=fact.body).first() if fact else None


def round_over(numbers: Collection[str], by: Actor, at: datetime) -> dict[str, Any]:
    """Open a round over some entries; their reviews by number."""
    chosen = [one for one in catalogue.entries(Asked()) if one.number in numbers]
    day = naming.pack().day_of(at)
    order = Reference(ORDER_TITLE, "112", day - timedelta(7))
    opened = reviewing.open_round(
        entries=chosen,
        order=order,
        until=naming.pack().calendar.next_working(pack_due(reviewing.TERM, day)),
        by=by,
        at=at,
    )
    return {one.entry.number: one for one in reviews.reviews_of(opened)}


def justify(review: Any, by: Actor, at: datetime) -> None:
    """Let the officer justify a permit."""
    reviewing.justify(review=review, words=NEEDED, by=by, at=at)


def assess(review: Any, needed: bool, by: Actor, at: datetime) -> None:
    """Let the reviewer look at law, need and burden."""
    burden = catalogue.burden_of(review.version) or Burden(Decimal(1), Decimal(0), 1)
    who: dict[str, Any] = {"review": review, "words": WORDS, "by": by, "at": at}
    reviewing.assess_legality(lawful=True, **who)
    reviewing.assess_necessity(needed=needed, **who)
    reviewing.assess_burden(burden=burden, days=review.version.days, **who)


def lead_past(officer: Actor, reviewer: Actor, at: datetime) -> None:
    """The round of two years ago."""
    found = round_over(PAST, reviewer, at)
    for number in PAST[:3]:
        justify(found[number], officer, at + timedelta(3))
    end = at + TO_DECIDE
    day = naming.pack().day_of(end)
    law = Reference(LAW_TITLE, "64-VIII", day - timedelta(20))
    fee = Decimal(8)
    for number, outcome in zip(PAST, (KEEP, SIMPLIFY, ABOLISH), strict=False):
        review = found[number]
        assess(review, outcome != ABOLISH, reviewer, end)
        lighter = Lighter(10, fee, Decimal(12), Decimal(18000)) if outcome == SIMPLIFY else None
        decide(review=review, decision=Decision(outcome, law, WORDS, day - timedelta(5), lighter), by=reviewer, at=end)
    for deadline in of_subject(found[PAST[3]]).filter(state="running"):
        fall(deadline=deadline, by=system("clock"), at=end)


def open_now(officer: Actor, reviewer: Actor, at: datetime) -> None:
    """The round that is open: one is justified and waits for the reviewer."""
    found = round_over(NOW, reviewer, at)
    justify(found[NOW[0]], officer, at)
