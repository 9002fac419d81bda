"""What silence means holds from the day after the last one, and a holiday that is declared later puts that day off."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from adaldyq.base.errors import DomainError
from adaldyq.kernel.actor import actor_of
from adaldyq.kernel.deadlines.clock import tick
from adaldyq.kernel.deadlines.days import end_of, later
from adaldyq.kernel.deadlines.queries import of_subject
from adaldyq.kernel.models import Account
from adaldyq.measures.permits.actions import appealing, handling
from adaldyq.measures.permits.actions.deeming import put_off_all
from adaldyq.measures.permits.actions.procedures import publish_procedure
from adaldyq.measures.permits.actions.reviewing import justify
from adaldyq.measures.permits.domain.procedures import checked
from adaldyq.measures.permits.models import PermitApplication, PermitEntry
from adaldyq.measures.permits.states import APPEALED, INTRODUCED, LAPSED, PAUSED, UNDER_WAY
from tests import factories
from tests.factories import BY
from tests.measures.permits import reviewing
from tests.measures.permits.applying import (
    AT,
    DAY,
    GROUND,
    applicant,
    decider,
    drawn,
    fresh,
    officers,
    opened,
    sent,
    step,
    verified,
    verifier,
)
from tests.measures.permits.entries import AT as PUBLISHED
from tests.measures.permits.entries import entry, spoken
from tests.measures.permits.test_applications import declare
from tests.measures.permits.test_procedures import content
from tests.measures.permits.views.test_applying import browser

pytestmark = pytest.mark.django_db

HOURS = timedelta(hours=9)


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: AT)


def do(who: Account | str, of: PermitApplication, act: str, **said: str) -> Any:
    """What the page answers to somebody who acts on an application."""
    return browser(who).post(f"/en/permits/applications/{of.pk}/do/{act}/", said)


def agreed() -> tuple[PermitEntry, Account]:
    """An entry to which another body agrees, silence being agreement; and its officer."""
    said = content()
    said["participants"].append({"id": "partner", "names": spoken("Partner"), "side": "official", "body": "Серіктес"})
    steps = {one["id"]: one for one in said["steps"]}
    steps["completeness"]["answers"][0]["to"] = "agree"
    steps["verify"]["days"] = 4
    answers = [("agreed", "Agreed", "verify"), ("opposed", "Opposed", "verify")]
    said["steps"].insert(
        1,
        {
            "id": "agree", "names": spoken("Agreement"), "by": "partner", "days": 3, "appeal": "appeal", "silence": "agreed",
            "answers": [{"id": one, "names": spoken(name), "to": to} for one, name, to in answers],
        },
    )  # fmt: skip
    made = entry(fee=0, documents=[])
    officers(factories.body("Серіктес"), "partner")
    officers(made.body, "a", "b")
    publish_procedure(entry=made, procedure=checked(said), by=BY, at=PUBLISHED)
    return made, Account.objects.get(username="partner")


def test_nobody_refuses_or_pauses_after_the_last_day_though_the_clock_is_late(monkeypatch: pytest.MonkeyPatch) -> None:
    of = opened()
    officers(of.body)
    one = verified(drawn(sent(of, applicant())))
    assert one.due_date is not None
    assert one.decider is not None
    late = end_of(one.due_date) + HOURS
    monkeypatch.setattr(timezone, "now", lambda: late)
    refused = do(one.decider, one, "step", answer="refuse", ground_requirement_0="There is no kitchen")
    paused = do(one.decider, one, "pause", cause="applicant_owes", words="Bring it")
    for answer in (refused, paused):
        assert answer.status_code == 422
        assert "It counts as granted" in answer.content.decode()
    tick(at=late)
    assert fresh(one).deemed


def test_a_partner_does_not_oppose_after_its_days(monkeypatch: pytest.MonkeyPatch) -> None:
    of, partner = agreed()
    one = drawn(sent(of, applicant()))
    one = step(one, "complete", verifier(one))
    late = of_subject(one).get(name="permit_step", state="running").due_at + HOURS
    monkeypatch.setattr(timezone, "now", lambda: late)
    answer = do(partner, one, "step", answer="opposed")
    assert (answer.status_code, fresh(one).step) == (422, "agree")
    assert "Silence has answered it" in answer.content.decode()
    tick(at=late)
    assert fresh(one).step == "verify"


def test_a_holiday_puts_the_last_day_of_a_step_off(monkeypatch: pytest.MonkeyPatch) -> None:
    of, _partner = agreed()
    one = drawn(sent(of, applicant()))
    one = step(one, "complete", verifier(one))
    last = of_subject(one).get(name="permit_step", state="running").due_date
    declare(monkeypatch, last)
    tick(at=end_of(last))  # the clock comes first
    assert fresh(one).step == "agree"
    assert put_off_all(by=BY, at=end_of(last)) == 1
    after = of_subject(one).get(name="permit_step", state="running").due_date
    assert after == later(AT.date(), 3, working=True)
    tick(at=end_of(after) - timedelta(seconds=1))
    assert fresh(one).step == "agree"
    tick(at=end_of(after))
    assert fresh(one).step == "verify"


def test_days_on_which_a_step_stood_still_are_not_counted_when_it_is_put_off(monkeypatch: pytest.MonkeyPatch) -> None:
    of, _partner = agreed()
    one = drawn(sent(of, applicant()))
    one = step(one, "complete", verifier(one))
    handling.pause_application(
        application=fresh(one), cause="applicant_owes", words="Bring", by=verifier(one), at=AT + DAY
    )
    handling.resume_application(application=fresh(one), words="Brought", by=verifier(one), at=AT + 20 * DAY)
    last = of_subject(one).get(name="permit_step", state="running").due_date
    assert last == later((AT + 20 * DAY).date(), 2, working=True)
    assert put_off_all(by=BY, at=AT + 20 * DAY) == 0
    declare(monkeypatch, last)
    put_off_all(by=BY, at=AT + 20 * DAY)
    assert of_subject(one).get(name="permit_step", state="running").due_date == later(last, 1, working=True)


def test_a_pause_on_a_term_with_a_new_holiday_takes_no_day_from_anybody(monkeypatch: pytest.MonkeyPatch) -> None:
    of, who = opened(), applicant()
    officers(of.body)
    one = drawn(sent(of, who))
    assert one.due_date is not None
    declare(monkeypatch, one.due_date)  # the pages know the holiday, and the worker was not started anew
    by = verifier(one)
    paused = handling.pause_application(application=one, cause="applicant_owes", words="Bring", by=by, at=AT + DAY)
    assert paused.state == PAUSED
    gone_on = handling.resume_application(application=fresh(one), words="Brought", by=actor_of(who), at=AT + DAY)
    assert gone_on.due_date == later(AT.date(), 15, working=True)
    running = of_subject(one).get(name="permit_application", state="running")
    assert running.due_date == gone_on.due_date


def test_a_holiday_on_the_last_day_to_appeal_puts_it_off(monkeypatch: pytest.MonkeyPatch) -> None:
    of, who = opened(), applicant()
    officers(of.body)
    one = verified(drawn(sent(of, who)))
    one = step(one, "refuse", decider(one), grounds=GROUND)
    last = of_subject(one).get(name="appeal").due_date
    declare(monkeypatch, last)
    morning = end_of(last) + HOURS
    assert put_off_all(by=BY, at=AT) == 1
    tick(at=morning)
    assert of_subject(one).get(name="appeal").due_date > last
    assert appealing.appeal(application=fresh(one), words="See", by=actor_of(who), at=morning).state == APPEALED


def test_a_holiday_on_the_last_day_to_justify_puts_it_off(monkeypatch: pytest.MonkeyPatch) -> None:
    one, until = entry(), reviewing.UNTIL
    by = reviewing.reviewer()
    reviewing.opened(by, [one])
    declare(monkeypatch, until)
    tick(at=end_of(until))  # the clock comes first
    one.refresh_from_db()
    assert one.state == INTRODUCED
    assert put_off_all(by=BY, at=end_of(until)) == 1
    last = reviewing.review_of(one).round.justify_until
    assert last == later(until, 1, working=True)
    tick(at=end_of(last) - timedelta(seconds=1))
    one.refresh_from_db()
    assert one.state == INTRODUCED
    tick(at=end_of(last))
    one.refresh_from_db()
    assert (one.state, one.ended_date) == (LAPSED, last + timedelta(1))


def test_what_is_declared_a_holiday_too_late_for_the_worker_is_justified_all_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    one, until = entry(), reviewing.UNTIL
    of = actor_of(reviewing.officer(one.body))
    reviewing.opened(reviewing.reviewer(), [one])
    declare(monkeypatch, until)
    with pytest.raises(DomainError):
        justify(review=reviewing.review_of(one), words="Fire", by=of, at=end_of(later(until, 1, working=True)))
    done = justify(review=reviewing.review_of(one), words="Fire", by=of, at=end_of(until) + HOURS)
    assert done.state == "justified"


def test_an_application_is_still_decided_on_its_last_day() -> None:
    of = opened()
    officers(of.body)
    one = verified(drawn(sent(of, applicant())))
    assert one.due_date is not None
    assert one.state == UNDER_WAY
    done = step(one, "refuse", decider(one), end_of(one.due_date) - timedelta(minutes=1), grounds=GROUND)
    assert done.grounds
