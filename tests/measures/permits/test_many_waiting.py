"""What the hour of draws asks of the database does not grow with the applications; busy officers are not officers who gain."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from adaldyq.kernel.deadlines.days import day_of
from adaldyq.kernel.models import Account, Body, Company, Notification
from adaldyq.kernel.roles import Role
from adaldyq.measures.permits.actions import drawing
from adaldyq.measures.permits.models import PermitApplication, PermitEntry
from adaldyq.measures.permits.queries import draws
from tests import factories
from tests.factories import BY
from tests.measures.permits.applying import AT, applicant, company, drawn, fresh, officers, opened, sent

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def another(of: PermitEntry, number: int) -> PermitApplication:
    """An application of a company of its own."""
    who = applicant(f"applicant-{number}")
    company(who.person, f"«Нан {number}» ЖШС", f"1901400001{number:02}")
    return sent(of, who)


def asked(body: Body) -> int:
    """How many questions to the database the frame of a body's draw takes."""
    with CaptureQueriesContext(connection) as found:
        draws.frame_of(body, day_of(AT))
    return len(found)


def test_the_frame_of_many_applications_takes_as_many_questions_as_that_of_one() -> None:
    of = opened()
    officers(of.body, "a", "b", "c")
    another(of, 1)
    few = asked(of.body)
    for number in range(2, 6):
        another(of, number)
    assert asked(of.body) == few


def test_the_head_is_not_told_that_everybody_gains_while_an_officer_is_only_busy(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    of = opened()
    officers(of.body, "a", "b", "c")
    head = factories.account("head")
    factories.grant(head, Role.HEAD, body=of.body)
    one = drawn(another(of, 1))
    headed_by(one, one.verifier)
    monkeypatch.setattr(draws, "MOST_OPEN", 0)
    drawing.draw_all(by=BY, at=AT + HOUR)
    assert (fresh(one).verifier, fresh(one).nobody_at) == (None, None)
    assert not Notification.objects.filter(account=head, message="permit-nobody").exists()
    monkeypatch.undo()
    drawing.draw_all(by=BY, at=AT + 2 * HOUR)
    assert fresh(one).nobody_at is None


def headed_by(one: PermitApplication, officer: Account | None) -> None:
    """An officer comes to head the company that applies."""
    assert officer is not None
    Account.objects.filter(pk=officer.pk).update(person=factories.person())
    officer.refresh_from_db()
    Company.objects.filter(pk=one.company_id).update(head=officer.person)
