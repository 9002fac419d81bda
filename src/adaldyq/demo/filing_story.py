"""Leaves the sample citizen and official something to file, so that a visitor can try it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from adaldyq.demo.duties import law_of
from adaldyq.demo.lists import YEARS
from adaldyq.kernel import naming
from adaldyq.kernel.actor import system
from adaldyq.kernel.models import Account, Body
from adaldyq.measures.declarations.actions.obligations import state_obligations
from adaldyq.verification.contracts import published

BY = system("demo")
A_MONTH = timedelta(days=30)
REASON, REASON_OF_OFFICIAL = "company head", "official"


def leave_to_file(citizen: Account, at: datetime, office: Body | None = None) -> None:
    """Let somebody owe the declaration for the year after the last one that the country has filed.

    Its last day is the one of the law, or a month from now when that has passed: a visitor sees a deadline that runs.

    Args:
        office: body in which they are an official, whose declarations are public; none for others.
    """
    obligation: Any = published()["obligation"].model
    declaration: Any = published()["declaration"].model
    year, person = YEARS[-1] + 1, citizen.person_id
    if person is None or obligation.objects.filter(person=person, year=year).exists():
        return
    today = naming.pack().day_of(at)
    due = naming.pack().filing_deadlines[year]
    form = "income" if declaration.objects.filter(person=person).exists() else "assets"
    reason = REASON_OF_OFFICIAL if office else REASON
    owed = obligation(
        person_id=person,
        year=year,
        form=form,
        reason=reason,
        body=office,
        is_public=office is not None,
        due_date=due if due >= today else today + A_MONTH,
        **law_of(reason, year),
    )
    state_obligations(obligations=[owed], by=BY, at=at)
