"""The act by which an open draft learns that a register it was filled in from was corrected."""

from __future__ import annotations

from datetime import datetime

from adaldyq.base.errors import Conflict
from adaldyq.kernel.actor import Actor, require
from adaldyq.kernel.acts import Leaves, act
from adaldyq.kernel.deadlines.days import day_of
from adaldyq.measures.declarations.actions.filing import HOLD, about
from adaldyq.measures.declarations.models import Draft
from adaldyq.measures.declarations.queries.corrected import Corrected, changed_rows

TAKE_OVER = "declarations.draft.take_over"


@act(TAKE_OVER, leaves=Leaves.NONE, records=about)
def take_over(*, draft: Draft, what: Corrected, by: Actor, at: datetime) -> Draft:
    """Let an open draft say what a corrected register says; what the person typed stays beside it.

    Sections in which something changed are to be looked through again before they are filed.

    Raises:
        NotAllowed: `by` is not the program itself.
        Conflict: the draft was filed or set aside.
    """
    require(by.system, TAKE_OVER)
    if HOLD(draft.pk, at) != 1:
        raise Conflict(TAKE_OVER, draft.state)
    rows = changed_rows(draft, what, day_of(at))
    for row in rows:
        row.revision += 1
        row.save(update_fields=["typed", "sources", "news", "revision"])
    draft.answers.filter(section__in={row.section for row in rows if row.news}).delete()
    return draft
