"""Giving an application back to the draw: whoever was drawn is away or should not have it; chance, and nobody else, finds another."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import date, datetime
from itertools import islice

from adaldyq.base.errors import Conflict, DomainError
from adaldyq.kernel.actor import Actor, require
from adaldyq.kernel.acts import act
from adaldyq.kernel.deadlines.actions import rebind_deadlines
from adaldyq.kernel.deadlines.days import day_of
from adaldyq.kernel.deadlines.terms import kind_of
from adaldyq.measures.permits import policies
from adaldyq.measures.permits.actions.handling import stepped
from adaldyq.measures.permits.actions.lending import tell_heads
from adaldyq.measures.permits.actions.steps import happen, hold
from adaldyq.measures.permits.domain.applying import checked_text
from adaldyq.measures.permits.domain.procedures import Key
from adaldyq.measures.permits.models import PermitApplication
from adaldyq.measures.permits.queries.applications import step_now, waits_for_applicant
from adaldyq.measures.permits.queries.conflicts import biased_each
from adaldyq.measures.permits.queries.draws import REDRAWN, left_for, with_room
from adaldyq.measures.permits.states import PENDING

BACK, DROP = "permits.application.redraw", "permits.application.drop_officer"
KEYS = {Key.VERIFY: "verifier", Key.DECIDE: "decider"}
TOGETHER = 500
"""How many applications are looked through at once."""


@act(BACK, records=stepped, on="application")
def send_back_to_draw(*, application: PermitApplication, words: str, by: Actor, at: datetime) -> PermitApplication:
    """Give an application back to the draw of the next hour, which passes over whoever had it.

    Nobody is chosen: the days go on, and who asked and why stands in the timeline and is counted by a rule. One person does
    so once, since whoever might do it again and again would wait for the officer whom they want.

    Raises:
        NotAllowed: `by` does not handle applications to that body.
        Conflict: it is with nobody any more.
        DomainError: `reason-missing`, `text-too-long`; `permit-not-drawn` when nobody is drawn for its step;
            `permit-redrawn-before` when `by` gave it back already; `permit-nobody-left` when the draw would find nobody.
    """
    held = hold(application, BACK, PENDING)
    require(policies.deals(by, held), BACK)
    said = checked_text(words, "words")
    if not said:
        raise DomainError("reason-missing", field="words")
    key = turn(held)
    if getattr(held, f"{key}_id") is None:
        raise DomainError("permit-not-drawn", field="words")
    before = held.events.filter(happened=REDRAWN).select_related("account")
    if any(policies.is_same(by, one.account) for one in before):
        raise DomainError("permit-redrawn-before", field="words")
    if not with_room(held, day_of(at)):
        raise DomainError("permit-nobody-left", field="words")
    return let_go(held, (key,), said, by, at)


@act(DROP, records=stepped, on="application")
def drop_officers(*, application: PermitApplication, by: Actor, at: datetime) -> PermitApplication:
    """Take an application from officers who have come to gain from it since they were drawn; the next draw has it again.

    Where it would find nobody the head of the body is told at once.

    Raises:
        NotAllowed: `by` is a person.
        Conflict: it is with nobody any more, or nobody whose step is to come gains from it.
    """
    require(by.system, DROP)
    held = hold(application, DROP, PENDING)
    keys = gaining_keys([held], day_of(at))[held.pk]
    if not keys:
        raise Conflict(DROP, held.state)
    free = let_go(held, keys, "", by, at)
    if not left_for(free, day_of(at)):
        tell_heads([free], by=by, at=at)
    return free


def drop_all(*, by: Actor, at: datetime) -> int:
    """Do so with every application whose officers gain from it, each in an act of its own; how many those were.

    They are looked through some hundreds at once.
    """
    drawn = PermitApplication.objects.filter(state__in=PENDING).exclude(verifier=None, decider=None)
    rows, listed = drawn.select_related("procedure").order_by("pk").iterator(TOGETHER), list[PermitApplication]()
    while some := list(islice(rows, TOGETHER)):
        gaining = gaining_keys(some, day_of(at))
        listed += [one for one in some if gaining[one.pk]]
    dropped = 0
    for one in listed:
        with suppress(Conflict):  # it was withdrawn or decided meanwhile
            drop_officers(application=one, by=by, at=at)
            dropped += 1
    return dropped


def gaining_keys(applications: Sequence[PermitApplication], day: date) -> dict[str, list[str]]:
    """By application, columns of officers whose step is to come and who must not take it."""
    drawn: dict[str, dict[str, str | None]] = {}
    for one in applications:
        to_come = ("decider",) if turn(one) == "decider" else ("verifier", "decider")
        drawn[one.pk] = {key: getattr(one, f"{key}_id") for key in to_come}
    asked = [(one, [who for who in drawn[one.pk].values() if who]) for one in applications]
    wrong = biased_each(asked, day)
    return {pk: [key for key, who in people.items() if who in wrong[pk]] for pk, people in drawn.items()}


def turn(application: PermitApplication) -> str:
    """The column of the officer who was drawn for the step where an application is."""
    step = step_now(application)
    return KEYS.get(step.key or Key.VERIFY, "") if step is not None else KEYS[Key.VERIFY]


def let_go(held: PermitApplication, keys: Sequence[str], words: str, by: Actor, at: datetime) -> PermitApplication:
    """Let nobody be drawn in some columns, and note who was."""
    had = {key: str(getattr(held, f"{key}_id")) for key in keys}
    PermitApplication.objects.filter(pk=held.pk).update(**dict.fromkeys(keys))
    if turn(held) in keys and not waits_for_applicant(held):
        rebind_deadlines(kind=kind_of(held), subjects=[held.pk], account=None)
    held.refresh_from_db()
    for account in had.values():
        happen(held, REDRAWN, by, at, answer=account, words=words)
    return held
