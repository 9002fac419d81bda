"""The sample citizen has something to file, and a deadline that runs."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from adaldyq.demo.filing_story import leave_to_file
from adaldyq.kernel.models import Account
from adaldyq.kernel.roles import Role
from adaldyq.measures.declarations.models import Obligation
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("now", "due"),
    [
        (datetime(2026, 3, 1, tzinfo=UTC), date(2026, 9, 15)),
        (datetime(2026, 11, 1, tzinfo=UTC), date(2026, 12, 1)),
    ],
)
def test_the_citizen_owes_the_year_after_the_last_once(now: datetime, due: date) -> None:
    citizen = factories.account("citizen", Role.CITIZEN)
    leave_to_file(citizen, now)
    assert not Obligation.objects.exists()
    Account.objects.filter(pk=citizen.pk).update(person=factories.person())
    citizen.refresh_from_db()
    leave_to_file(citizen, now)
    leave_to_file(citizen, now)
    official = factories.account("official", Role.OFFICIAL)
    Account.objects.filter(pk=official.pk).update(person=factories.person())
    official.refresh_from_db()
    office = factories.body()
    leave_to_file(official, now, office)
    public = Obligation.objects.get(person=official.person)
    assert (public.reason, public.body, public.due_date, public.is_public) == ("official", office, due, True)
    owed = Obligation.objects.get(person=citizen.person)
    assert (owed.form, owed.year, owed.due_date, owed.is_public) == ("assets", 2025, due, False)
