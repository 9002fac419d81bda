"""Who answers for a report is drawn: verifiably, among those whom it does not name, and another than who closed it."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from adaldyq.kernel.models import Deadline, Notification
from adaldyq.ledger.models import Leaf
from adaldyq.ledger.sequencer import sequence
from adaldyq.measures.reports.jobs import begin_night
from adaldyq.measures.reports.models import Bar, OfficerDraw, Report
from adaldyq.measures.reports.queries.draws import list_of
from tests.measures.reports.office import Officer, officer, unit
from tests.measures.reports.reporter import Reporter

WHAT = "the inspector asked for money"


def night(number: int) -> datetime:
    """A night from now, after which the ledger is signed."""
    at = timezone.now() + timedelta(days=number)
    begin_night({}, at)
    sequence(at=at)
    return at


def signed_in(one: Officer) -> Client:
    """An officer's browser."""
    browser = Client()
    browser.force_login(one.account)
    return browser


def desk_lines(one: Officer, draw: OfficerDraw) -> set[str]:
    """Lines of a draw that an officer gets."""
    return set(signed_in(one).get(reverse("reports-draw-file", args=[draw.pk, "lines"])).content.decode().splitlines())


def test_a_draw_gives_every_report_to_one_who_may_have_it_and_can_be_repeated(
    agency: Officer, reporter: Reporter
) -> None:
    others = [officer(agency.unit, name) for name in ("bolat", "dana")]
    for _number in range(4):
        reporter.report(WHAT)
    named = Report.objects.order_by("pk")[0]
    Bar.objects.create(report=named, account=agency.account, made_date=named.received_date)
    night(1)
    assert not Report.objects.exclude(assigned_to=None).exists()
    night(2)
    draw = OfficerDraw.objects.exclude(drawn_date=None).get()
    desk = signed_in(agency)
    listed = desk.get(reverse("reports-draw-file", args=[draw.pk, "list"])).content
    seed_text = desk.get(reverse("reports-draw-file", args=[draw.pk, "seed"])).content
    assert seed_text.splitlines()[0].decode() == hashlib.sha256(listed).hexdigest()
    seed = hashlib.sha256(seed_text).hexdigest()
    hashes, reported = listed.decode().splitlines(), Report.objects.count()
    lines = desk_lines(agency, draw) | desk_lines(others[0], draw)
    assert (len(hashes), len(lines)) == (16, reported)
    for line in lines:
        assert hashlib.sha256(line.encode()).hexdigest() in hashes
        _chance, report, *officers = line.split()
        first = min(officers, key=lambda one: hashlib.sha256(f"{seed}:{report}:{one}".encode()).hexdigest())
        assert Report.objects.get(pk=report).assigned_to_id == first
        assert Deadline.objects.get(subject_id=report).account_id == first
        assert set(officers) <= {one.account.pk for one in (agency, *others)}
    assert not any(one.pk.encode() in listed for one in Report.objects.all())
    assert agency.account.pk not in next(line for line in lines if named.pk in line)
    assert named.pk not in "".join(desk_lines(agency, draw))  # who is named in it learns of it by no line
    shown = desk.get(reverse("reports-draws")).content.decode()
    assert f"{reverse('reports-draw-file', args=[draw.pk, 'lines'])}" in shown
    assert Notification.objects.filter(message="report-given").count() == 4
    assert "seed.txt" in desk.get(reverse("reports-draws")).content.decode()


def test_what_somebody_took_meanwhile_stays(agency: Officer, reporter: Reporter) -> None:
    reporter.report(WHAT)
    report = Report.objects.get()
    night(1)
    colleague = officer(agency.unit, "colleague")
    desk = signed_in(agency)
    desk.post(reverse("reports-report", args=[report.pk]), {"step": "assign", "to": colleague.account.pk})
    night(2)
    report.refresh_from_db()
    assert report.assigned_to == colleague.account


def test_a_report_that_is_not_resolved_goes_to_another_officer(agency: Officer, reporter: Reporter) -> None:
    colleague = officer(agency.unit, "colleague")
    words = reporter.report(WHAT)
    report, desk = Report.objects.get(), signed_in(agency)
    page = reverse("reports-report", args=[report.pk])
    desk.post(page, {"step": "acknowledge", "text": "we have it"})
    desk.post(page, {"step": "close", "text": "no", "outcome": "no_breach"})
    reporter.come_back(words)
    reporter.post("reports-return", step="reopen")
    night(1)
    night(2)
    report.refresh_from_db()
    assert report.assigned_to == colleague.account


def test_another_office_sees_neither_draws_nor_lists(agency: Officer, reporter: Reporter) -> None:
    reporter.report(WHAT)
    night(1)
    stranger = signed_in(officer(unit("prosecutor"), "nurlan"))
    draw = OfficerDraw.objects.get(unit=agency.unit)
    assert draw.pk not in stranger.get(reverse("reports-draws")).content.decode()
    for what in ("list", "lines", "seed"):
        assert stranger.get(reverse("reports-draw-file", args=[draw.pk, what])).status_code == 404


def test_a_quiet_night_leaves_the_same_lines_as_one_with_reports(agency: Officer, reporter: Reporter) -> None:
    night(1)
    night(2)
    quiet = Leaf.objects.filter(act__startswith="reports.draw").count()
    reporter.report(WHAT)
    night(3)
    assert Leaf.objects.filter(act__startswith="reports.draw").count() == quiet + 2
    assert quiet == 3
    assert OfficerDraw.objects.exclude(openings=b"").count() == 1
    assert {len(bytes(one.listed)) for one in OfficerDraw.objects.all()} == {16 * 65}
    shown = signed_in(agency).get(reverse("reports-draws")).content.decode()
    assert shown.count("list.txt</a>") == 3  # nights with reports and without


def test_more_reports_than_a_list_has_lines_bring_the_next_multiple() -> None:
    for count, lines in ((0, 16), (1, 16), (16, 16), (17, 32)):
        listed = list_of([f"chance{one} R{one} officer" for one in range(count)]).splitlines()
        assert (len(listed), len(set(listed))) == (lines, lines)
