"""What is official: the keys to which reports are sealed and the scripts that seal, as the ledger has them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from adaldyq.ledger import queries as ledger
from adaldyq.ledger.leaves import opens
from adaldyq.ledger.models import Leaf
from adaldyq.measures.reports.adapters.scripts import digests
from adaldyq.measures.reports.models import OfficerKey, ReceivingUnit
from adaldyq.measures.reports.policies import in_force
from adaldyq.measures.reports.states import ACTIVE

PUBLISH, SUBJECT = "reports.official.publish", "keys and scripts"
Facts = dict[str, object]


@dataclass(frozen=True, slots=True)
class Official:
    """Keys and scripts of one moment.

    Attributes:
        keys: each with its unit and purpose, in the order of the keys.
        scripts: SHA-256 in hexadecimal, by the name of the script.
        kits: the same of the form as a file, by language.
    """

    keys: Sequence[Mapping[str, str]]
    scripts: Mapping[str, str]
    kits: Mapping[str, str]

    def facts(self) -> Facts:
        """As a line of the ledger has them."""
        keys = [dict(one) for one in self.keys]
        return {"official": SUBJECT, "keys": keys, "scripts": dict(self.scripts), "kits": dict(self.kits)}

    @classmethod
    def told(cls, payload: str) -> Official:
        """What a line says."""
        found: dict[str, Any] = json.loads(payload)
        return cls(found["keys"], found["scripts"], found["kits"])


def in_use(day: date, kits: Mapping[str, str]) -> Official:
    """Keys in use on a day, the scripts of this installation, and the forms that were made with both."""
    units = ReceivingUnit.objects.filter(in_force(day))
    keys = OfficerKey.objects.filter(state=ACTIVE, unit__in=units).order_by("recipient")
    listed = [{"recipient": one.recipient, "unit": one.unit_id, "purpose": one.purpose} for one in keys]
    return Official(listed, digests(), kits)


def last_line() -> Leaf | None:
    """The newest line that says what is official."""
    return ledger.line_about(PUBLISH, SUBJECT)


def published() -> Official | None:
    """What the newest line says; none when there is no line, or it does not commit to what is kept of it."""
    line = last_line()
    if line is None or line.payload is None or not opens(bytes(line.entry), bytes(line.salt or b""), line.payload):
        return None
    return Official.told(line.payload)


def receipt() -> str:
    """The receipt of the newest line with what opens it, for everybody; empty while the line has no place."""
    line = last_line()
    found = ledger.receipt_of(line, own=True) if line else None
    return found.text() if found else ""
