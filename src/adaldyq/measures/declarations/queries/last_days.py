"""The last day to file by each way: the law gives papers another one than what is filed online or by a file."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Protocol

from django.db.models import Exists, OuterRef, QuerySet

from adaldyq.kernel import naming
from adaldyq.measures.declarations.models import Obligation, ReceivedPaper


class WithLastDay(Protocol):
    """An obligation or a declaration, as far as its last day to file goes."""

    @property
    def due_date(self) -> date | None:
        """The last day to file; none when the source does not say."""


def last_day(year: int) -> date:
    """The last day to file about a year on paper."""
    return naming.pack().filing_days["paper"].of(year)


def moved_by_paper(people: Collection[str], form: str, year: int) -> QuerySet[Obligation]:
    """Obligations of people that have the last day of papers because one was brought.

    A day that was put off stays, and so does one that a source states though no paper came.
    """
    papers = ReceivedPaper.objects.filter(person_id=OuterRef("person_id"), form=OuterRef("form"), year=OuterRef("year"))
    return Obligation.objects.filter(
        Exists(papers), person_id__in=people, form=form, year=year, due_date=last_day(year), extensions=None
    )


def carried(owed: WithLastDay | None, before: WithLastDay | None, person: str, form: str, year: int) -> date | None:
    """The last day that a declaration carries which is filed online or by a file.

    A paper in hand gives its own day to the obligation; whoever files in another way has the day of that way.

    Args:
        owed: the obligation that it answers, if any.
        before: the version that it amends, if any.
    """
    due, earlier = owed.due_date if owed else None, before.due_date if before else None
    if due is None or due != last_day(year):
        return due if owed else earlier
    if earlier is not None:
        return earlier
    return naming.pack().filing_deadlines[year] if moved_by_paper([person], form, year).exists() else due
