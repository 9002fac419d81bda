"""Publishing the fees that the country pack states."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from adaldyq.base.errors import DomainError
from adaldyq.kernel import naming
from adaldyq.kernel.actor import Actor
from adaldyq.kernel.models import Body
from adaldyq.kernel.ports.fees import Scheduled
from adaldyq.measures.payments.actions.fees import NewFee, publish_fee
from adaldyq.measures.payments.adapters.pack_fees import PackFee, fees_of, usual_terms
from adaldyq.measures.payments.domain.fees import FeeLaw, FeeTerms
from adaldyq.measures.payments.domain.formulas import Formula, formula_of
from adaldyq.measures.payments.models import FeeSchedule, FeeVersion
from adaldyq.measures.payments.queries.fees import STATED, fee_on, newest


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


def brought_fee(wanted: Scheduled, *, by: Actor, at: datetime) -> FeeVersion:
    """The fee that another register brings with its law; where the schedule has none, or an older one, it is published first.

    What whoever keeps the fees has published for a later day stays as it is.

    Raises:
        DomainError: `fee-not-in-force`; those of `publish_fee`.
    """
    schedule = FeeSchedule.objects.filter(code=wanted.code).first()
    formula = Formula(naming.pack().fee_unit, Decimal(wanted.units))
    last = newest(schedule) if schedule else None
    if last is None or (wanted.since > last.valid_from and formula_of(last.formula) != formula):
        usual = usual_terms(naming.pack())
        terms = FeeTerms(
            names=wanted.names,
            formula=formula,
            law=FeeLaw(wanted.law, wanted.law_number, wanted.law_date, wanted.article),
            due_days=usual.due_days,
            expiry_days=None,
            source=usual.source,
            exemptions=usual.exemptions,
        )
        body = Body.objects.filter(pk=wanted.body).first()
        last = publish_fee(new=NewFee(wanted.code, body, terms, wanted.since), by=by, at=at)
    version = fee_on(last.schedule, naming.pack().day_of(at))
    if version is None:
        raise DomainError("fee-not-in-force", field="fee", value=wanted.code)
    return version
