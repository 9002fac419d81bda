"""What is typed about a review while somebody else acts comes back with what happened, and two accounts are one person."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from adaldyq.kernel.actor import system
from adaldyq.kernel.models import Account
from adaldyq.kernel.roles import Role
from adaldyq.measures.declarations.actions.selecting import assign_all
from adaldyq.measures.declarations.models import Review
from tests import factories
from tests.measures.declarations.views.reviewing import analyst, signed_in
from tests.measures.declarations.views.test_reviews import (
    LIST,
    REVIEWS,
    answer,
    asked,
    english,
    filed,
    one,
    silent,
    take,
)

__all__ = ["english", "filed", "one"]
pytestmark = pytest.mark.django_db

LONG = "It is of my brother, and here is a long story."


def typed(review: Review, keys: list[str]) -> tuple[int, str]:
    """Send what was typed into a page that was opened before."""
    sent = signed_in("declarant").post(f"{REVIEWS}{review.pk}/", {**dict.fromkeys(keys, LONG), "form_key": "c" * 22})
    review.refresh_from_db()
    return sent.status_code, sent.content.decode()


def test_an_answer_to_what_was_decided_meanwhile_comes_back_with_the_decision(one: Review) -> None:
    keys = asked(one)
    assert take(analyst(), one, "confirm")[0] == 302
    status, page = typed(one, keys)
    assert (status, one.state) == (409, "confirmed")
    assert "The review has been decided meanwhile" in page
    assert page.count(LONG) == len(keys)
    assert "Write why the decision should fall" not in page
    assert "Held against the land register." in page


def test_an_answer_to_what_was_referred_meanwhile_comes_back_beside_the_appeal(one: Review) -> None:
    keys = asked(one)
    silent(one)
    assert take(analyst(), one, "refer")[0] == 302
    status, page = typed(one, keys)
    assert (status, one.state) == (409, "referred")
    assert "Signs of a breach have been referred meanwhile" in page
    assert page.count(LONG) == len(keys)
    assert "Write why the decision should fall" not in page
    assert 'value="appeal"' in page


def test_an_answer_of_a_first_window_is_none_to_what_was_asked_since(one: Review) -> None:
    keys = asked(one)
    assert answer(one, keys, form_key="a" * 22)[0] == 302
    again = asked(one, "And the car?")
    assert answer(one, keys, form_key="a" * 22)[0] == 302, "what was sent twice is the same answer"
    status, page = typed(one, keys)
    assert (status, one.state) == (409, "asked")
    assert "you have been asked again" in page
    assert page.count(LONG) == len(keys)
    assert f'name="{again[0]}"' in page
    assert "Answer this question" not in page
    assert not one.inquiries.exclude(questions__answer="").filter(questions__answer=LONG).exists()


def test_an_appeal_that_comes_after_its_term_stands_on_the_page(one: Review) -> None:
    asked(one)
    silent(one)
    assert take(analyst(), one, "refer")[0] == 302
    Review.objects.update(appeal_due_date=timezone.localdate() - timedelta(1))
    sent = signed_in("declarant").post(f"{REVIEWS}{one.pk}/", {"step": "appeal", "text": LONG})
    assert sent.status_code == 409
    page = sent.content.decode()
    assert LONG in page
    assert "No appeal is open any more" in page


def one_person(*names: str) -> None:
    """Let some accounts be of one person."""
    who = factories.person()
    assert Account.objects.filter(username__in=names).update(person=who) == len(names)


def test_whoever_referred_a_breach_does_not_hear_the_appeal_by_another_account(one: Review) -> None:
    asked(one)
    silent(one)
    assert take(analyst(), one, "refer")[0] == 302
    assert signed_in("declarant").post(f"{REVIEWS}{one.pk}/", {"step": "appeal", "text": LONG}).status_code == 302
    reviewer = signed_in("reviewer", Role.REVIEWER)
    one_person("analyst", "reviewer")
    assert 'value="uphold"' not in reviewer.get(f"{LIST}{one.pk}/").content.decode()
    status, page = take(reviewer, one, "uphold")
    assert (status, one.state, "Somebody else must do this one" in page) == (422, "appealed", True)
    assert take(signed_in("another", Role.REVIEWER), one, "uphold")[0] == 302


def test_a_review_that_was_handed_on_does_not_come_back_to_another_account_of_the_same(one: Review) -> None:
    analyst("alias")
    one_person("analyst", "alias")
    assert take(analyst(), one, "hand_on", "A friend.")[0] == 302
    assert one.analyst is None
    assert assign_all(by=system("clock"), at=timezone.now()) == 0
    analyst("other")
    assert assign_all(by=system("clock"), at=timezone.now()) == 1


def test_a_declarant_who_moved_into_ones_own_body_is_not_in_the_list(one: Review) -> None:
    ministry, colleague = factories.body(), factories.person()
    factories.appointment(colleague, factories.post(ministry))
    looks = analyst("colleague")
    Account.objects.filter(username="colleague").update(person=colleague)
    assert one.pk in looks.get(LIST).content.decode()
    factories.appointment(one.person, factories.post(ministry), date(2025, 6, 1))
    assert looks.get(f"{LIST}{one.pk}/").status_code == 404
    assert one.pk not in looks.get(LIST).content.decode()
