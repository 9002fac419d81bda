"""Loads a small sample country, and counts what is there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from adaldyq.demo.load import load_country
from adaldyq.demo.paper_story import PAPERS
from adaldyq.demo.permit_story import NOW, PAST
from adaldyq.demo.report_story import OFFICES
from adaldyq.demo.world import Country
from adaldyq.kernel import naming
from adaldyq.verification.contracts import published

AT = datetime(2026, 3, 1, 12, tzinfo=UTC)
SEED, PEOPLE = 5, 120
TOLD_IN_THE_DATABASE_ONLY = {
    *("street_cell", "report_number", "permit_entry", "permit_event"),
    *("permit_application", "permit_application_event", "permit_licence", "permit_licence_event", "account"),
    *("fee", "invoice", "payment", "refund", "waiver", "payment_count"),
}
"""Tables that the sample country fills by acts, not as registers."""


def quiet(what: str, done: int, total: int) -> None:
    """Nobody watches."""


def loaded(folder: Path, people: int = PEOPLE, progress: Callable[[str, int, int], None] = quiet) -> None:
    load_country(seed=SEED, people=people, folder=folder, at=AT, progress=progress)


def counts() -> dict[str, int]:
    return {name: one.model._default_manager.count() for name, one in published().items() if one.model}


def of_country(people: int = PEOPLE) -> dict[str, int]:
    """Rows of each table before any story is told."""
    found = dict.fromkeys(counts(), 0)
    for part in Country(SEED, people).parts():
        for name, table in part.tables.items():
            found[name] += table.num_rows
    return found


def made(people: int = PEOPLE) -> dict[str, int]:
    found = of_country(people)
    found["obligation"] += (
        2 + PAPERS
    )  # what citizen and official of the sample have still to file, and what came on paper
    for name, rows in (("land_register", 2), ("loan_balance", 1), ("security_holding", 1)):
        found[name] += 2 * rows  # what the year that they declare brought citizen and official
    found["permit_entry"] = len(naming.pack().permits)
    found["permit_event"] = found["permit_entry"] + 2 * len(PAST) + len(NOW)  # each is reviewed, and the past decided
    found |= {
        "permit_application": 22,
        "permit_licence": 13,
        "permit_licence_event": 17,
    }  # as `application_story` tells
    found["body"] += len(OFFICES)  # that receive reports
    return found
