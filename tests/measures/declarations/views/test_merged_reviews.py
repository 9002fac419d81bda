"""What stayed with a record that was merged into another is its person's own: to see, to correct, and not to decide."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from adaldyq.kernel.models import Account
from adaldyq.measures.declarations.models import Declaration, Draft, Review
from adaldyq.measures.declarations.queries.conflicts import is_biased
from tests import factories
from tests.measures.declarations.test_merged_officials import merged
from tests.measures.declarations.views.journey import account_of, answered, shown_again, signing
from tests.measures.declarations.views.reviewing import analyst, found, select, signed_in

pytestmark = pytest.mark.django_db

LIST = "/en/declarations/reviews/"


@pytest.fixture(autouse=True)
def english() -> None:
    """Addresses are made in English."""
    translation.activate("en")


@pytest.fixture
def both() -> tuple[Declaration, Declaration]:
    """Declarations of one year of one person under two records; a rule asks about the second."""
    kept, gone = factories.official(2024), factories.official(2024, rows={"cash": [{"amount": 22}]})
    found(gone)
    return kept, gone


def test_an_analyst_does_not_decide_about_their_own_declaration_under_a_merged_record(
    both: tuple[Declaration, Declaration],
) -> None:
    kept, gone = both
    analyst("self")
    Account.objects.filter(username="self").update(person=kept.person)
    Declaration.objects.update(body=None)
    select(name="self")
    one = Review.objects.get(declaration=gone)
    assert one.analyst is not None, "before the merge nobody knows"
    merged(kept, gone)
    assert is_biased(Declaration.objects.get(pk=gone.pk), one.analyst.pk, timezone.localdate())
    analyst("self").post(f"{LIST}{one.pk}/", {"step": "confirm", "text": "Fine.", "questions": ""})
    one.refresh_from_db()
    assert one.state == "under_review"


def test_a_relative_of_the_kept_record_is_not_given_what_stayed_with_the_other(
    both: tuple[Declaration, Declaration],
) -> None:
    kept, gone = both
    sister = factories.person()
    factories.family_tie(sister, kept.person, "sibling")
    analyst("sister")
    Account.objects.filter(username="sister").update(person=sister)
    merged(kept, gone)
    select(name="sister")
    assert Review.objects.get(declaration=gone).analyst is None


def test_what_stayed_is_seen_by_its_person_and_corrected_by_an_amendment_of_the_other(
    both: tuple[Declaration, Declaration],
) -> None:
    kept, gone = both
    factories.land(kept.person, object_number="20-313-001-777")
    account_of(kept.person, "holder")
    analyst()
    select()
    one = Review.objects.get(declaration=gone)
    merged(kept, gone)
    holder = signed_in("holder")
    assert gone.pk in holder.get(reverse("declarations-mine")).content.decode()
    page = holder.get(reverse("declarations-filed", args=[gone.pk])).content.decode()
    assert "An amendment amends the other one" in page
    assert (
        "An amendment amends the other one"
        not in holder.get(reverse("declarations-filed", args=[kept.pk])).content.decode()
    )
    assert "20-313-001-777" in analyst().get(f"{LIST}{one.pk}/").content.decode(), "registers lead to the kept record"
    decide(one, "correct")
    assert one.state == "under_review", "nothing was corrected yet"
    amended(holder, gone)
    latest = Declaration.objects.get(person=kept.person_id, version=2)
    assert latest.year == 2024
    decide(one, "correct")
    assert one.state == "corrected"


def decide(one: Review, step: str) -> None:
    """Decide as the analyst."""
    analyst().post(f"{LIST}{one.pk}/", {"step": step, "text": "It says so now.", "questions": ""})
    one.refresh_from_db()


def amended(holder: Client, one: Declaration) -> None:
    """Amend a declaration through the pages."""
    answer = holder.post(reverse("declarations-amend", args=[one.pk]))
    assert answer.status_code == 302, answer.content.decode()
    draft = Draft.objects.get()
    answered(holder, draft)
    shown_again(holder)
    filed = holder.post(reverse("declarations-draft-sign", args=[draft.pk]), signing(holder, draft))
    assert filed.status_code == 302, filed.content.decode()
