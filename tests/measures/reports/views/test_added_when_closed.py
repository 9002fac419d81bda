"""What is added to a closed report is seen, and may be answered."""

from __future__ import annotations

import pytest
from django.urls import reverse

from adaldyq.measures.reports.models import Report
from tests.measures.reports.office import Officer
from tests.measures.reports.reporter import Reporter
from tests.measures.reports.views.test_protection import Desk


@pytest.fixture
def closed(agency: Officer, reporter: Reporter) -> tuple[Desk, list[str]]:
    """The desk of an officer who has closed a report, and the phrase of its receipt."""
    words = reporter.report("the inspector asked for money")
    desk = Desk(agency)
    page = reverse("reports-report", args=[desk.report])
    desk.browser.post(page, {"step": "acknowledge", "text": "we have it"})
    desk.browser.post(page, {"step": "close", "text": "done", "outcome": "not_substantiated"})
    return desk, words


def listed(desk: Desk, **asked: str) -> bool:
    """Whether the list of an officer has the report."""
    return desk.report in desk.browser.get(reverse("reports-inbox"), asked).content.decode()


def test_a_closed_report_to_which_something_is_added_stands_in_the_list_until_it_is_answered(
    closed: tuple[Desk, list[str]], reporter: Reporter
) -> None:
    desk, words = closed
    assert not listed(desk)
    reporter.come_back(words)
    reporter.post("reports-return", step="add", text="here is the receipt that proves it")
    assert listed(desk)
    assert listed(desk, unread="on")
    page = reverse("reports-report", args=[desk.report])
    assert 'value="answer"' in desk.browser.get(page).content.decode()
    assert desk.browser.post(page, {"step": "answer", "text": "say that it is not resolved"}).status_code == 302
    assert not listed(desk)
    reporter.come_back(words)
    assert "say that it is not resolved" in reporter.page


def test_a_closed_report_of_which_the_office_wrote_last_is_not_answered(closed: tuple[Desk, list[str]]) -> None:
    desk, _words = closed
    page = reverse("reports-report", args=[desk.report])
    assert 'value="answer"' not in desk.browser.get(page).content.decode()
    desk.browser.post(page, {"step": "answer", "text": "more"})
    assert Report.objects.get().messages.count() == 3
