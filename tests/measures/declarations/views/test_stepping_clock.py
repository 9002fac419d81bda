"""The server's clock steps over the last day to file and back: what was filed, and what the page says, stays right."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from adaldyq.kernel.deadlines.actions import start_deadline
from adaldyq.kernel.deadlines.clock import tick
from adaldyq.kernel.deadlines.terms import Bound, Due
from adaldyq.kernel.models import Account, Deadline, Notification, Person
from adaldyq.kernel.naming import pack
from adaldyq.ledger.models import Leaf
from adaldyq.measures.declarations.models import Declaration, Obligation
from tests import factories
from tests.measures.declarations.views.journey import address, answered, filled_in, shown_again, signing

pytestmark = pytest.mark.django_db

Step = Callable[[timedelta], datetime]
MINUTE = timedelta(minutes=1)


@pytest.fixture
def step(monkeypatch: pytest.MonkeyPatch) -> Step:
    """Sets the clock to some time before or after the midnight with which today began."""
    midnight = datetime.combine(timezone.localdate(), time.min, tzinfo=pack().zone)

    def to(away: timedelta) -> datetime:
        instant = midnight + away
        monkeypatch.setattr(timezone, "now", lambda: instant)
        return instant

    to(-timedelta(hours=1))
    return to


def signed_in_again(citizen: Client, declarant: Person) -> None:
    """A clock that steps ends sessions and proofs; the person signs in anew and shows once more that it is them."""
    citizen.force_login(Account.objects.get(person=declarant))
    shown_again(citizen)


def test_a_page_open_over_midnight_says_late_and_in_time_again_when_the_clock_steps_back(
    step: Step, citizen: Client, declarant: Person
) -> None:
    last = timezone.localdate()
    signed_in_again(citizen, declarant)
    draft = filled_in(citizen, declarant, due_date=last)
    sent = signing(citizen, draft)
    step(MINUTE)
    signed_in_again(citizen, declarant)
    asked = citizen.post(address("draft-sign", draft.pk), {**sent, "in_time": "1"})
    assert asked.status_code == 422
    assert "File again: it counts as late" in asked.content.decode()
    filed_at = step(-MINUTE)
    signed_in_again(citizen, declarant)
    page = citizen.get(address("draft-sign", draft.pk)).content.decode()
    assert "The last day to file has passed" not in page
    assert "until midnight of the country’s own clock" in page
    assert citizen.post(address("draft-sign", draft.pk), signing(citizen, draft)).status_code == 302
    kept = Declaration.objects.get()
    assert (kept.filed_at, kept.filed_date) == (filed_at, last)
    assert Obligation.objects.get().filed_date == last
    assert "Filed on time" in citizen.get(address("filed", kept.pk)).content.decode()


def test_a_clock_that_ran_ahead_reminds_once_and_makes_nobody_late_who_then_files_in_time(
    step: Step, citizen: Client, declarant: Person
) -> None:
    last = timezone.localdate()
    now = step(-timedelta(days=40))
    signed_in_again(citizen, declarant)
    draft = filled_in(citizen, declarant, due_date=last)
    owed = Obligation.objects.get()
    due = Due("filing", "Declaration", last, working=False, reminders=(30, 7))
    start_deadline(subject=owed, due=due, bound=Bound(person=declarant), by=factories.BY, at=now)
    for away in (
        -timedelta(days=29),
        -timedelta(days=31),
        -timedelta(days=6),
        -timedelta(days=8),
        MINUTE,
        -MINUTE,
        MINUTE,
    ):
        tick(at=step(away))
    told = Notification.objects.filter(account__person=declarant).values_list("message", flat=True)
    assert sorted(told) == ["deadline-missed", "deadline-reminder", "deadline-reminder"], "each once"
    deadline = Deadline.objects.get(subject_id=Obligation.objects.get().pk)
    assert deadline.state == "missed"
    step(-MINUTE)
    signed_in_again(citizen, declarant)
    assert citizen.post(address("draft-sign", draft.pk), signing(citizen, draft)).status_code == 302
    deadline.refresh_from_db()
    assert deadline.state == "met"
    before = Notification.objects.count()
    tick(at=step(timedelta(days=2)))
    assert Notification.objects.count() == before


def test_an_amendment_from_before_the_filing_is_the_later_version_all_the_same(
    step: Step, citizen: Client, declarant: Person
) -> None:
    last = timezone.localdate()
    signed_in_again(citizen, declarant)
    draft = filled_in(citizen, declarant, due_date=last)
    citizen.post(address("draft-sign", draft.pk), signing(citizen, draft))
    first = Declaration.objects.get()
    step(-timedelta(hours=30))
    signed_in_again(citizen, declarant)
    citizen.post(address("amend", first.pk))
    again = draft.__class__.objects.get(state="open")
    answered(citizen, again)
    assert citizen.post(address("draft-sign", again.pk), signing(citizen, again)).status_code == 302
    first.refresh_from_db()
    second = Declaration.objects.get(is_current=True)
    assert (second.version, first.is_current) == (2, False)
    assert Obligation.objects.get().filed_date == last
    assert Leaf.objects.filter(act="declarations.declaration.file").count() == 2
    page = citizen.get(address("filed", second.pk)).content.decode()
    assert second.pk in page
