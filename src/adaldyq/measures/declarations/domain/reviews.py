"""What came of a review, in words, and the limits of what is asked."""

from __future__ import annotations

from collections.abc import Mapping

from adaldyq.base.words import gettext_noop as _

OUTCOMES: Mapping[str, str] = {
    "explained": _("Explanation accepted"),
    "corrected": _("Corrected"),
    "confirmed": _("Confirmed as declared"),
    "referred": _("Breach referred"),
}
"""What an analyst decides, by the state that follows."""
STEP_TO: Mapping[str, str] = {"explain": "explained", "correct": "corrected", "confirm": "confirmed"}
"""Steps that end a review in the declarant's favour, with the state that follows."""

EXPLANATION, DECISION = "explanation", "review_decision"
"""What packs call the terms of an answer and of the decision."""
ANSWER_TITLE = _("Answer questions about a declaration")
MOST_QUESTIONS = 10
LONGEST_TEXT = 2000
"""Characters of one question, answer or ground."""
MOST_FILES = 5
