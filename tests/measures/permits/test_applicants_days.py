"""While a step is the applicant's no day of the body counts, and the applicant's own silence grants nothing."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from adaldyq.base.errors import Conflict, DomainError
from adaldyq.kernel.actor import actor_of
from adaldyq.kernel.deadlines.clock import tick
from adaldyq.kernel.deadlines.days import days_between, end_of, later
from adaldyq.kernel.deadlines.queries import of_subject
from adaldyq.kernel.models import Account
from adaldyq.measures.permits.actions.deeming import deem, put_off_all
from adaldyq.measures.permits.actions.handling import pause_application
from adaldyq.measures.permits.actions.procedures import publish_procedure
from adaldyq.measures.permits.domain.procedures import checked
from adaldyq.measures.permits.models import PermitApplication, PermitLicence
from adaldyq.measures.permits.states import GRANTED, UNDER_WAY
from tests.factories import BY
from tests.measures.permits.applying import (
    AT,
    DAY,
    applicant,
    decider,
    drawn,
    fresh,
    officers,
    sent,
    step,
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


def pledging(who: Account, **facts: Any) -> PermitApplication:
    """An application whose applicant is to sign a pledge within five days, before an officer verifies it."""
    said = content()
    said["participants"].append({"id": "applicant", "names": spoken("Applicant"), "side": "applicant"})
    next(one for one in said["steps"] if one["id"] == "completeness")["answers"][0]["to"] = "pledge"
    said["steps"].insert(
        1,
        {
            "id": "pledge", "names": spoken("Signs a pledge"), "by": "applicant", "days": 5,
            "answers": [{"id": "signed", "names": spoken("Signed"), "to": "verify"}], **facts,
        },
    )  # fmt: skip
    made = entry(fee=0, documents=[])
    officers(made.body, "a", "b")
    publish_procedure(entry=made, procedure=checked(said), by=BY, at=PUBLISHED)
    one = drawn(sent(made, who))
    return step(one, "complete", verifier(one), AT + DAY)


def test_an_applicant_who_is_silent_is_not_granted(monkeypatch: pytest.MonkeyPatch) -> None:
    one = pledging(applicant())
    assert one.step == "pledge"
    for weeks in (2, 6, 30):
        late = AT + timedelta(weeks=weeks)
        monkeypatch.setattr(timezone, "now", lambda late=late: late)
        tick(at=late)
        put_off_all(by=BY, at=late)
    one = fresh(one)
    assert (one.state, one.step, one.deemed, PermitLicence.objects.count()) == (UNDER_WAY, "pledge", False, 0)
    with pytest.raises(Conflict):
        deem(subject=one, by=BY, at=late)


def test_the_days_of_the_body_stand_while_the_applicant_signs() -> None:
    who = applicant()
    one = pledging(who)
    left = days_between((AT + DAY).date(), later(AT.date(), one.version.days, working=True), working=True)
    assert (one.due_date, one.clock_days) == (None, left)
    whole = of_subject(one).get(name="permit_application")
    assert (whole.state, whole.days_left) == ("paused", left)
    signed = AT + timedelta(weeks=4)
    one = step(one, "signed", actor_of(who), signed)
    assert one.due_date == later(signed.date(), left, working=True)
    whole.refresh_from_db()
    assert (whole.state, whole.due_date) == ("running", one.due_date)
    one = step(one, "meets", verifier(one), signed)
    one = step(one, "grant", decider(one), signed)
    assert (one.state, one.days_taken) == (GRANTED, 1)


def test_officials_who_are_silent_after_the_applicant_signed_have_granted(monkeypatch: pytest.MonkeyPatch) -> None:
    who = applicant()
    one = step(pledging(who), "signed", actor_of(who), AT + timedelta(weeks=4))
    assert one.due_date is not None
    late = end_of(one.due_date) + HOURS
    monkeypatch.setattr(timezone, "now", lambda: late)
    tick(at=late)
    assert (fresh(one).state, fresh(one).deemed) == (GRANTED, True)


def test_the_silence_of_an_applicant_means_what_the_procedure_says(monkeypatch: pytest.MonkeyPatch) -> None:
    one = pledging(applicant(), silence="signed")
    late = of_subject(one).get(name="permit_step", state="running").due_at + HOURS
    monkeypatch.setattr(timezone, "now", lambda: late)
    tick(at=late)
    one = fresh(one)
    assert (one.step, one.due_date is not None, one.deemed) == ("verify", True, False)


def test_the_step_of_an_applicant_binds_the_applicant_and_a_holiday_puts_it_off(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    who = applicant()
    one = pledging(who)
    deadline = of_subject(one).get(name="permit_step", state="running")
    assert (deadline.account_id, deadline.due_date) == (who.pk, later((AT + DAY).date(), 5, working=True))
    declare(monkeypatch, deadline.due_date)
    assert put_off_all(by=BY, at=AT + 2 * DAY) == 1
    deadline.refresh_from_db()
    assert deadline.due_date == later((AT + DAY).date(), 5, working=True)


def test_an_officer_cannot_stop_days_that_stand() -> None:
    one = pledging(applicant())
    with pytest.raises(DomainError) as refused:
        pause_application(application=one, cause="applicant_owes", words="Sign", by=verifier(one), at=AT + DAY)
    assert refused.value.code == "permit-days-stand"
    assert one.verifier is not None
    page = browser(one.verifier).get(f"/en/permits/applications/{one.pk}/").content.decode()
    assert "Stop the days" not in page


def test_an_applicant_whose_step_is_open_takes_the_application_back() -> None:
    who = applicant()
    one = pledging(who)
    page = browser(who).post(f"/en/permits/applications/{one.pk}/do/withdraw/", {"words": ""})
    assert page.status_code == 302
    assert not of_subject(one).filter(state__in=("running", "paused")).exists()
