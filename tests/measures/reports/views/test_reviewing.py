"""Who closed a report does nothing with it while another officer looks at it again, by whichever page."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from adaldyq.base.errors import DomainError
from adaldyq.kernel.actor import actor_of, system
from adaldyq.measures.reports.actions import cases, handling, rewards
from adaldyq.measures.reports.actions.protection import appoint_protector, claim_protection
from adaldyq.measures.reports.actions.reopening import reopen_report
from adaldyq.measures.reports.models import CaseRequest, ProtectionFile, Report, ReportTie, Reward
from adaldyq.measures.reports.queries import protection
from adaldyq.measures.reports.queries.reviewing import bound_to_leave
from adaldyq.measures.reports.views.quiet import NOBODY, beginning_of_today
from tests.measures.reports.many import Desk
from tests.measures.reports.office import Officer, officer

REFUSED = "You have closed this report before"
CASE, REWARD, TIE = "reports-case", "reports-reward", "reports-tie"


@pytest.fixture
def colleague(agency: Officer) -> Officer:
    """Another officer of the agency."""
    return officer(agency.unit, "bolat")


def closed(desk: Desk) -> Report:
    """A report of today that the officer of a desk has closed."""
    (report,) = desk.close(desk.acknowledge(desk.receive(1, timezone.now()), 0), 0, "no_breach")
    return report


@pytest.fixture
def report(agency: Officer, colleague: Officer) -> Report:
    """A report that the agency's first officer closed and its reporter opened again."""
    return reopen_report(report=closed(Desk(agency)), by=NOBODY, at=beginning_of_today())


def browser_of(one: Officer) -> Client:
    """An officer's browser."""
    found = Client()
    found.force_login(one.account)
    return found


def sent(one: Officer, route: str, report: Report, **answers: str) -> str:
    """Send the form of a step's page; the page that comes back, empty when the step was taken."""
    answer = browser_of(one).post(reverse(route, args=[report.pk]), answers)
    assert answer.status_code in {302, 409, 422}
    return answer.content.decode()


def with_ended_case(report: Report, one: Officer) -> None:
    """Let the case of a report be asked for by an officer and end."""
    register, at = system("register of cases"), timezone.now()
    request = cases.ask_case(reports=[report], by=actor_of(one.account), at=at)
    request = cases.open_case(request=request, case="17", day=at.date(), by=register, at=at)
    cases.end_case(request=request, day=at.date(), by=register, at=at)


def test_a_case_is_asked_for_by_another_officer(agency: Officer, colleague: Officer, report: Report) -> None:
    assert REFUSED in sent(agency, CASE, report)
    assert not CaseRequest.objects.exists()
    (own,) = Desk(agency).acknowledge(Desk(agency).receive(1, timezone.now()), 0)
    offered = browser_of(agency).get(reverse(CASE, args=[own.pk])).content.decode()
    assert report.pk not in offered
    assert not sent(colleague, CASE, report)
    assert CaseRequest.objects.count() == 1


def test_a_reward_is_proposed_by_another_officer(agency: Officer, colleague: Officer, report: Report) -> None:
    with_ended_case(report, colleague)
    answers: Mapping[str, str] = {"offence": "minor", "refusal": "", "ground": "judgment 17"}
    assert REFUSED in sent(agency, REWARD, report, **answers)
    with pytest.raises(DomainError, match="closed-by-you"):
        rewards.propose_reward(
            report=report, proposal=rewards.Proposal("minor", "1"), by=actor_of(agency.account), at=timezone.now()
        )
    assert not sent(colleague, REWARD, report, **answers)
    assert Reward.objects.get().proposed_by == colleague.account


def test_a_tie_that_would_give_it_away_is_made_by_another_officer(
    agency: Officer, colleague: Officer, report: Report
) -> None:
    (other,) = Desk(agency).receive(1, timezone.now())
    answers: Mapping[str, str] = {"number": other.pk, "kind": "duplicate", "reason": "event"}
    assert REFUSED in sent(agency, TIE, report, **answers)
    assert REFUSED in sent(agency, TIE, other, **{**answers, "number": report.pk})
    assert not ReportTie.objects.exists()
    assert not sent(colleague, TIE, report, **answers)
    assert ReportTie.objects.count() == 1


def test_its_protection_is_left_too_and_goes_on_with_another_officer(
    agency: Officer, colleague: Officer, report: Report
) -> None:
    letter = Desk(agency).letter
    claim_protection(report=report, may_ask=True, sealed=letter, enclosed=(), by=NOBODY, at=beginning_of_today())
    ProtectionFile.objects.update(protector=agency.account, state="taken")
    page = reverse("reports-protection", args=[report.pk])
    assert browser_of(agency).get(page).status_code == 404
    note = reverse("reports-protection-step", args=[report.pk, "support"])
    assert browser_of(agency).get(note).status_code == 404
    assert browser_of(colleague).get(page).status_code == 200
    with pytest.raises(DomainError, match="closed-by-them"):
        appoint_protector(report=report, to=agency.account, by=actor_of(colleague.account), at=timezone.now())


def test_no_step_is_offered_to_who_closed_it_and_all_are_to_the_other(
    agency: Officer, colleague: Officer, report: Report
) -> None:
    page = reverse("reports-report", args=[report.pk])
    routes = (CASE, TIE, "reports-delay", "reports-refer", "reports-bar", "reports-protection")
    for route in routes:
        link = f'href="{reverse(route, args=[report.pk])}"'
        assert link not in browser_of(agency).get(page).content.decode(), route
        assert link in browser_of(colleague).get(page).content.decode(), route


def test_who_closed_it_may_act_again_once_the_other_has_decided(
    agency: Officer, colleague: Officer, report: Report
) -> None:
    day, told = timezone.localdate(), handling.Sealed(Desk(agency).letter)
    assert bound_to_leave(report, day) == {agency.account.pk}
    assert not protection.may_see(actor_of(agency.account), report, None, day)
    handling.close_report(
        report=report, outcome="no_breach", message=told, by=actor_of(colleague.account), at=timezone.now()
    )
    assert not sent(agency, CASE, Report.objects.get(pk=report.pk))
