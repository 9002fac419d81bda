"""Nobody deals with what they gain from, with whichever account, and nobody picks an officer by giving applications back."""

from __future__ import annotations

import html
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from adaldyq.countries.permits import PaperFact
from adaldyq.kernel import naming
from adaldyq.kernel.actions.mandates import grant_mandate, withdraw_mandate
from adaldyq.kernel.actor import actor_of
from adaldyq.kernel.deadlines.clock import tick
from adaldyq.kernel.deadlines.days import end_of
from adaldyq.kernel.models import Account, Body, Company, Notification, Person
from adaldyq.kernel.roles import Role
from adaldyq.ledger.sequencer import sequence
from adaldyq.measures.permits.actions import applying
from adaldyq.measures.permits.actions.drawing import draw_all
from adaldyq.measures.permits.actions.handling import CAUSES
from adaldyq.measures.permits.actions.procedures import publish_procedure
from adaldyq.measures.permits.actions.redrawing import drop_all
from adaldyq.measures.permits.domain.procedures import checked
from adaldyq.measures.permits.models import PermitApplication, PermitDraw, PermitEntry, PermitLicence
from tests import factories
from tests.factories import BY
from tests.measures.permits.applying import (
    AT,
    DAY,
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
from tests.measures.permits.entries import entry, spoken
from tests.measures.permits.test_procedures import content

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
CONFLICT = "You must not deal with this"


@pytest.fixture(autouse=True)
def on_that_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """The day on which the application is sent."""
    monkeypatch.setattr(timezone, "now", lambda: AT)


def browser(account: Account | str) -> Client:
    """A browser of somebody."""
    found = Client()
    found.force_login(account if isinstance(account, Account) else Account.objects.get(username=account))
    return found


def answer(account: Account | str, one: PermitApplication, **said: Any) -> tuple[int, str]:
    """What a page says to somebody who answers the step of an application."""
    done = browser(account).post(f"/en/permits/applications/{one.pk}/do/step/", said)
    return done.status_code, html.unescape(done.content.decode())


def person_of(username: str) -> Person:
    """Somebody who has an account of an officer."""
    person = factories.person(("Ағасы Серік",))
    Account.objects.filter(username=username).update(person=person)
    return person


def names(one: PermitApplication) -> set[str]:
    """Who was drawn."""
    return {each.username for each in (fresh(one).verifier, fresh(one).decider) if each is not None}


def with_partner() -> tuple[PermitEntry, Body]:
    """An entry about which another body is asked to agree, and that body."""
    asked = content()
    asked["participants"].append({"id": "partner", "names": spoken("Partner"), "side": "official", "body": "Серіктес"})
    steps = {one["id"]: one for one in asked["steps"]}
    steps["completeness"]["answers"][0]["to"], steps["verify"]["days"] = "agree", 4
    agrees = [{"id": one, "names": spoken(one), "to": "verify"} for one in ("agreed", "opposed")]
    asked["steps"].insert(
        1,
        {"id": "agree", "names": spoken("Agreement"), "by": "partner", "days": 3, "appeal": "appeal", "silence": "agreed",
         "answers": agrees},
    )  # fmt: skip
    made, partner = entry(fee=0, documents=[]), factories.body("Серіктес")
    publish_procedure(entry=made, procedure=checked(asked), by=BY, at=datetime(2025, 9, 20, 9, tzinfo=UTC))
    return made, partner


def complete(of: PermitEntry, who: Account) -> PermitApplication:
    """An application that another body is asked about."""
    one = drawn(sent(of, who))
    return step(one, "complete", verifier(one))


@pytest.mark.parametrize("withdrawn", [False, True])
def test_whoever_may_act_for_the_applicant_is_not_drawn_also_once_the_mandate_has_ended(withdrawn: bool) -> None:
    of, who = opened(), applicant()
    firm = company(who.person)
    officers(of.body, "a", "b")
    mandate = grant_mandate(representative=person_of("a"), by=actor_of(who), company=firm, at=AT)
    one = sent(of, who)
    if withdrawn:
        withdraw_mandate(mandate=mandate, by=actor_of(who), at=AT)
    assert names(drawn(one, AT + DAY)) == {"b"}


def test_whoever_wrote_it_does_not_deal_with_it_under_the_account_of_the_office() -> None:
    of, head, rep = opened(), applicant(), applicant("representative")
    firm = company(head.person)
    officers(of.body, "a", "b")
    assert rep.person is not None
    mandate = grant_mandate(representative=rep.person, by=actor_of(head), company=firm, at=AT - DAY)
    withdraw_mandate(mandate=mandate, by=actor_of(head), at=AT - DAY)
    one = sent(of, head)
    PermitApplication.objects.filter(pk=one.pk).update(owner=rep)
    Account.objects.filter(username="a").update(person=rep.person)
    assert names(drawn(fresh(one))) == {"b"}


@pytest.mark.parametrize("heads", [True, False])
def test_an_officer_of_another_body_who_stands_for_the_applicant_agrees_to_nothing(heads: bool) -> None:
    of, partner = with_partner()
    who = applicant()
    firm = company(who.person)
    officers(of.body, "a", "b")
    officers(partner, "p")
    if heads:
        Account.objects.filter(username="p").update(person=who.person)
    else:
        grant_mandate(representative=person_of("p"), by=actor_of(who), company=firm, at=AT)
    one = complete(of, who)
    status, page = answer("p", one, answer="agreed")
    assert (status, CONFLICT in page, fresh(one).step) == (403, True, "agree")


def test_who_comes_to_stand_for_the_applicant_after_the_draw_returns_nothing_on_the_page_of_many() -> None:
    of, who = opened(), applicant()
    company(who.person)
    officers(of.body, "a", "b", "c")
    one = drawn(sent(of, who))
    Account.objects.filter(pk=one.verifier_id).update(person=who.person)
    many = {"what": "return", "applications": [one.pk], "defect": f"{one.version_id}:requirement:0", "words": "No page"}
    told = browser(verifier_name(one)).post("/en/permits/inbox/together/", many)
    assert CONFLICT in html.unescape(told.content.decode())
    assert fresh(one).state == "under_way"


def test_a_person_with_two_accounts_holds_one_key() -> None:
    of, who = opened(), applicant()
    officers(of.body, "a", "b")
    person = factories.person(("Екі есепті",))
    Account.objects.filter(username__in=("a", "b")).update(person=person)
    one = drawn(sent(of, who))
    assert len(names(one)) == 1
    other = Account.objects.exclude(pk=one.verifier_id).get(username__in=("a", "b"))
    PermitApplication.objects.filter(pk=one.pk).update(decider=other)
    status, page = answer(other, verified(one), answer="grant")
    assert (status, "You verified it" in page, fresh(one).state) == (403, True, "under_way")


def test_an_officer_of_two_bodies_agrees_for_one_or_decides_for_the_other() -> None:
    of, partner = with_partner()
    officers(of.body, "a", "b")
    officers(partner, "p")
    for name in ("a", "b"):
        factories.grant(Account.objects.get(username=name), Role.LICENSING_OFFICER, body=partner)
    one = complete(of, applicant())
    status, page = answer(decider_name(one), one, answer="agreed")
    assert (status, "for another body" in page, fresh(one).step) == (403, True, "agree")
    assert answer("p", one, answer="agreed")[0] == 302
    factories.grant(Account.objects.get(username="p"), Role.LICENSING_OFFICER, body=of.body)
    PermitApplication.objects.filter(pk=one.pk).update(verifier=Account.objects.get(username="p"))
    assert answer("p", one, answer="meets")[0] == 403
    PermitApplication.objects.filter(pk=one.pk).update(verifier=None)
    assert "p" not in names(drawn(one, AT + HOUR))


def test_an_officer_who_comes_to_gain_is_told_why_and_another_is_drawn_within_the_hour() -> None:
    of, who = opened(), applicant()
    officers(of.body, "a", "b", "c")
    one = drawn(sent(of, who))
    had = verifier_name(one)
    Company.objects.filter(head=who.person).update(head=person_of(had))
    page = browser(had).get(f"/en/permits/applications/{one.pk}/")
    assert (page.status_code, CONFLICT in html.unescape(page.content.decode())) == (200, True)
    status, refused = answer(had, one, answer="complete")
    assert (status, CONFLICT in refused) == (403, True)
    draw_all(by=BY, at=AT + HOUR)
    assert (fresh(one).verifier, fresh(one).decider_id, PermitDraw.objects.filter(drawn_at=None).count()) == (
        None, one.decider_id, 1,
    )  # fmt: skip
    sequence(at=AT + HOUR)
    draw_all(by=BY, at=AT + 2 * HOUR)
    assert names(one) == {"a", "b", "c"} - {had}
    assert one.events.get(happened="redrawn").account is None


def test_looking_for_officers_who_gain_asks_as_many_questions_however_many_applications_there_are() -> None:
    of, who = opened(), applicant()
    officers(of.body, "a", "b", "c")
    drawn(sent(of, who))
    with CaptureQueriesContext(connection) as few:
        assert drop_all(by=BY, at=AT) == 0
    for hour in range(1, 6):
        drawn(sent(of, who, AT + hour * HOUR), AT + hour * HOUR)
    with CaptureQueriesContext(connection) as many:
        assert drop_all(by=BY, at=AT) == 0
    assert len(many) == len(few)


def test_one_officer_gives_an_application_back_once_and_not_when_nobody_is_left() -> None:
    of = opened()
    officers(of.body, "a", "b", "c", "d")
    one = drawn(sent(of, applicant()))
    assert "Not done" not in give_back("a", one)
    drawn(one, AT + HOUR)
    had = fresh(one).verifier
    assert "given it back to the draw once" in give_back("a", one)
    assert fresh(one).verifier == had
    assert "Not done" not in give_back("b", one)
    drawn(one, AT + 2 * HOUR)
    assert "find no other officer" in give_back("c", one)
    assert None not in (fresh(one).verifier, fresh(one).decider)


def test_of_two_officers_neither_leaves_an_application_to_silence() -> None:
    of = opened()
    officers(of.body, "a", "b")
    one = drawn(sent(of, applicant()))
    assert "find no other officer" in give_back("a", one)
    assert names(one) == {"a", "b"}
    tick(at=AT + HOUR)
    assert step(one, "complete", verifier(one)).step == "verify"


def give_back(username: str, one: PermitApplication) -> str:
    """What the page says to an officer who gives an application back to the draw."""
    sending = {"what": "redraw", "applications": [one.pk], "words": "On leave"}
    return html.unescape(browser(username).post("/en/permits/inbox/together/", sending).content.decode())


def test_an_applicant_takes_the_step_that_the_procedure_gives_them() -> None:
    shows = content()
    shows["participants"].append({"id": "applicant", "names": spoken("Applicant"), "side": "applicant"})
    answers = [{"id": "shown", "names": spoken("Shown"), "to": "verify"}]
    shown = {"id": "show", "names": spoken("Show the premises"), "by": "applicant", "days": 5, "answers": answers}
    next(one for one in shows["steps"] if one["id"] == "completeness")["answers"][0]["to"] = "show"
    shows["steps"].insert(1, shown)
    made, who = entry(fee=0, documents=[]), applicant()
    publish_procedure(entry=made, procedure=checked(shows), by=BY, at=datetime(2025, 9, 20, 9, tzinfo=UTC))
    officers(made.body, "a", "b")
    one = complete(made, who)
    page = browser(who).get(f"/en/permits/applications/{one.pk}/").content.decode()
    assert f"/en/permits/applications/{one.pk}/do/step/" in page
    assert answer(verifier_name(one), one, answer="shown")[0] == 403
    assert answer(who, one, answer="shown")[0] == 302
    assert fresh(one).step == "verify"


def verifier_name(one: PermitApplication) -> str:
    """Who was drawn to verify."""
    return one.verifier.username if one.verifier else ""


def decider_name(one: PermitApplication) -> str:
    """Who was drawn to decide."""
    return one.decider.username if one.decider else ""


def alone() -> tuple[PermitEntry, PermitApplication, Account]:
    """An application whose only officer has come to gain from it, and the head of the body."""
    of, who = opened(documents=[PaperFact(spoken("Plan"), "")]), applicant()
    officers(of.body, "a")
    head = factories.account("head")
    factories.grant(head, Role.HEAD, body=of.body)
    one = draft(of, who)
    applying.add_paper(application=one, place=0, name="plan.txt", content=b"A plan", by=actor_of(who), at=AT)
    one = drawn(applying.send_application(application=one, by=actor_of(who), at=AT))
    Company.objects.filter(head=who.person).update(head=person_of("a"))
    return of, one, head


def test_the_head_is_told_at_once_when_nobody_may_decide_and_silence_is_seen() -> None:
    _of, one, head = alone()
    draw_all(by=BY, at=AT + HOUR)
    assert fresh(one).verifier is None
    [told] = Notification.objects.filter(account=head, message="permit-nobody")
    assert told.parameters == {"number": one.number}
    draw_all(by=BY, at=AT + 2 * HOUR)
    assert Notification.objects.filter(message="permit-nobody").count() == 1
    assert "Nobody may decide this" in browser("a").get("/en/permits/inbox/").content.decode()
    listed = html.unescape(browser("head").get("/en/permits/unheld/").content.decode())
    assert (str(one.number) in listed, "Nobody may decide" in listed) == (True, True)
    factories.grant(factories.account("stranger-head"), Role.HEAD, body=factories.body("Өзге"))
    assert str(one.number) not in browser("stranger-head").get("/en/permits/unheld/").content.decode()
    assert one.due_date is not None
    tick(at=end_of(one.due_date))
    assert (fresh(one).state, fresh(one).deemed) == ("granted", True)
    assert one.events.filter(happened="nobody").count() == 1


def test_a_body_without_any_officer_is_seen_in_the_first_hour() -> None:
    of = opened()
    head = factories.account("head")
    factories.grant(head, Role.HEAD, body=of.body)
    sent(of, applicant())
    draw_all(by=BY, at=AT + HOUR)
    assert Notification.objects.filter(account=head, message="permit-nobody").count() == 1


def test_the_head_names_a_body_and_chance_an_officer_of_it() -> None:
    of, one, _head = alone()
    other = factories.body("Көрші орган")
    officers(other, "p", "q")
    chosen = browser("head")
    officers(factories.body("Бөтен орган"), "stranger")
    address = f"/en/permits/unheld/{one.pk}/"
    said = {"body": other.pk, "words": "They know the matter"}
    assert browser("head").post(address, said).status_code == 404
    draw_all(by=BY, at=AT + HOUR)
    assert browser("a").post(address, said).status_code == 403
    own = browser("head").post(address, {"body": of.body.pk, "words": "Ours"})
    assert (own.status_code, fresh(one).lent_to) == (422, None)
    two = chosen.post(address, said)
    assert (two.status_code, "to choose the person" in two.content.decode()) == (422, True)
    officers(other, "r")
    assert chosen.post(address, said).status_code == 302
    assert (fresh(one).lent_to, fresh(one).nobody_at) == (other, None)
    sequence(at=AT + HOUR)
    draw_all(by=BY, at=AT + 2 * HOUR)
    sequence(at=AT + 2 * HOUR)
    draw_all(by=BY, at=AT + 3 * HOUR)
    assert (len(names(one)), names(one) < {"p", "q", "r"}) == (2, True)
    assert str(one.number) in browser(verifier_name(fresh(one))).get("/en/permits/inbox/").content.decode()
    verified_by, decides = verifier(fresh(one)), decider(fresh(one))
    check_papers_and_days(one, verifier_name(fresh(one)))
    whole = step(one, "complete", verified_by, AT + 3 * HOUR)
    whole = step(whole, "meets", verified_by, AT + 3 * HOUR)
    done = step(whole, "grant", decides, AT + 3 * HOUR)
    assert (done.state, PermitLicence.objects.get().body) == ("granted", of.body)


def check_papers_and_days(one: PermitApplication, drawn_officer: str) -> None:
    """An officer of a body that was named reads the papers, and stops the days and lets them go on, as one of its own would."""
    desk, address = browser(drawn_officer), f"/en/permits/applications/{one.pk}/"
    file = reverse("desk-file", args=[one.papers.get().upload_id])
    page = desk.get(address).content.decode()
    assert (file in page, f"{address}do/pause/" in page) == (True, True)
    assert (desk.get(file).status_code, browser("stranger").get(file).status_code) == (200, 404)
    stopped = desk.post(f"{address}do/pause/", {"cause": min(naming.pack().codes[CAUSES]), "words": "The plan is torn"})
    assert (stopped.status_code, fresh(one).state) == (302, "paused")
    reminded = desk.post("/en/permits/inbox/together/", {"what": "remind", "applications": [one.pk]})
    assert (reminded.status_code, one.events.filter(happened="reminded").count()) == (200, 1)
    assert f"{address}do/resume/" in desk.get(address).content.decode()
    assert desk.post(f"{address}do/resume/", {"words": "It is whole"}).status_code == 302
    assert fresh(one).state == "under_way"
