"""Declarations are selected by risk and by lot, reviewed side by side, and nobody is referred without being asked."""

from __future__ import annotations

import re
import sys
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import product

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from adaldyq.base.draw import commitment
from adaldyq.base.errors import Conflict
from adaldyq.kernel.actor import actor_of, system
from adaldyq.kernel.events import deliver_waiting
from adaldyq.kernel.models import Account, Deadline, Notification, PortRequest, Read, Upload
from adaldyq.kernel.naming import pack
from adaldyq.kernel.ports import Answer, casefile
from adaldyq.kernel.ports.actions import answer_once
from adaldyq.kernel.ports.telling import take_up
from adaldyq.kernel.roles import Role
from adaldyq.kernel.states import advance
from adaldyq.ledger.models import Leaf
from adaldyq.measures.declarations import jobs
from adaldyq.measures.declarations.actions.selecting import assign_all
from adaldyq.measures.declarations.domain import selection as draws
from adaldyq.measures.declarations.models import BreachReferral, Declaration, Review, ReviewInquiry, ReviewSelection
from adaldyq.measures.declarations.queries.retention import holds_of
from adaldyq.measures.declarations.queries.selecting import frame_kept
from adaldyq.measures.declarations.states import REVIEW
from adaldyq.verification.models import Finding
from tests import factories
from tests.measures.declarations.views.journey import account_of
from tests.measures.declarations.views.reviewing import SELECT, analyst, found, many_filed, select, signed_in

pytestmark = pytest.mark.django_db

LIST, MINE = "/en/declarations/reviews/", "/en/declarations/mine/"
REVIEWS = f"{MINE}reviews/"
FLAT = {"kind": "apartment", "object_number": "20-313-001", "share": Decimal(100), "country": "KZ", "value": 5}
CLOCK = system("clock")
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


@pytest.fixture(autouse=True)
def english() -> None:
    """Addresses are made in English."""
    translation.activate("en")


@pytest.fixture
def filed() -> Declaration:
    """Somebody's declaration about which a rule asks, and their account."""
    who = factories.person()
    account_of(who, "declarant")
    made = factories.declaration(who, rows={"real_estate": [FLAT]})
    found(made)
    return made


@pytest.fixture
def one(filed: Declaration) -> Review:
    """The review of it, given to the only analyst."""
    analyst()
    select()
    return Review.objects.get()


def take(who: Client, one: Review, step: str, text: str = "Held against the land register.") -> tuple[int, str]:
    answer = who.post(f"{LIST}{one.pk}/", {"step": step, "text": text, "questions": text})
    one.refresh_from_db()
    return answer.status_code, answer.content.decode()


def asked(one: Review, text: str = "Whose flat is it?\n\nWho paid?") -> list[str]:
    """Ask, and return the ids of the questions."""
    assert take(analyst(), one, "ask", text)[0] == 302
    inquiry = one.inquiries.order_by("-asked_at")[0]
    return [question.pk for question in inquiry.questions.order_by("position")]


def answer(one: Review, keys: list[str], **more: object) -> tuple[int, str]:
    sent = signed_in("declarant").post(f"{REVIEWS}{one.pk}/", {**dict.fromkeys(keys, "My mother’s."), **more})
    one.refresh_from_db()
    return sent.status_code, sent.content.decode()


def silent(one: Review) -> None:
    """Let the last day to answer have passed."""
    ReviewInquiry.objects.filter(review=one).update(due_date=timezone.localdate() - timedelta(1))


def test_a_selection_takes_the_gravest_and_a_lot_and_can_be_done_again() -> None:
    declared = many_filed(51)
    for number, severity in enumerate(("high", "medium", "low")):
        found(declared[number], severity)
    found(declared[3], state="explained")
    first, second = analyst(), analyst("second")
    assert select()[0] == 302
    made = ReviewSelection.objects.get()
    assert (made.frame_size, made.risk_count, made.random_count) == (51, 2, 1)
    by_risk = Review.objects.filter(part="risk").order_by("-weight")
    assert [(each.declaration_id, each.weight) for each in by_risk] == [(declared[0].pk, 9), (declared[1].pk, 3)]
    assert {Review.objects.filter(analyst__username=name).count() for name in ("analyst", "second")} == {1, 2}
    frame = first.get(f"{SELECT.replace('select', 'selections')}{made.pk}/frame.txt").content
    again = draws.draw(frame, made.seed, risk=2, random=1)
    assert (frame, made.frame_sha256) == (frame_kept(made), commitment(frame))
    assert [*again.risk, *again.random] == [each.declaration_id for each in Review.objects.order_by("-part", "-weight")]
    page = second.get(f"{SELECT.replace('select', 'selections')}{made.pk}/").content.decode()
    assert made.seed in page
    assert re.search(r"takes the same.*?yes", page, re.DOTALL)
    before, after = Leaf.objects.filter(act__startswith="declarations.selection.").order_by("pk")
    assert made.frame_sha256 in str(before.payload)
    assert made.seed not in str(before.payload)
    assert made.seed in str(after.payload)


def test_a_year_is_selected_once_by_an_analyst_when_everybody_could_file(filed: Declaration) -> None:
    factories.declaration(factories.person(), pack().day_of(timezone.now()).year + 1)
    assert signed_in("citizen", Role.CITIZEN).post(SELECT, {"year": 2024}).status_code == 403
    assert select(pack().day_of(timezone.now()).year + 1)[0] == 422
    assert select()[0] == 302
    assert select()[0] == 422
    assert ReviewSelection.objects.count() == 1


def test_without_a_run_of_the_rules_nothing_is_known_of_risk() -> None:
    factories.declaration(factories.person())
    status, page = select()
    assert (status, "Run them first" in page) == (422, True)


def test_nobody_reviews_themselves_their_family_or_their_own_body() -> None:
    ministry = factories.body()
    of_body, kin, own = factories.person(), factories.person(), factories.person()
    for who in (of_body, kin, own):
        factories.declaration(who, body=ministry if who == of_body else None)
    found(Declaration.objects.get(person=own))
    colleague, relative = factories.person(), factories.person()
    factories.appointment(colleague, factories.post(ministry))
    factories.family_tie(relative, kin, valid_to=date(2020, 1, 1))
    for name, person in (("self", own), ("relative", relative), ("colleague", colleague)):
        analyst(name)
        Account.objects.filter(username=name).update(person=person)
    pages = {"self": own, "relative": kin, "colleague": of_body}
    select(name="self")
    made = ReviewSelection.objects.get()
    for declaration in Declaration.objects.filter(review=None):
        Review.objects.create(
            selection=made,
            declaration=declaration,
            person=declaration.person,
            part="random",
            weight=0,
            decision_due_date=date(2099, 1, 1),
        )
    assign_all(by=CLOCK, at=timezone.now())
    assert Review.objects.filter(analyst=None).count() == 0
    for name, person in pages.items():
        review = Review.objects.get(person=person)
        assert review.analyst_id != Account.objects.get(username=name).pk
        assert analyst(name).get(f"{LIST}{review.pk}/").status_code == 404
        assert f"{LIST}{review.pk}/" not in analyst(name).get(LIST).content.decode()


def test_the_page_holds_the_declaration_against_registers_and_last_year_and_notes_who_read(filed: Declaration) -> None:
    child = factories.person(birth_date=date(2015, 1, 1))
    factories.family_tie(filed.person, child, "child")
    factories.land(filed.person, kind="house")
    factories.land(child, object_number="20-999-009")
    factories.declaration(filed.person, 2023, rows={"real_estate": [{**FLAT, "value": 4}]})
    analyst()
    select()
    review = Review.objects.get(declaration=filed)
    page = analyst().get(f"{LIST}{review.pk}/").content.decode()
    for said in (
        "the registers say something else",
        "unlike the registers",
        "unlike last year",
        "in a register, not declared",
    ):
        assert said in page, said
    assert "20-999-009" in page
    assert "/findings/F0/" in page
    read = Read.objects.filter(reader_id=Account.objects.get(username="analyst").pk)
    assert set(read.values_list("kind", "person_id")) >= {
        ("review", filed.person_id),
        ("declaration", filed.person_id),
        ("declaration", child.pk),
        ("finding", filed.person_id),
    }


def test_the_person_is_asked_answers_with_a_file_and_is_told_the_outcome(one: Review) -> None:
    keys = asked(one)
    assert (len(keys), one.state) == (2, "asked")
    due = pack().due("explanation", timezone.localdate())
    assert Deadline.objects.get(name="explanation").due_date == due
    assert Notification.objects.get(message="review-asked").href == f"declarations/mine/reviews/{one.pk}/"
    assert f"{REVIEWS}{one.pk}/" in signed_in("declarant").get(MINE).content.decode()
    assert answer(one, [])[1].count("Answer this question") == 4, "each is told, beside its box and above all"
    status, page = answer(one, keys[:1])
    assert (status, one.state, "My mother’s." in page) == (422, "asked", True)
    paper = SimpleUploadedFile("deed.pdf", PDF, "application/pdf")
    assert answer(one, keys, papers=paper)[0] == 302
    assert one.state == "answered"
    assert Deadline.objects.get(name="explanation").state == "met"
    file = reverse("desk-file", args=[Upload.objects.get().pk])
    assert file in analyst().get(f"{LIST}{one.pk}/").content.decode()
    assert Notification.objects.get(message="review-answered").account.username == "analyst"
    assert take(analyst(), one, "explain")[0] == 302
    assert one.state == "explained"
    assert "Held against the land register." in signed_in("declarant").get(f"{REVIEWS}{one.pk}/").content.decode()
    assert Notification.objects.filter(message="review-decided").count() == 1
    acts = Leaf.objects.filter(subject=one.pk) | Leaf.objects.filter(act__startswith="declarations.review.")
    assert {"declarations.review.ask", "declarations.review.answer", "declarations.review.decide"} <= set(
        acts.values_list("act", flat=True)
    )


def answered_by_cases(monkeypatch: pytest.MonkeyPatch) -> list[PortRequest]:
    """A register of cases comes, takes what waits, and opens a case; what it is told of."""
    told: list[PortRequest] = []

    def takes(request: PortRequest, at: datetime) -> None:
        told.append(request)
        if request.state == "told":
            answer_once(request=request, given=Answer("opened", at.date(), number="A-17"), by=system("cases"), at=at)

    monkeypatch.setattr(apps.get_app_config("street"), "ports", {"case": f"{__name__}.taking"}, raising=False)
    monkeypatch.setattr(sys.modules[__name__], "taking", takes, raising=False)
    at = timezone.now() + timedelta(minutes=1)
    for _round in range(3):
        deliver_waiting(at=at)
    take_up(at=at)
    for _round in range(3):
        deliver_waiting(at=at)
    return told


def test_a_breach_is_referred_only_after_the_term_and_falls_on_appeal(
    one: Review, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert take(analyst(), one, "refer")[0] == 409
    asked(one)
    status, page = take(analyst(), one, "refer")
    assert (status, one.state, "may answer until" in page) == (422, "asked", True)
    silent(one)
    assert f"{LIST}{one.pk}/" in analyst().get(LIST, {"overdue": "on"}).content.decode()
    assert take(analyst(), one, "refer")[0] == 302
    assert (one.state, BreachReferral.objects.get().state) == ("referred", "waiting")
    assert "Waits for cases" in analyst().get(f"{LIST}{one.pk}/").content.decode()
    told = answered_by_cases(monkeypatch)
    assert "A-17" in analyst().get(f"{LIST}{one.pk}/").content.decode()
    assert BreachReferral.objects.get().state == "opened"
    appeal = {"step": "appeal", "text": "The flat was sold in 2020."}
    assert signed_in("declarant").post(f"{REVIEWS}{one.pk}/", {**appeal, "text": " "}).status_code == 422
    assert signed_in("declarant").post(f"{REVIEWS}{one.pk}/", appeal).status_code == 302
    factories.grant(Account.objects.get(username="analyst"), Role.REVIEWER)
    one.refresh_from_db()
    assert take(analyst(), one, "overturn")[0] == 422
    assert take(signed_in("reviewer", Role.REVIEWER), one, "overturn", "The register shows the sale.")[0] == 302
    assert (one.state, BreachReferral.objects.get().state) == ("overturned", "withdrawn")
    deliver_waiting(at=timezone.now() + timedelta(minutes=1))
    assert [request.state for request in told] == ["told", "withdrawn"]
    assert (told[0].person_id, one.pk in casefile.grounds_of(told[0]).records) == (one.person_id, True)
    assert "The register shows the sale." in signed_in("declarant").get(f"{REVIEWS}{one.pk}/").content.decode()


def test_corrected_needs_a_later_version_and_an_answer_may_come_late(one: Review, filed: Declaration) -> None:
    assert take(analyst(), one, "correct")[0] == 422
    keys = asked(one)
    silent(one)
    assert answer(one, keys)[0] == 302
    factories.land(filed.person, object_number="20-999-009")
    factories.declaration(filed.person, version=2, rows={"gift": [{"kind": "thing", "value": 9}]})
    page = analyst().get(f"{LIST}{one.pk}/").content.decode()
    assert "What the later version changed" in page
    assert "Gifts, thing: not there before" in page
    in_force = page.split('id="in-force"')[1]
    assert "20-999-009" in in_force, "the version in force does not state the second flat either"
    assert 'id="in-force-gift"' in in_force
    assert take(analyst(), one, "correct")[0] == 302
    assert one.state == "corrected"


def test_others_neither_answer_nor_decide(one: Review) -> None:
    keys = asked(one)
    stranger = signed_in("stranger", Role.CITIZEN)
    assert stranger.post(f"{REVIEWS}{one.pk}/", dict.fromkeys(keys, "Mine.")).status_code == 404
    assert stranger.get(f"{LIST}{one.pk}/").status_code == 403
    assert signed_in("reviewer", Role.REVIEWER).get(f"{LIST}{one.pk}/").status_code == 404
    status, page = take(analyst("other"), one, "confirm")
    assert (status, one.state, "Another analyst" in page) == (422, "asked", True)


def test_a_review_is_handed_on_and_does_not_come_back(one: Review) -> None:
    assert take(analyst(), one, "hand_on", " ")[0] == 422
    assert take(analyst(), one, "hand_on", "A friend.")[0] == 302
    assert one.analyst is None
    jobs.begin_night({}, timezone.now())
    one.refresh_from_db()
    assert one.analyst is None
    analyst("other")
    jobs.begin_night({}, timezone.now())
    one.refresh_from_db()
    assert one.analyst_id == Account.objects.get(username="other").pk
    assert Leaf.objects.filter(act="declarations.review.assign").count() == 1


def test_who_has_come_into_a_conflict_can_only_hand_on(one: Review) -> None:
    kin = factories.person()
    factories.family_tie(kin, one.person)
    Account.objects.filter(username="analyst").update(person=kin)
    page = analyst().get(f"{LIST}{one.pk}/").content.decode()
    assert "You cannot review this declaration" in page
    assert "20-313-001" not in page
    assert take(analyst(), one, "confirm")[0] == 422
    assert take(analyst(), one, "hand_on")[0] == 302


def test_an_open_review_holds_the_declaration_past_its_term(one: Review) -> None:
    Finding.objects.update(state="explained")
    after, long_after = date(2035, 1, 1), date(2060, 1, 1)
    assert [hold.code for hold in holds_of(one.person_id, after)[2024]] == ["review"]
    assert holds_of(one.person_id, long_after) == {}, "nothing is held for longer than the pack says"
    assert take(analyst(), one, "confirm")[0] == 302
    assert holds_of(one.person_id, after) == {}


def test_my_data_tells_of_a_review_when_one_is_asked_and_never_why_it_was_selected(one: Review) -> None:
    held = reverse("registers-mine-json")
    assert one.pk not in signed_in("declarant").get(held).content.decode()
    asked(one)
    told = signed_in("declarant").get(held).content.decode()
    assert one.pk in told
    assert not {name for name in ("undeclared-real-estate", '"weight"', '"F0"') if name in told}


def test_a_question_that_is_too_much_comes_back_as_it_was_typed(one: Review) -> None:
    status, page = take(analyst(), one, "ask", "\n".join(["Why so?"] * 11))
    assert (status, one.state, page.count("Why so?")) == (422, "under_review", 11)
    assert take(analyst(), one, "ask", "x" * 2001)[0] == 422
    assert take(analyst(), one, "ask", "\n \n")[0] == 422


def test_from_each_state_only_the_steps_of_the_table_lead_on(one: Review) -> None:
    by = actor_of(factories.account("everything", Role.AGENCY_ANALYST, Role.REVIEWER))
    for state, act in product(REVIEW.states, sorted({step.act for step in REVIEW})):
        Review.objects.update(state=state)
        one.refresh_from_db()
        target = {step.act: step.target for step in REVIEW.acts_from(state)}.get(act)
        if target is None:
            with pytest.raises(Conflict):
                advance(one, act, by=by, at=timezone.now())
        else:
            assert advance(one, act, by=by, at=timezone.now()).state == target
    assert REVIEW.deadlines <= set(pack().terms(timezone.localdate()))


def test_an_answer_from_a_second_window_comes_back_as_it_was_typed(one: Review) -> None:
    keys = asked(one)
    assert answer(one, keys, form_key="a" * 22)[0] == 302
    assert answer(one, keys, form_key="a" * 22)[0] == 302, "pressed twice"
    second = dict.fromkeys(keys, "It is of my brother, and here is a long story.")
    status, page = answer(one, keys, form_key="b" * 22, **second)
    assert status == 409
    assert "It has been answered meanwhile" in page
    assert page.count("here is a long story") == len(keys)
    assert "My mother’s." in page, "what was answered is told as well"
    assert {each.answer for each in one.inquiries.get().questions.all()} == {"My mother’s."}
