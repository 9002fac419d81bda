"""The whole way of a permit through the review, by the pages, and what each of them may not do."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from adaldyq.kernel.models import Body
from adaldyq.kernel.roles import Role
from adaldyq.measures.permits.models import PermitEntry, PermitReview, PermitRound
from tests import factories
from tests.measures.permits.entries import entry
from tests.measures.permits.reviewing import AT, officer

pytestmark = [pytest.mark.django_db]
ACT = {"act_title": "Law", "act_number": "7", "act_date_day": "1", "act_date_month": "9", "act_date_year": "2025"}


@pytest.fixture(autouse=True)
def on_that_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """The day on which the round is opened."""
    monkeypatch.setattr(timezone, "now", lambda: AT)


@pytest.fixture
def own() -> Body:
    return factories.body()


@pytest.fixture
def at_the_body(own: Body) -> Client:
    """The browser of a licensing officer."""
    found = Client()
    found.force_login(officer(own))
    return found


@pytest.fixture
def reviewing() -> Client:
    """The browser of somebody of the reviewing body."""
    found = Client()
    found.force_login(factories.account("reviewer", Role.REVIEWER))
    return found


def day(name: str, text: str) -> dict[str, str]:
    """A day as three boxes send it."""
    year, month, number = text.split("-")
    return {f"{name}_day": number, f"{name}_month": month, f"{name}_year": year}


def open_one(reviewing: Client) -> str:
    """Open a round over everything, and return the address of the only review."""
    done = reviewing.post("/en/permits/reviews/open/", {**ACT, **day("until", "2025-11-06")})
    assert done.status_code == 302, done.content.decode()
    return f"/en/permits/reviews/of/{PermitReview.objects.get().pk}/"


def send(client: Client, address: str, **answers: Any) -> str:
    """Send a step that is taken, and return the page that follows."""
    done = client.post(address, answers)
    assert done.status_code == 302, re.findall(r"error-message[^<]*<[^>]*>[^<]*<[^>]*>[^<]*", done.content.decode())
    page: str = client.get(address.partition("?")[0]).content.decode()
    return page


def test_a_permit_goes_through_the_review_in_the_open(own: Body, at_the_body: Client, reviewing: Client) -> None:
    entry(of=own)
    assert "6 November 2025" not in reviewing.get("/en/permits/reviews/open/").content.decode()
    address = open_one(reviewing)
    assert address in at_the_body.get("/en/permits/queue/").content.decode()
    assert address not in reviewing.get("/en/permits/queue/").content.decode()
    assert 'class="app-form"' not in Client().get(address).content.decode()
    assert "People fell ill" in send(at_the_body, address, words="People fell ill")
    assert address in reviewing.get("/en/permits/queue/").content.decode()
    send(reviewing, address, answer="yes", words="Article 5")
    send(reviewing, address, answer="yes", words="Nothing else helps")
    page = reviewing.get(address).content.decode()
    assert 'value="5000' in page
    counted = {"hours": "8", "costs": "5000", "applications": "100", "days": "15", "words": "Asked 12"}
    assert "2,500,000" in send(reviewing, address, **counted).replace("\u202f", ",").replace("\u2009", ",")
    less = {"days_after": "5", "fee_after": "3", "hours_after": "2", "costs_after": "1000"}
    page = send(
        reviewing, address, outcome="simplify", **less, **ACT, **day("since", "2025-09-22"), reasons="Fewer harms"
    )
    assert "Simplified" in page
    shown = Client().get("/en/permits/L-001/").content.decode()
    assert "5 working days" in shown
    assert "Fewer harms" in shown
    assert "Law, No. 7" in Client().get("/ru/permits/L-001/").content.decode().replace("№", "No.")


def test_what_no_law_asks_for_is_abolished_at_once(own: Body, at_the_body: Client, reviewing: Client) -> None:
    entry(of=own)
    address = open_one(reviewing)
    send(at_the_body, address, words="It was always so")
    send(reviewing, address, answer="no", words="No act asks for it")
    assert "?now=1" in reviewing.get(address).content.decode()
    page = reviewing.get(f"{address}?now=1").content.decode()
    assert 'value="keep"' not in page
    send(reviewing, f"{address}?now=1", outcome="abolish", **ACT, **day("since", "2025-09-22"), reasons="No law")
    assert PermitEntry.objects.get().state == "abolished"
    assert "L-001" not in Client().get("/en/permits/").content.decode()
    assert "L-001" in Client().get("/en/permits/", {"ended": "on"}).content.decode()


def test_what_is_wrong_stands_at_its_field(own: Body, at_the_body: Client, reviewing: Client) -> None:
    entry(of=own)
    near = reviewing.post("/en/permits/reviews/open/", {**ACT, **day("until", "2025-09-30")})
    assert (near.status_code, "Bodies have at least until" in near.content.decode()) == (422, True)
    address = open_one(reviewing)
    empty = at_the_body.post(address, {"words": " "})
    assert (empty.status_code, "This field is required" in empty.content.decode()) == (422, True)
    send(at_the_body, address, words="Needed")
    for _each in range(2):
        send(reviewing, address, answer="yes", words="So it is")
    send(reviewing, address, hours="8", costs="5000", applications="100", days="15", words="Asked 12")
    heavier = {"days_after": "50", "fee_after": "3", "hours_after": "2", "costs_after": "0"}
    sent = {**ACT, **day("since", "2025-09-22"), "reasons": "x"}
    answer = reviewing.post(address, {"outcome": "simplify", **heavier, **sent})
    assert (answer.status_code, "more than before" in answer.content.decode()) == (422, True)
    answer = reviewing.post(address, {"outcome": "move", **sent})
    assert (answer.status_code, answer.content.decode().count("Say what it asks for then.") >= 4) == (422, True)


def test_nobody_takes_a_step_that_is_not_theirs(own: Body, at_the_body: Client, reviewing: Client) -> None:
    entry(of=own)
    assert at_the_body.get("/en/permits/reviews/open/").status_code == 403
    address = open_one(reviewing)
    other = Client()
    other.force_login(officer(factories.body("Басқа министрлік"), "other"))
    for client in (reviewing, other):
        assert client.post(address, {"words": "Needed"}).status_code == 403
    assert address not in other.get("/en/permits/queue/").content.decode()
    assert PermitReview.objects.get().state == "awaited"


def test_everybody_sees_how_far_a_round_is(own: Body, reviewing: Client) -> None:
    entry(of=own)
    assert "No review has been opened yet." in Client().get("/en/permits/reviews/").content.decode()
    address = open_one(reviewing)
    of = f"/en/permits/reviews/{PermitRound.objects.get().pk}/"
    assert of in Client().get("/en/permits/reviews/").content.decode()
    page = Client().get(of).content.decode()
    assert address in page
    assert "working days are left" in page
    assert "Open a round" not in Client().get("/en/permits/reviews/").content.decode()
    assert Client().get("/en/permits/reviews/of/000000000000/").status_code == 404
