"""Words of reviews: states, parts, steps."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from adaldyq.measures.declarations.queries import words
from adaldyq.measures.declarations.queries.reviews import Review
from adaldyq.ui.facts import State

STATES: Mapping[str, State] = {
    "under_review": State(gettext_lazy("Under review"), "open"),
    "asked": State(gettext_lazy("Explanation asked"), "work"),
    "answered": State(gettext_lazy("Answered"), "attention"),
    "explained": State(gettext_lazy("Explanation accepted"), "good"),
    "corrected": State(gettext_lazy("Corrected"), "good"),
    "confirmed": State(gettext_lazy("Confirmed as declared"), "good"),
    "referred": State(gettext_lazy("Breach referred"), "bad"),
    "appealed": State(gettext_lazy("Appealed"), "work"),
    "upheld": State(gettext_lazy("Referral upheld"), "bad"),
    "overturned": State(gettext_lazy("Referral taken back"), "good"),
}
PARTS: Mapping[str, object] = {
    "risk": gettext_lazy("by risk"),
    "random": gettext_lazy("by lot"),
}
BUTTONS: Mapping[str, object] = {
    "explain": gettext_lazy("Accept the explanation"),
    "correct": gettext_lazy("Corrected by a later version"),
    "confirm": gettext_lazy("Confirm as declared"),
    "refer": gettext_lazy("Refer signs of a breach"),
    "hand_on": gettext_lazy("Hand the review on"),
    "uphold": gettext_lazy("Uphold the referral"),
    "overturn": gettext_lazy("Take the referral back"),
}
REFERRALS: Mapping[str, State] = {
    "waiting": State(gettext_lazy("Waits for cases"), "open"),
    "opened": State(gettext_lazy("A case is open"), "work"),
    "declined": State(gettext_lazy("No case was opened"), "closed"),
    "ended": State(gettext_lazy("Judgment or decision in force"), "good"),
    "withdrawn": State(gettext_lazy("Withdrawn"), "closed"),
}


def subject_of(one: Review) -> str:
    """What a review is about."""
    return f"{words.form_name(one.declaration.form)}, {one.declaration.year}"


def due_word(due: date, today: date) -> str:
    """A word beside a last day that has passed."""
    return _("The last day has passed") if due < today else ""
