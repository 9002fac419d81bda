"""The form: no cookie, nothing kept, back filled, the same size; and it says what it is not."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.utils import timezone

from adaldyq.base.turns import AT_ONCE, FULL
from adaldyq.measures.street.models import StreetReport
from tests import factories
from tests.measures.reports.script import solved
from tests.measures.street.telling import ADDRESS, Visitor

pytestmark = pytest.mark.django_db


def answers(**more: Any) -> dict[str, Any]:
    """What somebody types."""
    factories.territory()
    month = timezone.localdate().replace(day=1).isoformat()
    typed = {"happened": "paid", "service": "health", "territory": "KZ-75", "month": month, "public": "on"}
    return {**typed, "amount": "20 000,50", "words": "Деньги просил Ибраев, 8 701 123 45 67", **more}


def test_it_is_told_in_three_steps_without_a_cookie() -> None:
    visitor = Visitor()
    first = visitor.open()
    assert "This is not a report to officers" in first
    assert "/en/reports/" in first
    checked = visitor.send("check", **answers())
    assert "20\u202f000.50" in checked.content.decode()
    assert "Some of your words look like names" in checked.content.decode()
    assert not StreetReport.objects.exists()
    thanks = [visitor.send("send") for _time in range(2)][1]
    assert "A moderator reads your words" in thanks.content.decode()
    report = StreetReport.objects.get()
    assert (report.happened, str(report.amount), report.currency, report.state) == (
        "paid",
        "20000.50",
        "KZT",
        "waiting",
    )
    assert not visitor.client.cookies
    for answer in (checked, thanks):
        assert (answer["Cache-Control"], answer["Referrer-Policy"]) == ("no-store", "no-referrer")
        assert len(answer.content) % 32768 == 0


def test_whoever_does_not_say_that_it_be_public_sends_nothing() -> None:
    visitor = Visitor()
    visitor.open()
    answer = visitor.send("check", **answers(public=""))
    assert answer.status_code == 422
    assert "Say that you want it to be public" in answer.content.decode()
    assert "20 000,50" in answer.content.decode()  # what was typed comes back


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"month": "1999-01-01"}, "1999-01-01 is not one of the available choices"),
        ({"territory": ""}, "This field is required"),
        ({"amount": "много"}, "Write the amount in digits"),
        ({"amount": "99999999999"}, "Write a sum above 0"),
        ({"happened": "honest"}, "An honest official asked for no money"),
        ({"words": "a" * 501}, "at most 500 characters"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(typed: dict[str, str], told: str) -> None:
    visitor = Visitor()
    visitor.open()
    answer = visitor.send("check", **answers(**typed))
    assert answer.status_code == 422
    assert told in answer.content.decode().replace("&#x27;", "'")


def test_a_place_that_the_register_has_not_is_refused_calmly() -> None:
    visitor = Visitor()
    visitor.open()
    answer = visitor.send("check", **answers(territory="KZ-79"))
    assert answer.status_code == 422
    assert "is not one of the choices" in answer.content.decode()


def test_one_can_go_back_and_change_something() -> None:
    visitor = Visitor()
    visitor.open()
    visitor.send("check", **answers())
    again = visitor.send("change").content.decode()
    assert 'value="20 000,50"' in again
    assert "Деньги просил" in again


def test_a_page_of_another_server_or_of_long_ago_is_not_taken() -> None:
    visitor = Visitor()
    answer = visitor.send("check", **answers())
    assert answer.status_code == 409
    assert "This page was open for too long" in answer.content.decode()
    assert visitor.send("check", **answers()).status_code == 200


def test_the_start_page_leads_to_both_and_says_which_is_which() -> None:
    page = Visitor().client.get("/en/street/tell/").content.decode()
    assert ADDRESS in page
    assert "Nobody will answer you or look into it" in page
    assert 'href="/en/reports/"' in page


def work_of(page: str) -> str:
    """What a script makes of the calculation of a page."""
    found = re.search(r'<script id="work" type="application/json">(.+?)</script>', page)
    assert found
    return solved(json.loads(found[1]))


def test_whose_browser_did_its_work_is_taken_at_once_and_everybody_else_in_turn() -> None:
    visitor = Visitor()
    visitor.open()
    checked = visitor.send("check", **answers()).content.decode()
    for mark in (AT_ONCE, FULL):
        marked: Any = {mark: True}
        wait = visitor.client.post(ADDRESS, {"work": "", "carried": visitor.carried, "step": "send"}, **marked)
        assert (wait.status_code, wait["Retry-After"], StreetReport.objects.count()) == (503, "30", 0)
        visitor.seen(wait)  # what was typed is held by the page that says to wait
    for page in (checked, wait.content.decode()):
        assert page.index('name="work" value=""') < page.index('name="carried"')
    assert visitor.send("send").status_code == 200
    assert not StreetReport.objects.get().worked
    visitor.open()
    work = work_of(visitor.send("check", **answers()).content.decode())
    assert visitor.send("send", work=work).status_code == 200
    assert StreetReport.objects.filter(worked=True).count() == 1


def test_the_work_of_another_page_is_none_and_nothing_typed_is_lost() -> None:
    one, other = Visitor(), Visitor()
    for each in (one, other):
        each.open()
    theirs = work_of(other.send("check", **answers()).content.decode())
    one.send("check", **answers())
    refused = one.send("send", work=theirs)
    assert refused.status_code == 409
    assert "20\u202f000.50" in refused.content.decode()
    assert one.send("send", work=work_of(refused.content.decode())).status_code == 200
    assert StreetReport.objects.count() == 1
