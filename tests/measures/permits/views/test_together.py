"""Several applications at once: each is judged by itself, and what is refused stays chosen with what was written."""

from __future__ import annotations

import html
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from adaldyq.kernel.actor import actor_of
from adaldyq.kernel.deadlines.clock import tick
from adaldyq.kernel.models import Account, Deadline, Notification
from adaldyq.measures.permits.actions import handling
from adaldyq.measures.permits.domain.applying import REQUIREMENT
from adaldyq.measures.permits.models import PermitApplication
from tests import factories
from tests.measures.permits.applying import applicant, company, drawn, fresh, officers, opened, sent, verified, verifier

pytestmark = pytest.mark.django_db
PAGE = "/en/permits/inbox/together/"


def signed_in(username: str = "officer-1") -> Client:
    """A browser of an officer."""
    client = Client()
    client.force_login(Account.objects.get(username=username))
    return client


def text(answer: Any) -> str:
    """What a page says."""
    return html.unescape(answer.content.decode())


def three() -> list[PermitApplication]:
    """Applications for which officers were drawn; there are three officers."""
    entry = opened()
    officers(entry.body, "officer-1", "officer-2", "officer-3")
    by, at = applicant(), timezone.now()
    made = [sent(entry, by, at) for _each in range(3)]
    drawn(made[0], at)
    return [fresh(one) for one in made]


def test_what_one_may_do_is_done_and_the_rest_says_why_and_stays_chosen() -> None:
    paused, running, other = three()
    owner = paused.owner
    handling.pause_application(
        application=paused, cause="applicant_owes", words="A page", by=verifier(paused), at=timezone.now()
    )
    client = signed_in()
    sending = {"what": "remind", "applications": [paused.pk, running.pk]}
    answer = client.post(PAGE, sending)
    assert answer.status_code == 200
    assert "The applicant owes nothing now" in text(answer)
    assert f'value="{running.pk}" checked' in " ".join(text(answer).split())
    assert f'value="{paused.pk}" checked' not in " ".join(text(answer).split())
    assert Notification.objects.filter(account=owner, message="permit-reminder-paused").count() == 1
    again = client.post(PAGE, {"what": "remind", "applications": [paused.pk]})
    assert (again.status_code, "reminded today already" in text(again)) == (422, True)
    assert other.events.filter(happened="reminded").count() == 0


def test_what_is_given_back_to_the_draw_is_drawn_for_somebody_else() -> None:
    first, second, _third = three()
    had = {one.pk: one.verifier_id for one in (first, second)}
    client = signed_in()
    assert client.post(PAGE, {"what": "redraw", "applications": [first.pk, second.pk], "words": " "}).status_code == 422
    answer = client.post(PAGE, {"what": "redraw", "applications": [first.pk, second.pk], "words": "On leave"})
    assert answer.status_code == 200
    for one in (first, second):
        assert (fresh(one).verifier, one.events.get(happened="redrawn").words) == (None, "On leave")
    assert not Deadline.objects.filter(subject_id=first.pk, state="running", account=had[first.pk]).exists()
    refused = client.post(PAGE, {"what": "redraw", "applications": [first.pk], "words": "Once more"})
    assert "Nobody is drawn for its step" in text(refused)
    drawn(first, timezone.now() + timedelta(hours=1))
    for one in (first, second):
        assert fresh(one).verifier_id not in {None, had[one.pk], one.decider_id}


def test_a_return_names_what_is_missing_and_is_only_for_those_drawn_and_of_that_permit() -> None:
    mine, _other, decided = three()
    verified(decided, timezone.now())
    client = signed_in(verifier_name(mine))
    defect = f"{mine.version_id}:{REQUIREMENT}:0"
    assert client.post(PAGE, {"what": "return", "applications": [mine.pk], "words": "No page 2"}).status_code == 422
    sending = {"what": "return", "applications": [mine.pk, decided.pk], "defect": defect, "words": "No page 2"}
    answer = client.post(PAGE, sending)
    assert answer.status_code == 200
    assert (fresh(mine).state, fresh(mine).defects[0]["words"]) == ("returned", "No page 2")
    assert fresh(decided).state == "under_way"
    assert "cannot be returned" in text(answer)
    elsewhere = sent(opened("L-002"), applicant_with("another"), timezone.now())
    assert client.post(PAGE, {**sending, "applications": [elsewhere.pk]}).status_code == 422
    assert fresh(elsewhere).state == "under_way"


def test_nobody_else_sees_the_page_and_officers_are_reminded_before_the_last_day_of_a_step() -> None:
    one = three()[0]
    account = factories.account("citizen")
    stranger = Client()
    stranger.force_login(account)
    assert stranger.get(PAGE).status_code == 403
    step = Deadline.objects.get(subject_id=one.pk, name="permit_step", state="running")
    assert step.account == one.verifier
    tick(at=step.due_at - timedelta(hours=10))
    assert Notification.objects.filter(account=one.verifier, message="deadline-reminder").exists()


def verifier_name(one: PermitApplication) -> str:
    """Who was drawn to verify."""
    return one.verifier.username if one.verifier else ""


def applicant_with(name: str) -> Account:
    """An applicant with a company of their own."""
    found = applicant(name)
    company(found.person, "«Су» ЖШС", "190140000025")
    assert actor_of(found).person
    return found
