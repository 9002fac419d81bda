"""Publishing the fees that the country pack states."""

from __future__ import annotations

from datetime import datetime

from adaldyq.base.errors import DomainError
from adaldyq.kernel import naming
from adaldyq.kernel.actor import Actor
from adaldyq.kernel.models import Body
from adaldyq.measures.payments.actions.fees import NewFee, publish_fee
from adaldyq.measures.payments.adapters.pack_fees import PackFee, fees_of
from adaldyq.measures.payments.models import FeeSchedule, FeeVersion
from adaldyq.measures.payments.queries.fees import STATED, fee_on


def load_fees(*, by: Actor, at: datetime) -> int:
    """Publish the fees of the pack for services that have none, and return how many.

    Raises:
        NotAllowed: `by` does not keep fees.
        DomainError: `fee-body-unknown` when the register of bodies has none of that name; as `publish_fee`.
    """
    there = set(FeeSchedule.objects.values_list("code", flat=True))
    new = [one for one in fees_of(naming.pack()) if one.code not in there]
    for one in new:
        publish(one, by=by, at=at)
    return len(new)


def publish(fee: PackFee, *, by: Actor, at: datetime) -> FeeVersion:
    """Publish a fee of the pack.

    Raises:
        NotAllowed, DomainError: as `load_fees`.
    """
    body = Body.objects.filter(name=fee.body, closed_date=None).first() if fee.body else None
    if fee.body and body is None:
        raise DomainError("fee-body-unknown", value=fee.body, fee=fee.code)
    return publish_fee(new=NewFee(fee.code, body, fee.terms, fee.since), by=by, at=at)


def stated_fee(*, by: Actor, at: datetime) -> FeeVersion:
    """The fee whose sums acts state, such as fines; that of the pack is published on first use.

    Raises:
        DomainError: `fee-not-in-force` when neither register nor pack has one.
    """
    schedule = FeeSchedule.objects.filter(code=STATED).first()
    if schedule is None:
        found = next((one for one in fees_of(naming.pack()) if one.code == STATED), None)
        if found is not None:
            return publish(found, by=by, at=at)
    version = fee_on(schedule, naming.pack().day_of(at)) if schedule else None
    if version is None:
        raise DomainError("fee-not-in-force", field="fee", value=STATED)
    return version
