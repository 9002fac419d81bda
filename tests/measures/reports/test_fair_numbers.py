"""Public numbers favour nobody: neither whose reports are young, nor who passes them on, nor what was done after the last day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.cache import caches
from django.test import Client

from adaldyq.kernel.deadlines.clock import tick
from adaldyq.kernel.models import Body, Deadline
from adaldyq.measures.reports.actions.counting import count_reports
from adaldyq.measures.reports.actions.handling import Sealed
from adaldyq.measures.reports.actions.narrowing import narrow_report, narrowed_by
from adaldyq.measures.reports.actions.reopening import reopen_report
from adaldyq.measures.reports.actions.resealing import refer_report
from adaldyq.measures.reports.actions.watching import justify_delay
from adaldyq.measures.reports.adapters.rewraps import Wrapped, name_of
from adaldyq.measures.reports.models import Escalation, Report
from adaldyq.measures.reports.queries.barring import readers_of
from adaldyq.measures.reports.queries.narrowing import Heard
from adaldyq.measures.reports.views.quiet import NOBODY
from adaldyq.sealing import envelopes
from tests import factories
from tests.factories import BY
from tests.measures.reports.many import Desk
from tests.measures.reports.office import Officer, officer, unit
from tests.measures.reports.test_numbers import lines_of

OCTOBER = datetime(2025, 10, 6, 6, tzinfo=UTC)
IN_APRIL, IN_JULY = datetime(2026, 4, 12, 1, tzinfo=UTC), datetime(2026, 7, 12, 1, tzinfo=UTC)
IN_OCTOBER = datetime(2026, 10, 12, 1, tzinfo=UTC)
pytestmark = pytest.mark.usefixtures("heads")


@pytest.fixture
def desk(agency: Officer) -> Desk:
    """The officer of the agency, and nothing kept from another test."""
    caches["recent"].clear()
    Body.objects.filter(pk=agency.unit.body_id).update(name="Agency", names={"kk": "Agency", "en": "Agency"})
    return Desk(agency)


@pytest.fixture
def other(desk: Desk) -> Desk:
    """The officer of the prosecutor."""
    there = officer(unit("prosecutor"), "nurlan")
    Body.objects.filter(pk=there.unit.body_id).update(name="Prosecutor", names={"kk": "Prosecutor", "en": "Prosecutor"})
    return Desk(there)


def count(night: datetime) -> None:
    """Count, and let nothing of before be shown."""
    count_reports(by=BY, at=night)
    caches["recent"].clear()


def refer(reports: Sequence[Report], source: Desk, target: Desk, at: datetime, reason: str = "competence") -> None:
    """Give reports to another office."""
    secret, _public = envelopes.new_identity()
    for one in reports:
        one.refresh_from_db()
        keys = tuple(key.recipient for key in readers_of(one, target.officer.unit, at.date()))
        current = bytes(one.wraps.get(is_current=True).wrapped)
        wrap = Wrapped(one.pk, envelopes.wrap(secret, keys), keys, name_of(current))
        message = Sealed(source.another_letter())
        refer_report(report=one, to=target.officer.unit, reason=reason, wrap=wrap, message=message, by=source.by, at=at)
        one.refresh_from_db()


def in_time(line: dict[str, str], share: str = "answered") -> tuple[str, str]:
    """How many were in time, and of how many."""
    return line[share], line[f"{share}_of"]


def clock(*days: datetime) -> None:
    """Let what is due fall on these days."""
    for day in days:
        tick(at=day)


def test_whose_reports_are_young_is_not_told_more_often_than_who_is_as_good(desk: Desk) -> None:
    old, new = (factories.body(name=name, names={"kk": name, "en": name}) for name in ("Old", "New"))
    for body, at in ((old, datetime(2025, 9, 8, 6, tzinfo=UTC)), (new, datetime(2026, 2, 2, 6, tzinfo=UTC))):
        desk.close(desk.acknowledge(desk.receive(30, at, about=body), 2)[:15], 30)
        clock(at + timedelta(days=8), at + timedelta(days=100))
    count(IN_APRIL)
    found = lines_of("body")["Old"], lines_of("body", 2026)["New"]
    assert [in_time(one) for one in found] == [("15", "30"), ("", "")]
    assert {one["standing"] for one in found} == {""}
    count(IN_OCTOBER)
    assert [in_time(lines_of("body", year)[name]) for name, year in (("Old", 2025), ("New", 2026))] == [
        ("15", "30")
    ] * 2


def test_more_time_does_not_take_the_late_out_of_the_young(desk: Desk) -> None:
    at = datetime(2025, 11, 10, 6, tzinfo=UTC)
    found = desk.acknowledge(desk.receive(20, at), 2)
    desk.close(found[:10], 30)
    for one in found[10:]:
        letter = Sealed(desk.another_letter())
        justify_delay(report=one, reason="complex", message=letter, by=desk.by, at=at + timedelta(days=40))
    clock(datetime(2026, 3, 20, tzinfo=UTC))
    count(IN_APRIL)
    assert in_time(lines_of("year")["2025"]) == ("", "")
    clock(datetime(2026, 6, 20, tzinfo=UTC))
    count(IN_JULY)
    assert in_time(lines_of("year")["2025"]) == ("10", "20")


def test_a_term_that_an_office_let_pass_stays_its_own_when_it_gives_the_report_away(desk: Desk, other: Desk) -> None:
    late = desk.receive(20, OCTOBER)
    desk.close(desk.acknowledge(desk.receive(10, OCTOBER), 2), 20)
    clock(OCTOBER + timedelta(days=9))
    refer(late, desk, other, OCTOBER + timedelta(days=17), "overdue")
    other.close(other.acknowledge(late, 18), 37)
    clock(OCTOBER + timedelta(days=150))
    count(IN_JULY)
    agency, prosecutor = (lines_of("office")[name] for name in ("Agency", "Prosecutor"))
    assert (agency["received"], prosecutor["received"]) == ("30", "20")
    assert (in_time(agency, "acknowledged"), in_time(prosecutor, "acknowledged")) == (("10", "30"), ("20", "20"))
    assert (in_time(agency), in_time(prosecutor)) == (("10", "10"), ("20", "20"))
    assert in_time(lines_of("year")["2025"], "acknowledged") == ("10", "30")


def test_a_report_that_is_passed_on_in_the_last_days_of_its_term_counts_where_it_lay(desk: Desk, other: Desk) -> None:
    found = desk.acknowledge(desk.receive(10, OCTOBER), 2)
    refer(found, desk, other, OCTOBER + timedelta(days=85))
    other.close(other.acknowledge(found, 88), 120)
    clock(OCTOBER + timedelta(days=100))
    count(IN_JULY)
    agency, prosecutor = (lines_of("office")[name] for name in ("Agency", "Prosecutor"))
    assert (in_time(agency), in_time(prosecutor)) == (("", "10"), ("", ""))
    assert prosecutor["substantiated_of"] == "10"


def test_passing_a_report_back_and_forth_gains_no_time(desk: Desk, other: Desk) -> None:
    found = desk.receive(5, OCTOBER)
    here, there = desk, other
    for turn in range(1, 9):
        at = OCTOBER + timedelta(days=6 * turn)
        clock(at)
        refer(found, here, there, at)
        here, there = there, here
    assert Escalation.objects.filter(name="report_acknowledgement").values("report").distinct().count() == 5
    (due,) = Deadline.objects.filter(name="report_feedback").values_list("due_date", flat=True).distinct()
    assert due == date(2026, 1, 12)  # three months after the first referral, of which the reporter heard
    clock(datetime(2026, 1, 13, 6, tzinfo=UTC))
    here.close(here.acknowledge(found, 100), 130)
    clock(IN_JULY)
    assert Escalation.objects.filter(name="report_feedback").count() == 5
    count(IN_JULY)
    line = lines_of("year")["2025"]
    assert (in_time(line, "acknowledged"), in_time(line)) == (("", "5"), ("", "5"))


def test_more_time_is_given_once_however_often_a_report_is_passed_on(desk: Desk, other: Desk) -> None:
    found = desk.acknowledge(desk.receive(1, OCTOBER), 2)
    letter = Sealed(desk.another_letter())
    justify_delay(report=found[0], reason="complex", message=letter, by=desk.by, at=OCTOBER + timedelta(days=40))
    before = Deadline.objects.get(name="report_feedback").due_date
    refer(found, desk, other, OCTOBER + timedelta(days=50))
    other.acknowledge(found, 51)
    term = Deadline.objects.get(name="report_feedback")
    assert (term.due_date, term.body_id, term.account_id) == (
        before,
        other.officer.unit.body_id,
        other.officer.account.pk,
    )
    found[0].refresh_from_db()
    assert found[0].delay_reason == "complex"


def test_what_is_done_after_the_last_day_changes_nothing_of_an_edition(desk: Desk) -> None:
    found = desk.close(desk.acknowledge(desk.receive(20, datetime(2025, 3, 3, 6, tzinfo=UTC)), 2), 20)
    for one in found[:10]:
        reopen_report(report=one, by=NOBODY, at=datetime(2025, 7, 2, 6, tzinfo=UTC))
    count(datetime(2025, 7, 20, 1, tzinfo=UTC))
    line = lines_of("year")["2025"]
    assert (in_time(line, "substantiated"), in_time(line, "reopened")) == (("20", "20"), ("", "20"))
    count(datetime(2025, 10, 20, 1, tzinfo=UTC))
    line = lines_of("year")["2025"]
    assert (in_time(line, "substantiated"), in_time(line, "reopened")) == (("10", "10"), ("10", "20"))


def test_who_was_told_and_was_not_content_did_not_wait_until_the_second_answer(desk: Desk) -> None:
    at = datetime(2025, 3, 3, 6, tzinfo=UTC)
    found = desk.close(desk.acknowledge(desk.receive(100, at), 2), 20)
    second = Desk(officer(desk.officer.unit, "dana"))
    for one in found:
        reopen_report(report=one, by=NOBODY, at=at + timedelta(days=30))
        one.refresh_from_db()
    second.close(found, 100, "no_breach")
    count(datetime(2025, 10, 20, 1, tzinfo=UTC))
    (curve,) = Client().get("/api/v1/reports/waiting").json()
    assert [point["high"] for point in curve["points"]][2:8] == [14] * 6
    line = lines_of("year")["2025"]
    assert in_time(line, "substantiated") == ("", "100")


def move(report: Report, at: datetime) -> None:
    """Let a reporter name the agency in what is added to a report."""
    secret, _public = envelopes.new_identity()
    heard = Heard(offices=frozenset({"agency"}))
    narrowed = narrowed_by(report, secret, heard, at.date())
    assert narrowed is not None
    narrow_report(report=report, narrowed=narrowed, by=NOBODY, at=at)
    report.refresh_from_db()


def test_an_office_that_got_a_report_closed_answers_for_it_from_the_day_on_which_it_is_opened_again(
    desk: Desk, other: Desk
) -> None:
    found = desk.close(desk.acknowledge(desk.receive(20, OCTOBER), 2), 20)
    for one in found:
        move(one, OCTOBER + timedelta(days=30))
        reopen_report(report=one, by=NOBODY, at=OCTOBER + timedelta(days=40))
        one.refresh_from_db()
    assert {(one.state, one.unit) for one in found} == {("received", other.officer.unit)}
    other.close(other.acknowledge(found[:10], 44), 60, "no_breach")
    clock(OCTOBER + timedelta(days=49), OCTOBER + timedelta(days=150))
    count(IN_JULY)
    agency, prosecutor = (lines_of("office")[name] for name in ("Agency", "Prosecutor"))
    assert [in_time(agency, one) for one in ("acknowledged", "answered")] == [("20", "20")] * 2
    assert [in_time(prosecutor, one) for one in ("acknowledged", "answered")] == [("10", "20")] * 2
    assert (agency["substantiated_of"], in_time(prosecutor, "substantiated")) == ("", ("", "10"))


def test_a_report_that_was_moved_closed_and_stays_so_counts_where_it_was_closed(desk: Desk, other: Desk) -> None:
    for one in desk.close(desk.acknowledge(desk.receive(10, OCTOBER), 2), 20):
        move(one, OCTOBER + timedelta(days=30))
    count(IN_JULY)
    assert {name: in_time(line, "substantiated") for name, line in lines_of("office").items()} == {
        "Agency": ("10", "10")
    }


def test_a_report_that_comes_back_has_days_in_which_it_can_be_acknowledged(desk: Desk, other: Desk) -> None:
    missed, stopped, early = (desk.receive(1, OCTOBER) for _each in range(3))  # to be acknowledged by 13 October
    refer(early, desk, other, OCTOBER + timedelta(days=3))
    refer(stopped, desk, other, OCTOBER + timedelta(days=7))
    clock(OCTOBER + timedelta(days=8))
    refer(missed, desk, other, OCTOBER + timedelta(days=8))
    back = OCTOBER + timedelta(days=9)  # Wednesday, 15 October
    for those in (missed, stopped, early):
        refer(those, other, desk, back)
    due = [
        Deadline.objects.get(subject_id=one.pk, name="report_acknowledgement", closed_at=None).due_date
        for (one,) in (missed, stopped, early)
    ]
    assert due == [date(2025, 10, 22), date(2025, 10, 20), date(2025, 10, 19)]
