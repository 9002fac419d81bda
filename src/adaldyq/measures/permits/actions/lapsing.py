"""What follows when a body did not justify a permit in time: the permit falls. The clock calls this, once."""

from __future__ import annotations

from datetime import datetime, timedelta

from adaldyq.base.errors import DomainError
from adaldyq.kernel import naming
from adaldyq.kernel.actor import Actor, require
from adaldyq.kernel.acts import act
from adaldyq.kernel.deadlines.days import day_of
from adaldyq.kernel.states import advance
from adaldyq.measures.permits.actions.catalogue import drop_announced
from adaldyq.measures.permits.actions.closing import close_for
from adaldyq.measures.permits.actions.deciding import UNCOUNTED, decided, end_version, found_burden, note
from adaldyq.measures.permits.domain.deciding import saved
from adaldyq.measures.permits.models import PermitReview
from adaldyq.measures.permits.queries.catalogue import hour_price
from adaldyq.measures.permits.queries.reviews import last_day_to_justify
from adaldyq.measures.permits.states import LAPSE, LAPSED

LAPSE_ACT = "permits.review.lapse"


@act(LAPSE_ACT, records=decided, on="subject")
def lapse(*, subject: PermitReview, by: Actor, at: datetime) -> PermitReview:
    """Let a permit fall that its body did not justify by the last day, by the act that ordered the review.

    It is needed no longer from the day after that last day, whenever the clock comes to it.

    Raises:
        NotAllowed: `by` is not the clock.
        Conflict: it was justified, or has ended otherwise.
        DomainError: `permit-day-moved` when a holiday has moved the last day, which is put off first.
    """
    require(by.system, LAPSE_ACT)
    of, entry = subject.round, subject.entry
    last = last_day_to_justify(of)
    if day_of(at) <= last:
        raise DomainError("permit-day-moved", value=entry.number, day=last)
    day = last + timedelta(1)
    found = found_burden(subject)
    gain = saved(found[0], found[1], None, hour_price(day_of(at))) if found else UNCOUNTED
    currency = naming.pack().currency if found else ""
    order: dict[str, object] = {"act_title": of.act_title, "act_number": of.act_number, "act_date": of.act_date}
    done = advance(
        subject, LAPSE, by=by, at=at, outcome=LAPSED, effective_date=day, decided_at=at, saved_amount=gain[0],
        saved_days=gain[1], currency=currency, **order,
    )  # fmt: skip
    drop_announced(entry, last)
    end_version(entry, day)
    close_for(entry, by=by, at=at)
    ended = advance(entry, LAPSE, by=by, at=at, ended_date=day)
    note(ended, LAPSED, day, order, "", gain, currency)
    return done
