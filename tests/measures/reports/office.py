"""An agency and a prosecutor that receive reports, with officers who have keys, for tests of reports."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from adaldyq.kernel.actor import actor_of
from adaldyq.kernel.models import Account, Body
from adaldyq.kernel.roles import Role
from adaldyq.measures.reports.actions.handling import Sealed
from adaldyq.measures.reports.actions.keys import add_key, open_unit
from adaldyq.measures.reports.adapters import letters
from adaldyq.measures.reports.models import ReceivingUnit, ReporterLeaf
from adaldyq.measures.reports.models.leaves import BY_CLOCK, BY_OFFICE
from adaldyq.sealing.envelopes import new_identity
from tests import factories
from tests.factories import AT, BY


@dataclass(frozen=True)
class Officer:
    """A receiving officer and the secret half of the key."""

    account: Account
    secret: str
    unit: ReceivingUnit


def unit(kind: str, of: Body | None = None) -> ReceivingUnit:
    """A body that receives reports."""
    return open_unit(body=of or factories.body(name=f"{kind} органы"), kind=kind, by=BY, at=AT)


def officer(of: ReceivingUnit, name: str, **account: object) -> Officer:
    """Somebody who receives for a unit, with a published key."""
    return with_key(of, name, Role.RECEIVING_OFFICER, account)


def custodian(of: ReceivingUnit, name: str, **account: object) -> Officer:
    """Somebody who keeps the names of those who report to a unit, with a published key."""
    return with_key(of, name, Role.CUSTODIAN, account)


def with_key(of: ReceivingUnit, name: str, role: Role, account: Mapping[str, object]) -> Officer:
    """Somebody with a role for a unit and a published key."""
    opened = factories.account(name)
    for field, value in account.items():
        setattr(opened, field, value)
        opened.save()
    factories.grant(opened, role, body=of.body)
    secret, public = new_identity()
    fresh = Account.objects.get(pk=opened.pk)
    add_key(unit=of, public=public, locked=b"", by=actor_of(fresh), at=AT)
    return Officer(fresh, secret, of)


def lines_of(act: str) -> list[dict[str, Any]]:
    """What lines of an office's steps, which come into the ledger by night, will say of one act."""
    return waiting_lines(BY_OFFICE, act)


def kept_lines_of(act: str) -> list[dict[str, Any]]:
    """What lines of the clock, which come into the ledger by night, will say of one act."""
    return waiting_lines(BY_CLOCK, act)


def waiting_lines(what: str, act: str) -> list[dict[str, Any]]:
    """What is kept for the ledger of one act, in no order."""
    found = ReporterLeaf.objects.filter(what=what).values_list("facts", flat=True)
    return [said for text in found if (said := json.loads(text))["act"] == act]


def strange() -> Sealed:
    """An answer that an officer sealed to keys of nobody."""
    letter = letters.Letter(letters.ANSWER, "for nobody")
    return Sealed(letters.seal(letter, [new_identity()[1], new_identity()[1]]))
