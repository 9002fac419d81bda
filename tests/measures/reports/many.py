"""Many reports at once, filed and handled by the acts, for tests of numbers. What is sealed is the same in all of them."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from adaldyq.kernel.actor import actor_of
from adaldyq.kernel.models import Body
from adaldyq.measures.reports.actions import handling
from adaldyq.measures.reports.actions.filing import Filing, file_report
from adaldyq.measures.reports.actions.handling import Sealed
from adaldyq.measures.reports.adapters import letters
from adaldyq.measures.reports.models import Report
from adaldyq.measures.reports.queries import words
from adaldyq.measures.reports.queries.routing import place_of
from adaldyq.measures.reports.views.quiet import NOBODY
from adaldyq.sealing import envelopes
from tests.factories import AT
from tests.measures.reports.office import Officer


class Desk:
    """An officer who gets reports of days past, and does with them what a test says."""

    def __init__(self, officer: Officer) -> None:
        self.officer = officer
        secret, own = envelopes.new_identity()
        _secret, box = envelopes.new_identity()
        public = officer.unit.keys.get(state="active", account=officer.account).recipient
        self.letter = letters.seal(letters.Letter(letters.REPORT, "what was seen"), [own, box])
        self.filing = Filing(
            unit=officer.unit,
            topic="bribe",
            channel=words.WITHOUT_SCRIPT,
            recipient=own,
            wrapped=envelopes.wrap(secret, [public]),
            lookup=b"",
            mailbox=box,
            locked_mailbox=b"locked",
            sealed=self.letter,
        )

    def receive(
        self, count: int, at: datetime, *, about: Body | None = None, place: str = "", **facts: Any
    ) -> list[Report]:
        """Reports of a day."""
        filings = (
            replace(self.filing, lookup=secrets.token_bytes(32), about=about, territory=place_of(place), **facts)
            for _each in range(count)
        )
        return [file_report(filing=one, by=NOBODY, at=at) for one in filings]

    def another_letter(self) -> bytes:
        """A letter sealed by itself, as every reporter's is."""
        return letters.seal(
            letters.Letter(letters.REPORT, "what was seen"), [self.filing.recipient, self.filing.mailbox]
        )

    def acknowledge(self, reports: Sequence[Report], after: int) -> list[Report]:
        """Acknowledge reports some days after they came."""
        return [
            handling.acknowledge_report(report=one, message=None, by=self.by, at=at_noon(one, after)) for one in reports
        ]

    def close(self, reports: Sequence[Report], after: int, outcome: str = "substantiated") -> list[Report]:
        """Close reports some days after they came."""
        message = Sealed(self.letter)
        return [
            handling.close_report(report=one, outcome=outcome, message=message, by=self.by, at=at_noon(one, after))
            for one in reports
        ]

    @property
    def by(self) -> Any:
        """The officer as an actor."""
        return actor_of(self.officer.account)


def at_noon(report: Report, after: int) -> datetime:
    """An instant some days after a report came."""
    return datetime.combine(report.received_date, AT.time(), AT.tzinfo) + timedelta(days=after)
