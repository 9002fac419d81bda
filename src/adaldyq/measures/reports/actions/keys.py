"""Which bodies receive reports, and the keys of their officers."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from adaldyq.base.errors import Conflict, DomainError
from adaldyq.kernel import naming
from adaldyq.kernel.actor import Actor, require
from adaldyq.kernel.acts import Recorded, act
from adaldyq.kernel.models import Body
from adaldyq.kernel.states import advance
from adaldyq.measures.reports import policies
from adaldyq.measures.reports.models import OfficerKey, ReceivingUnit
from adaldyq.measures.reports.models.keys import AGENCY, PROSECUTOR
from adaldyq.measures.reports.states import ACTIVE
from adaldyq.sealing.envelopes import recipient

OPEN_UNIT, ADD_KEY, RETIRE_KEY = "reports.unit.open", "reports.key.add", "reports.key.retire"
LARGEST_LOCKED = 4096


def unit_told(unit: ReceivingUnit) -> Recorded:
    """The ledger line of a unit: which body receives, and as what."""
    return Recorded([{"unit": unit.pk, "body": unit.body_id, "kind": unit.kind}], {"unit": unit.pk})


@act(OPEN_UNIT, records=unit_told)
def open_unit(*, body: Body, kind: str, by: Actor, at: datetime) -> ReceivingUnit:
    """Let a body receive reports: as the agency, or as the prosecutor, who receives those about the agency.

    Raises:
        NotAllowed: `by` is no administrator.
        DomainError: `no-such-value` for another kind; `unit-open-already` when the body receives, or the kind is taken.
    """
    require(policies.may_open_unit(by), OPEN_UNIT)
    if kind not in {AGENCY, PROSECUTOR}:
        raise DomainError("no-such-value", field="kind", value=kind, day=naming.pack().day_of(at).isoformat())
    day = naming.pack().day_of(at)
    if ReceivingUnit.objects.filter(policies.in_force(day), kind=kind).exists():
        raise DomainError("unit-open-already", field="kind")
    try:
        with transaction.atomic():
            return ReceivingUnit.objects.create(body=body, kind=kind, opened_at=at)
    except IntegrityError:
        raise DomainError("unit-open-already", field="body") from None


def key_told(key: OfficerKey) -> Recorded:
    """The ledger line of a key: its public half and state, so that anybody can check to whom reports are sealed."""
    facts: dict[str, object] = {
        "unit": key.unit_id,
        "recipient": key.recipient,
        "purpose": key.purpose,
        "state": key.state,
    }
    return Recorded([facts], {"key": key.pk, "unit": key.unit_id})


@act(ADD_KEY, records=key_told)
def add_key(*, unit: ReceivingUnit, public: str, locked: bytes, by: Actor, at: datetime) -> OfficerKey:
    """Publish the public half of an officer's or custodian's key. The one that they had for this unit is retired.

    Args:
        public: `age1…`.
        locked: the secret half, locked with a passphrase on the officer's device; empty when it is kept elsewhere.

    Raises:
        NotAllowed: `by` neither receives for the unit nor keeps its names.
        DomainError: `recipient-invalid`; `secret-key-sent` when it is the secret half; `key-known` when somebody has it.
    """
    purpose = policies.purpose_for(by, unit)
    require(bool(purpose), ADD_KEY)
    if public.upper().startswith("AGE-SECRET-KEY-"):
        raise DomainError("secret-key-sent", field="public")
    text = str(recipient(public, field="public"))
    if len(locked) > LARGEST_LOCKED:
        raise DomainError("envelope-damaged", field="locked")
    for older in OfficerKey.objects.filter(account=by.id, unit=unit, purpose=purpose, state=ACTIVE):
        retire_key(key=older, by=by, at=at)
    try:
        with transaction.atomic():
            return OfficerKey.objects.create(
                account_id=by.id, unit=unit, purpose=purpose, recipient=text, locked=locked, made_at=at
            )
    except IntegrityError:
        raise DomainError("key-known", field="public") from None


@act(RETIRE_KEY, records=key_told)
def retire_key(*, key: OfficerKey, by: Actor, at: datetime) -> OfficerKey:
    """Seal no more reports to a key. What was sealed to it before stays readable by it.

    Raises:
        NotAllowed: it is neither `by`'s own nor `by` an administrator, who ends the access of those who leave.
        Conflict: it is retired already.
    """
    require(key.account_id == by.id or policies.may_open_unit(by), RETIRE_KEY)
    if key.state != ACTIVE:
        raise Conflict("retire", key.state)
    return advance(key, "retire", by=by, at=at, retired_at=at)
