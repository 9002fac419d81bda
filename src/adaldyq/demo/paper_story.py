"""Papers that the sample country's registrars of declarations find in hand, one in each state of the way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from adaldyq.demo.duties import law_of
from adaldyq.demo.filing_story import A_MONTH, BY
from adaldyq.demo.lists import YEARS
from adaldyq.kernel import naming
from adaldyq.kernel.actor import actor_of
from adaldyq.kernel.models import Account, Person
from adaldyq.measures.declarations.actions.keying import key_in
from adaldyq.measures.declarations.actions.obligations import state_obligations
from adaldyq.measures.declarations.actions.receiving import Reception, receive_paper
from adaldyq.verification.contracts import published

REASON = "state employee"
DAYS_BEFORE_THE_LAST = 5
PAPERS, SHEETS = 3, 11
ACCOUNT = {"bank": "Халық банкі", "account_number": "KZ00 0000 0000 0000 0000", "amount": "1250000"}
CAR = {"kind": "car", "make": "Toyota Camry", "production_year": "2016", "basis": "ownership", "value": "9500000"}
FIRST: Mapping[str, Sequence[Mapping[str, str]]] = {"vehicle": (CAR,), "account": (ACCOUNT,)}
SECOND: Mapping[str, Sequence[Mapping[str, str]]] = {"vehicle": (CAR | {"value": "950000"},), "account": (ACCOUNT,)}


def bring_papers(keepers: Sequence[Account], at: datetime) -> None:
    """Let three private people have brought their declarations on paper, once the year is over.

    One waits to be keyed in, one to be keyed in again, and of one the two keyings differ in a sum.

    Args:
        keepers: the two registrars who key in.
    """
    year, day = YEARS[-1] + 1, day_brought(YEARS[-1] + 1, at)
    if day.year <= year:
        return
    people = private_declarants(PAPERS)
    state_obligations(obligations=[owed_by(one, year, at) for one in people], by=BY, at=at)
    actors = [actor_of(one) for one in keepers]
    for place, person in enumerate(people):
        reception = Reception(person, "income", year, received=day, sheets=SHEETS)
        paper = receive_paper(reception=reception, by=actors[0], at=at)
        for by, rows in tuple(zip(actors, (FIRST, SECOND), strict=True))[:place]:
            key_in(paper=paper, rows=rows, by=by, at=at)
            paper.refresh_from_db()


def private_declarants(most: int) -> list[Person]:
    """People whose last declaration is not public, who live and have no account."""
    declaration: Any = published()["declaration"].model
    filed = declaration.objects.filter(year=YEARS[-1], is_current=True, is_public=False, person__death_date=None)
    known = Account.objects.exclude(person=None).values("person")
    ids = filed.exclude(person__in=known).order_by("person_id").values_list("person_id", flat=True)[:most]
    return list(Person.objects.filter(pk__in=list(ids)).order_by("pk"))


def owed_by(person: Person, year: int, at: datetime) -> Any:
    """What one of them owes; a month from now when the law's last day has passed."""
    obligation: Any = published()["obligation"].model
    today, due = naming.pack().day_of(at), naming.pack().filing_deadlines[year]
    due_date = due if due >= today else today + A_MONTH
    return obligation(person=person, year=year, form="income", reason=REASON, due_date=due_date, **law_of(REASON, year))


def day_brought(year: int, at: datetime) -> date:
    """A few days before the last day on paper, or today when that is still to come."""
    usual = naming.pack().filing_days["paper"].of(year) - timedelta(days=DAYS_BEFORE_THE_LAST)
    return min(usual, naming.pack().day_of(at))
