"""Whoever turns out to have filed in time is not found guilty, and what was held against them ends."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest
from django.utils import timezone

from adaldyq.kernel.models import Account, Notification, Person, PortRequest
from adaldyq.kernel.naming import pack
from adaldyq.ledger.models import Leaf
from adaldyq.measures.declarations import jobs
from adaldyq.measures.declarations.models import FineInvoice, NonFiling, Obligation
from tests import factories
from tests.measures.declarations.views.test_non_filing import QUEUE, TODAY, fined, late, matter, signed_in, take

__all__ = ["late", "matter"]
"""Fixtures."""

pytestmark = pytest.mark.django_db


def filed_in_time(who: Person) -> None:
    """A declaration that came on the last day, and is entered only now."""
    day = Obligation.objects.get().due_date
    factories.declaration(who, 2024, filed_at=datetime.combine(day, time(9), tzinfo=pack().zone))
    owed = Obligation.objects.get()
    assert owed.filed_date == owed.due_date


def test_whoever_filed_in_time_is_neither_found_guilty_nor_fined(matter: NonFiling, late: Person) -> None:
    filed_in_time(late)
    status, told = take("first", matter, "establish")
    assert (status, "Nothing is late here" in told, matter.state) == (422, True, "noticed")
    assert 'value="establish"' not in signed_in("first").get(f"{QUEUE}{matter.pk}/").content.decode()


def test_who_filed_in_time_is_not_fined_for_an_offence_that_was_established_before(
    matter: NonFiling, late: Person
) -> None:
    assert take("first", matter, "establish")[0] == 302
    filed_in_time(late)
    status, told = take("second", matter, "fine", "")
    assert (status, "Nothing is late here" in told, matter.state) == (422, True, "offence")
    assert not FineInvoice.objects.exists()


def test_the_night_ends_the_notice_of_whoever_filed_in_time_and_tells_them(matter: NonFiling, late: Person) -> None:
    filed_in_time(late)
    before = Leaf.objects.count()
    jobs.determine_everybody({}, timezone.now())
    matter.refresh_from_db()
    assert (matter.state, Leaf.objects.count() > before) == ("dropped", True)
    told = Notification.objects.get(message="non-filing-in-time")
    assert told.account == Account.objects.get(username="late")
    for who in ("late", "first"):
        page = signed_in(who).get(f"{QUEUE}{matter.pk}/").content.decode()
        assert "The declaration was filed in time." in page
    jobs.determine_everybody({}, timezone.now())
    assert Notification.objects.filter(message="non-filing-in-time").count() == 1


@pytest.mark.parametrize("paid", [False, True])
def test_a_fine_of_whoever_filed_in_time_falls_with_its_invoice_paid_or_not(
    matter: NonFiling, late: Person, paid: bool
) -> None:
    fined(matter)
    if paid:
        assert take("first", matter, "pay", "Payment 7.")[0] == 302
    filed_in_time(late)
    jobs.determine_everybody({}, timezone.now())
    matter.refresh_from_db()
    assert (matter.state, PortRequest.objects.get().state) == ("taken_back", "withdrawn")
    assert FineInvoice.objects.get().state == ("paid" if paid else "cancelled")


def test_whoever_filed_late_is_still_late(matter: NonFiling, late: Person) -> None:
    factories.declaration(late, 2024, filed_at=timezone.now())
    jobs.determine_everybody({}, timezone.now())
    assert NonFiling.objects.get().state == "noticed"
    assert take("first", matter, "establish")[0] == 302


def test_nobody_is_found_guilty_before_the_last_day_has_passed(matter: NonFiling) -> None:
    Obligation.objects.update(due_date=TODAY + timedelta(1))
    assert take("first", matter, "establish")[0] == 422
    Obligation.objects.update(due_date=TODAY - timedelta(1))
    assert take("first", matter, "establish")[0] == 302


def test_nobody_is_found_guilty_whose_paper_came_in_time_and_is_being_keyed_in(matter: NonFiling, late: Person) -> None:
    day = Obligation.objects.get().due_date
    received = {"received_day": day.day, "received_month": day.month, "received_year": day.year}
    given = {"person": late.pk, "form": "income", "year": "2024", "sheets": "3", **received}
    assert signed_in("second").post("/en/declarations/papers/new/", given).status_code == 302
    assert take("first", matter, "establish")[0] == 422
