"""Giving an application back to the draw: whoever was drawn is away or should not have it; chance, and nobody else, finds another."""

from __future__ import annotations

from datetime import datetime

from adaldyq.base.errors import DomainError
from adaldyq.kernel.actor import Actor, require
from adaldyq.kernel.acts import act
from adaldyq.kernel.deadlines.actions import rebind_deadlines
from adaldyq.kernel.deadlines.terms import kind_of
from adaldyq.measures.permits import policies
from adaldyq.measures.permits.actions.handling import stepped
from adaldyq.measures.permits.actions.steps import happen, hold
from adaldyq.measures.permits.domain.applying import checked_text
from adaldyq.measures.permits.domain.procedures import Key
from adaldyq.measures.permits.models import PermitApplication
from adaldyq.measures.permits.queries.applications import step_now
from adaldyq.measures.permits.queries.draws import REDRAWN
from adaldyq.measures.permits.states import PENDING

BACK = "permits.application.redraw"


@act(BACK, records=stepped, on="application")
def send_back_to_draw(*, application: PermitApplication, words: str, by: Actor, at: datetime) -> PermitApplication:
    """Give an application back to the draw of the next hour, which passes over whoever had it.

    Nobody is chosen: the days go on, and who asked and why stands in the timeline and is counted by a rule.

    Raises:
        NotAllowed: `by` does not handle applications to that body.
        Conflict: it is with nobody any more.
        DomainError: `reason-missing`, `text-too-long`; `permit-not-drawn` when nobody is drawn for its step.
    """
    held = hold(application, BACK, PENDING)
    require(policies.handles(by, held.body), BACK)
    said = checked_text(words, "words")
    if not said:
        raise DomainError("reason-missing", field="words")
    step = step_now(held)
    key = "decider" if step is not None and step.key is Key.DECIDE else "verifier"
    drawn = getattr(held, f"{key}_id")
    if drawn is None:
        raise DomainError("permit-not-drawn", field="words")
    PermitApplication.objects.filter(pk=held.pk).update(**{key: None})
    rebind_deadlines(kind=kind_of(held), subjects=[held.pk], account=None)
    held.refresh_from_db()
    happen(held, REDRAWN, by, at, answer=drawn, words=said)
    return held
