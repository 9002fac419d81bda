"""What the other of two who file together is told when it ends, or when something changes after they confirmed it."""

from __future__ import annotations

from datetime import datetime

from adaldyq.kernel import naming
from adaldyq.measures.declarations.actions.relief import tell
from adaldyq.measures.declarations.models import Draft, JointFiling
from adaldyq.measures.declarations.queries.drafts import Filled

PAGE = "declarations/mine/"


def tell_changed(draft: Draft, at: datetime) -> None:
    """Tell who has confirmed a draft, once for each time they have, that it is no longer what they confirmed.

    A country in which nobody files together is asked nothing: this follows every writing into a draft.
    """
    if not naming.pack().joint_filing:
        return
    joint = JointFiling.objects.filter(draft=draft).exclude(seen="").first()
    if joint is not None and Filled(draft).seen != joint.seen:
        tell(joint.person_id, "joint-changed", {"year": draft.year}, f"{joint.pk}:{joint.seen}", at, PAGE)


def end_with(draft: Draft, ending: str, at: datetime) -> None:
    """File a draft for its own person again, and tell the other of the two.

    Args:
        ending: id of the person who ends it.
    """
    joint = JointFiling.objects.filter(draft=draft).first()
    if joint is None:
        return
    joint.delete()
    declined = ending == joint.person_id
    told, message = (draft.person_id, "joint-declined") if declined else (joint.person_id, "joint-withdrawn")
    tell(told, message, {"year": draft.year}, f"{draft.pk}:{at.isoformat()}", at, PAGE)
