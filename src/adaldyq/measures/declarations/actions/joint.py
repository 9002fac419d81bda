"""Acts of husband and wife who file one declaration together: one asks, the other confirms, either may end it."""

from __future__ import annotations

from datetime import datetime

from adaldyq.base.errors import Conflict, DomainError
from adaldyq.kernel.actor import Actor, require
from adaldyq.kernel.acts import Leaves, Recorded, act
from adaldyq.measures.declarations.actions.filing import hold, hold_open
from adaldyq.measures.declarations.actions.joint_told import PAGE, end_with
from adaldyq.measures.declarations.actions.relief import tell
from adaldyq.measures.declarations.models import Draft, JointFiling
from adaldyq.measures.declarations.policies import filer
from adaldyq.measures.declarations.queries.drafts import Filled, open_draft_of
from adaldyq.measures.declarations.queries.joint import due_of, spouse_for

ASK, CONFIRM, END = (f"declarations.joint.{verb}" for verb in ("ask", "confirm", "end"))


def about(joint: JointFiling) -> Recorded:
    """The event of an act; the ledger is told when both declarations are filed."""
    return Recorded([], {"draft": joint.draft_id, "person": joint.person_id})


@act(ASK, leaves=Leaves.NONE, records=about)
def ask_spouse(*, draft: Draft, by: Actor, at: datetime) -> JointFiling:
    """Ask husband or wife to file a draft together, and tell them so; who was asked already is asked once.

    Raises:
        NotAllowed, Conflict: as `hold`.
        DomainError: `joint-not-possible`.
    """
    hold(draft, by, at, ASK)
    spouse = spouse_for(draft)
    if spouse is None:
        raise DomainError("joint-not-possible")
    joint, new = JointFiling.objects.get_or_create(draft=draft, defaults={"person": spouse, "asked_at": at})
    if new:
        tell(spouse.pk, "joint-asked", {"year": draft.year}, joint.pk, at, PAGE)
    return joint


@act(CONFIRM, leaves=Leaves.NONE, records=about)
def confirm_joint(*, joint: JointFiling, seen: str, by: Actor, at: datetime) -> JointFiling:
    """Confirm what stands in a draft, as it was seen; whoever asked can then sign and file for both.

    Raises:
        NotAllowed: somebody else was asked.
        Conflict: the draft was filed or set aside.
        DomainError: `draft-changed`, `draft-incomplete`, `joint-own-draft` when the other has a draft of their own, or
            `joint-nothing-owed` when they have nothing to file any more.
    """
    require(bool(joint.person_id) and filer(by) == joint.person_id, CONFIRM)
    draft = held(joint, at, CONFIRM)
    filled = Filled(draft)
    if filled.seen != seen:
        raise DomainError("draft-changed")
    if not filled.ready:
        raise DomainError("draft-incomplete", count=len(filled.sections) - filled.done)
    if open_draft_of(joint.person_id, draft.form, draft.year) is not None:
        raise DomainError("joint-own-draft", year=draft.year)
    if due_of(joint.person_id, draft.form, draft.year) is None:
        raise DomainError("joint-nothing-owed", year=draft.year)
    joint.seen, joint.confirmed_at = seen, at
    joint.save(update_fields=["seen", "confirmed_at"])
    tell(draft.person_id, "joint-confirmed", {"year": draft.year}, f"{joint.pk}:{seen}", at, PAGE)
    return joint


@act(END, leaves=Leaves.NONE, records=about)
def end_joint(*, joint: JointFiling, by: Actor, at: datetime) -> JointFiling:
    """File each one's own again, and tell the other; either of the two may say so until it is filed.

    Raises:
        NotAllowed: it is about others.
        Conflict: the draft was filed or set aside, or it was ended.
    """
    ending = filer(by)
    require(bool(ending) and ending in {joint.person_id, joint.draft.person_id}, END)
    end_with(held(joint, at, END), ending, at)
    return joint


def held(joint: JointFiling, at: datetime, name: str) -> Draft:
    """The draft, held before what belongs to it is written, as filing holds it: the two never see half of each other.

    Raises:
        Conflict: it was filed or set aside, or is not filed together any more.
    """
    draft = Draft.objects.get(pk=joint.draft_id)
    hold_open(draft, at, name)
    if not JointFiling.objects.filter(pk=joint.pk).exists():
        raise Conflict(name, draft.state)
    return draft
