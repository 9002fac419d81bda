"""Counting what was told openly for everybody, once a month, and letting it go when its term has passed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from adaldyq.base.errors import DomainError
from adaldyq.kernel.actions.periods import hold_names
from adaldyq.kernel.actions.registers import digest
from adaldyq.kernel.actor import Actor, require
from adaldyq.kernel.acts import Leaves, Recorded, act
from adaldyq.kernel.deadlines.days import day_of
from adaldyq.ledger import journal
from adaldyq.measures.street import policies
from adaldyq.measures.street.models import StreetCell, StreetEdition, StreetReport
from adaldyq.measures.street.queries.counting import COPIED, counted, is_counted, is_gone, last_month, years_gone

KEEP, ERASE = "street.edition.keep", "street.year.erase"
BATCH = 1000


@dataclass(frozen=True, slots=True)
class Erased:
    """How many reports of a year were let go."""

    year: int
    reports: int


def told(edition: StreetEdition) -> Recorded:
    """The ledger line: of which day, how many cells, and a digest of them, so that no number can be changed afterwards."""
    said = sorted(" ".join(map(str, row)) for row in edition.cells.values_list(*COPIED))
    facts: dict[str, object] = {"as_of": edition.as_of_date.isoformat(), "cells": len(said), "digest": digest(said)}
    return Recorded([facts], {"edition": edition.pk})


@act(KEEP, records=told)
def keep_edition(*, as_of: date, cells: Sequence[StreetCell], by: Actor, at: datetime) -> StreetEdition:
    """Keep what was counted; an edition that is there already stays as it is.

    Raises:
        NotAllowed: `by` is not the house itself: nobody writes these numbers by hand.
    """
    require(policies.may_keep(by), KEEP)
    hold_names("street-edition", [as_of.isoformat()])
    edition, made = StreetEdition.objects.get_or_create(as_of_date=as_of, defaults={"counted_at": at})
    if made:
        for one in cells:
            one.edition = edition
        StreetCell.objects.bulk_create(cells, batch_size=BATCH)
    return edition


def count_openly(*, by: Actor, at: datetime) -> StreetEdition | None:
    """Count up to the end of the last month, unless that is done. Nobody waits meanwhile.

    Returns:
        The new edition; none when it was there.
    """
    day = day_of(at)
    as_of = last_month(day)
    if is_counted(as_of):
        return None
    return keep_edition(as_of=as_of, cells=counted(as_of, day), by=by, at=at)


def gone(erased: Erased) -> Recorded:
    """The ledger line: of which year, and how many."""
    return Recorded([{"year": erased.year, "reports": erased.reports}], {"year": erased.year})


@act(ERASE, leaves=Leaves.PER_BATCH, records=gone)
def erase_year(*, year: int, by: Actor, at: datetime) -> Erased:
    """Let go what was told of a year whose term has passed; its numbers stay.

    Raises:
        NotAllowed: `by` is not the clock.
        DomainError: `report-kept`: the term has not passed.
    """
    require(policies.may_keep(by), ERASE)
    if not is_gone(year, day_of(at)):
        raise DomainError("report-kept")
    count, _by_model = StreetReport.objects.filter(month__year=year).delete()
    journal.empty_later()
    return Erased(year, count)


def erase_due(*, by: Actor, at: datetime) -> int:
    """Let all go that may go, a year in an act of its own; return how many years went."""
    years = years_gone(day_of(at))
    for year in years:
        erase_year(year=year, by=by, at=at)
    return len(years)
