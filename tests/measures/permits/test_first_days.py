"""What the catalogue says holds from its day on, neither before nor in the past, and what is refused stands in the log."""

from __future__ import annotations

import html
import re
from datetime import date, datetime
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from adaldyq.base.errors import DomainError
from adaldyq.kernel.actor import actor_of
from adaldyq.measures.permits.actions.catalogue import amend_entry
from adaldyq.measures.permits.actions.deciding import decide
from adaldyq.measures.permits.actions.procedures import publish_procedure
from adaldyq.measures.permits.domain.deciding import Reference
from adaldyq.measures.permits.domain.procedures import checked
from adaldyq.measures.permits.jobs import begin_hour
from adaldyq.measures.permits.models import PermitApplication
from adaldyq.measures.permits.states import INTRODUCED
from tests import factories
from tests.factories import BY
from tests.measures.permits import reviewing
from tests.measures.permits.applying import AT, applicant, opened
from tests.measures.permits.entries import entry, spoken, terms
from tests.measures.permits.test_procedures import content
from tests.measures.permits.test_procedures import step as step_of
from tests.measures.permits.views.test_applying import browser

pytestmark = pytest.mark.django_db

NEW_YEAR = date(2026, 1, 1)
FIRST_DAY = "It is needed from 1\u00a0January 2026 on"


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: AT)


def listed(**asked: str) -> list[tuple[str, str, str]]:
    """Number, name and body of the entries that the API finds."""
    answer = Client().get("/api/v1/permits/entries", asked).json()
    return [(one["number"], one["name"], one["body"]) for one in answer["items"]]


def test_a_change_of_the_new_year_shows_from_that_day_on() -> None:
    made, other = entry(), factories.body("Басқа министрлік")
    before = listed()
    amend_entry(
        entry=made, terms=terms(names=spoken("Bakery"), activities=["10"], life_events=[]), body=other, since=NEW_YEAR,
        by=BY, at=AT,
    )  # fmt: skip
    begin_hour({}, AT)
    assert listed() == before == listed(activity="56") == listed(life_event="open_business")
    assert (listed(q="bakery"), listed(activity="10")) == ([], [])
    assert "Bakery" not in Client().get("/en/permits/").content.decode()
    for _twice in range(2):
        begin_hour({}, datetime(2026, 1, 1, 5, tzinfo=AT.tzinfo))
    assert listed() == [("L-001", "Bakery", "Басқа министрлік")] == listed(q="bakery") == listed(activity="10")
    assert (listed(q="catering"), listed(life_event="open_business")) == ([], [])
    assert made.events.filter(happened="amended").count() == 1


def test_a_change_of_today_shows_at_once() -> None:
    made = entry()
    amend_entry(entry=made, terms=terms(names=spoken("Bakery")), body=made.body, since=AT.date(), by=BY, at=AT)
    assert [name for _number, name, _body in listed()] == ["Bakery"]


def test_nobody_applies_before_the_first_day() -> None:
    made = entry(since=NEW_YEAR, fee=0, documents=[])
    publish_procedure(entry=made, procedure=checked(content()), by=BY, at=AT)
    mine = browser(applicant())
    assert FIRST_DAY in html.unescape(mine.get("/en/permits/L-001/apply/").content.decode())
    answer = mine.post("/en/permits/L-001/apply/", {"form_key": "key-1"})
    assert (answer.status_code, PermitApplication.objects.count()) == (422, 0)


def test_nothing_is_abolished_before_its_review_began() -> None:
    made, by = entry(), reviewing.reviewer()
    of = actor_of(reviewing.officer(made.body))
    reviewing.opened(by, [made])
    review = reviewing.assessed(reviewing.justified(made, of), by)
    act = Reference("An act of long ago", "1", date(2016, 1, 1))
    said = reviewing.decision("abolish", act=act, since=date(2016, 2, 1))
    with pytest.raises(DomainError) as refused:
        decide(review=review, decision=said, by=by, at=reviewing.LATER)
    made.refresh_from_db()
    assert (refused.value.code, made.state) == ("permit-before-round", INTRODUCED)


@pytest.mark.parametrize(
    ("consent", "words"), [(True, "It counts as granted."), (False, "It does not count as granted; one may appeal.")]
)
def test_the_page_of_a_procedure_says_of_silence_what_the_catalogue_says(consent: bool, words: str) -> None:
    said = content()
    step_of(said, "decide")["silence"] = "grant"
    made = entry(fee=0, documents=[], silence_is_consent=consent)
    publish_procedure(entry=made, procedure=checked(said), by=BY, at=AT)
    page = re.sub(r"\s+|<[^>]+>", " ", html.unescape(Client().get("/en/permits/L-001/procedure/").content.decode()))
    assert words in page


def refusals(caplog: pytest.LogCaptureFixture, call: Any) -> list[tuple[str, str]]:
    """Which acts the log says were refused while something was done, and with which code."""
    caplog.set_level("INFO")
    caplog.clear()
    call()
    lines = [one.msg for one in caplog.records if isinstance(one.msg, dict)]
    return [(one.get("act", ""), one["code"]) for one in lines if one.get("code")]


def test_what_is_refused_stands_in_the_log_with_its_code(caplog: pytest.LogCaptureFixture) -> None:
    of, mine = opened(), browser(applicant())
    other = Client()
    other.force_login(factories.account("other"))
    begun = mine.post("/en/permits/L-001/apply/", {"form_key": "key-1"}).headers["Location"]
    sending = refusals(caplog, lambda: mine.post(f"{begun}check/", {"true": "on"}))
    assert sending == [("permits.application.send", "permit-incomplete")]
    of.state, of.ended_date = "abolished", AT.date()
    of.save()
    beginning = refusals(caplog, lambda: mine.post("/en/permits/L-001/apply/", {"form_key": "key-2"}))
    assert beginning == [("permits.application.begin", "permit-abolished")]
    assert refusals(caplog, lambda: other.get("/en/permits/verify/", {"t": "e30.AAAA"})) == [
        ("", "licence-token-wrong")
    ]
