"""An application goes the steps of its procedure, is refused only for what the catalogue requires, and silence grants it once."""

from __future__ import annotations

import threading
from copy import copy
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection, connections

from adaldyq.base.errors import Conflict, DomainError, NotAllowed
from adaldyq.countries.permits import PaperFact
from adaldyq.kernel import naming
from adaldyq.kernel.actor import actor_of
from adaldyq.kernel.deadlines import days
from adaldyq.kernel.deadlines.clock import tick
from adaldyq.kernel.deadlines.days import end_of, later
from adaldyq.kernel.deadlines.queries import of_subject
from adaldyq.kernel.models import Account, Deadline
from adaldyq.kernel.roles import Role
from adaldyq.ledger.models import Leaf
from adaldyq.measures.permits.actions import appealing, applying, handling
from adaldyq.measures.permits.actions.deciding import end_version
from adaldyq.measures.permits.actions.deeming import put_off_all
from adaldyq.measures.permits.domain.applying import DOCUMENT, REQUIREMENT, Cited
from adaldyq.measures.permits.models import PermitApplication, PermitEntry, PermitLicence
from adaldyq.measures.permits.states import GRANTED, PAUSED, REFUSED, RETURNED, UNDER_WAY
from tests import factories
from tests.factories import BY
from tests.measures.permits.applying import (
    AT,
    DAY,
    GROUND,
    applicant,
    company,
    decider,
    draft,
    drawn,
    fresh,
    officers,
    opened,
    sent,
    step,
    verified,
    verifier,
)
from tests.measures.permits.entries import spoken

pytestmark = pytest.mark.django_db


def code(call: Any) -> str:
    """The code of what a call refuses."""
    with pytest.raises(DomainError) as refused:
        call()
    return refused.value.code


def test_who_verifies_and_who_decides_are_drawn_and_the_licence_follows() -> None:
    of = opened()
    officers(of.body, "a", "b", "c")
    one = drawn(sent(of, applicant()))
    assert one.verifier_id
    assert one.decider_id
    others = {"a", "b", "c"} - {one.verifier.username, one.decider.username}  # type: ignore[union-attr]  # drawn above
    third = actor_of(Account.objects.get(username=others.pop()))
    for stranger in (third, decider(one)):
        with pytest.raises(NotAllowed):
            step(one, "complete", stranger)
    one = verified(one)
    with pytest.raises(NotAllowed):
        step(one, "grant", verifier(one))
    one = step(one, "grant", decider(one), conditions=["Keep the kitchen clean"])
    licence = PermitLicence.objects.get(application=one)
    assert (one.state, licence.holder_name, licence.conditions) == (GRANTED, "«Нан» ЖШС", ["Keep the kitchen clean"])
    assert licence.valid_until == date(2026, 9, 21)
    assert set(of_subject(one).values_list("state", flat=True)) == {"met"}
    assert Leaf.objects.filter(act="permits.licence.issue").count() == 1


def test_nobody_is_refused_without_a_requirement_of_the_catalogue() -> None:
    of = opened()
    officers(of.body)
    one = verified(drawn(sent(of, applicant())))
    for grounds, expected in (
        ((), "permit-ground-missing"),
        ((Cited(REQUIREMENT, 7, "x"),), "permit-ground-unknown"),
        ((Cited(DOCUMENT, 0, "x"),), "permit-ground-unknown"),
        ((Cited(REQUIREMENT, 0, " "),), "permit-ground-words"),
    ):
        assert code(lambda grounds=grounds: step(one, "refuse", decider(one), grounds=grounds)) == expected
    assert fresh(one).state == UNDER_WAY
    one = step(one, "refuse", decider(one), grounds=GROUND, words="See the ground")
    assert one.grounds == [{"kind": REQUIREMENT, "place": 0, "words": "There is no kitchen"}]
    assert not PermitLicence.objects.exists()


def test_all_defects_stand_in_one_notice_and_nobody_is_sent_back_for_another() -> None:
    of, who = opened(requirements=[spoken("A kitchen"), spoken("A cook")]), applicant()
    officers(of.body)
    one = drawn(sent(of, who))
    assert code(lambda: step(one, "incomplete", verifier(one))) == "permit-defect-missing"
    back = step(one, "incomplete", verifier(one), defects=(Cited(REQUIREMENT, 0, "No plan of the kitchen"),))
    assert back.state == RETURNED
    again = drawn(sent(of, who, AT + DAY / 12, previous=back), AT + DAY / 12)
    late = (Cited(REQUIREMENT, 1, "No diploma"),)
    assert code(lambda: step(again, "incomplete", verifier(again), defects=late)) == "permit-defect-late"
    assert fresh(again).state == UNDER_WAY


def test_what_registers_hold_is_not_asked_for_and_what_is_missing_keeps_it_from_being_sent() -> None:
    papers = [PaperFact(spoken("Registration"), "company"), PaperFact(spoken("Premises"), "land_register")]
    of, who = opened(documents=papers), applicant()
    one = draft(of, who)
    actor = actor_of(who)
    assert code(lambda: applying.send_application(application=one, by=actor, at=AT)) == "permit-incomplete"
    paper: dict[str, Any] = {"name": "plan.txt", "content": b"A plan", "by": actor, "at": AT}
    assert code(lambda: applying.add_paper(application=one, place=0, **paper)) == "declared-not-offered"
    applying.add_paper(application=one, place=1, **paper)
    done = applying.send_application(application=one, by=actor, at=AT)
    assert [line[1] for line in done.held[0]["lines"]][:2] == ["«Нан» ЖШС", "190140000017"]
    with pytest.raises(Conflict):
        applying.send_application(application=one, by=actor, at=AT)


def test_nobody_applies_for_what_was_abolished_nor_for_a_company_of_others() -> None:
    of, who = opened(), applicant()
    foreign = company(None, "Other", "190140000025")
    wanted = applying.Wanted(of, f"company:{foreign.pk}")
    with pytest.raises(NotAllowed):
        applying.begin_application(wanted=wanted, by=actor_of(who), at=AT)
    one = draft(of, who)
    end_version(of, AT.date())
    PermitEntry.objects.filter(pk=of.pk).update(state="abolished", ended_date=AT.date())
    assert (
        code(lambda: applying.begin_application(wanted=applying.Wanted(of), by=actor_of(who), at=AT))
        == "permit-abolished"
    )
    assert code(lambda: applying.send_application(application=one, by=actor_of(who), at=AT)) == "permit-abolished"
    assert PermitApplication.objects.get().state == "draft"


def test_an_officer_with_a_conflict_is_not_drawn_and_does_not_act() -> None:
    of, who = opened(), applicant()
    officers(of.body, "a", "b", "c")
    kin = factories.person(("Ағасы Серік",))
    assert who.person is not None
    factories.family_tie(kin, who.person, "sibling")
    Account.objects.filter(username="a").update(person=kin)
    one = drawn(sent(of, who))
    names = {one.verifier.username, one.decider.username}  # type: ignore[union-attr]  # they were drawn
    assert names == {"b", "c"}
    biased = Account.objects.get(username="a")
    PermitApplication.objects.filter(pk=one.pk).update(verifier=biased)
    assert code(lambda: step(one, "complete", actor_of(biased))) == "permit-conflict"


def test_days_stop_for_listed_causes_only_and_the_applicant_lets_them_go_on() -> None:
    of, who = opened(), applicant()
    officers(of.body)
    one = drawn(sent(of, who))
    pause: dict[str, Any] = {"application": one, "words": "Show the kitchen", "by": verifier(one), "at": AT + DAY}
    assert code(lambda: handling.pause_application(cause="holiday", **pause)) == "permit-cause-unlisted"
    assert code(lambda: handling.pause_application(cause="court", **{**pause, "words": ""})) == "reason-missing"
    one = handling.pause_application(cause="applicant_owes", **pause)
    assert (one.state, one.due_date) == (PAUSED, None)
    tick(at=AT + 90 * DAY)
    assert fresh(one).state == PAUSED
    one = handling.resume_application(application=one, words="Come tomorrow", by=actor_of(who), at=AT + 90 * DAY)
    assert one.due_date == later((AT + 90 * DAY).date(), 14, working=True)
    assert set(of_subject(one).values_list("state", flat=True)) == {"running"}


def test_silence_grants_once_also_when_the_clock_is_killed_or_runs_twice() -> None:
    of, who = opened(), applicant()
    one = sent(of, who)
    assert one.due_date is not None
    at = end_of(one.due_date)
    tick(at=at - timedelta(seconds=1))
    assert fresh(one).state == UNDER_WAY
    states = Deadline.objects.filter(subject_id=one.pk).values_list("state", flat=True)
    assert set(states) == {"running", "missed"}  # completeness was answered by silence, nobody has verified
    tick(at=at)
    tick(at=at + timedelta(minutes=5))
    done = fresh(one)
    assert (done.state, done.deemed, PermitLicence.objects.filter(application=one, deemed=True).count()) == (
        GRANTED,
        True,
        1,
    )
    assert Leaf.objects.filter(act="permits.application.deem").count() == 1


def test_where_silence_is_no_consent_the_day_passes_and_the_late_decision_shows() -> None:
    of = opened(silence_is_consent=False)
    officers(of.body)
    one = drawn(sent(of, applicant()))
    tick(at=AT + 60 * DAY)
    assert fresh(one).state == UNDER_WAY
    checked = step(one, "meets", verifier(one), AT + 61 * DAY)  # that it is complete was said by silence
    late = step(checked, "grant", decider(one), AT + 61 * DAY)
    assert late.state == GRANTED
    assert of_subject(late).get(name="permit_application").state == "met_late"


def test_a_holiday_that_is_declared_later_puts_the_last_day_off(monkeypatch: pytest.MonkeyPatch) -> None:
    one = sent(opened(), applicant())
    assert one.due_date is not None
    before = one.due_date
    declare(monkeypatch, before)
    tick(at=end_of(before))  # the clock comes first: nothing is granted on a day that moved
    assert fresh(one).state == UNDER_WAY
    assert put_off_all(by=BY, at=end_of(before)) == 1
    after = fresh(one).due_date
    assert after is not None
    assert after > before
    tick(at=end_of(after) - timedelta(seconds=1))
    assert fresh(one).state == UNDER_WAY
    tick(at=end_of(after))
    assert fresh(one).deemed


def declare(monkeypatch: pytest.MonkeyPatch, day: date) -> None:
    """Let the pack's calendar have one more holiday."""
    pack = naming.pack()
    other = copy(pack)
    other.__dict__["calendar"] = pack.calendar.declare([day])
    monkeypatch.setattr(days, "pack", lambda: other)


def test_an_appeal_goes_to_another_body_within_its_days_and_overturns() -> None:
    of, who = opened(), applicant()
    officers(of.body)
    hears = actor_of(factories.account("hears", Role.REVIEWER))
    one = verified(drawn(sent(of, who)))
    one = step(one, "refuse", decider(one), grounds=GROUND)
    taken = appealing.appeal(application=one, words="There is a kitchen", by=actor_of(who), at=AT + DAY)
    decide: dict[str, Any] = {"application": taken, "words": "Seen", "overturned": True, "at": AT + 2 * DAY}
    with pytest.raises(NotAllowed):
        appealing.decide_appeal(**{**decide, "by": decider(one)})
    done = appealing.decide_appeal(**{**decide, "by": hears})
    assert (done.state, PermitLicence.objects.get().application_id) == (GRANTED, one.pk)
    with pytest.raises(Conflict):
        appealing.decide_appeal(**{**decide, "by": hears})


def test_whoever_appeals_after_the_last_day_is_told_when_it_was() -> None:
    of, who = opened(), applicant()
    officers(of.body)
    one = verified(drawn(sent(of, who)))
    one = step(one, "refuse", decider(one), grounds=GROUND)
    late: dict[str, Any] = {"application": one, "words": "There is", "by": actor_of(who), "at": AT + 200 * DAY}
    assert code(lambda: appealing.appeal(**late)) == "permit-appeal-late"
    assert fresh(one).state == REFUSED


def test_whoever_applies_takes_it_back_and_nothing_follows() -> None:
    of, who = opened(), applicant()
    one = sent(of, who)
    with pytest.raises(NotAllowed):
        applying.withdraw_application(application=one, words="", by=actor_of(applicant("other")), at=AT)
    applying.withdraw_application(application=one, words="Too late", by=actor_of(who), at=AT)
    tick(at=AT + 90 * DAY)
    assert (fresh(one).state, PermitLicence.objects.count()) == ("withdrawn", 0)


@pytest.mark.django_db(transaction=True)
def test_two_clocks_at_once_grant_once() -> None:
    one = sent(opened(), applicant())
    assert one.due_date is not None
    at, faults = end_of(one.due_date), list[Exception]()

    def run() -> None:
        try:
            tick(at=at)
        except Exception as fault:  # noqa: BLE001  # shown below
            faults.append(fault)
        finally:
            connections.close_all()

    clocks = [threading.Thread(target=run) for _each in range(2)]
    for clock in clocks:
        clock.start()
    for clock in clocks:
        clock.join()
    tick(at=at + timedelta(minutes=1))  # one that lost to the other's lock looks again
    assert (fresh(one).deemed, PermitLicence.objects.count()) == (True, 1)
    assert connection.vendor in {"sqlite", "postgresql"}
    assert not [fault for fault in faults if "locked" not in str(fault)]
