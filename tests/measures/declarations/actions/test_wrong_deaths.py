"""What ended with a death that was entered wrongly is owed again once the register is corrected."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from adaldyq.kernel.actions.facts import change_facts
from adaldyq.kernel.actions.periods import Provenance
from adaldyq.kernel.actor import system
from adaldyq.kernel.events import deliver_waiting
from adaldyq.kernel.models import EventDelivery, Person
from adaldyq.measures.declarations import jobs
from adaldyq.measures.declarations.actions.non_filing import give_all_notices
from adaldyq.measures.declarations.actions.obliging import determine_open_years
from adaldyq.measures.declarations.models import FineInvoice, FormerObligation, NonFiling, Obligation
from tests import factories

pytestmark = pytest.mark.django_db

LAST = date(2026, 9, 15)
"""The last day to file about 2025."""


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 9, tzinfo=UTC)


def entered(who: Person, death: date | None, day: date) -> None:
    """The register says on a day when somebody died, or that they did not."""
    origin: dict[str, Any] = {"origin": Provenance("a record", day), "by": factories.BY, "at": at(day)}
    change_facts(register="person", record_id=who.pk, facts={"death_date": death}, since=day, **origin)
    deliver_waiting(at=at(day))
    assert not EventDelivery.objects.exclude(error="").exists()
    night(day)


def night(day: date) -> None:
    list(determine_open_years(by=factories.BY, at=at(day)))


@pytest.fixture
def official() -> Person:
    who = factories.person()
    factories.appointment(who, factories.post())
    night(date(2026, 2, 1))
    assert Obligation.objects.get(person=who, year=2025).due_date == LAST
    return who


def test_what_had_fallen_due_is_owed_again_as_it_was(official: Person) -> None:
    before = Obligation.objects.get(year=2025)
    entered(official, LAST - timedelta(14), LAST + timedelta(15))
    assert not Obligation.objects.exists()
    entered(official, None, LAST + timedelta(17))
    again = Obligation.objects.get(year=2025)
    assert (again.due_date, again.form, again.group) == (LAST, before.form, before.group)
    night(LAST + timedelta(18))
    assert Obligation.objects.filter(year=2025).count() == 1
    give_all_notices(by=system("clock"), at=at(LAST + timedelta(18)))
    assert NonFiling.objects.get().obligation == again


def test_what_fell_due_while_the_register_was_wrong_leaves_a_term(official: Person) -> None:
    entered(official, LAST - timedelta(30), LAST - timedelta(10))
    assert not Obligation.objects.filter(year=2025).exists()
    corrected = LAST + timedelta(5)
    entered(official, None, corrected)
    assert Obligation.objects.get(year=2025).due_date > corrected
    assert not NonFiling.objects.exists()


def test_a_death_that_is_right_brings_nothing_back(official: Person) -> None:
    entered(official, LAST - timedelta(14), LAST + timedelta(15))
    entered(official, LAST - timedelta(15), LAST + timedelta(17))
    assert not Obligation.objects.exists()
    assert FormerObligation.objects.filter(year=2025).count() == 1


def test_a_fine_that_was_paid_before_stays_with_what_comes_back(official: Person) -> None:
    give_all_notices(by=system("clock"), at=at(LAST + timedelta(1)))
    NonFiling.objects.update(state="upheld")
    matter, fined = NonFiling.objects.get(), at(LAST + timedelta(2))
    FineInvoice.objects.create(
        non_filing=matter, payer=official, amount=Decimal(100_000), currency="KZT", issued_at=fined, due_date=LAST, state="paid",
        paid_at=fined,
    )  # fmt: skip
    entered(official, LAST - timedelta(14), LAST + timedelta(15))
    jobs.determine_everybody({}, at(LAST + timedelta(16)))
    matter.refresh_from_db()
    assert (matter.state, matter.obligation) == ("upheld", None)
    entered(official, None, LAST + timedelta(17))
    matter.refresh_from_db()
    assert matter.obligation == Obligation.objects.get(year=2025)
    jobs.determine_everybody({}, at(LAST + timedelta(18)))
    assert NonFiling.objects.get().state == "upheld"
    assert FineInvoice.objects.get().state == "paid"
