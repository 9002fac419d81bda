"""What tests of the registries share: a registrar, a source, days."""

from __future__ import annotations

from datetime import UTC, date, datetime

from adaldyq.kernel.actions.periods import Provenance
from adaldyq.kernel.actor import Actor
from adaldyq.kernel.roles import Role

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
REGISTRAR = Actor(id="registrar", roles=frozenset({Role.REGISTRAR}))
CITIZEN = Actor(id="citizen", roles=frozenset({Role.CITIZEN}))
ORIGIN = Provenance("Order 12 of the ministry", date(2026, 3, 1))


def day(text: str) -> date:
    """A day as it is written in a test."""
    return date.fromisoformat(text)
