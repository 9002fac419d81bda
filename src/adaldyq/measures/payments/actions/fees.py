"""Acts on fee schedules: a version is published by the act of law that sets the fee, and holds from a day on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from adaldyq.base.errors import DomainError
from adaldyq.kernel import naming
from adaldyq.kernel.actions.periods import hold_names
from adaldyq.kernel.actor import Actor, require
from adaldyq.kernel.acts import Recorded, act
from adaldyq.kernel.models import Body
from adaldyq.kernel.periods import day_before
from adaldyq.measures.payments import policies
from adaldyq.measures.payments.adapters.pack_fees import waiver_grounds
from adaldyq.measures.payments.domain.fees import LONGEST_CODE, FeeTerms, check
from adaldyq.measures.payments.models import FeeSchedule, FeeVersion
from adaldyq.measures.payments.queries.fees import newest

PUBLISH = "payments.fee.publish"
CODE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class NewFee:
    """A fee that is to be published: of which service and body, what it says, and from which day on."""

    code: str
    body: Body | None
    terms: FeeTerms
    since: date


def published(version: FeeVersion) -> Recorded:
    """The ledger line of a version: of which service, which it is, since when, by which act, and the formula."""
    facts: dict[str, object] = {
        "fee": version.schedule.code,
        "version": version.version,
        "since": version.valid_from.isoformat(),
        "act": version.law_number,
        "formula": version.formula,
    }
    return Recorded([facts], {"fee_version": version.pk})


@act(PUBLISH, records=published, on="result")
def publish_fee(*, new: NewFee, by: Actor, at: datetime) -> FeeVersion:
    """Publish a fee, or what it is from a day on. What it was before stays for the invoices of those days.

    Raises:
        NotAllowed: `by` does not keep the fees of that body.
        DomainError: `fee-code`; `fee-version-day` when the day is not after the first day of what it says now;
            `fee-kind-fixed` when it would let acts state the sum and did not before, or the other way round;
            those of `domain.fees.check`.
    """
    require(policies.may_set_fees(by, PUBLISH, new.body), PUBLISH)
    pack = naming.pack()
    if not CODE.fullmatch(new.code) or len(new.code) > LONGEST_CODE:
        raise DomainError("fee-code", field="code", value=new.code[:LONGEST_CODE])
    check(new.terms, waiver_grounds(pack), pack.languages)
    hold_names("fee-code", [new.code])
    schedule = FeeSchedule.objects.filter(code=new.code).first()
    stated = new.terms.formula is None
    if schedule is None:
        schedule = FeeSchedule.objects.create(code=new.code, body=new.body, stated=stated)
        return FeeVersion.objects.create(version=1, **columns(schedule, new, by, at))
    require(policies.may_set_fees(by, PUBLISH, schedule.body), PUBLISH)
    if schedule.stated != stated:
        raise DomainError("fee-kind-fixed", field="base")
    last = newest(schedule)
    if new.since <= last.valid_from:
        raise DomainError("fee-version-day", field="since", day=last.valid_from)
    FeeVersion.objects.filter(pk=last.pk).update(valid_to=day_before(new.since))
    return FeeVersion.objects.create(version=last.version + 1, **columns(schedule, new, by, at))


def columns(schedule: FeeSchedule, new: NewFee, by: Actor, at: datetime) -> dict[str, Any]:
    """Columns of a version."""
    terms = new.terms
    return {
        "schedule": schedule,
        "valid_from": new.since,
        "names": dict(terms.names),
        "formula": terms.formula.as_data if terms.formula else {},
        "exemptions": [{"ground": one.ground, "per_cent": one.per_cent} for one in terms.exemptions],
        "law": dict(terms.law.names),
        "law_number": terms.law.number.strip(),
        "law_date": terms.law.day,
        "law_article": dict(terms.law.article),
        "due_days": terms.due_days,
        "expiry_days": terms.expiry_days,
        "source": terms.source,
        "published_by_id": None if by.system else by.id or None,
        "published_at": at,
    }
