"""Acts by which the authority takes a fine back: two officers where it was wrong, the clock where it lapses."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime

from django.db.models import Q

from adaldyq.base.errors import Conflict, DomainError
from adaldyq.kernel.actor import Actor, require
from adaldyq.kernel.acts import act
from adaldyq.kernel.models import Account
from adaldyq.kernel.separation import of_same_people
from adaldyq.kernel.states import advance
from adaldyq.measures.declarations.actions.invoices import cancel_invoice
from adaldyq.measures.declarations.actions.non_filing import stepped
from adaldyq.measures.declarations.actions.relief import check_text, page_of, tell
from adaldyq.measures.declarations.domain.obligations import Why
from adaldyq.measures.declarations.models import NonFiling
from adaldyq.measures.declarations.policies import require_decider
from adaldyq.measures.declarations.queries.non_filing import KEPT, to_lapse, was_in_time
from adaldyq.measures.declarations.states import STANDING

ASK_BACK, TAKE_BACK = "declarations.non_filing.ask_back", "declarations.non_filing.take_back"
REFUSE_BACK, LAPSE = "declarations.non_filing.refuse_back", "declarations.non_filing.lapse"


@act(ASK_BACK, records=stepped, on="non_filing")
def ask_back(*, non_filing: NonFiling, ground: str, by: Actor, at: datetime) -> NonFiling:
    """Propose to take a fine back that was wrong, with the ground; another registrar does so. Nothing changes yet.

    What was proposed and refused before gives way to it.

    Raises:
        NotAllowed: `by` does not keep declarations of the body.
        DomainError: `own-obligation`, `reason-missing`, `reason-too-long`.
        Conflict: no fine stands, or what somebody else has proposed is undecided.
    """
    require_decider(by, ASK_BACK, non_filing.owed)
    check_text(ground, "text", "reason-missing")
    free = Q(back_asked_by=None) | Q(back_asked_by_id=by.id) | Q(back_refused_at__isnull=False)
    rows = NonFiling.objects.filter(free, pk=non_filing.pk, state__in=STANDING)
    refused = {"back_refusal": "", "back_refused_by_id": None, "back_refused_at": None}
    if not rows.update(back_ground=ground.strip(), back_asked_by_id=by.id, back_asked_at=at, **refused):
        raise Conflict(ASK_BACK, non_filing.state)
    non_filing.refresh_from_db()
    return non_filing


@act(REFUSE_BACK, records=stepped, on="non_filing")
def refuse_back(*, non_filing: NonFiling, ground: str, by: Actor, at: datetime) -> NonFiling:
    """Refuse to take a fine back as another registrar has proposed, with the ground; the fine stands, and may be proposed anew.

    Raises:
        NotAllowed: `by` does not keep declarations of the body.
        DomainError: `own-obligation`, `acts-apart` when `by` proposed it, `reason-missing`, `reason-too-long`.
        Conflict: nobody has proposed it, no fine stands, or somebody was first.
    """
    require_decider(by, REFUSE_BACK, non_filing.owed)
    held = undecided(non_filing, REFUSE_BACK, by)
    check_text(ground, "text", "reason-missing")
    NonFiling.objects.filter(pk=held.pk).update(
        back_refusal=ground.strip(), back_refused_by_id=by.id, back_refused_at=at
    )
    non_filing.refresh_from_db()
    return non_filing


def undecided(non_filing: NonFiling, act: str, by: Actor) -> NonFiling:
    """The same record, held while another than who proposed something about it decides.

    Only the proposal that stands counts: who made one that was refused may decide about another's.

    Raises:
        DomainError: `acts-apart` when `by` proposed it.
        Conflict: nothing is proposed, or another has decided meanwhile.
    """
    held = NonFiling.objects.select_for_update().get(pk=non_filing.pk)
    if not held.is_back_asked or held.state not in STANDING:
        raise Conflict(act, held.state)
    if held.back_asked_by_id in of_same_people([by.id]):
        raise DomainError("acts-apart", act=act)
    return held


@act(TAKE_BACK, records=stepped, on="non_filing")
def take_back(*, non_filing: NonFiling, by: Actor, at: datetime) -> NonFiling:
    """Take a fine back that another registrar has proposed to: it falls with its invoice, and what was paid is given back.

    Raises:
        NotAllowed: `by` does not keep declarations of the body.
        DomainError: `own-obligation`, `acts-apart` when `by` proposed it.
        Conflict: nobody has proposed it, it was refused, its state does not permit it, or somebody was first.
    """
    require_decider(by, TAKE_BACK, non_filing.owed)
    undecided(non_filing, TAKE_BACK, by)
    taken = advance(non_filing, "take_back", by=by, at=at, taken_back_by=Account(pk=by.id), taken_back_at=at)
    cancel_invoice(taken, by=by, at=at)
    tell(taken.person_id, "non-filing-taken-back", {"year": taken.owed.year}, taken.pk, at, page_of(taken))
    return taken


@act(LAPSE, records=stepped, on="non_filing")
def lapse(*, non_filing: NonFiling, by: Actor, at: datetime) -> NonFiling:
    """Let lapse what is held against somebody who filed in time, or against the dead.

    A notice and an offence lead to nothing, a fine falls with its invoice. Who filed in time is told, and gets back what
    was paid.

    Raises:
        NotAllowed: `by` is not the clock.
        Conflict: its state does not permit it, or somebody was first.
    """
    require(by.system, LAPSE)
    kept = was_in_time(non_filing)
    why = KEPT if kept else Why.DEAD.value
    ended = advance(non_filing, "lapse", by=by, at=at, back_ground=why, taken_back_at=at)
    cancel_invoice(ended, by=by, at=at)
    if kept:
        tell(ended.person_id, "non-filing-in-time", {"year": ended.owed.year}, ended.pk, at, page_of(ended))
    return ended


def lapse_all(*, by: Actor, at: datetime) -> int:
    """Let everything lapse that is held against whoever filed in time, or has died by the register, and count it."""
    lapsed = 0
    for one in to_lapse():
        with suppress(Conflict):  # an officer was first; what is still held lapses the next night
            lapse(non_filing=one, by=by, at=at)
            lapsed += 1
    return lapsed
