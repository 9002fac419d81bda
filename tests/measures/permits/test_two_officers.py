"""What is done about a licence is done by nobody who gains from it, and an appeal is heard by nobody of the body that decided."""

from __future__ import annotations

import html
import re
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from adaldyq.countries.permits import PermitKind
from adaldyq.kernel.actions.mandates import grant_mandate
from adaldyq.kernel.actor import actor_of
from adaldyq.kernel.deadlines.days import later
from adaldyq.kernel.deadlines.queries import of_subject
from adaldyq.kernel.models import Account, Notification
from adaldyq.kernel.roles import Role
from adaldyq.measures.permits.actions import appealing, licensing
from adaldyq.measures.permits.actions.licensing import Order
from adaldyq.measures.permits.actions.procedures import publish_procedure
from adaldyq.measures.permits.domain.applying import REQUIREMENT, Cited
from adaldyq.measures.permits.domain.procedures import checked
from adaldyq.measures.permits.models import PermitApplication, PermitEntry, PermitLicence
from adaldyq.measures.permits.queries.licences import PROPOSED
from tests import factories
from tests.factories import BY
from tests.measures.permits.applying import (
    AT,
    DAY,
    GROUND,
    applicant,
    company,
    decider,
    drawn,
    fresh,
    granted,
    officers,
    opened,
    sent,
    step,
    verified,
    verifier,
)
from tests.measures.permits.entries import entry, spoken
from tests.measures.permits.test_conflicts import CONFLICT, browser, complete, person_of, with_partner
from tests.measures.permits.test_linting import noted_at_once
from tests.measures.permits.test_procedures import content

pytestmark = pytest.mark.django_db
OTHER = "190140000025"


@pytest.fixture(autouse=True)
def on_that_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """The day on which everything is done."""
    monkeypatch.setattr(timezone, "now", lambda: AT)


def licensed() -> tuple[Account, PermitLicence]:
    """A licence that officers a and b issued, of a third company; and who heads that one."""
    of, who = opened(), applicant()
    officers(of.body, "a", "b", "c")
    return who, PermitLicence.objects.get(application=granted(of, who))


def do(username: str, licence: PermitLicence, act: str, **said: str) -> tuple[int, str]:
    """What the page says to an officer who does something about a licence; the licence is then as it stands."""
    client: Client = browser(username)
    asked = licence.events.filter(happened=PROPOSED).order_by("-at", "-pk").first() if act == "confirm" else None
    seen = {"proposal": asked.pk} if asked else {}
    page = f"/en/permits/licences/{licence.number}/do/{act}/"
    told = client.post(page, {"act_number": "8", "ground": "Seen", **seen, **said})
    licence.refresh_from_db()
    return told.status_code, html.unescape(told.content.decode())


@pytest.mark.parametrize("heads", [True, False])
def test_an_officer_decides_nothing_about_a_licence_of_those_for_whom_they_stand(heads: bool) -> None:
    who, licence = licensed()
    licensing.suspend_licence(
        licence=licence, order=Order("Dirt", "7"), by=actor_of(Account.objects.get(username="c")), at=AT
    )
    licence.refresh_from_db()
    if heads:
        Account.objects.filter(username="a").update(person=who.person)
    else:
        grant_mandate(representative=person_of("a"), by=actor_of(who), company=licence.company, at=AT)
    for act in ("restore", "revoke"):
        status, page = do("a", licence, act)
        assert (status, CONFLICT in page, licence.state) == (422, True, "suspended"), act
    assert (do("b", licence, "restore")[0], licence.state) == (302, "valid")
    assert (do("a", licence, "suspend")[0], licence.state) == (422, "valid")


def test_no_officer_gives_a_licence_to_a_company_of_their_own() -> None:
    _who, licence = licensed()
    company(person_of("a"), "Mine", OTHER)
    status, page = do("a", licence, "transfer", company=OTHER)
    assert (status, CONFLICT in page, licence.events.filter(happened="transfer_proposed").exists()) == (
        422,
        True,
        False,
    )
    assert do("b", licence, "transfer", company=OTHER)[0] == 302
    assert (do("a", licence, "confirm")[0], licence.state) == (422, "valid")


def test_a_licence_goes_to_another_company_when_two_officers_say_so() -> None:
    who, licence = licensed()
    company(None, "«Су» ЖШС", OTHER)
    assert do("a", licence, "confirm")[0] == 403
    assert do("a", licence, "transfer", company=OTHER)[0] == 302
    assert licence.state == "valid"
    assert Notification.objects.filter(account=who, message="licence-transfer-proposed").count() == 1
    assert (
        "Transfer to another company proposed"
        in browser("a").get(f"/en/permits/licences/{licence.number}/").content.decode()
    )
    assert do("a", licence, "confirm")[0] == 403
    assert (do("b", licence, "confirm")[0], licence.state) == (302, "transferred")
    assert licence.successor is not None
    assert licence.successor.holder_name == "«Су» ЖШС"
    assert licence.events.get(happened="transferred").act_number == "8"


def test_a_second_officer_confirms_the_transfer_that_they_saw() -> None:
    _who, licence = licensed()
    company(None, "«Су» ЖШС", OTHER)
    company(None, "«От» ЖШС", "190140000099")
    do("a", licence, "transfer", company=OTHER)
    shown = browser("b").get(f"/en/permits/licences/{licence.number}/do/confirm/").content.decode()
    [seen] = re.findall(r'name="proposal" value="([^"]+)"', shown)
    licence.events.filter(happened=PROPOSED).update(at=AT - timedelta(minutes=1))  # the clock of this test stands still
    do("a", licence, "transfer", company="190140000099")
    status, _page = do("b", licence, "confirm", proposal=seen)
    assert (status, licence.state) == (409, "valid")
    assert (do("b", licence, "confirm")[0], licence.state) == (302, "transferred")
    assert licence.successor is not None
    assert licence.successor.holder_name == "«От» ЖШС"


def test_what_has_happened_since_ends_a_proposal() -> None:
    _who, licence = licensed()
    company(None, "«Су» ЖШС", OTHER)
    do("a", licence, "transfer", company=OTHER)
    do("c", licence, "suspend")
    do("c", licence, "restore")
    assert (do("b", licence, "confirm")[0], licence.state) == (403, "valid")


def appealed(of: PermitEntry) -> PermitApplication:
    """An application that was refused and appealed about."""
    who = applicant()
    officers(of.body, "a", "b")
    one = verified(drawn(sent(of, who)))
    one = step(one, "refuse", decider(one), grounds=GROUND)
    return appealing.appeal(application=one, words="There is a kitchen", by=actor_of(who), at=AT)


def heard(one: PermitApplication) -> tuple[int, str]:
    """What becomes of an appeal that the reviewer decides on the page."""
    said = {"answer": "uphold", "words": "It stands"}
    told = browser("hears").post(f"/en/permits/applications/{one.pk}/do/hear/", said)
    return told.status_code, fresh(one).state


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.HEAD])
def test_nobody_with_a_role_in_the_body_that_decided_hears_the_appeal(role: Role) -> None:
    of = opened()
    account = factories.account("hears", Role.REVIEWER)
    one = appealed(of)
    if role is Role.REVIEWER:
        account.grants.all().delete()
    factories.grant(account, role, body=of.body)
    status, state = heard(one)
    assert (status in {403, 404}, state) == (True, "appealed")


def test_nobody_with_a_post_in_the_body_that_decided_hears_the_appeal_under_any_account() -> None:
    of = opened()
    factories.account("hears", Role.REVIEWER)
    one = appealed(of)
    factories.appointment(person_of("hears"), factories.post(of.body))
    assert heard(one) == (404, "appealed")


def test_a_reviewer_of_an_unrelated_body_hears_no_appeal_and_one_of_the_country_does() -> None:
    of = opened()
    district = factories.account("hears")
    factories.grant(district, Role.REVIEWER, body=factories.body("Аудан"))
    one = appealed(of)
    assert heard(one) == (404, "appealed")
    assert str(one.number) not in browser("hears").get("/en/permits/inbox/").content.decode()
    factories.grant(district, Role.REVIEWER)
    assert heard(one) == (302, "upheld")


def test_the_body_that_the_procedure_names_hears_the_appeal() -> None:
    named, made, hearer = content(), entry(fee=0, documents=[]), factories.body("Апелляция")
    named["participants"][-1]["body"] = hearer.name
    publish_procedure(entry=made, procedure=checked(named), by=BY, at=datetime(2025, 9, 20, 9, tzinfo=UTC))
    account = factories.account("hears")
    factories.grant(account, Role.REVIEWER, body=hearer)
    one = appealed(made)
    assert str(one.number) in browser("hears").get("/en/permits/inbox/").content.decode()
    assert heard(one) == (302, "upheld")


def test_a_return_that_is_overturned_goes_on_to_whoever_verifies_and_grants_nothing() -> None:
    of, who = opened(), applicant()
    officers(of.body, "a", "b")
    factories.account("hears", Role.REVIEWER)
    one = drawn(sent(of, who))
    back = step(one, "incomplete", verifier(one), AT + DAY, defects=(Cited(REQUIREMENT, 0, "No plan"),))
    appealing.appeal(application=back, words="It was there", by=actor_of(who), at=AT + DAY)
    told = browser("hears").post(f"/en/permits/applications/{one.pk}/do/hear/", {"answer": "overturn", "words": "Seen"})
    one = fresh(one)
    assert (told.status_code, one.state, one.step, one.defects) == (302, "under_way", "verify", [])
    assert not PermitLicence.objects.exists()
    assert (one.due_date, one.clock_days) == (later(AT.date(), 14, working=True), 14)
    running = set(of_subject(one).filter(state="running").values_list("name", flat=True))
    assert running == {"permit_application", "permit_step"}
    one = step(one, "meets", verifier(one), AT + 4 * DAY)
    one = step(one, "grant", decider(one), AT + 5 * DAY)
    assert (one.state, PermitLicence.objects.get().application_id) == ("granted", one.pk)


def test_a_body_that_opposes_refuses_nothing_by_itself() -> None:
    of, partner = with_partner()
    officers(of.body, "a", "b")
    officers(partner, "p")
    one = complete(of, applicant())
    told = browser("p").post(f"/en/permits/applications/{one.pk}/do/step/", {"answer": "opposed", "words": "Too near"})
    assert (told.status_code, fresh(one).state, fresh(one).step) == (302, "under_way", "verify")


def refused_again(of: PermitEntry, who: Account, at: datetime) -> None:
    """One more application that was refused and appealed about."""
    one = verified(drawn(sent(of, who, at), at), at)
    one = step(one, "refuse", decider(one), at, grounds=GROUND)
    appealing.appeal(application=one, words="There is a kitchen", by=actor_of(who), at=at)


def test_the_inbox_of_a_reviewer_asks_as_many_questions_however_many_appeals_wait() -> None:
    of, who = opened(), applicant()
    officers(of.body, "a", "b")
    factories.account("hears", Role.REVIEWER)
    refused_again(of, who, AT)
    address = "/en/permits/inbox/"
    browser("hears").get(address)
    with CaptureQueriesContext(connection) as few:
        browser("hears").get(address)
    for hour in range(1, 5):
        refused_again(of, who, AT + timedelta(hours=hour))
    with CaptureQueriesContext(connection) as many:
        page = browser("hears").get(address).content.decode()
    assert page.count("Under appeal") >= 5
    assert len(many) == len(few)


def test_a_notification_that_was_sent_back_wrongly_is_noted_and_not_granted() -> None:
    notes, made = noted_at_once(), entry("L-009", kind=PermitKind.NOTIFICATION, fee=0, documents=[])
    notes["permit"] = "L-009"
    notes["steps"][0]["answers"].append({"id": "back", "names": spoken("Send back"), "to": "back"})
    notes["ends"].append({"id": "back", "names": spoken("Sent back"), "outcome": "returned"})
    publish_procedure(entry=made, procedure=checked(notes), by=BY, at=datetime(2025, 9, 20, 9, tzinfo=UTC))
    who = applicant()
    officers(made.body, "a")
    factories.account("hears", Role.REVIEWER)
    one = drawn(sent(made, who))
    back = step(one, "back", verifier(one), AT + DAY, defects=GROUND)
    appealing.appeal(application=back, words="It was there", by=actor_of(who), at=AT + DAY)
    told = browser("hears").post(f"/en/permits/applications/{one.pk}/do/hear/", {"answer": "overturn", "words": "Seen"})
    assert (told.status_code, fresh(one).state, PermitLicence.objects.get().kind) == (302, "noted", "notification")
